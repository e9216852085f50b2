import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areUniqueTexts } from './unique-texts.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `tag ${index}`);

describe('areUniqueTexts', () => {
  test.each<[string, readonly string[], boolean]>([
    ['none', [], true],
    ['one', ['a'], true],
    ['empty ones', ['', ''], false],
    ['few', ['a', 'b', 'c'], true],
    ['few, the last again', ['a', 'b', 'c', 'a'], false],
    ['many', numbered(100), true],
    ['many, one again', [...numbered(100), 'tag 41'], false],
    ['halves of a character', ['\ud800', '\udc00', '\ud800\udc00'], true],
  ])('%s', (_name, given, want) => expect(areUniqueTexts(given)).toBe(want));

  test('agrees with a Set', () => {
    const text = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('tag 1', 'tag 2', 'a-tag 1'));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), (texts) => {
        expect(areUniqueTexts(texts)).toBe(new Set(texts).size === texts.length);
      }),
    );
  });
});
