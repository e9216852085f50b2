import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';
import { isPlainDate, isPlainDateTime } from './date-time.ts';

describe('the format date-time', () => {
  const { isValid } = validatorOf(schemaDocument('3.1', { type: 'string', format: 'date-time' }));
  it.each([
    ['2026-03-01T08:00:00+08:00', true],
    ['2026-03-01t08:00:00z', true],
    ['2026-03-01 08:00:00Z', false],
    ['2026-03-01\t08:00:00Z', false],
    ['2016-12-31T23:59:60Z', true],
    ['2016-12-31t15:59:60.5-08:00', true],
    ['2016-12-31 23:59:60Z', false],
    ['2026-03-31T08:00:00.5-11:30', true],
    ['2026-03-01T08:00:00+0800', false],
    ['2026-03-01T08:00:00+08', false],
    ['2026-03-31T08:00:00.5-0800', false],
  ])('%s', (text, want) => {
    expect(isValid(text)).toBe(want);
  });
});

describe('the format time', () => {
  const { isValid } = validatorOf(schemaDocument('3.1', { type: 'string', format: 'time' }));
  it.each([
    ['08:00:00Z', true],
    ['08:00:00.5+08:00', true],
    ['23:59:60Z', true],
    ['08:00:00+0800', false],
    ['08:00:00-08', false],
    ['08:00:00', false],
  ])('%s', (text, want) => {
    expect(isValid(text)).toBe(want);
  });
});

describe('isPlainDateTime', () => {
  it.each([
    ['Z', '2026-03-01T08:00:00Z', true],
    ['a fraction', '2026-03-01T08:00:00.123456Z', true],
    ['an offset', '2026-03-01T23:59:59+08:00', true],
    ['a fraction and an offset', '2026-03-01T08:00:00.5-11:30', true],
    ['no zone', '2026-03-01T08:00:00', false],
    ['a space', '2026-03-01 08:00:00Z', false],
    ['a thirteenth month', '2026-13-01T08:00:00Z', false],
    ['an hour too many', '2026-03-01T24:00:00Z', false],
    ['an empty fraction', '2026-03-01T08:00:00.Z', false],
    ['something behind', '2026-03-01T08:00:00Z!', false],
    ['an offset without its colon', '2026-03-01T08:00:00+0800', false],
    ['letters for digits', '20a6-03-01T08:00:00Z', false],
    ['nothing', '', false],
  ])('%s', (_name, text, want) => {
    expect(isPlainDateTime(text)).toBe(want);
  });

  it('never takes what the full format refuses', () => {
    const { validate: isDateTime } = fullFormats['date-time'] as { validate: (text: string) => boolean };
    const { validate: isDate } = fullFormats.date as unknown as { validate: (text: string) => boolean };
    const near = fc.stringMatching(
      /^[0-9]{3,4}-[0-3][0-9]-[0-9]{1,2}[Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,3})?(Z|z|[+-][0-9]{2}:?[0-9]{2})?$/,
    );
    const isWrong = (text: string): boolean =>
      (isPlainDateTime(text) && !isDateTime(text)) || (isPlainDate(text.slice(0, 10)) && !isDate(text.slice(0, 10)));
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        expect(isWrong(text)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
