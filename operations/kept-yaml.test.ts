import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
import { READER } from './kept-yaml.ts';
import type * as KeptYaml from './kept-yaml.ts';
import type * as Sources from './source.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-kept-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** What a run of its own has: nothing noted, nothing known. */
async function run(): Promise<typeof KeptYaml & typeof Sources> {
  vi.resetModules();
  const kept = await import('./kept-yaml.ts');
  kept.keepYamlIn(join(folder, 'kept'));
  return { ...kept, ...(await import('./source.ts')) };
}

const LONG = `# ${'x'.repeat(2_000)}\n`;
const TEXT = `${LONG}id: 9223372036854775807\nname: 名称\nnone: .nan\nzero: -0.0\nfirst: &it { a: [1] }\nsecond: *it\n"__proto__": { x: 1 }\n`;

test('the next run finds what this one read, digits, aliases and all', async () => {
  const file = join(folder, 'a.yaml');
  await writeFile(file, `\ufeff${TEXT}`);
  const first = await run();
  expect(first.keptYaml(TEXT)).toBeUndefined();
  const source = await first.readSource(file);
  first.flushYaml();
  const second = await run();
  const kept = second.keptYaml(TEXT);
  expect(kept).toStrictEqual(source.value);
  expect(await second.readSource(file)).toStrictEqual(source);
  expect(kept).toMatchObject({ id: 9223372036854775807n, zero: -0, none: Number.NaN });
  expect(Object.hasOwn(kept as object, '__proto__')).toBe(true);
  expect((kept as { first: unknown }).first).toBe((kept as { second: unknown }).second);
  const [name = ''] = await readdir(join(folder, 'kept'));
  expect((await stat(join(folder, 'kept', name))).mode & 0o077).toBe(0);
});

test('a changed text is read anew, and so is one that was kept in part', async () => {
  const file = join(folder, 'a.yaml');
  await writeFile(file, TEXT);
  const first = await run();
  await first.readSource(file);
  first.flushYaml();
  const [name = ''] = await readdir(join(folder, 'kept'));
  const bytes = await readFile(join(folder, 'kept', name));
  await writeFile(join(folder, 'kept', name), bytes.subarray(0, bytes.length - 9));
  const second = await run();
  expect(second.keptYaml(TEXT)).toBeUndefined();
  await writeFile(join(folder, 'kept', name), bytes.toString('latin1').replace('first: &it', 'other: &it'), 'latin1');
  expect(second.keptYaml(TEXT)).toBeUndefined();
  expect(second.keptYaml(`${TEXT}more: 1\n`)).toBeUndefined();
  expect((await second.readSource(file)).value).toMatchObject({ name: '名称' });
});

test('nothing is kept of what is broken, short or JSON, nor after what was noted is written', async () => {
  const kept = await run();
  const files = { 'broken.yaml': `${LONG}a: [`, 'short.yaml': 'a: 1\n', 'json.json': JSON.stringify({ a: 'x'.repeat(3_000) }) };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
    await kept.readSource(join(folder, name)).catch(() => undefined);
  }
  kept.flushYaml();
  kept.noteYaml(TEXT, {});
  kept.flushYaml();
  expect(await readdir(folder)).not.toContain('kept');
});

test('nothing is believed that others could have written', async () => {
  const first = await run();
  first.noteYaml(TEXT, 'ours');
  first.flushYaml();
  expect((await run()).keptYaml(TEXT)).toBe('ours');
  await chmod(join(folder, 'kept'), 0o777);
  expect((await run()).keptYaml(TEXT)).toBeUndefined();
  await rm(join(folder, 'kept'), { recursive: true });
  await chmod(folder, 0o777);
  const last = await run();
  last.noteYaml(TEXT, 'anything');
  last.flushYaml();
  expect(await readdir(folder)).toEqual([]);
});

test('the oldest go when there are too many', async () => {
  const first = await run();
  first.noteYaml(TEXT, 'oldest');
  first.flushYaml();
  const [oldest = ''] = await readdir(join(folder, 'kept'));
  await utimes(join(folder, 'kept', oldest), 1, 1);
  const second = await run();
  for (let index = 0; index < 200; index += 1) second.noteYaml(`${LONG}${index}`, index);
  second.flushYaml();
  const left = await readdir(join(folder, 'kept'));
  expect(left).toHaveLength(200);
  expect(left).not.toContain(oldest);
});

test('what was read by another version of the library is not taken', () => {
  expect(READER).toContain(`js-yaml ${packageFile.dependencies['js-yaml']},`);
});
