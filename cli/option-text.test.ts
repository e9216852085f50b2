import { Option } from 'commander';
import { expect, test } from 'vitest';
import { optionText } from './option-text.ts';
import { run } from './run.fixture.ts';

const option = (flags = '--one <value>') => new Option(flags, 'text');

test.each<[name: string, given: Option, english: string, chinese: string]>([
  ['nothing to add', option(), 'text', 'text'],
  ['a switch is off anyway', option('--one').default(false), 'text', 'text'],
  ['a list is empty anyway', option().default([]), 'text', 'text'],
  ['a number', option().default(0), 'text (default: 0)', 'text（默认 0）'],
  ['an empty text', option().default(''), 'text (default: "")', 'text（默认 ""）'],
  ['choices', option().choices(['a', 'b']), 'text (choices: "a", "b")', 'text（可选 "a"、"b"）'],
  ['both', option().choices(['a', 'b']).default('a'), 'text (choices: "a", "b", default: "a")', 'text（可选 "a"、"b"，默认 "a"）'],
])('%s', (_name, given, english, chinese) => {
  expect([optionText(given, 'en'), optionText(given, 'zh')]).toEqual([english, chinese]);
});

test('--help of a command says so in the language of who asks; what is no choice is answered in it', async () => {
  const english = await run(['replay', '--help']);
  expect(english.out.replaceAll(/\s+/g, ' ')).toContain('(choices: "as-recorded", "shift", default: "as-recorded")');
  expect(english.out).not.toMatch(/default: (?:false|\[\])/);
  const zh = { environment: { HUFU_LANG: 'zh' } };
  const chinese = await run(['replay', '--help'], zh);
  expect(chinese.out).toContain('可选 "as-recorded"、"shift"');
  const wrong = await run(['replay', 'x.har', '-t', 'localhost', '--clock', 'soon'], zh);
  expect([wrong.code, wrong.error]).toEqual([2, expect.stringContaining('可选 as-recorded, shift。')]);
});
