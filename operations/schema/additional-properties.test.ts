import { describe, expect, test } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';

const named = (count: number): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, { type: 'integer' }]));
const filled = (count: number): Record<string, unknown> => Object.fromEntries(Object.keys(named(count)).map((name) => [name, 1]));

describe('additionalProperties: false', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['none described, none there', { properties: {} }, {}, true],
    ['none described, one there', { properties: {} }, { a: 1 }, false],
    ['few', { properties: named(3) }, filled(3), true],
    ['few and one more', { properties: named(3) }, { ...filled(3), more: 1 }, false],
    ['some', { properties: named(20) }, filled(20), true],
    ['some and one more', { properties: named(20) }, { ...filled(20), more: 1 }, false],
    ['many', { properties: named(100) }, filled(100), true],
    ['many and one more', { properties: named(100) }, { ...filled(100), more: 1 }, false],
    ['by a pattern', { properties: named(10), patternProperties: { '^x': true } }, { p1: 1, x1: 1 }, true],
    ['beside a pattern', { properties: named(10), patternProperties: { '^x': true } }, { y1: 1 }, false],
    ['no object', { properties: named(3) }, [1], true],
    ['what is evaluated is not judged again', { properties: named(3), unevaluatedProperties: false }, filled(3), true],
    ['a quote in a name', { properties: { 'a"b': true, "c'd": true, 'e\\f': true } }, { 'a"b': 1, "c'd": 1, 'e\\f': 1 }, true],
    ['a quote in another name', { properties: { 'a"b': true } }, { 'a"c': 1 }, false],
  ])('%s', (_name, schema, value, want) => {
    const validator = validatorOf(schemaDocument('3.1', { ...(schema as object), additionalProperties: false }));
    expect(validator.isValid(value)).toBe(want);
    expect(validator.validate(value, true).length === 0).toBe(want);
  });
});
