import { expect, test } from 'vitest';
import type { Schema } from '../schema/schema.ts';
import { readNested } from './read-text.ts';
import { shapeOf } from './shape.ts';

const lookup = (): undefined => undefined;

test.each<[string, Schema, string, readonly unknown[]]>([
  ['integer', { type: 'integer' }, '42', [42]],
  ['negative', { type: 'integer' }, '-7', [-7]],
  ['integer with a fraction of nothing', { type: 'integer' }, '1.0', [1]],
  ['exponent', { type: 'number' }, '1e3', [1000]],
  ['fraction of an integer is for the validator', { type: 'integer' }, '1.5', [1.5]],
  ['2^53 - 1', { type: 'integer' }, '9007199254740991', [9007199254740991]],
  ['int64', { type: 'integer' }, '9007199254740993', [9007199254740993n]],
  ['negative int64', { type: 'integer' }, '-9223372036854775808', [-9223372036854775808n]],
  ['leading zeros', { type: 'integer' }, '007', ['007']],
  ['hexadecimal', { type: 'integer' }, '0x10', ['0x10']],
  ['plus sign', { type: 'integer' }, '+1', ['+1']],
  ['white space', { type: 'integer' }, ' 1', [' 1']],
  ['nothing', { type: 'integer' }, '', ['']],
  ['bare point', { type: 'number' }, '1.', ['1.']],
  ['NaN', { type: 'number' }, 'NaN', ['NaN']],
  ['beyond every double', { type: 'number' }, '1e999', ['1e999']],
  ['too many digits', { type: 'integer' }, '9'.repeat(5000), ['9'.repeat(5000)]],
  ['boolean', { type: 'boolean' }, 'true', [true]],
  ['boolean in capitals', { type: 'boolean' }, 'True', ['True']],
  ['boolean as digit', { type: 'boolean' }, '1', ['1']],
  ['null', { type: ['string', 'null'] }, 'null', [null, 'null']],
  ['null as nothing', { type: ['integer', 'null'] }, '', [null]],
  ['empty string before null', { type: ['string', 'null'] }, '', ['', null]],
  ['null where it is not allowed', { type: 'integer' }, 'null', ['null']],
  ['enum of numbers', { enum: [1, 2] }, '2', [2]],
  ['enum of both', { enum: [1, '1'] }, '1', [1, '1']],
  ['const', { const: true }, 'true', [true]],
  ['const of the wrong type', { const: true }, '1', ['1']],
  ['no type but a bound', { minimum: 5 }, '3', [3]],
  ['no type but a length', { minLength: 5 }, '3', ['3']],
  ['no type', {}, '3', ['3']],
  ['true', true, '3', ['3']],
  ['false', false, '3', ['3']],
  ['allOf narrows', { allOf: [{ type: ['integer', 'string'] }, { type: 'integer' }] }, '3', [3]],
  ['allOf that leaves nothing', { allOf: [{ type: 'integer' }, { type: 'string' }] }, '3', ['3']],
  ['anyOf offers', { anyOf: [{ type: 'boolean' }, { type: 'string' }] }, 'true', [true, 'true']],
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  ['if and else', { if: { minLength: 1 }, then: { type: 'integer' }, else: { type: 'boolean' } }, '1', [1]],
  ['string', { type: 'string' }, 'true', ['true']],
  ['array of one', { type: 'array', items: { type: 'integer' } }, '3', [[3]]],
  ['JSON object', { type: 'object' }, '{"a":1}', [{ a: 1 }]],
  ['broken JSON object', { type: 'object' }, '{"a":1', ['{"a":1']],
])('%s', (_name, schema, text, want) => {
  expect(readNested(text, shapeOf(schema, lookup))).toStrictEqual(want);
});
