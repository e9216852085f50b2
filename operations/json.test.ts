import { describe, expect, test } from 'vitest';
import { parseJson, writeJson } from './json.ts';

describe('JSON keeps every digit', () => {
  const cases: { name: string; text: string; value: unknown }[] = [
    { name: 'a small integer is a number', text: '42', value: 42 },
    { name: 'the largest safe integer is a number', text: '9007199254740991', value: 9007199254740991 },
    { name: 'beyond 2^53 is a bigint', text: '9007199254740993', value: 9007199254740993n },
    { name: 'negative, nested', text: '{"a":[-9223372036854775808]}', value: { a: [-9223372036854775808n] } },
    { name: 'digits inside a string stay text', text: '"9007199254740993"', value: '9007199254740993' },
    { name: 'a fraction with many digits is a number', text: '0.1234567890123456', value: 0.1234567890123456 },
    { name: 'long digits beside others', text: '{"id":9007199254740993,"n":1.5}', value: { id: 9007199254740993n, n: 1.5 } },
  ];
  test.each(cases)('$name', ({ text, value }) => {
    expect(parseJson(text)).toEqual(value);
    expect(writeJson(parseJson(text))).toBe(text);
  });

  test('malformed text is a SyntaxError', () => {
    expect(() => parseJson('{"a":9007199254740993,}')).toThrow(SyntaxError);
  });

  test('a circular value is an error, not an endless loop', () => {
    const loop: Record<string, unknown> = { id: 1n };
    loop['self'] = loop;
    expect(() => writeJson(loop)).toThrow(TypeError);
  });
});
