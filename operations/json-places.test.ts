import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJsonPlaces } from './json-places.ts';

describe('createJsonPlaces', () => {
  const text = '{ "a": [1, {"b\\"}": "x}]"}, []],\n "c/d": {"e": null, "e": 2}, "": -1.5e3 }';
  it.each<[name: string, tokens: string[], want: string]>([
    ['the whole', [], '{ "a"'],
    ['a member, by its key', ['a'], '"a"'],
    ['an item', ['a', '1'], '{"b'],
    ['a key with quotes and brackets', ['a', '1', 'b"}'], '"b\\"}"'],
    ['an empty array', ['a', '2'], '[]'],
    ['a key with a slash', ['c/d'], '"c/d"'],
    ['the last of two members with one name', ['c/d', 'e'], '"e": 2'],
    ['an empty key', [''], '"": -1.5'],
    ['nothing there: the nearest above', ['c/d', 'x', 'y'], '"c/d"'],
    ['nothing there at all', ['z'], '{ "a"'],
  ])('%s', (_name, tokens, want) => {
    expect(text.slice(createJsonPlaces(text).offsetOf(tokens)).startsWith(want)).toBe(true);
  });

  it('finds every value of any JSON, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, indent) => {
        const written = JSON.stringify(value, undefined, indent);
        const places = createJsonPlaces(written);
        const visit = (part: unknown, tokens: string[]): void => {
          const rest = written.slice(places.offsetOf(tokens));
          const last = tokens.at(-1);
          const isMember = last !== undefined && rest.startsWith(JSON.stringify(last)) && /^"(?:[^"\\]|\\.)*"\s*:/.test(rest);
          expect(isMember || rest.startsWith(JSON.stringify(part, undefined, indent).charAt(0))).toBe(true);
          if (typeof part === 'object' && part !== null) for (const [key, item] of Object.entries(part)) visit(item, [...tokens, key]);
        };
        visit(value, []);
      }),
    );
  });
});
