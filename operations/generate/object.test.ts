import { describe, expect, it } from 'vitest';
import { invalidValues, type SchemaCase } from './judge.fixture.ts';

const cases: readonly SchemaCase[] = [
  [
    'allOf',
    {
      allOf: [
        { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
        { type: 'object', properties: { a: { minimum: 5 }, b: { type: 'string' } }, required: ['b'] },
      ],
    },
  ],
  ['depReq', { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, dependentRequired: { a: ['b'] } }],
  ['depReq undecl', { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], dependentRequired: { a: ['z'], z: ['y'] } }],
  ['depReq imposs', { type: 'object', properties: { a: { type: 'string' }, b: false }, dependentRequired: { a: ['b'] } }],
  [
    'depSchemas',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      dependentSchemas: { a: { required: ['c'], properties: { c: { type: 'integer' } } } },
    },
  ],
  ['depSchemas false', { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, dependentSchemas: { a: false } }],
  [
    'propertyNames',
    { type: 'object', propertyNames: { pattern: '^[a-z]{3}$' }, minProperties: 3, additionalProperties: { type: 'integer' } },
  ],
  ['propertyNames enum', { type: 'object', propertyNames: { enum: ['x', 'y', 'z'] }, minProperties: 2 }],
  [
    'propertyNames format',
    { type: 'object', propertyNames: { format: 'uuid' }, minProperties: 1, additionalProperties: { type: 'integer' } },
  ],
  [
    'pnames vs props',
    { type: 'object', properties: { Foo: { type: 'string' }, bar: { type: 'string' } }, propertyNames: { pattern: '^[a-z]+$' } },
  ],
  ['patProps', { type: 'object', patternProperties: { '^x-': { type: 'integer' } }, minProperties: 2, additionalProperties: false }],
  [
    'patProps both',
    {
      type: 'object',
      properties: { 'x-a': { minimum: 5 } },
      patternProperties: { '^x-': { type: 'integer', maximum: 6 } },
      required: ['x-a'],
    },
  ],
  ['minProps', { type: 'object', minProperties: 4 }],
  [
    'maxProps',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } },
      required: ['c'],
      maxProperties: 2,
    },
  ],
  ['addl schema', { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'integer' }, minProperties: 3 }],
  ['required undeclared', { type: 'object', required: ['q'], additionalProperties: { type: 'boolean' } }],
  [
    'addl false cousins',
    {
      allOf: [
        { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, additionalProperties: false },
        { properties: { c: { type: 'string' } } },
      ],
    },
  ],
  [
    'uneval',
    {
      allOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: { type: 'integer' } }, required: ['b'] }],
      type: 'object',
      properties: { c: { type: 'boolean' } },
      unevaluatedProperties: false,
    },
  ],
  [
    'uneval nested',
    {
      type: 'object',
      allOf: [{ properties: { a: { type: 'string' } }, unevaluatedProperties: false }, { properties: { b: { type: 'integer' } } }],
    },
  ],
  [
    'uneval oneOf',
    {
      type: 'object',
      properties: { k: { type: 'string' } },
      oneOf: [
        { properties: { a: { type: 'string' } }, required: ['a'] },
        { properties: { b: { type: 'string' } }, required: ['b'] },
      ],
      unevaluatedProperties: false,
    },
  ],
  ['imposs opt', { type: 'object', properties: { a: false, b: { type: 'string', minLength: 5, maxLength: 2 }, c: { type: 'integer' } } }],
  [
    'anyOf all',
    {
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      type: 'object',
      maxProperties: 1,
    },
  ],
  ['not required', { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, not: { required: ['a'] } }],
  ['not both', { type: 'object', properties: { a: {}, b: {} }, not: { required: ['a', 'b'] } }],
];

describe('objects satisfy their schema in both modes for every seed', () => {
  for (const [name, schema, references] of cases) {
    it(name, () => expect(invalidValues(schema, references)).toEqual([]));
  }
});
