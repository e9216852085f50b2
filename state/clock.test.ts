import { describe, expect, test } from 'vitest';
import { advance, freeze, REAL_TIME, resume, shift, timeOf } from './clock.ts';
import type { ClockSetting } from './clock.ts';

const REAL = 1_700_000_000_000;
const FROZEN: ClockSetting = { kind: 'frozen', at: 1000 };

describe('clock', () => {
  const cases: { name: string; given: ClockSetting; now: number; anHourLater: number }[] = [
    { name: 'real time', given: REAL_TIME, now: REAL, anHourLater: REAL + 3_600_000 },
    { name: 'frozen at a time', given: freeze(REAL_TIME, REAL, 5), now: 5, anHourLater: 5 },
    { name: 'frozen at what it shows', given: freeze(shift(REAL, 7), REAL), now: REAL + 7, anHourLater: REAL + 7 },
    { name: 'shifted ahead', given: shift(REAL, 7), now: REAL + 7, anHourLater: REAL + 3_600_007 },
    { name: 'shifted back', given: shift(REAL, -7), now: REAL - 7, anHourLater: REAL + 3_599_993 },
    {
      name: 'advanced twice while running',
      given: advance(advance(REAL_TIME, REAL, 5), REAL, 6),
      now: REAL + 11,
      anHourLater: REAL + 3_600_011,
    },
    { name: 'advanced while frozen', given: advance(FROZEN, REAL, 5), now: 1005, anHourLater: 1005 },
    { name: 'resumed from frozen', given: resume(FROZEN, REAL), now: 1000, anHourLater: 3_601_000 },
    { name: 'resumed while running', given: resume(shift(REAL, 7), REAL), now: REAL + 7, anHourLater: REAL + 3_600_007 },
  ];
  test.each(cases)('$name', ({ given, now, anHourLater }) => {
    expect(timeOf(given, REAL)).toBe(now);
    expect(timeOf(given, REAL + 3_600_000)).toBe(anHourLater);
  });

  const refused: { name: string; set: () => ClockSetting }[] = [
    { name: 'advanced back', set: () => advance(REAL_TIME, REAL, -1) },
    { name: 'advanced by NaN', set: () => advance(REAL_TIME, REAL, Number.NaN) },
    { name: 'advanced beyond all dates', set: () => advance(FROZEN, REAL, 8.64e15) },
    { name: 'frozen at a fraction', set: () => freeze(REAL_TIME, REAL, 1.5) },
    { name: 'frozen at no time', set: () => freeze(REAL_TIME, REAL, Number.POSITIVE_INFINITY) },
    { name: 'shifted beyond all dates', set: () => shift(REAL, -9e15) },
  ];
  test.each(refused)('is not $name', ({ set }) => {
    expect(set).toThrow(expect.objectContaining({ code: 'clock-range' }));
  });
});
