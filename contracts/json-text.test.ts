import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childPointer } from '../operations/index.ts';
import { jsonLines, jsonTokens, markOf } from './json-text.ts';
import type { JsonLine } from './json-text.ts';

function written(lines: readonly JsonLine[]): string {
  return lines
    .map(
      ({ depth, key, text, mark }) => `${mark === undefined ? ' ' : '>'}${'  '.repeat(depth)}${key === undefined ? '' : `${key}: `}${text}`,
    )
    .join('\n');
}

describe('laying out', () => {
  test.each([
    {
      name: 'object',
      given: '{"a":1,"b":[true,null],"c":{},"d":[]}',
      want: ' {\n   "a": 1,\n   "b": [\n     true,\n     null\n   ],\n   "c": {},\n   "d": []\n }',
    },
    { name: 'digits and escapes stay', given: '[ 9007199254740993 , "\\u0041" ]', want: ' [\n   9007199254740993,\n   "\\u0041"\n ]' },
    { name: 'cut in a string', given: '{"a":{"b":"xy', want: ' {\n   "a": {\n     "b": "xy' },
    { name: 'cut after a backslash', given: '{"a":"x\\', want: ' {\n   "a": "x\\' },
    { name: 'not JSON after all', given: '{"a":1 oops}', want: ' {\n   "a": 1\n   "a": oops}' },
    { name: 'wrong bracket', given: '[1}', want: ' [\n   1\n   }' },
  ])('$name', ({ given, want }) => expect(written(jsonLines(given))).toBe(want));
});

describe('marking', () => {
  const text = '{"list":[{"id":1},{"id":2,"a/b":[5]}],"id":3}';
  test.each([
    { name: 'a value in a list', mark: { pointer: '/list/1/id' }, want: '>      "id": 2,' },
    { name: 'an escaped name', mark: { pointer: '/list/1/a~1b/0' }, want: '>        5' },
    { name: 'a whole list', mark: { pointer: '/list' }, want: '>  "list": [' },
    { name: 'the root', mark: { pointer: '' }, want: '>{' },
    { name: 'something missing', mark: { pointer: '/list/0', missing: 'name' }, want: '>      "name": ' },
    { name: 'something missing at the root', mark: { pointer: '', missing: 'x' }, want: '>  "x": ' },
  ])('$name', ({ mark, want }) => {
    const marked = written(jsonLines(text, mark))
      .split('\n')
      .filter((line) => line.startsWith('>'));
    expect(marked).toEqual([want]);
  });

  test('a pointer that leads nowhere marks nothing', () =>
    expect(jsonLines(text, { pointer: '/list/7' }).some((line) => line.mark !== undefined)).toBe(false));

  test('a property missing in an empty object leaves the brackets together', () => {
    expect(written(jsonLines('{"a":{},"b":1}', { pointer: '/a', missing: 'x' }))).toBe(' {\n   "a": {},\n>    "x": \n   "b": 1\n }');
  });

  test.each([
    { name: 'missing', given: { code: 'required', pointer: '/a', property: 'b' }, want: { pointer: '/a', missing: 'b' } },
    { name: 'too many', given: { code: 'additionalProperties', pointer: '/a/b~1c', property: 'b/c' }, want: { pointer: '/a/b~1c' } },
    { name: 'a value', given: { code: 'type', pointer: '/a' }, want: { pointer: '/a' } },
    { name: 'no pointer', given: { code: 'type' }, want: undefined },
  ])('of a finding: $name', ({ given, want }) => expect(markOf(given)).toEqual(want));
});

describe('any text', () => {
  test('the tokens of JSON are the JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const joined = [...jsonTokens(text)].map((token) => token.text + (token.kind === 'key' ? ':' : '')).join('');
        expect(JSON.parse(joined)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('every value of JSON is found by its pointer', () => {
    const pointers = (value: unknown, pointer: string): string[] =>
      typeof value !== 'object' || value === null
        ? [pointer]
        : [pointer, ...Object.entries(value).flatMap(([key, item]) => pointers(item, childPointer(pointer, key)))];
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        for (const pointer of pointers(JSON.parse(text), ''))
          expect(jsonLines(text, { pointer }).filter((line) => line.mark === 'value')).toHaveLength(1);
      }),
    );
  });

  test('neither a broken text nor deep nesting is a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, pointer) => {
        expect(() => jsonLines(text, { pointer: `/${pointer}` })).not.toThrow();
      }),
    );
    expect(jsonLines('['.repeat(65_536), { pointer: '/0/0/0' })).toHaveLength(65_536);
  });
});
