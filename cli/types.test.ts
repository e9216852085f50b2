import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { typesCommand } from './types.ts';

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
  folder = mkdtempSync(join(tmpdir(), 'hufu-types-'));
  writeFileSync(join(folder, 'pets.yaml'), DOCUMENT);
  output = [];
  const keep = (text: unknown): void => void output.push(String(text));
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    keep(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs `hufu types` with words in which `@` is the test's folder. */
async function run(...words: string[]): Promise<void> {
  await typesCommand('en').parseAsync(
    words.map((word) => word.replace('@', folder)),
    { from: 'user' },
  );
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('hufu types', () => {
  test('writes a file per document into a folder that need not exist', async () => {
    writeFileSync(join(folder, 'shops.yaml'), DOCUMENT);
    await run('@/pets.yaml', '@/shops.yaml', '-o', '@/a/b');
    expect(readdirSync(join(folder, 'a/b')).sort()).toEqual(['pets.ts', 'shops.ts']);
    expect(read('a/b/pets.ts')).toContain('// Generated from pets.yaml by `hufu types`. Do not edit.');
    expect(read('a/b/pets.ts')).toContain('listPets: {');
    expect(output.join()).toContain('wrote');
  });

  test('writes to a file, and prints with -', async () => {
    await run('@/pets.yaml', '-o', '@/api.ts');
    await run('@/pets.yaml', '-o', '-');
    expect(output.at(-1)).toBe(read('api.ts'));
  });

  test('--check tells what would change and writes nothing', async () => {
    await run('@/pets.yaml', '-o', '@/out', '--check');
    expect(process.exitCode).toBe(1);
    expect(output.join()).toContain(join('out', 'pets.ts'));
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('--check is content with what was written, and not when the document changed', async () => {
    await run('@/pets.yaml', '-o', '@/out');
    await run('@/pets.yaml', '-o', '@/out', '--check');
    expect(process.exitCode).toBeUndefined();
    writeFileSync(join(folder, 'pets.yaml'), DOCUMENT.replace('listPets', 'getPets'));
    await run('@/pets.yaml', '-o', '@/out', '--check');
    expect(process.exitCode).toBe(1);
  });

  const refusals: readonly [name: string, words: readonly string[], want: RegExp][] = [
    ['several documents in one file', ['@/pets.yaml', '@/pets.yaml', '-o', '@/api.ts'], /do not fit into one file/],
    ['two documents of one name', ['@/pets.yaml', '@/sub/pets.yaml', '-o', '@/out'], /both be written to pets\.ts/],
    ['a check of what is printed', ['@/pets.yaml', '-o', '-', '--check'], /--check needs files/],
    ['a file where the folder should be', ['@/pets.yaml', '-o', '@/pets.yaml'], /can not be used/],
    ['a document that is not there', ['@/none.yaml'], /does not exist/],
  ];
  test.each(refusals)('refuses %s', async (_name, words, want) => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/pets.yaml'), DOCUMENT);
    await expect(run(...words)).rejects.toThrow(want);
  });
});
