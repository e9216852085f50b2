import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childPointer, pointerTokens, valueAt } from './pointer.ts';

describe('valueAt', () => {
  const root = { '': 0, a: [{ b: 1 }], 'x/y': 2, 'm~n': 3, '~1': 4, 中: 5, length: 6 };
  test.each([
    { name: 'the whole', given: '', want: root },
    { name: 'an empty key', given: '/', want: 0 },
    { name: 'an item', given: '/a/0/b', want: 1 },
    { name: 'an escaped slash', given: '/x~1y', want: 2 },
    { name: 'an escaped tilde', given: '/m~0n', want: 3 },
    { name: 'tilde and one, not a slash', given: '/~01', want: 4 },
    { name: 'Chinese', given: '/中', want: 5 },
    { name: 'a member called length', given: '/length', want: 6 },
    { name: 'the length of an array is no item', given: '/a/length', want: undefined },
    { name: 'an inherited member', given: '/constructor', want: undefined },
    { name: 'past the end', given: '/a/1', want: undefined },
    { name: 'no pointer', given: 'a', want: undefined },
  ])('$name', ({ given, want }) => expect(valueAt(root, given)).toEqual(want));
});

test('every list of tokens round-trips', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[~/01]*$/))), (tokens) => {
      expect(pointerTokens(tokens.reduce(childPointer, ''))).toEqual(tokens);
    }),
  );
});

test('a pointer finds what was put at its tokens', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 6 }), (tokens) => {
      const root: unknown = tokens.reduceRight<unknown>((value, token) => Object.fromEntries([[token, value]]), 'found');
      expect(valueAt(root, tokens.reduce(childPointer, ''))).toBe('found');
    }),
  );
});
