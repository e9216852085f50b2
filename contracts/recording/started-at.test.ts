import fc from 'fast-check';
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
  ['2024-06-10T06:13:2x.000Z', undefined],
  ['202x-06-10T06:13:20.000Z', undefined],
  ['2024-06-10T06:13:20.0x0Z', undefined],
  ['2024-06-10T24:00:00.000Z', Date.UTC(2024, 5, 11)],
  ['2024-06-10T24:00:01.000Z', undefined],
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

test('every time is read as it was written', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
      (date) => {
        expect(startedAt(date.toISOString())).toBe(date.getTime());
      },
    ),
  );
});
