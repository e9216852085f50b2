import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { docsCommand } from './docs.ts';
import { folderOf, run } from './run.fixture.ts';

const DOCUMENT = `
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: { operationId: listPets, responses: { '200': { description: Pets } } }
`;

let folder = '';
let output: string[] = [];
beforeEach(() => {
  folder = folderOf({ 'pets.yaml': DOCUMENT, 'old/pets.yaml': DOCUMENT });
  output = [];
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => void output.push(String(text)));
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs `hufu docs` with words in which `@` is the test's folder. */
async function docs(...words: string[]): Promise<void> {
  await docsCommand('en', () => [{ document: 'pets', operationId: 'listPets', kind: 'compatible', message: 'a new header' }]).parseAsync(
    words.map((word) => word.replace('@', folder)),
    { from: 'user' },
  );
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('hufu docs', () => {
  test('writes a folder', async () => {
    await docs('@/pets.yaml', '-o', '@/site', '--base', 'https://docs.example.com/');
    expect(readdirSync(join(folder, 'site')).sort()).toEqual([
      'api',
      'assets',
      'hufu-docs.json',
      'index.html',
      'llms-full.txt',
      'llms.txt',
      'openapi',
      'try',
      'zh',
    ]);
    expect(read('site/llms.txt')).toContain('(https://docs.example.com/api/pets/listPets.md)');
    expect(output.join('\n')).toMatch(/wrote .*site: \d+ files/);
  });

  test('writes one file', async () => {
    await docs('@/pets.yaml', '--single', '@/deep/pets.html', '--lang', 'zh');
    expect(read('deep/pets.html')).toContain('<html lang="zh-CN"');
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  test('shows a report and a changelog', async () => {
    writeFileSync(
      join(folder, 'check.json'),
      JSON.stringify({
        version: 1,
        coverage: { operations: [{ document: 'pets', id: 'listPets', exchanges: 3, covered: 1, cells: 2 }] },
        groups: [],
      }),
    );
    await docs('@/pets.yaml', '-o', '@/site', '--report', '@/check.json', '--previous', '@/old');
    expect(read('site/api/pets/listPets.html')).toContain('backend conforms');
    expect(read('site/changelog.html')).toContain('a new header');
  });

  const refusals: readonly [name: string, words: readonly string[], want: RegExp][] = [
    ['a document that is not there', ['@/none.yaml'], /does not exist/],
    ['a file where the folder should be', ['@/pets.yaml', '-o', '@/pets.yaml'], /is a file/],
    ['a report that is none', ['@/pets.yaml', '--report', '@/pets.yaml'], /can not be used/],
    ['a report that is not there', ['@/pets.yaml', '--report', '@/none.json'], /can not be used/],
    ['an address that is none', ['@/pets.yaml', '--mock', 'localhost:4010'], /--mock is an http/],
  ];
  test.each(refusals)('refuses %s', async (_name, words, want) => {
    await expect(docs(...words)).rejects.toThrow(want);
  });

  test('without a comparison there is no --previous', () => {
    expect(docsCommand('en').helpInformation()).not.toContain('--previous');
  });
});

test('the command line has it, in Chinese too', async () => {
  const { code, out } = await run(['docs', '--help'], { environment: { HUFU_LANG: 'zh' } });
  expect(code).toBe(0);
  expect(out).toContain('生成接口文档网站');
  const refused = await run(['docs', 'nowhere.yaml'], { cwd: folder });
  expect([refused.code, refused.error]).toEqual([2, expect.stringContaining('nowhere.yaml does not exist')]);
});
