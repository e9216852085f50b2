import { describe, expect, test } from 'vitest';
import { schemaDocument, validatorOf } from './document.fixture.ts';
import { rootNode } from './document.ts';
import { dereference, resolveReference } from './reference.ts';

const NUMBER = { type: 'integer' };
const messages = (validator: ReturnType<typeof validatorOf>, value: unknown): string[] =>
  validator.validate(value).map((issue) => `${issue.severity} ${issue.document} ${issue.pointer} ${issue.message}`);

describe('dereference', () => {
  test('follows a chain of 3,000 references', () => {
    const chain = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`L${i}`, { $ref: `#/components/schemas/L${i + 1}` }]));
    const document = schemaDocument('3.0', { $ref: '#/components/schemas/L0' }, { ...chain, L3000: NUMBER });
    expect(messages(validatorOf(document), 'x')).toEqual(['error api.json#/components/schemas/L3000/type  must be integer']);
  });

  test('validates through 3,000 nested references', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 3000 }, (_, i) => [
        `L${i}`,
        { type: 'object', properties: { next: { $ref: `#/components/schemas/L${i + 1}` } } },
      ]),
    );
    const document = schemaDocument('3.1', { $ref: '#/components/schemas/L0' }, { ...chain, L3000: NUMBER });
    const validator = validatorOf(document);
    let value: unknown = 'x';
    for (let depth = 0; depth < 3000; depth += 1) value = { next: value };
    expect(validator.validate({ next: { next: 1 } })[0]?.pointer).toBe('/next/next');
    expect(validator.validate(value)[0]?.message).toBe('must be integer');
  });

  test('a circle is told, not walked', () => {
    const document = schemaDocument('3.0', { $ref: '#/components/schemas/A' }, { A: { $ref: '#/components/schemas/It' } });
    const resolved = dereference(document, { ...rootNode(document), value: { $ref: '#/components/schemas/It' } });
    expect(resolved).toEqual({ ok: false, reason: 'the reference at api.json# goes in a circle' });
    expect(validatorOf(document).validate(1)).toEqual([]);
  });
});

describe('resolveReference', () => {
  const document = schemaDocument('3.1', {}, { 'a/b%': NUMBER, 中: NUMBER });
  test.each([
    { name: 'escaped and encoded', given: '#/components/schemas/a~1b%25', want: '/components/schemas/a~1b%' },
    { name: 'Chinese', given: '#/components/schemas/中', want: '/components/schemas/中' },
    { name: 'Chinese, encoded', given: '#/components/schemas/%E4%B8%AD', want: '/components/schemas/中' },
    { name: 'the whole document', given: '#', want: '' },
    { name: 'its own file by name', given: 'api.json#/openapi', want: '/openapi' },
    { name: 'a member of the root without a slash', given: '#components', want: '/components' },
  ])('$name', ({ given, want }) => {
    const resolved = resolveReference(document, given, rootNode(document));
    expect(resolved.ok && resolved.node.pointer).toBe(want);
  });

  test.each(['#/components/schemas/toString', '#/%', 'http://[', '#/components/schemas/中/__proto__', 'no.json'])(
    'nothing at %s',
    (given) => {
      expect(resolveReference(document, given, rootNode(document)).ok).toBe(false);
    },
  );
});

describe('$id, $anchor and $dynamicRef of 3.1', () => {
  const others = {
    Named: {
      $id: 'https://example.com/named',
      $defs: { n: { $anchor: 'inner', ...NUMBER } },
      properties: { x: { $ref: '#/$defs/n' }, y: { $ref: '#inner' } },
    },
    Anchored: { $anchor: 'top', type: 'boolean' },
    Tree: { $dynamicAnchor: 'node', type: 'object', properties: { child: { $dynamicRef: '#node' } }, required: ['v'] },
    List: {
      $id: 'https://example.com/list',
      properties: { items: { type: 'array', items: { $dynamicRef: '#T' } }, plain: { $ref: '#T' } },
      $defs: { T: { $dynamicAnchor: 'T', type: 'string' } },
    },
    IntList: { $id: 'https://example.com/int-list', $ref: 'list', $defs: { T: { $dynamicAnchor: 'T', ...NUMBER } } },
    // What is outermost wins, so that the list inside of this one holds booleans.
    Outer: {
      $id: 'https://example.com/outer',
      properties: { in: { $ref: 'int-list' } },
      $defs: { T: { $dynamicAnchor: 'T', type: 'boolean' } },
    },
    StrictTree: { $id: 'https://example.com/strict', $dynamicAnchor: 'branch', $ref: 'loose', unevaluatedProperties: false },
    LooseTree: { $id: 'https://example.com/loose', $dynamicAnchor: 'branch', properties: { sub: { $dynamicRef: '#branch' } } },
    Twice: { $id: 'https://example.com/twice', $ref: 'list', $defs: { a: { $dynamicAnchor: 'T' }, b: { $dynamicAnchor: 'T' } } },
    Sloppy: { $id: 'https://example.com/sloppy', properties: { z: { $ref: '#/components/schemas/Anchored' } } },
  };
  test.each<{ name: string; schema: unknown; value: unknown; want: string[] }>([
    { name: 'by $id', schema: { $ref: 'https://example.com/named' }, value: { x: 'a' }, want: ['/x must be integer'] },
    { name: 'an anchor inside an $id', schema: { $ref: 'https://example.com/named' }, value: { y: 'a' }, want: ['/y must be integer'] },
    { name: 'an anchor by $id', schema: { $ref: 'https://example.com/named#inner' }, value: 'a', want: [' must be integer'] },
    { name: 'a pointer by $id', schema: { $ref: 'https://example.com/named#/$defs/n' }, value: 'a', want: [' must be integer'] },
    {
      name: 'relative to an $id',
      schema: { $id: 'https://example.com/it', $ref: 'named' },
      value: { x: 'a' },
      want: ['/x must be integer'],
    },
    { name: 'an anchor', schema: { $ref: '#top' }, value: 1, want: [' must be boolean'] },
    {
      name: 'a pointer meant from the top of the file',
      schema: { $ref: '#/components/schemas/Sloppy' },
      value: { z: 1 },
      want: ['/z must be boolean'],
    },
    {
      name: '$dynamicRef as a plain reference',
      schema: { $ref: '#/components/schemas/Tree' },
      value: { v: 1, child: {} },
      want: ["/child must have required property 'v'"],
    },
    {
      name: '$dynamicRef beside $ref',
      schema: { $ref: 'https://example.com/named#inner', $dynamicRef: '#top', description: 'both' },
      value: 'a',
      want: [' must be integer', ' must be boolean'],
    },
    {
      name: 'a dynamic anchor that nothing overrides',
      schema: { $ref: '#/components/schemas/List' },
      value: { items: [1] },
      want: ['/items/0 must be string'],
    },
    {
      name: 'a dynamic anchor that is overridden',
      schema: { $ref: '#/components/schemas/IntList' },
      value: { items: [1, 'a'], plain: 'a' },
      want: ['/items/1 must be integer'],
    },
    {
      name: 'by the outermost',
      schema: { $ref: '#/components/schemas/Outer' },
      value: { in: { items: [true, 1] } },
      want: ['/in/items/1 must be boolean'],
    },
    {
      name: 'a tree that is closed at every level',
      schema: { $ref: '#/components/schemas/StrictTree' },
      value: { sub: { sub: {}, odd: 1 } },
      want: ["/sub must NOT have unevaluated property 'odd'"],
    },
    {
      name: 'a tree that is open at every level',
      schema: { $ref: '#/components/schemas/LooseTree' },
      value: { sub: { sub: {}, odd: 1 } },
      want: [],
    },
    {
      name: 'a name given twice overrides nothing',
      schema: { $ref: '#/components/schemas/Twice' },
      value: { items: [1] },
      want: ['/items/0 must be string'],
    },
    {
      name: 'an $id in data is none',
      schema: { examples: [{ $id: 'https://example.com/it2' }], ...NUMBER },
      value: 'a',
      want: [' must be integer'],
    },
  ])('$name', ({ schema, value, want }) => {
    const issues = validatorOf(schemaDocument('3.1', schema, others)).validate(value);
    expect(issues.map((issue) => `${issue.pointer} ${issue.message}`)).toEqual(want);
  });
});
