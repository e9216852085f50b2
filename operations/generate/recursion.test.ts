import { describe, expect, it } from 'vitest';
import { invalidValues, type SchemaCase } from './judge.fixture.ts';

const cases: readonly SchemaCase[] = [
  ['self ref', { $ref: 'N' }, { N: { type: 'object', properties: { id: { type: 'integer' }, next: { $ref: 'N' } }, required: ['id'] } }],
  [
    'req null',
    { $ref: 'N' },
    { N: { type: 'object', properties: { next: { anyOf: [{ $ref: 'N' }, { type: 'null' }] } }, required: ['next'] } },
  ],
  ['req null type', { $ref: 'N' }, { N: { type: ['object', 'null'], properties: { next: { $ref: 'N' } }, required: ['next'] } }],
  [
    'req oneOf',
    { $ref: 'E' },
    {
      E: { oneOf: [{ $ref: 'Add' }, { $ref: 'Num' }] },
      Add: { type: 'object', required: ['l', 'r'], additionalProperties: false, properties: { l: { $ref: 'E' }, r: { $ref: 'E' } } },
      Num: { type: 'object', required: ['n'], additionalProperties: false, properties: { n: { type: 'number' } } },
    },
  ],
  [
    'req array',
    { $ref: 'T' },
    { T: { type: 'object', required: ['kids'], properties: { kids: { type: 'array', items: { $ref: 'T' } } } } },
  ],
  [
    'mutual',
    { $ref: 'A' },
    {
      A: { type: 'object', required: ['b'], properties: { b: { $ref: 'B' } } },
      B: { type: 'object', required: ['a'], properties: { a: { anyOf: [{ $ref: 'A' }, { type: 'null' }] } } },
    },
  ],
  [
    'tree min',
    { $ref: 'T' },
    {
      T: {
        type: 'object',
        required: ['v'],
        properties: { v: { type: 'integer' }, kids: { type: 'array', minItems: 1, items: { $ref: 'T' } } },
      },
    },
  ],
  ['map rec', { $ref: 'T' }, { T: { type: 'object', additionalProperties: { $ref: 'T' } } }],
  [
    'json',
    { $ref: 'J' },
    {
      J: {
        anyOf: [
          { type: 'object', additionalProperties: { $ref: 'J' }, minProperties: 1 },
          { type: 'array', items: { $ref: 'J' }, minItems: 1 },
          { type: 'string' },
        ],
      },
    },
  ],
  [
    'rec allOf',
    { $ref: 'N' },
    {
      N: { allOf: [{ $ref: 'Base' }, { type: 'object', required: ['child'] }] },
      Base: { type: 'object', properties: { child: { oneOf: [{ $ref: 'N' }, { type: 'string' }] } } },
    },
  ],
];

describe('recursive schemas end with a valid value in both modes for every seed', () => {
  for (const [name, schema, references] of cases) {
    it(name, () => expect(invalidValues(schema, references)).toEqual([]));
  }
});
