import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as Fixture from './state.fixture.ts';
import type { StateModel } from './model.ts';
import type * as OperationModels from './operation-model.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-good-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Run extends Pick<typeof Fixture, 'compileText' | 'flawsOf' | 'start'> {
  /** Ends it: what it found is kept. */
  readonly end: () => void;
}

/** A run of its own, after those before it. */
async function run(): Promise<Run> {
  vi.resetModules();
  const { keepYamlIn, flushYaml } = await import('../operations/index.ts');
  keepYamlIn(folder);
  return { ...(await import('./state.fixture.ts')), end: flushYaml };
}

const GOOD = {
  auth: 'collections: { token: { key: { strategy: uuid }, seed: [{ name: a }, { id: t2, name: b }] } }',
  shop: `
bearer: { in: auth/token, expires: name }
envelopes: { boxed: { ok: { data: $data } } }
envelope: boxed
errors: { GONE: { status: 410 } }
pagers: { usual: { size: 2, out: { list: $rows, total: $page.total } } }
collections:
  item: { machine: { field: status, initial: NEW, transitions: { NEW: [OLD] } }, seed: [{ name: x }, { repeat: 2, row: { name: "n{$item}", of: { $count: auth/token } } }] }
operations:
  list: { do: list, in: item, page: usual, where: { status: NEW } }
  get: { do: get, in: item, key: $request.path.id, otherwise: GONE }
  age: { do: transition, in: item, key: $request.path.id, to: OLD }
scenarios: { few: { item: [{ id: 5, name: y }] } }`,
};
const PATHS = new Map([
  ['list', '/items'],
  ['get', '/items/{id}'],
  ['age', '/items/{id}/age'],
]);

test('what was found good once answers as it did when it was judged', async () => {
  const answers = ({ start }: Run): unknown => {
    const { body, rows } = start(GOOD);
    const path = { path: { id: '2' } };
    return [body('get', path), body('age', path), body('list'), body('get', { path: { id: '9' } }), rows('shop/item'), rows('auth/token')];
  };
  const names = (models: StateModel[]): unknown =>
    models.map(({ operations, collections, scenarios }) => [
      [...operations].map(([id, { operationId, status }]) => [id, operationId, status]),
      [...collections].map(([name, { key, seed }]) => [name, key, seed.length]),
      [...scenarios].map(([name, seeds]) => [name, [...seeds].map(([collection, entries]) => [collection, entries.length])]),
    ]);
  const first = await run();
  const [firstAnswers, firstNames] = [answers(first), names(first.compileText(GOOD))];
  first.end();
  const second = await run();
  expect([answers(second), names(second.compileText(GOOD))]).toEqual([firstAnswers, firstNames]);
});

test('what was found good is not compiled before it is asked for', async () => {
  const compiled: string[] = [];
  vi.doMock('./operation-model.ts', async (load) => {
    const real = await load<typeof OperationModels>();
    return {
      ...real,
      compileOperation: (...given: Parameters<typeof real.compileOperation>) => {
        compiled.push(given[0]);
        return real.compileOperation(...given);
      },
    };
  });
  const first = await run();
  first.compileText(GOOD, PATHS);
  first.end();
  const second = await run();
  const models = second.compileText(GOOD, PATHS);
  models[1]?.operations.get('age');
  models[1]?.operations.get('age');
  vi.doUnmock('./operation-model.ts');
  expect(compiled).toEqual(['list', 'get', 'age', 'age']);
});

test.each([
  { name: 'another text', files: { ...GOOD, shop: GOOD.shop.replace('to: OLD', 'to: ODL') }, ids: PATHS, want: /the status "ODL"/ },
  { name: 'a file less', files: { shop: GOOD.shop }, ids: PATHS, want: /no collection "auth\/token"/ },
  { name: 'an operation less', files: GOOD, ids: new Map([...PATHS].slice(0, 2)), want: /no operation "age"/ },
  { name: 'another path', files: GOOD, ids: new Map([...PATHS, ['get', '/items/{itemId}']]), want: /the path has no "id"/ },
])('$name is judged anew, and what is not good is told each time', async ({ files, ids, want }) => {
  const first = await run();
  expect(first.flawsOf(GOOD, PATHS)).toEqual([]);
  first.end();
  for (let time = 0; time < 2; time += 1) {
    const next = await run();
    expect(next.flawsOf(files, ids)).toContainEqual(expect.stringMatching(want));
    expect(next.flawsOf(GOOD, PATHS)).toEqual([]);
    next.end();
  }
});

test('a neighbour that is not served is looked for each time', async () => {
  const files = { shop: GOOD.shop };
  const first = await run();
  expect(() => first.compileText(files, PATHS, () => true)).not.toThrow();
  first.end();
  const second = await run();
  expect(() => second.compileText(files, PATHS, () => false)).toThrow(/no collection "auth\/token"/);
});
