import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isShortRun, withoutLastCompiler } from './short-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-short-'));
const [small, large, packed] = ['small.har', 'large.har', 'small.har.gz'].map((name) => join(folder, name)) as [string, string, string];
for (const file of [small, large, packed]) writeFileSync(file, '{}');
// A hole takes no place on the disk.
truncateSync(large, 60 * 1024 * 1024);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('isShortRun', () => {
  test.each<[string, readonly string[], boolean]>([
    ['a small recording', [small], true],
    ['a larger one', [large], true],
    ['several that are large together', [large, large], false],
    ['a packed one', [small, packed], false],
    ['standard input', ['-'], false],
    ['a folder', [folder], false],
    ['none there', [join(folder, 'none.har')], false],
  ])('%s', (_name, files, want) => expect(isShortRun(files)).toBe(want));
});

describe('withoutLastCompiler', () => {
  test('gives what the work gives', async () => {
    expect(await withoutLastCompiler(async () => Promise.resolve(7))).toBe(7);
  });

  test('throws what the work throws', async () => {
    await expect(withoutLastCompiler(async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
