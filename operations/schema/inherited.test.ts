import { describe, expect, test } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';
import { namesInherited } from './inherited.ts';
import type { Schema } from './schema.ts';

const NUMBER = { type: 'integer' };

describe('namesInherited', () => {
  test.each<[string, Schema, boolean]>([
    ['a boolean', true, false],
    ['ordinary names', { required: ['id'], properties: { id: NUMBER } }, false],
    ['a required one', { required: ['toString'] }, true],
    ['a property', { properties: { constructor: NUMBER } }, true],
    ['deep within', { items: { allOf: [{ properties: { a: { required: ['valueOf'] } } }] } }, true],
    ['what needs another', { dependentRequired: { hasOwnProperty: ['a'] } }, true],
    ['what another needs', { dependentRequired: { a: ['hasOwnProperty'] } }, true],
    ['data', { enum: ['toString'], default: { constructor: 1 } }, false],
  ])('%s', (_name, schema, want) => expect(namesInherited(schema)).toBe(want));
});

describe('what objects inherit is no property of theirs', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['required, not there', { required: ['toString'] }, {}, false],
    ['required, there', { required: ['toString'] }, { toString: 1 }, true],
    ['of another type', { properties: { valueOf: NUMBER } }, {}, true],
    ['by a reference', { properties: { other: { $ref: '#/components/schemas/Other' } } }, { other: {} }, false],
    ['beside many that are none', { additionalProperties: false, properties: { id: NUMBER } }, { constructor: 1 }, false],
  ])('%s', (_name, schema, value, want) => {
    const validator = validatorOf(schemaDocument('3.1', schema, { Other: { required: ['constructor'] } }));
    expect(validator.isValid(value)).toBe(want);
    expect(validator.validate(value, true).length === 0).toBe(want);
  });
});
