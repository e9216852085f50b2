import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areUniqueTexts } from './unique-texts.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `tag ${index}`);
/** All of one length, with the same characters where the table looks: every one wants the same place. */
const alike = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${String(index).padStart(4, '0')}${'x'.repeat(20)}`);

describe('areUniqueTexts', () => {
  test.each<[string, readonly string[], boolean]>([
    ['none', [], true],
    ['one', ['a'], true],
    ['empty ones', ['', ''], false],
    ['few', ['a', 'b', 'c'], true],
    ['few, the last again', ['a', 'b', 'c', 'a'], false],
    ['numbered', numbered(100), true],
    ['numbered, one again', [...numbered(100), 'tag 41'], false],
    ['numbered, the first two alike', ['tag 0', ...numbered(100)], false],
    ['as many as the table takes', numbered(512), true],
    ['as many as the table takes, the last again', [...numbered(511), 'tag 0'], false],
    ['more', numbered(2_000), true],
    ['more, the last again', [...numbered(2_000), 'tag 1999'], false],
    ['texts that want one place', alike(400), true],
    ['texts that want one place, the first again', [...alike(400), alike(1)[0] ?? ''], false],
    ['halves of a character', ['\ud800', '\udc00', '\ud800\udc00', 'a', 'b', 'c', 'd', 'e', 'f', 'g'], true],
  ])('%s', (_name, given, want) => {
    expect(areUniqueTexts(given)).toBe(want);
    // Nothing is left of one list for the next.
    expect(areUniqueTexts(given)).toBe(want);
  });

  test('agrees with a Set', () => {
    const text = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('tag 1', 'tag 2', 'a-tag 1'), fc.uuid());
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), fc.array(fc.nat({ max: 900 }), { maxLength: 600 }), (texts, numbers) => {
        expect(areUniqueTexts(texts)).toBe(new Set(texts).size === texts.length);
        const names = numbers.map((number) => `n${number}`);
        expect(areUniqueTexts(names)).toBe(new Set(names).size === names.length);
      }),
    );
  });
});
