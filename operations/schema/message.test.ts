import { expect, test } from 'vitest';
import { shown } from './message.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

test.each<[name: string, value: unknown, want: string]>([
  ['a text', 'a', '"a"'],
  ['nothing', undefined, 'nothing'],
  ['long digits, inside too', [12_345_678_901_234_567_890n], '["12345678901234567890"]'],
  ['what is long', 'x'.repeat(200), `"${'x'.repeat(116)}...`],
  ['a list that is nested deeper than can be printed', nested(50_000), '[...]'],
  ['an object that is', { a: nested(50_000) }, '{...}'],
])('%s', (_name, value, want) => {
  expect(shown(value)).toBe(want);
});
