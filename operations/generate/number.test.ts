import { describe, expect, it } from 'vitest';
import { invalidValues, type SchemaCase } from './judge.fixture.ts';

const cases: readonly SchemaCase[] = [
  ['integer', { type: 'integer' }],
  ['number', { type: 'number' }],
  [
    'number formats',
    {
      type: 'object',
      properties: {
        a: { type: 'integer', format: 'int32' },
        b: { type: 'integer', format: 'int64' },
        c: { type: 'number', format: 'float' },
        d: { type: 'number', format: 'double' },
      },
    },
  ],
  ['min max', { type: 'integer', minimum: 5, maximum: 7 }],
  ['exclusive bounds', { type: 'integer', exclusiveMinimum: 5, exclusiveMaximum: 7 }],
  ['between 0 and 1', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
  ['negative', { type: 'number', maximum: -3.5 }],
  ['multiple of 0.01 in a narrow span', { type: 'number', multipleOf: 0.01, minimum: 19.985, maximum: 20 }],
  ['one multiple of 7', { type: 'integer', multipleOf: 7, minimum: 50, maximum: 60 }],
  ['two divisors', { allOf: [{ type: 'integer', multipleOf: 6 }, { multipleOf: 4 }], minimum: 1 }],
  ['multiple of 0.1, exclusive bound', { type: 'number', multipleOf: 0.1, exclusiveMinimum: 0.2 }],
  ['tiny span', { type: 'number', minimum: 0.001, maximum: 0.002 }],
  ['beyond 9e15', { type: 'integer', minimum: 9007199254740000 }],
  ['multiple of 1e-7', { type: 'number', multipleOf: 1e-7, minimum: 0.000001 }],
  ['not const', { type: 'integer', not: { const: 0 } }],
  [
    'all of a span but one forbidden',
    { type: 'integer', minimum: 0, maximum: 40, not: { enum: Array.from({ length: 40 }, (_, index) => index) } },
  ],
  ['the same below zero, without a lower bound', { type: 'number', multipleOf: 5, maximum: -3, not: { enum: [-5, -10, -15, -20] } }],
  ['bad default', { type: 'integer', default: 'x', examples: ['y', 3] }],
  ['x-faker bad', { type: 'integer', 'x-faker': 'person.firstName' }],
];

describe('numbers satisfy their schema in both modes for every seed', () => {
  for (const [name, schema, references] of cases) {
    it(name, () => expect(invalidValues(schema, references)).toEqual([]));
  }
});
