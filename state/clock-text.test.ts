import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClock, parseOffset } from './clock-text.ts';
import type { TimeForm } from './clock-text.ts';

const shanghai = createClock(480);
const moment = Date.UTC(2026, 2, 1, 20, 4, 5, 678);

describe('writing', () => {
  test.each<{ form: TimeForm; want: string | number }>([
    { form: 'iso', want: '2026-03-01T20:04:05.678Z' },
    { form: 'ms', want: moment },
    { form: 'seconds', want: Math.floor(moment / 1000) },
    { form: 'local', want: '2026-03-02 04:04:05' },
    { form: 'date', want: '2026-03-02' },
    { form: 'time', want: '04:04' },
  ])('$form', ({ form, want }) => {
    expect(shanghai.write(moment, form)).toBe(want);
  });

  test.each([
    { name: 'the end of time', given: Number.MAX_VALUE, want: '9999-12-31' },
    { name: 'before all time', given: -Number.MAX_VALUE, want: '0000-01-02' },
    { name: 'endless', given: Infinity, want: '9999-12-31' },
  ])('$name has a form', ({ given, want }) => {
    expect(String(shanghai.write(given, 'date'))).toBe(want);
    expect(String(createClock(-720).write(given, 'local'))).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });
});

describe('reading', () => {
  test.each([
    { given: '2026-03-02 04:04:05', want: Date.UTC(2026, 2, 1, 20, 4, 5) },
    { given: '2026-03-02T04:04:05', want: Date.UTC(2026, 2, 1, 20, 4, 5) },
    { given: '2026-03-02 04:04', want: Date.UTC(2026, 2, 1, 20, 4) },
    { given: '2026-03-02', want: Date.UTC(2026, 2, 1, 16) },
    { given: '2026-03-02 04:04:05.678901', want: moment },
    { given: '2026-03-01T20:04:05.678Z', want: moment },
    { given: '2026-03-01t20:04:05.678z', want: moment },
    { given: '2026-03-01T22:04:05.678+02:00', want: moment },
    { given: '2026-03-01T12:34:05.678-0730', want: moment },
    { given: '0050-01-01', want: new Date('0050-01-01T00:00:00Z').getTime() - 480 * 60_000 },
    { given: '2028-02-29', want: Date.UTC(2028, 1, 28, 16) },
    { given: moment, want: moment },
    { given: 1n, want: 1 },
  ])('$given', ({ given, want }) => {
    expect(shanghai.read(given)).toBe(want);
  });

  test.each([
    '2026-02-29',
    '2026-02-29T00:00:00Z',
    '2026-13-05',
    '2026-00-05',
    '2026-01-00',
    '2026-01-01 24:00:00',
    '2026-01-01 12:60:00',
    '2026-01-01 12:00:60',
    '2026-01-01T12:00:00+24:00',
    '2026-1-1',
    '2026',
    '2',
    'Batch 12',
    '',
    ' 2026-01-01',
    null,
    undefined,
    true,
    Number.NaN,
    {},
    ['2026-01-01'],
  ])('%j is no time', (given) => {
    expect(shanghai.read(given)).toBeUndefined();
  });

  test('what is written is read again, in every zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1439, max: 1439 }),
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-29'), noInvalidDate: true }),
        (offset, date) => {
          const clock = createClock(offset);
          const seconds = Math.floor(date.getTime() / 1000) * 1000;
          expect(clock.read(clock.write(seconds, 'local'))).toBe(seconds);
          expect(clock.read(clock.write(date.getTime(), 'iso'))).toBe(date.getTime());
        },
      ),
    );
  });

  test('one clock writes moments of the same day and of other days as Date does', () => {
    const near = fc.integer({ min: -200_000_000, max: 200_000_000 });
    const far = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-29'), noInvalidDate: true }).map((date) => date.getTime());
    const clock = createClock(-90);
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            near,
            far,
            near.map((moment) => moment + 0.5),
          ),
          { maxLength: 20 },
        ),
        (moments) => {
          for (const moment of moments) {
            const local = new Date(moment - 90 * 60_000).toISOString();
            expect(clock.write(moment, 'iso')).toBe(new Date(moment).toISOString());
            expect(clock.write(moment, 'local')).toBe(`${local.slice(0, 10)} ${local.slice(11, 19)}`);
          }
        },
      ),
    );
  });
});

test.each([
  { given: 'Z', want: 0 },
  { given: '+08:00', want: 480 },
  { given: '-07:30', want: -450 },
  { given: '+24:00', want: undefined },
  { given: '+08:60', want: undefined },
  { given: '+8:00', want: undefined },
  { given: 'Asia/Shanghai', want: undefined },
  { given: '', want: undefined },
])('an offset $given', ({ given, want }) => {
  expect(parseOffset(given)).toBe(want);
});
