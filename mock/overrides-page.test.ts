import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMock } from './index.ts';
import type { StartedMock } from './index.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');
const blocksOf = (page: string): string[] => Array.from(page.matchAll(/^```ts\n([^]*?)^```$/gm), ([, text = '']) => text);

describe('the examples of docs/overrides.md', async () => {
  const [override, example] = await Promise.all([read('mock/overrides-page.fixture.ts'), read('mock/example.test.ts')]);
  // On the page each stands where a user's own would.
  const shown = [
    override.replace("'./override.ts'", "'../override.ts'").replace("'./overrides/types/", "'./types/"),
    example.replaceAll("'../index.ts'", "'hufu'"),
  ];
  test.each(['docs/overrides.md', 'docs/overrides.zh-CN.md'])('%s shows what is tested', async (path) => {
    const [english, own] = [blocksOf(await read('docs/overrides.md')), blocksOf(await read(path))];
    expect(own.slice(0, 2)).toEqual(shown);
    expect(own).toEqual(english);
  });
});

describe('the override of the page', () => {
  let folder = '';
  let mock: StartedMock;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hufu-page-'));
    await Promise.all([mkdir(join(folder, 'openapi')), mkdir(join(folder, 'mock', 'overrides'), { recursive: true })]);
    for (const name of ['tie.yaml', 'tie.state.yaml']) await cp(join(ROOT, 'openapi', name), join(folder, 'openapi', name));
    const text = await read('mock/overrides-page.fixture.ts');
    await writeFile(
      join(folder, 'mock', 'overrides', 'tie.ts'),
      text.replace("'./override.ts'", JSON.stringify(join(ROOT, 'mock', 'override.ts'))),
    );
    mock = await startMock({ workspace: folder, documents: [join(folder, 'openapi', 'tie.yaml')] });
  });
  afterAll(async () => {
    await mock.close();
    await rm(folder, { recursive: true });
  });

  const post = (path: string, body: unknown) => mock.fetch(path, { method: 'POST', body });

  test('counts, refuses and leaves the answer to the state file', async () => {
    await mock.state.patch({ 'tie/tie': [{ id: 1000001, level: 9 }] });
    const look = async (tieid: number) => (await post('/tie/findById.json', { tieid })).body;
    expect(await look(123421)).toMatchObject({ data: { readQuantity: 359 } });
    expect(await look(123421)).toMatchObject({ data: { readQuantity: 360 } });
    expect(await look(1000001)).toEqual({ error_code: '10000', error_message: '活动未公开 · Not public' });
    expect(await look(7)).toMatchObject({ error_code: '10000' });
    await mock.expectNoViolations();
  });

  test('replies by the session’s clock', async () => {
    const draw = async () => (await post('/tie/invitiation/findByTidAndProbability.json', { tid: 123421, probability: 20 })).body;
    await mock.clock.freeze('2026-03-01T21:59:00+08:00');
    expect(await draw()).toMatchObject({ success: 'true', data: { invitiation: { id: 300234 } } });
    await mock.clock.freeze('2026-03-01T22:00:00+08:00');
    expect(await draw()).toEqual({ success: 'true', data: { invitiation: null } });
    await mock.expectNoViolations();
  });
});
