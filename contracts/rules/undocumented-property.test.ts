import { describeRule, gap } from './rule.fixture.ts';

const open = { type: 'object', properties: { name: { type: 'string' } } };
const closed = { ...open, additionalProperties: false };
const sending = (schema: unknown) => ({ method: 'post', body: { schema } });
const answering = (schema: unknown) => ({ responses: { '200': { schema } } });

describeRule('undocumented-property', {
  catches: [
    {
      name: 'one too many in a closed answer',
      api: answering(closed),
      sent: { reply: { odd: 1 } },
      want: [
        { side: 'server', severity: 'error', in: 'response', part: 'body', pointer: '/odd', property: 'odd', code: 'additionalProperties' },
      ],
    },
    {
      name: 'one too many in a closed request',
      api: sending(closed),
      sent: { body: { odd: 1 } },
      want: [{ side: 'client', severity: 'error', in: 'request', pointer: '/odd', property: 'odd' }],
    },
    {
      name: 'one too many in a closed request that was refused',
      api: sending(closed),
      sent: { body: { odd: 1 }, status: 400 },
      want: [{ side: 'client', severity: 'notice' }],
    },
    {
      name: 'one that an open answer does not describe',
      api: answering(open),
      sent: { reply: { odd: 1 } },
      want: [{ side: 'server', severity: 'notice', in: 'response', pointer: '/odd', property: 'odd', code: 'undescribed' }],
    },
    {
      name: 'one that an open request does not describe',
      api: sending(open),
      sent: { body: { odd: 1 } },
      want: [{ side: 'client', severity: 'notice', in: 'request', pointer: '/odd', code: 'undescribed' }],
    },
    {
      name: 'closed inside of open',
      api: answering({ type: 'object', properties: { in: closed } }),
      sent: { reply: { in: { odd: 1 }, more: 1 } },
      want: [
        { pointer: '/in/odd', severity: 'error' },
        { pointer: '/more', severity: 'notice' },
      ],
    },
    {
      name: 'what is left of an allOf',
      api: answering({ allOf: [open], unevaluatedProperties: false }),
      dialects: ['3.1'],
      sent: { reply: { odd: 1 } },
      want: [{ pointer: '/odd', severity: 'error', code: 'unevaluatedProperties' }],
    },
    {
      name: 'very many: twenty, and the rest in one',
      api: answering(open),
      sent: { reply: Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`odd${index}`, 1])) },
      want: [
        ...Array.from({ length: 20 }, (_, index) => ({ severity: 'notice', property: `odd${index}` }) as const),
        { severity: 'notice', pointer: '', code: 'undescribed', message: 'at least 5 more properties are not described' },
      ],
    },
    {
      name: 'a property of a deeper array, with a name that needs escapes',
      api: answering({ type: 'array', items: closed }),
      sent: { reply: [{}, { 'a/b': 1 }] },
      want: [{ pointer: '/1/a~1b', property: 'a/b' }],
    },
  ],
  leaves: [
    {
      name: 'one too many in a closed parameter, which request-parameter tells',
      api: { parameters: [{ name: 'by', in: 'query', style: 'deepObject', explode: true, schema: closed }] },
      dialects: ['3.0', '3.1'],
      sent: { target: '/it?by[odd]=1' },
    },
    { name: 'described ones', api: answering(closed), sent: { reply: { name: 'a' } } },
    { name: 'a map', api: answering({ type: 'object', additionalProperties: { type: 'integer' } }), sent: { reply: { any: 1 } } },
    { name: 'an object that says nothing of names', api: answering({ type: 'object' }), sent: { reply: { any: 1 } } },
    {
      name: 'a property that another part of an allOf knows',
      api: answering({ allOf: [open, { type: 'object', properties: { odd: {} } }] }),
      sent: { reply: { name: 'a', odd: 1 } },
    },
    { name: 'a body that was cut', api: answering(open), sent: { reply: { odd: 1 }, gaps: [gap('response-body', 'truncated')] } },
  ],
});
