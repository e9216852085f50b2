import { expect, test } from 'vitest';
import { readDuration, readMoment } from './time-text.ts';

test.each<[given: string | number, want: number]>([
  [0, 0],
  [-5, -5],
  ['1h30m', 5_400_000],
  ['45s', 45_000],
  ['250ms', 250],
  ['1.5s', 1_500],
  ['-2d', -172_800_000],
  ['+1w', 604_800_000],
  ['1d1d', 172_800_000],
])('duration %s', (given, want) => {
  expect(readDuration(given)).toBe(want);
});

test.each(['', '1', 'h', '1y', '1h ', ' 1h', '1h-1m', '--1h', '1e3s', 'PT1H', '1h30', '٣h', '9'.repeat(100_000), '1h'.repeat(100_000)])(
  '%s is no duration',
  (given) => {
    expect(() => readDuration(given)).toThrow(/is no duration/);
  },
);

test.each<[given: string | number, want: number]>([
  [1, 1],
  ['1970-01-01T00:00:00Z', 0],
  ['1970-01-01T08:00:00.5+08:00', 500],
  ['1970-01-01T00:00Z', 0],
])('moment %s', (given, want) => {
  expect(readMoment(given)).toBe(want);
});

test.each([
  '',
  'now',
  '2026-01-31',
  '2026-01-31T08:00:00',
  '2026-02-31T08:00:00Z',
  '2026-01-31T25:00:00Z',
  '2026-13-01T00:00:00Z',
  '5',
  '2026-01-31T08:00:00+99:99',
])('%s is no moment', (given) => {
  expect(() => readMoment(given)).toThrow(/is no moment/);
});
