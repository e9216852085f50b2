import { expect, it } from 'vitest';
import { apiIn, DIALECTS, judge } from './rules/rule.fixture.ts';

const named = { type: 'object', xml: { name: 'order', prefix: 'o' }, properties: { id: { type: 'integer' } } };
const list = { type: 'array', items: named, xml: { name: 'orders' } };

it.each<[name: string, schema: unknown, reply: string, want: readonly string[]]>([
  ['the name', named, '<order><id>1</id></order>', []],
  ['the name below a declaration, a comment and an instruction', named, '<?xml version="1.0"?>\n<!-- <a> -- --><?x ?>\n<order/>', []],
  ['the name with a prefix', named, '<x:order xmlns:x="urn:x"/>', []],
  ['the name below a document type', named, '<?xml version="1.0"?><!DOCTYPE order SYSTEM "order.dtd"><order/>', []],
  ['another name below a document type', named, '<!DOCTYPE a><a/>', ['xmlName  a']],
  ['another name', named, '<ordre><id>1</id></ordre>', ['xmlName  ordre']],
  ['another name that begins alike', named, '<orders/>', ['xmlName  orders']],
  ['another name below a declaration', named, '<?xml version="1.0"?><b a="<order"/>', ['xmlName  b']],
  ['no name is asked for', { type: 'object' }, '<odd/>', []],
  ['a list that is no element of its own', list, '<all><order/></all>', []],
  ['a list that is one', { ...list, xml: { name: 'orders', wrapped: true } }, '<all><order/></all>', ['xmlName  all']],
  ['what is no XML is told once', named, '<ordre', ['malformed  ']],
])('%s', async (_name, schema, reply, want) => {
  for (const dialect of DIALECTS) {
    const document = apiIn(dialect, { responses: { '200': { schema, type: 'application/xml' } } });
    const { findings } = await judge(document, { reply, replyHeaders: { 'content-type': 'application/xml' } });
    const told = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ code, pointer, actual }) => `${code} ${pointer} ${typeof actual === 'string' ? actual : ''}`);
    expect(told, dialect).toEqual(want);
  }
});

it('names the place in the document, behind references too', async () => {
  const document = apiIn('3.1', {
    responses: { '200': { schema: { $ref: '#/components/schemas/Order' }, type: 'text/xml' } },
    document: { components: { schemas: { Order: named } } },
  });
  const { findings } = await judge(document, { reply: '<a/>', replyHeaders: { 'content-type': 'text/xml' } });
  expect(findings).toMatchObject([{ rule: 'response-body', document: 'api.json#/components/schemas/Order/xml/name', expected: 'order' }]);
});

it('a long beginning takes no longer', async () => {
  const document = apiIn('3.1', { responses: { '200': { schema: named, type: 'application/xml' } } });
  const reply = `${'<!--'.repeat(50_000)}<a/>`;
  const { findings } = await judge(document, { reply, replyHeaders: { 'content-type': 'application/xml' } });
  expect(findings.map(({ code }) => code)).toEqual(['malformed']);
});
