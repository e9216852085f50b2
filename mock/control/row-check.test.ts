import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startMock } from '../index.ts';
import { folderOf, json, openapi } from '../mock.fixture.ts';
import { control } from './control.fixture.ts';

const DOCUMENT = openapi({
  '/jobs': { get: { operationId: 'listJobs', responses: { 200: json({ type: 'object' }) } } },
});
const STATE = `
envelopes: { plain: { ok: $data, okNoData: {}, error: { code: $error.code } } }
envelope: plain
pagers: { all: { size: 100, out: { list: $rows } } }
collections:
  job:
    key: { field: id, strategy: sequence, start: 1 }
    softDelete: { gone: true }
    unique: [[owner, name]]
    machine:
      field: status
      initial: NEW
      transitions: { NEW: [RUNNING], RUNNING: [DONE], DONE: [] }
      timed: [{ from: NEW, to: RUNNING, at: $row#/startsAt }]
    seed:
      - { id: 1, owner: a, name: one, status: NEW, startsAt: '2026-01-31T08:00:00Z' }
      - { id: 2, owner: a, name: two, status: DONE }
      - { id: 3, owner: a, name: three, status: DONE, gone: true }
operations:
  listJobs: { do: list, in: job, page: all, envelope: plain }
`;
const folder = folderOf({ 'openapi/jobs.json': DOCUMENT, 'openapi/jobs.state.yaml': STATE });
const mock = await startMock({ workspace: folder, documents: [join(folder, 'openapi/jobs.json')] });
afterAll(async () => {
  await mock.close();
});
const set = async (row: unknown) => await control(mock.url, 'PATCH /__hufu/sessions/a/state', { body: { set: { 'jobs/job': [row] } } });

test.each<[name: string, row: unknown, told: RegExp]>([
  ['a status that is none', { id: 1, status: 'PAUSED' }, /"status" is "PAUSED", which is no status of it; there are NEW, RUNNING, DONE/],
  ['a status of another kind', { id: 1, status: 9_007_199_254_740_993n }, /"status" is 9007199254740993/],
  ['a status that is no status at all', { id: 1, status: { a: 1 } }, /"status" is \{"a":1\}/],
  ['a key of another kind', { id: 'one', status: 'NEW' }, /"id" is text, while those of the other rows are a number/],
  ['values that are another row’s', { id: 9, owner: 'a', name: 'two', status: 'NEW' }, /"owner" and "name" is that of the row "2" already/],
])('%s is refused, and nothing is changed', async (_name, row, told) => {
  const answer = await set(row);
  expect([answer.status, answer.code]).toEqual([400, 'INVALID_ROWS']);
  expect((answer.body as { detail: string }).detail).toMatch(told);
  expect((await mock.session({ name: 'a' }).state.read())['jobs/job']).toHaveLength(3);
});

test.each<[name: string, row: unknown]>([
  ['a row as it is', { id: 2, owner: 'a', name: 'two', status: 'DONE' }],
  ['the values of a deleted row', { id: 9, owner: 'a', name: 'three', status: 'NEW' }],
  ['no status', { id: 10 }],
])('%s is taken', async (_name, row) => {
  expect((await set(row)).status).toBe(200);
});

test('rows are read as the clock has them', async () => {
  const status = async (now: string): Promise<unknown> => {
    await control(mock.url, 'POST /__hufu/sessions/timed/clock', { body: { freeze: now } });
    const { body } = await control(mock.url, 'GET /__hufu/sessions/timed/state?collection=jobs/job');
    return (body as Record<string, { status: string }[]>)['jobs/job']?.[0]?.status;
  };
  expect(await status('2026-01-31T07:00:00Z')).toBe('NEW');
  expect(await status('2026-01-31T09:00:00Z')).toBe('RUNNING');
});
