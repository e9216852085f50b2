import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClock } from './clock-text.ts';
import { compare, compareToEnd, identityOf, same } from './compare.ts';

const clock = createClock(480);

describe('same', () => {
  test.each([
    { a: 7, b: '7', want: true },
    { a: 7n, b: 7, want: true },
    { a: 9007199254740993n, b: '9007199254740993', want: true },
    { a: 9007199254740993n, b: 9007199254740992, want: false },
    { a: '7', b: '07', want: false },
    { a: true, b: 'true', want: false },
    { a: null, b: undefined, want: false },
    { a: null, b: 'null', want: false },
    { a: {}, b: {}, want: false },
  ])('$a and $b', ({ a, b, want }) => {
    expect([same(a, b), same(b, a)]).toEqual([want, want]);
  });

  test('scalars that are the same share an identity, others do not', () => {
    const scalar = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.bigInt({ min: -5n, max: 5n }),
      fc.constantFrom('1', '2', '-3', 'true', 'null', ''),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(scalar, scalar, (a, b) => {
        expect(identityOf(a) === identityOf(b)).toBe(same(a, b));
      }),
    );
  });
});

describe('compare', () => {
  test.each([
    { a: 9, b: 10, want: -1 },
    { a: '9', b: 10, want: -1 },
    { a: '9', b: '10', want: 1 },
    { a: 9007199254740993n, b: 9007199254740992, want: 1 },
    { a: '9007199254740993', b: 9007199254740992n, want: 1 },
    { a: 1.5, b: 1n, want: 1 },
    { a: '2026-03-01 08:00:00', b: '2026-03-01T00:00:00Z', want: 0 },
    { a: '2026-03-01', b: '2026-02-28 23:59:59', want: 1 },
    { a: 'b', b: 'a', want: 1 },
    { a: null, b: 5, want: Number.NaN },
    { a: undefined, b: 5, want: Number.NaN },
    { a: '', b: 5, want: Number.NaN },
    { a: true, b: 0, want: Number.NaN },
    { a: [], b: 0, want: Number.NaN },
    { a: { valueOf: 1, toString: 1 }, b: 0, want: Number.NaN },
  ])('$a and $b', ({ a, b, want }) => {
    expect(Math.sign(compare(a, b, clock))).toBe(want);
  });

  test.each([
    { value: '2026-03-02 23:59:59', end: '2026-03-02', want: 0 },
    { value: '2026-03-01T16:00:00Z', end: '2026-03-02', want: 0 },
    { value: '2026-03-03 00:00:00', end: '2026-03-02', want: 1 },
    { value: '2026-03-02 23:59:59', end: '2026-03-02 23:59:58', want: 1 },
    { value: 'ten letter', end: 'ten letters', want: -1 },
    { value: 'ab', end: 'abcdefghij', want: -1 },
  ])('$value and the end $end', ({ value, end, want }) => {
    expect(Math.sign(compareToEnd(value, end, clock))).toBe(want);
  });
});
