/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import { describe, expect, it } from 'vitest';
import { invalidValues, type SchemaCase } from './judge.fixture.ts';

const cases: readonly SchemaCase[] = [
  ['empty', {}],
  ['true', true],
  ['bool', { type: 'boolean' }],
  ['null', { type: 'null' }],
  ['types', { type: ['string', 'null', 'integer'] }],
  ['enum', { enum: ['a', 1, null, { x: 1 }] }],
  ['const', { const: { a: [1, 2] } }],
  ['enum+type', { type: 'integer', enum: ['a', 2] }],
  ['not type', { not: { type: 'string' } }],
  ['anyOf', { anyOf: [{ type: 'string', minLength: 5 }, { type: 'integer' }] }],
  ['anyOf first false', { anyOf: [false, { type: 'integer' }] }],
  [
    'oneOf overlap',
    {
      oneOf: [
        { type: 'object', properties: { a: { type: 'string' } } },
        { type: 'object', properties: { b: { type: 'integer' } } },
      ],
    },
  ],
  ['oneOf num', { oneOf: [{ type: 'integer' }, { type: 'number' }] }],
  [
    'oneOf mult',
    {
      oneOf: [
        { type: 'integer', multipleOf: 3 },
        { type: 'integer', multipleOf: 5 },
      ],
    },
  ],
  [
    'oneOf req',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'integer' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
  ],
  [
    'oneOf same disc',
    {
      oneOf: [
        { type: 'object', properties: { k: { const: 'x' }, v: { type: 'string' } }, required: ['k'] },
        { type: 'object', properties: { k: { const: 'y' }, v: { type: 'integer' } }, required: ['k'] },
      ],
    },
  ],
  [
    'oneOf str',
    {
      oneOf: [
        { type: 'string', format: 'date' },
        { type: 'string', maxLength: 3 },
      ],
    },
  ],
  [
    'oneOf 3 open',
    {
      oneOf: [
        { properties: { a: { type: 'string' } } },
        { properties: { b: { type: 'string' } } },
        { properties: { c: { type: 'string' } } },
      ],
      type: 'object',
    },
  ],
  [
    'if then',
    {
      type: 'object',
      properties: { t: { enum: ['x', 'y'] }, v: {} },
      required: ['t', 'v'],
      if: { properties: { t: { const: 'x' } } },
      then: { properties: { v: { type: 'integer' } } },
      else: { properties: { v: { type: 'string', minLength: 3 } } },
    },
  ],
  ['if then false', { type: 'integer', if: { minimum: 10 }, then: false }],
  ['if else', { type: 'string', if: { maxLength: 3 }, else: { pattern: '^z' }, then: { const: 'no!' }, minLength: 3 }],
  ['imposs branch', { oneOf: [{ type: 'integer', minimum: 5, maximum: 3 }, { type: 'string' }] }],
  [
    'not anyOf',
    {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'string' } },
      required: ['a'],
      not: { anyOf: [{ properties: { a: { maximum: 10 } }, required: ['a'] }, { required: ['b'] }] },
    },
  ],
  [
    'nested one',
    {
      oneOf: [
        { allOf: [{ $ref: 'A' }, { properties: { x: { type: 'integer' } } }] },
        { allOf: [{ $ref: 'A' }, { properties: { y: { type: 'integer' } } }] },
      ],
    },
    { A: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } },
  ],
  ['enum objs oneOf', { oneOf: [{ enum: [1, 2, 3] }, { enum: [3, 4] }] }],
  ['ref siblings', { $ref: 'A', minLength: 4 }, { A: { type: 'string', maxLength: 6 } }],
  ['ref chain', { $ref: 'A' }, { A: { $ref: 'B' }, B: { $ref: 'C' }, C: { type: 'integer', minimum: 2 } }],
  ['nullable ref', { anyOf: [{ $ref: 'A' }, { type: 'null' }] }, { A: { type: 'object', properties: { n: { type: 'string' } } } }],
  [
    'oneOf of requests that differ only in an open method name',
    {
      oneOf: [
        {
          type: 'object',
          required: ['method', 'password', 'identifier'],
          properties: {
            method: { type: 'string' },
            password: { type: 'string' },
            identifier: { type: 'string' },
            token: { type: 'string' },
          },
        },
        {
          type: 'object',
          required: ['method', 'identifier'],
          properties: { method: { type: 'string' }, identifier: { type: 'string' }, key: { type: 'string' } },
        },
        {
          type: 'object',
          required: ['method', 'token'],
          properties: { method: { type: 'string' }, token: { type: 'string' }, code: { type: 'string' } },
        },
        { type: 'object', required: ['method'], properties: { method: { type: 'string' }, login: { type: 'string' } } },
        { type: 'object', required: ['method', 'provider'], properties: { method: { type: 'string' }, provider: { type: 'string' } } },
      ],
    },
  ],
];

describe('combinations satisfy their schema in both modes for every seed', () => {
  for (const [name, schema, references] of cases) {
    it(name, () => expect(invalidValues(schema, references)).toEqual([]));
  }
});
