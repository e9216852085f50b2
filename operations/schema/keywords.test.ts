import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';
import { canonical, isMultipleOf, PLAIN_URI } from './keywords.ts';

describe('isMultipleOf', () => {
  test.each<[number | bigint, number, boolean]>([
    [19.99, 0.01, true],
    [19.999, 0.01, false],
    [0.3, 0.1, true],
    [1e308, 1, true],
    [1e-7, 1e-8, true],
    [1e-8, 1e-7, false],
    [1e308, 5e-324, true],
    [-4, 2, true],
    [0, 0.7, true],
    [-0, 3, true],
    [9007199254740993n, 3, true],
    [9007199254740993n, 2, false],
    [2n ** 63n, 0.5, true],
    [Infinity, 2, false],
    [NaN, 2, false],
    [7, 0, false],
  ])('%s of %s: %s', (value, divisor, want) => expect(isMultipleOf(value, divisor)).toBe(want));

  test('agrees with decimal strings', () => {
    const decimal = fc.record({ digits: fc.integer({ min: -999_999, max: 999_999 }), places: fc.integer({ min: 0, max: 6 }) });
    const divisor = fc.record({ digits: fc.integer({ min: 1, max: 5_000 }), places: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(decimal, divisor, (a, b) => {
        const scale = (item: { digits: number; places: number }) => BigInt(item.digits) * 10n ** BigInt(6 - item.places);
        expect(isMultipleOf(Number(`${a.digits}e-${a.places}`), Number(`${b.digits}e-${b.places}`))).toBe(scale(a) % scale(b) === 0n);
      }),
    );
  });
});

describe('canonical', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, true],
    ['the order of items', [1, 2], [2, 1], false],
    ['number and text', 1, '1', false],
    ['null and text', null, 'null', false],
    ['zero and minus zero', 0, -0, true],
    ['a short bigint and a number', 5n, 5, true],
    ['a long integer in both forms', 10n ** 21n, 1e21, true],
    ['long integers that a double mixes up', 9007199254740993n, 9007199254740992n, false],
    ['nested', { a: [{ b: 1n }] }, { a: [{ b: 1 }] }, true],
    ['keys that look like values', { 'a":1,"b': 2 }, { a: 1, b: 2 }, false],
  ])('%s', (_name, a, b, want) => expect(canonical(a) === canonical(b)).toBe(want));

  test('is equal for equal JSON values, and only for those', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(canonical(JSON.parse(JSON.stringify(a)))).toBe(canonical(a));
        if (canonical(a) === canonical(b)) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });
});

describe('enum and const', () => {
  const many = Array.from({ length: 20 }, (_, index) => `v${index}`);
  test.each<[string, object, unknown, boolean]>([
    ['a text among few', { enum: ['a', "b'"] }, "b'", true],
    ['a text not among few', { enum: ['a', 'b'] }, 'c', false],
    ['a text among many', { enum: many }, 'v19', true],
    ['a text not among many', { enum: many }, 'v20', false],
    ['null among texts', { enum: ['a', null] }, null, true],
    ['the text of null', { enum: ['a', null] }, 'null', false],
    ['a text with line ends and quotes', { const: 'a\u2028"\n\\' }, 'a\u2028"\n\\', true],
    ['true', { const: true }, true, true],
    ['one is not true', { const: true }, 1, false],
    ['an integer in the other form', { enum: ['a', 5] }, 5n, true],
    ['an object', { enum: [{ a: [1, 2] }, 'a'] }, { a: [1, 2] }, true],
    ['another object', { const: { a: 1 } }, { a: 2 }, false],
    ['an object among texts', { enum: ['a'] }, { a: 1 }, false],
    ['among branches', { oneOf: [{ enum: ['a'] }, { enum: ['b', 'c'] }] }, 'c', true],
  ])('%s', (_name, schema, value, want) => expect(validatorOf(schemaDocument('3.1', schema)).isValid(value)).toBe(want));
});

describe('PLAIN_URI', () => {
  test.each<[string, boolean]>([
    ['https://img.example.com/1.png', true],
    ['http://127.0.0.1:8080', true],
    ['https://a/b_c/~d//', true],
    ['https://', false],
    ['https://a..b/', false],
    ['https://a/%zz', false],
    ['https://a/b c', false],
    ['https://a/\n', false],
    ['urn:a:b', false],
  ])('%j', (text, want) => expect(PLAIN_URI.test(text)).toBe(want));

  test('never takes what the full format refuses', () => {
    const isUri = fullFormats.uri as (text: string) => boolean;
    const near = fc.stringMatching(/^https?:\/\/[a-z0-9.:@%-]{0,12}(\/[\w.~%-]{0,5}){0,3}$/);
    fc.assert(
      fc.property(fc.oneof(near, fc.webUrl(), fc.string()), (text) => {
        expect(PLAIN_URI.test(text) && !isUri(text)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
