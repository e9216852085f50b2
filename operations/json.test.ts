import { describe, expect, test } from 'vitest';
import { holdsLongDigits, parseJson, readJson, writeJson } from './json.ts';

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

  test.each<{ text: string; value: unknown }>([
    { text: '9.223372036854775807e18', value: 9223372036854775807n },
    { text: '-92233720368547758080E-1', value: -9223372036854775808n },
    { text: '9007199254740993.000', value: 9007199254740993n },
    { text: '9007199254740993.0e2', value: 900719925474099300n },
    { text: '1234567890123456789e-3', value: Number('1234567890123456.789') },
    { text: '9007199254740993.5e0', value: Number('9007199254740993.5') },
    { text: '[1e20, 9007199254740993]', value: [100000000000000000000n, 9007199254740993n] },
    { text: '[1e400, 9007199254740993]', value: [Infinity, 9007199254740993n] },
    { text: '[0e99999999999, 1e-99999999999, 9007199254740993]', value: [0, 0, 9007199254740993n] },
  ])('an integer is one however it is written: $text', ({ text, value }) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('long digits are found wherever they stand, in text and in bytes', () => {
    for (let before = 0; before < 40; before += 1) {
      const short = `${'x'.repeat(before)}123456789012345 123456789012345`;
      const long = `${'x'.repeat(before)}1234567890123456`;
      expect([short, long].map((text) => holdsLongDigits(Buffer.from(text)))).toEqual([false, true]);
    }
    for (let before = 0; before < 40; before += 1) {
      const space = ' '.repeat(before);
      expect(readJson(`{"long":"${'9'.repeat(before)}",${space}"b":9007199254740993}`).value).toMatchObject({ b: 9007199254740993n });
      expect(readJson(`["x${'1'.repeat(before)}",${space}"9007199254740993"]`).isPlain).toBe(true);
    }
    expect(readJson('[9007199254740993]')).toEqual({ value: [9007199254740993n], isPlain: false });
    expect(readJson('[900719925474099]')).toEqual({ value: [900719925474099], isPlain: true });
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
