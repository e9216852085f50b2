import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseJson, writeJson } from '../../operations/index.ts';
import { startMock } from '../../mock/index.ts';
import type { StartedMock } from '../../mock/index.ts';
import { judgeAll, loadWorkspace } from './observe-mock.fixture.ts';
import type { Watched, Workspace } from './observe-mock.fixture.ts';
import { watch, watchedSessions } from './watch-mock.fixture.ts';

let mock: StartedMock;
let workspace: Workspace;
let sequence: readonly Watched[];
beforeAll(async () => {
  mock = await startMock();
  workspace = await loadWorkspace();
  sequence = await ride();
}, 60_000);
afterAll(async () => {
  await mock.close();
});

/** A client that makes ties, lists them page by page, changes one and looks again: everything it is told can be proved by what it did before. */
async function ride(): Promise<readonly Watched[]> {
  const world = watch(mock.session({ scenario: 'empty' }));
  const noted = watchedSessions.at(-1) ?? [];
  const call = async (path: string, body: unknown): Promise<unknown> =>
    (await world.fetch(`/tie/${path}.json`, { method: 'POST', body })).body;
  const tie = { uid: 7, title: '健步走', img: 'https://example.com/a.jpg', brief: '走路', link: 'https://example.com/t' };
  for (let number = 1; number <= 23; number += 1)
    await call('saveOrUpdate', { ...tie, title: `健步走${number}`, status: number % 2 === 0 ? 9 : 0 });
  await call('saveOrUpdate', { ...tie, id: 1000003, title: '夜跑', level: 4, status: 9 });
  await call('findById', { tieid: 1000003 });
  for (const start of [0, 20]) await call('list', { uid: 7, start });
  await call('list', { uid: 7, status: 9 });
  await call('findById', { tieid: 1000003 });
  return noted;
}

/** The answers to a path as a server that errs would have given them. */
function spoilt(path: string, spoil: (data: Record<string, unknown>) => void, which = 0): Watched[] {
  let count = -1;
  return sequence.map((watched) => {
    if (watched === 'forget' || watched.request.path !== `/tie/${path}.json`) return watched;
    count += 1;
    if (count !== which) return watched;
    const body = parseJson(String(watched.reply.body)) as { data: Record<string, unknown> };
    spoil(body.data);
    return { ...watched, reply: { ...watched.reply, body: Buffer.from(writeJson(body) ?? '') } };
  });
}

const rowsOf = (data: Record<string, unknown>): Record<string, unknown>[] => data['list'] as Record<string, unknown>[];

describe('answers of the mock that are changed are found', () => {
  test('as they are, they are clean', async () => {
    expect(sequence.length).toBe(29);
    expect(await judgeAll(workspace, sequence)).toEqual([]);
  });

  test.each<{ name: string; path: string; spoil: (data: Record<string, unknown>) => void; which?: number; want: string }>([
    { name: 'another title', path: 'findById', spoil: (data) => (data['title'] = '健步走'), want: 'update-lost' },
    { name: 'another level', path: 'findById', spoil: (data) => (data['level'] = 5), want: 'update-lost' },
    { name: 'another key', path: 'findById', spoil: (data) => (data['id'] = 5), want: 'derived-value-wrong' },
    { name: 'another moment of creation', path: 'findById', spoil: (data) => (data['createTime'] = 5), which: 1, want: 'update-lost' },
    {
      name: 'another id of what was changed',
      path: 'saveOrUpdate',
      spoil: (data) => (data['tieid'] = 5),
      which: 23,
      want: 'derived-value-wrong',
    },
    { name: 'an id twice', path: 'saveOrUpdate', spoil: (data) => (data['tieid'] = 1000001), which: 4, want: 'unique-broken' },
    { name: 'a row left out of the first page', path: 'list', spoil: (data) => rowsOf(data).splice(3, 1), want: 'total-mismatch' },
    {
      name: 'a row left out of the last page',
      path: 'list',
      spoil: (data) => rowsOf(data).splice(1, 1),
      which: 1,
      want: 'row-missing-from-list',
    },
    {
      name: 'a row left out, and not counted',
      path: 'list',
      spoil: (data) => (rowsOf(data).splice(1, 1), (data['count'] = 22)),
      which: 1,
      want: 'row-missing-from-list',
    },
    {
      name: 'the first page again',
      path: 'list',
      spoil: (data) => rowsOf(data).splice(0, 3, ...Array.from({ length: 3 }, (_, index) => ({ ...rowsOf(data)[0], id: 1000001 + index }))),
      which: 1,
      want: 'page-overlap',
    },
    { name: 'one row more', path: 'list', spoil: (data) => rowsOf(data).push({ ...rowsOf(data)[0], id: 77 }), want: 'page-too-large' },
    { name: 'a count of the page', path: 'list', spoil: (data) => (data['count'] = rowsOf(data).length), want: 'row-missing-from-list' },
    { name: 'a count that is too high', path: 'list', spoil: (data) => (data['count'] = 24), which: 1, want: 'total-mismatch' },
    {
      name: 'a row of somebody else',
      path: 'list',
      spoil: (data) => (rowsOf(data)[2] = { ...rowsOf(data)[2], uid: 8 }),
      want: 'filter-ignored',
    },
    {
      name: 'a row of another status',
      path: 'list',
      spoil: (data) => (rowsOf(data)[2] = { ...rowsOf(data)[2], status: 0 }),
      which: 2,
      want: 'filter-ignored',
    },
    { name: 'a row twice in a page', path: 'list', spoil: (data) => (rowsOf(data)[2] = rowsOf(data)[1] ?? {}), want: 'unique-broken' },
  ])('$name', async ({ path, spoil, which, want }) => {
    const found = await judgeAll(workspace, spoilt(path, spoil, which));
    expect(found.map((one) => one.found.rule)).toContain(want);
  });
});
