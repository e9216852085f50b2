import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../contracts/rules/index.ts';
import { blocksOf, commandsOf, playPage, ROOT } from './page.fixture.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = ['checking', 'recording', 'partner-docs', 'console', 'openapi-3.2'].map((name) => ({
  english: `docs/${name}.md`,
  chinese: `docs/${name}.zh-CN.md`,
}));
const ALL = PAGES.flatMap(({ english, chinese }) => [
  { path: english, language: 'en' as const },
  { path: chinese, language: 'zh' as const },
]);

describe.each(ALL)('$path', ({ path, language }) => {
  test('its commands print what it shows', { timeout: 240_000 }, async () => {
    expect(blocksOf(read(path)).some((block) => block.language === 'console')).toBe(true);
    await playPage(path, language);
  });

  test('no command stands outside of what is run', () => {
    expect(blocksOf(read(path)).filter(({ language }) => ['sh', 'bash', 'shell'].includes(language))).toEqual([]);
  });
});

test.each(PAGES)('$chinese has the files and the commands of $english', ({ english, chinese }) => {
  const parts = (path: string): unknown[] =>
    blocksOf(read(path)).flatMap((block): unknown[] => {
      if (block.file !== undefined) return [block.file, block.text];
      return block.language === 'console' ? commandsOf(block).map(({ command }) => command) : [block.text];
    });
  expect(parts(chinese)).toEqual(parts(english));
});

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  Array.from(page.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each([...ALL, { path: 'docs/ci.md' }, { path: 'docs/ci.zh-CN.md' }])('the links of $path lead somewhere', ({ path }) => {
  const links = Array.from(read(path).matchAll(/\]\(([^)#\s]+)(?:#([^)]*))?\)/g), ([, target = '', anchor]) => ({ target, anchor }));
  const broken = links.filter(({ target, anchor }) => {
    if (/^https?:/.test(target)) return false;
    const file = join(dirname(path), target);
    return !existsSync(join(ROOT, file)) || (anchor !== undefined && !anchorsOf(read(file)).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test.each(['docs/checking.md', 'docs/checking.zh-CN.md'])('%s has a row for every rule, and for no other', (path) => {
  const rows = Array.from(read(path).matchAll(/^\| `([a-z-]+)` \| [CSDR] /gm), ([, id = '']) => id);
  expect(rows.toSorted()).toEqual(['undocumented-method', 'undocumented-operation', ...RULES.map(({ id }) => id)].toSorted());
  const ofSequences = Array.from(read(path).matchAll(/^\| `([a-z-]+)` \| (?![CSDR] )[^|]* \|$/gm), ([, id = '']) => id);
  const files = readdirSync(join(ROOT, 'state', 'judge', 'rules')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  expect(ofSequences).toEqual(expect.arrayContaining(files.map((name) => name.replace('.ts', ''))));
});

describe('the programs of docs/checking.md', () => {
  const blocks = new Map(blocksOf(read('docs/checking.md')).map(({ file, text }) => [file, text]));
  test.each([
    { file: 'check.ts', fixture: 'check.fixture.ts' },
    { file: 'orders.test.ts', fixture: 'express.fixture.ts' },
    { file: 'fastify.test.ts', fixture: 'fastify.fixture.ts' },
    { file: 'http.ts', fixture: 'http.fixture.ts' },
  ])('$file is type-checked as $fixture', ({ file, fixture }) => {
    const source = read(`docs/examples/${fixture}`).replace(/^\/\* oxlint-disable .*\n/, '');
    expect(blocks.get(file)).toBe(source.replace("'../../index.ts'", "'hufu'"));
  });
});
