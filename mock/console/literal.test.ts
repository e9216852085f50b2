import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { literal, methodName } from './literal.ts';

/** The value that TypeScript makes of the text; every construct of it is one of JavaScript. */
const evaluated = (text: string): unknown => runInThisContext(`(${text})`);

test.each<[name: string, given: unknown, want: string]>([
  ['names that need no quotes, and others', { a: 1, 'b-c': null }, '{\n  a: 1,\n  "b-c": null,\n}'],
  ['a list in an object', { list: [true, []] }, '{\n  list: [\n    true,\n    [],\n  ],\n}'],
  ['a long integer keeps its digits', 9_007_199_254_740_993n, '9007199254740993n'],
  ['text that ends strings, elements and lines elsewhere', '\'`${x}"</script>\u2028\u202e', '"\'`${x}\\"</script>\\u2028\\u202e"'],
  ['nothing', {}, '{}'],
])('%s', (_name, given, want) => {
  expect(literal(given)).toBe(want);
  expect(evaluated(literal(given))).toEqual(given);
});

test('a member called __proto__ is a member', () => {
  const given: unknown = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}');
  const made = evaluated(literal(given)) as object;
  expect(Object.entries(made)).toEqual(Object.entries(given as object));
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
});

test('whatever JSON holds is the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(evaluated(literal(value, 2))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  ['listTies', 'listTies'],
  ['list-ties', '"list-ties"'],
  ['a(){}; evil(', '"a(){}; evil("'],
])('%s names a method as %s', (given, want) => {
  expect(methodName(given)).toBe(want);
  expect(Object.keys(evaluated(`{ ${methodName(given)}() {} }`) as object)).toEqual([given]);
});
