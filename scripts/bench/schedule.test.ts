import { expect, it } from 'vitest';
import { createSchedule, percentile } from './schedule.ts';

it.each([
  { name: 'a thousand a second', perSecond: 1_000, milliseconds: 2_000, runUp: 0, want: { runUp: 0, total: 2_000, last: 1_999 } },
  { name: 'with a run-up', perSecond: 4_000, milliseconds: 1_000, runUp: 250, want: { runUp: 1_000, total: 5_000, last: 1_249.75 } },
  { name: 'less than one in the time', perSecond: 0.5, milliseconds: 1_000, runUp: 100, want: { runUp: 0, total: 1, last: 0 } },
  { name: 'an odd rate', perSecond: 3, milliseconds: 1_000, runUp: 0, want: { runUp: 0, total: 3, last: 2_000 / 3 } },
])('schedule: $name', ({ perSecond, milliseconds, runUp, want }) => {
  const schedule = createSchedule(perSecond, milliseconds, runUp);
  expect({ runUp: schedule.runUp, total: schedule.total }).toEqual({ runUp: want.runUp, total: want.total });
  expect(schedule.due(0)).toBe(0);
  expect(schedule.due(schedule.total - 1)).toBeCloseTo(want.last, 9);
});

const HUNDRED = Float64Array.from({ length: 100 }, (_, index) => index + 1);

it.each([
  { name: 'median of a hundred', sorted: HUNDRED, share: 0.5, want: 50 },
  { name: '99 % of a hundred', sorted: HUNDRED, share: 0.99, want: 99 },
  { name: 'all of a hundred', sorted: HUNDRED, share: 1, want: 100 },
  { name: 'none of a hundred', sorted: HUNDRED, share: 0, want: 1 },
  { name: '99 % of a few is the largest', sorted: [3, 5, 8], share: 0.99, want: 8 },
  { name: 'one value', sorted: [7], share: 0.5, want: 7 },
  { name: 'no value', sorted: [], share: 0.5, want: Number.NaN },
])('percentile: $name', ({ sorted, share, want }) => {
  expect(percentile(sorted, share)).toBe(want);
});
