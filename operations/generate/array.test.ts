import { describe, expect, it } from 'vitest';
import { invalidValues, type SchemaCase } from './judge.fixture.ts';

const cases: readonly SchemaCase[] = [
  ['tuple', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false }],
  ['tuple min', { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'integer' }, minItems: 4 }],
  ['contains', { type: 'array', items: { type: 'integer' }, contains: { minimum: 100 } }],
  [
    'contains min',
    { type: 'array', contains: { type: 'string', format: 'email' }, minContains: 3, items: { type: 'string' }, maxItems: 4 },
  ],
  [
    'contains max',
    {
      type: 'array',
      items: { type: 'integer', minimum: 0, maximum: 10 },
      contains: { minimum: 5 },
      minContains: 1,
      maxContains: 2,
      minItems: 5,
    },
  ],
  ['contains 2', { allOf: [{ type: 'array', contains: { const: 1 } }, { contains: { const: 'z' } }], minItems: 2 }],
  [
    'contains in tuple',
    { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }], items: false, contains: { minimum: 50 } },
  ],
  ['contains 0', { type: 'array', contains: { const: 7 }, minContains: 0, maxContains: 0, items: { type: 'integer' }, minItems: 2 }],
  ['unique enum', { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 3 }],
  ['unique bool', { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 2 }],
  ['unique int', { type: 'array', items: { type: 'integer', minimum: 1, maximum: 8 }, uniqueItems: true, minItems: 8 }],
  ['unique str', { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 5 }],
  [
    'unique obj',
    { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, uniqueItems: true, minItems: 3 },
  ],
  [
    'unique lists of one or none',
    { type: 'array', uniqueItems: true, minItems: 3, items: { type: 'array', items: { type: 'boolean' }, maxItems: 1 } },
  ],
  ['unique const', { type: 'array', items: { const: 1 }, uniqueItems: true }],
  ['arr 50', { type: 'array', items: { type: 'integer' }, minItems: 50 }],
  ['uneval items', { type: 'array', prefixItems: [{ type: 'string' }], unevaluatedItems: false }],
  ['maxItems0', { type: 'array', items: { type: 'string' }, maxItems: 0 }],
];

describe('arrays satisfy their schema in both modes for every seed', () => {
  for (const [name, schema, references] of cases) {
    it(name, () => expect(invalidValues(schema, references)).toEqual([]));
  }
});
