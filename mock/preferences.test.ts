import { expect, test } from 'vitest';
import { readPreferences } from './preferences.ts';

const good: readonly { name: string; prefer?: string | string[]; query?: string; want: object }[] = [
  { name: 'nothing asked', want: {} },
  {
    name: 'all four, comma',
    prefer: 'code=404, example=cat, dynamic=true, seed=7',
    want: { code: '404', example: 'cat', dynamic: true, seed: '7' },
  },
  { name: 'semicolons', prefer: 'code=404; example=cat;dynamic=false', want: { code: '404', example: 'cat', dynamic: false } },
  { name: 'repeated header', prefer: ['code=404', 'example=cat'], want: { code: '404', example: 'cat' } },
  { name: 'quoted', prefer: 'example="a, b; c=d", code="200"', want: { example: 'a, b; c=d', code: '200' } },
  { name: 'quoted with escapes', prefer: String.raw`example="say \"hi\" \\"`, want: { example: String.raw`say "hi" \ `.trim() } },
  { name: 'the first of two counts', prefer: 'code=404, code=200', want: { code: '404' } },
  { name: 'names in any case, spaces', prefer: ' Code = 404 ', want: { code: '404' } },
  { name: 'others are left alone', prefer: 'return=minimal, respond-async, wait=100', want: {} },
  {
    name: 'query',
    query: '__code=404&__example=cat&__dynamic=true&__seed=s',
    want: { code: '404', example: 'cat', dynamic: true, seed: 's' },
  },
  { name: 'query, encoded Chinese', query: '__example=%E6%88%90%E5%8A%9F', want: { example: '成功' } },
  { name: 'query, plus is a space', query: '__example=a+b', want: { example: 'a b' } },
  { name: 'query, broken encoding stays', query: '__example=%zz', want: { example: '%zz' } },
  { name: 'the header switches the query off', prefer: 'code=404', query: '__example=cat', want: { code: '404' } },
  { name: 'a header of other preferences does not', prefer: 'return=minimal', query: '__example=cat', want: { example: 'cat' } },
  { name: 'UTF-8 in the header', prefer: `example=${Buffer.from('成功').toString('latin1')}`, want: { example: '成功' } },
  { name: 'latin1 in the header', prefer: 'example=caf\u00e9', want: { example: 'caf\u00e9' } },
  { name: 'an unclosed quote', prefer: 'example="abc', want: { example: '"abc' } },
];

test.each(good)('reads $name', ({ prefer, query = '', want }) => {
  expect(readPreferences(prefer, query)).toEqual({ ok: true, preferences: want });
});

const bad: readonly { name: string; prefer?: string; query?: string; reason: RegExp }[] = [
  { name: 'no number', prefer: 'code=abc', reason: /final status.*"abc"/ },
  { name: 'no status', prefer: 'code=600', reason: /"600"/ },
  { name: 'no value', prefer: 'code', reason: /""/ },
  { name: 'an interim status', prefer: 'code=100', reason: /"100"/ },
  { name: 'an interim status in the query', query: '__code=101', reason: /"101"/ },
  { name: 'dynamic is no boolean', query: '__dynamic=yes', reason: /true or false/ },
];

test.each(bad)('refuses $name', ({ prefer, query = '', reason }) => {
  const read = readPreferences(prefer, query);
  expect(read.ok).toBe(false);
  expect(read.ok ? '' : read.reason).toMatch(reason);
});

test('a header made to be slow is read in one pass', () => {
  const hostile = `example="${String.raw`\"`.repeat(500_000)}`;
  expect(readPreferences(hostile, '').ok).toBe(true);
}, 3_000);
