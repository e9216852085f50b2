import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULE_IDS, ruleText } from './rule-texts.ts';
import { SEVERITIES, count, inLanguage, percent, plural } from './text.ts';
import { fit, pad, width, wrap } from './width.ts';

describe('texts of rules', () => {
  test('every rule has one', () => {
    const files = readdirSync(new URL('../rules/', import.meta.url)).filter(
      (name) => /^[\w-]+\.ts$/.test(name) && name !== 'index.ts' && name !== 'rule.ts',
    );
    expect(files.map((name) => name.replace('.ts', '')).filter((id) => !RULE_IDS.includes(id))).toEqual([]);
  });

  test.each([...RULE_IDS])('%s is told in both languages', (id) => {
    const { title, explanation } = ruleText(id);
    expect(title.en).not.toBe(title.zh);
    expect(title.zh).toMatch(/\p{Script=Han}/u);
    expect(explanation.zh).toMatch(/[。）]$/u);
    expect(explanation.en).toMatch(/^[A-Z].*[.]$/s);
  });

  test.each([
    ['row-known-absent-served', 'Row known absent served'],
    ['constructor', 'Constructor'],
    ['', 'Finding'],
  ])('the unknown rule "%s" is named decently', (id, title) => {
    expect(ruleText(id).title.en).toBe(title);
    expect(ruleText(id).explanation.zh).not.toBe('');
  });
});

describe('figures and words', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1284567, '1,284,567'],
  ])('%d is written %s', (value, want) => expect(count(value)).toBe(want));
  test.each([
    [1, 1, 100],
    [999, 1000, 99],
    [0, 0, undefined],
  ])('%d of %d is %s per cent', (part, whole, want) => expect(percent(part, whole)).toBe(want));
  test('plural', () =>
    expect([plural(1, 'group'), plural(2, 'group'), plural(0, 'entry', 'entries')]).toEqual(['1 group', '2 groups', '0 entries']));
  test('severities', () => expect(SEVERITIES.error).toEqual({ en: 'error', zh: '错误' }));
  test.each([
    ['新建任务 · Create a task', 'Create a task', '新建任务'],
    ['Create a task · 新建任务', 'Create a task', '新建任务'],
    ['one · two', 'one · two', 'one · two'],
    ['plain', 'plain', 'plain'],
  ])('%s in English and Chinese', (given, en, zh) => expect([inLanguage(given, 'en'), inLanguage(given, 'zh')]).toEqual([en, zh]));
});

describe('columns of a terminal', () => {
  test.each([
    ['abc', 3],
    ['贴钱活动', 8],
    ['ｆｕｌｌ', 8],
    ['e\u0301', 1],
    ['🐅', 2],
    ['「a」', 5],
  ])('%s takes %d', (text, want) => expect(width(text)).toBe(want));
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 4, 'abc…'],
    ['贴钱活动', 6, '贴钱…'],
    ['贴钱活动', 5, '贴钱…'],
  ])('%s fits %d as %s', (text, columns, want) => expect(fit(text, columns)).toBe(want));
  test('padding counts columns', () => expect(pad('贴', 4)).toBe('贴  '));
  test.each([
    { text: 'one two three', columns: 8, want: ['one two', 'three'] },
    { text: '请求不符合文档，却被接受。', columns: 12, want: ['请求不符合', '文档，却被接', '受。'] },
    { text: 'abcdefghij', columns: 4, want: ['abcd', 'efgh', 'ij'] },
    { text: '', columns: 4, want: [] },
  ])('"$text" breaks into $want', ({ text, columns, want }) => {
    const lines = wrap(text, columns);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
    expect(lines).toHaveLength(want.length);
  });
});
