import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Violation } from '../operations/index.ts';
import { violationEntry } from './problem.ts';
import { violationsHeader } from './violations-header.ts';

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
const token = text.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1'));
const violation: fc.Arbitrary<Violation> = fc.record(
  {
    code: text,
    side: fc.constantFrom('request' as const, 'response' as const),
    part: fc.constantFrom('path' as const, 'header' as const, 'body' as const, 'security' as const, 'media-type' as const),
    name: text,
    pointer: fc.array(token, { maxLength: 4 }).map((tokens) => tokens.map((one) => `/${one}`).join('')),
    message: text,
    document: text,
    actual: fc.jsonValue(),
    severity: fc.constantFrom('error' as const, 'warning' as const),
  },
  { requiredKeys: ['code', 'side', 'part', 'pointer', 'message', 'document', 'severity'] },
);

test('reads back as the entries, whatever is in them, and is printable ASCII', () => {
  fc.assert(
    fc.property(fc.array(violation, { minLength: 1, maxLength: 5 }), (violations) => {
      const header = violationsHeader(violations);
      expect(header).toMatch(/^[\x20-\x7e]*$/);
      expect(JSON.parse(header)).toEqual(violations.map(violationEntry));
    }),
  );
});

test('what does not fit is left out, whole entries at a time, and counted', () => {
  const one: Violation = {
    code: 'type',
    side: 'request',
    part: 'body',
    pointer: '/a',
    message: 'x'.repeat(500),
    document: 'a.yaml#/x',
    severity: 'error',
  };
  const header = violationsHeader(Array.from({ length: 40 }, () => one));
  const entries = JSON.parse(header) as { code: string; message: string }[];
  expect(header.length).toBeLessThanOrEqual(8_000);
  expect(entries.at(-1)).toEqual({ severity: 'Warning', code: 'cut', message: `${40 - (entries.length - 1)} more violations` });
  expect(entries.length).toBeGreaterThan(10);
  expect(JSON.parse(violationsHeader([{ ...one, message: 'x'.repeat(9_000) }]))).toEqual([
    { severity: 'Warning', code: 'cut', message: '1 more violations' },
  ]);
});

test('of two slips at one place of a document each is told in its own words', () => {
  const one: Violation = {
    code: 'type',
    side: 'request',
    part: 'body',
    pointer: '/items/0',
    message: 'must be integer',
    document: 'a.yaml#/x/type',
    severity: 'error',
  };
  const others = [
    one,
    { ...one, pointer: '/items/1' },
    { ...one, message: 'must be number' },
    { ...one, part: 'query', name: 'a' },
    { ...one, part: 'query', name: 'b' },
    { ...one, side: 'response' },
    { ...one, code: 'maximum' },
    { ...one, severity: 'warning' },
    one,
  ] as const;
  for (const other of others) expect(JSON.parse(violationsHeader([other]))).toEqual([violationEntry(other)]);
  expect(JSON.parse(violationsHeader(others))).toEqual(others.map(violationEntry));
});
