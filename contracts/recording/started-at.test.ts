import { expect, test } from 'vitest';
import { duration, startedAt } from './started-at.ts';

const WANT = Date.UTC(2024, 5, 10, 6, 13, 20);
const cases: readonly [given: unknown, want: number | undefined][] = [
  ['2024-06-10T06:13:20Z', WANT],
  ['2024-06-10T06:13:20.000Z', WANT],
  ['2024-06-10T06:13:20.000123456Z', WANT],
  ['2024-06-10T14:13:20+08:00', WANT],
  ['2024-06-10T14:13:20.000+0800', WANT],
  ['2024-06-10T14:13:20+08', WANT],
  ['2024-06-10 06:13:20,000', WANT],
  ['2024-06-10T06:13:20', WANT],
  ['2024-06-10', Date.UTC(2024, 5, 10)],
  ['Mon, 10 Jun 2024 06:13:20 GMT', WANT],
  [WANT, WANT],
  [WANT / 1_000, WANT],
  ['2024-13-40T99:00:00Z', undefined],
  ['yesterday', undefined],
  ['', undefined],
  [-1, undefined],
  [null, undefined],
  [{}, undefined],
];
test.each(cases)('%j', (given, want) => {
  expect(startedAt(given)).toBe(want);
});

test('a duration that is not known is none', () => {
  expect([12.5, 0, -1, '12', Number.NaN].map(duration)).toEqual([12.5, 0, undefined, undefined, undefined]);
});
