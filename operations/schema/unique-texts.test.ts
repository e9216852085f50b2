import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areUniqueTexts } from './unique-texts.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `tag ${index}`);
/** They differ only where a quick look does not go. */
const alike = (count: number): string[] => Array.from({ length: count }, (_, index) => `${1_000 + index}${'-'.repeat(20)}`);

describe('areUniqueTexts', () => {
  test.each<[string, readonly string[], boolean]>([
    ['none', [], true],
    ['one', ['a'], true],
    ['empty ones', ['', ''], false],
    ['few', ['a', 'b', 'c'], true],
    ['few, the last again', ['a', 'b', 'c', 'a'], false],
    ['many', numbered(100), true],
    ['many, one again', [...numbered(100), 'tag 41'], false],
    ['many that look alike', alike(500), true],
    ['many that look alike, one again', [...alike(500), alike(500)[7] ?? ''], false],
    ['many, the empty one twice', [...numbered(20), '', ''], false],
    ['too many for a table', numbered(2_000), true],
    ['too many for a table, one again', [...numbered(2_000), 'tag 0'], false],
    ['halves of a character', ['\ud800', '\udc00', '\ud800\udc00'], true],
  ])('%s', (_name, given, want) => expect(areUniqueTexts(given)).toBe(want));

  test('agrees with a Set', () => {
    const text = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('tag 1', 'tag 2', 'a-tag 1'));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
        expect(areUniqueTexts(texts)).toBe(new Set(texts).size === texts.length);
      }),
    );
  });

  test('keeps nothing of the list before', () => {
    for (let turn = 0; turn < 100; turn += 1) expect(areUniqueTexts(numbered(100))).toBe(true);
  });
});
