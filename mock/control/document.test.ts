import { describe, expect, test } from 'vitest';
import { createMock, startServer } from '../index.ts';
import { mockOf, PLAIN, serve } from '../mock.fixture.ts';
import { createJournal } from '../journal.ts';
import { control, controlTable, documented, SHOP, startShop } from './control.fixture.ts';
import type { ControlQuestion } from './control.fixture.ts';

// Every operation of control.openapi.yaml, with every status it documents, over a real socket.
const met = new Set<string>();
async function meet(url: string, line: string, question?: ControlQuestion) {
  const answer = await documented(url, line, question);
  met.add(`${answer.operationId} ${answer.status}`);
  return answer;
}

interface Done {
  readonly id: string;
  readonly line: string;
  readonly question?: ControlQuestion;
}

/** A request that each operation does; in an order in which they can all be done. */
const DONE: readonly Done[] = [
  { id: 'getConsole', line: 'GET /__hufu/', question: { headers: { accept: 'text/html' } } },
  { id: 'getHealth', line: 'GET /__hufu/health' },
  { id: 'getMemory', line: 'GET /__hufu/memory' },
  { id: 'listDocuments', line: 'GET /__hufu/documents' },
  { id: 'listOperations', line: 'GET /__hufu/operations' },
  { id: 'describeOperation', line: 'GET /__hufu/documents/shop/operations/listPets' },
  { id: 'getControlDocument', line: 'GET /__hufu/openapi.yaml' },
  { id: 'listCollections', line: 'GET /__hufu/collections' },
  { id: 'listScenarios', line: 'GET /__hufu/scenarios' },
  { id: 'readState', line: 'GET /__hufu/sessions/a/state?collection=shop/pet' },
  { id: 'replaceState', line: 'PUT /__hufu/sessions/a/state', question: { body: { 'shop/pet': [{ no: 1, name: '小白' }] } } },
  {
    id: 'patchState',
    line: 'PATCH /__hufu/sessions/a/state',
    question: { body: { put: { 'shop/pet': [{ no: 2 }] }, remove: { 'shop/pet': [1] } } },
  },
  { id: 'listSessions', line: 'GET /__hufu/sessions' },
  { id: 'resetSession', line: 'POST /__hufu/sessions/a/reset', question: { body: { scenario: 'empty' } } },
  { id: 'saveSnapshot', line: 'PUT /__hufu/sessions/a/snapshots/s' },
  { id: 'listSnapshots', line: 'GET /__hufu/sessions/a/snapshots' },
  { id: 'restoreSnapshot', line: 'POST /__hufu/sessions/a/snapshots/s/restore' },
  { id: 'removeSnapshot', line: 'DELETE /__hufu/sessions/a/snapshots/s' },
  { id: 'setClock', line: 'POST /__hufu/sessions/a/clock', question: { body: { freeze: '2026-01-31T08:00:00+08:00' } } },
  { id: 'readClock', line: 'GET /__hufu/sessions/a/clock' },
  { id: 'removeSession', line: 'DELETE /__hufu/sessions/a' },
  { id: 'setFaults', line: 'PUT /__hufu/faults', question: { body: [{ match: { path: '/none' }, latency: { fixed: 5 } }] } },
  { id: 'listFaults', line: 'GET /__hufu/faults' },
  { id: 'clearFaults', line: 'DELETE /__hufu/faults' },
  {
    id: 'setForced',
    line: 'PUT /__hufu/sessions/a/forced',
    question: { body: [{ document: 'shop', operationId: 'listPets', status: 503, times: 1 }] },
  },
  { id: 'listForced', line: 'GET /__hufu/sessions/a/forced' },
  { id: 'clearForced', line: 'DELETE /__hufu/sessions/a/forced' },
  { id: 'readJournalEntry', line: 'GET /__hufu/journal/1' },
  { id: 'sendAgain', line: 'POST /__hufu/journal/1/again' },
  { id: 'listJournal', line: 'GET /__hufu/journal?limit=5&status=2XX' },
  { id: 'exportHar', line: 'GET /__hufu/journal.har' },
  { id: 'followJournal', line: 'GET /__hufu/journal/events', question: { endless: true } },
  { id: 'clearJournal', line: 'DELETE /__hufu/journal?session=a' },
];
const TAKES_BODY = DONE.filter(({ question }) => question?.body !== undefined);
const STATEFUL = new Set(
  controlTable.routes.map((route) => route.id).filter((id) => /session|state|snapshot|clock|scenario|collection/i.test(id)),
);
/** What the page itself holds is no secret. */
const OPEN = new Set(['getConsole']);
const JOURNAL = new Set(['listJournal', 'readJournalEntry', 'sendAgain', 'exportHar', 'followJournal', 'clearJournal']);
const INVALID: readonly Omit<Done, 'id'>[] = [
  { line: 'PUT /__hufu/faults', question: { body: [{}] } },
  { line: 'GET /__hufu/journal?status=9' },
  { line: 'GET /__hufu/journal.har?since=yesterday' },
  { line: 'GET /__hufu/journal/0' },
  { line: 'POST /__hufu/journal/0/again' },
  { line: 'GET /__hufu/journal/events?session=%20' },
  { line: 'GET /__hufu/journal/events?view=x' },
  { line: 'DELETE /__hufu/journal?session=%20' },
];

const shop = await startShop({ sessions: { maxSnapshots: 2 } });
await shop.fetch('/pets?token=secret');
await shop.fetch('/bytes', { method: 'POST', body: Buffer.from([0, 255]), headers: { 'content-type': 'application/octet-stream' } });

test('the document and the requests of this test name the same operations', () => {
  expect(DONE.map(({ id }) => id).sort()).toEqual(controlTable.routes.map((route) => route.id).sort());
});

test.each(DONE)('$id is done', async ({ id, line, question }) => {
  const answer = await meet(shop.url, line, question);
  expect([answer.operationId, answer.status]).toEqual([id, answer.text === '' ? 204 : 200]);
});

test('HEAD is answered where GET is, without a body', async () => {
  for (const { line, question } of DONE.filter(({ line }) => line.startsWith('GET'))) {
    const answer = await control(shop.url, line.replace('GET', 'HEAD'), question);
    expect([line, answer.status, answer.text]).toEqual([line, 200, '']);
  }
});

describe('what every operation refuses', () => {
  test.each(DONE.filter(({ id }) => !OPEN.has(id)))('$id asks for the token where there is one', async ({ line, question }) => {
    const guarded = await startShop({ control: { token: 'sesame' } });
    const answer = await meet(guarded.url, line, question);
    expect([answer.status, answer.code, answer.headers['www-authenticate']]).toEqual([401, 'UNAUTHORIZED', 'Bearer realm="hufu control"']);
    await guarded.close();
  });

  test.each(DONE)('$id is nobody else’s business', async ({ line, question }) => {
    const answer = await meet(shop.url, line, { ...question, headers: { ...question?.headers, host: 'evil.test' } });
    expect([answer.status, answer.code]).toEqual([403, 'FORBIDDEN_HOST']);
  });

  test('bodies that are too large', async () => {
    const mock = await mockOf([SHOP]);
    const small = await serve(mock, { bodyLimit: 10 });
    for (const { line } of TAKES_BODY) {
      const answer = await meet(small.url, line, { body: { long: 'x'.repeat(100) } });
      expect([line, answer.status]).toEqual([line, 413]);
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'nonsense', ''])('bodies of the type "%s"', async (type) => {
    for (const { line, question } of TAKES_BODY) {
      const answer = await meet(shop.url, line, { ...question, headers: { 'content-type': type } });
      expect([line, answer.status, answer.code]).toEqual([line, 415, 'INVALID_CONTENT_TYPE']);
    }
  });

  test('without state, without journal', async () => {
    const { table } = await mockOf([SHOP]);
    const bare = await startServer({ mock: () => createMock(table, PLAIN), port: 0 });
    // The same document, under the name that the fixture gives it.
    const renamed = JSON.parse(
      JSON.stringify(DONE).replaceAll('"shop"', '"document-0"').replaceAll('/shop/', '/document-0/'),
    ) as typeof DONE;
    for (const { id, line, question } of renamed) {
      const answer = await meet(bare.url, line, question);
      expect([id, answer.code]).toEqual([id, STATEFUL.has(id) ? 'STATE_OFF' : JOURNAL.has(id) ? 'JOURNAL_OFF' : undefined]);
    }
    await bare.close();
  });

  test('what breaks the document', async () => {
    const named = DONE.filter(({ line }) => line.includes('/sessions/a'));
    expect(named.length).toBeGreaterThan(10);
    for (const { line, question } of named) {
      const answer = await meet(shop.url, line.replace('/sessions/a', '/sessions/%21'), question);
      expect([line, answer.status, answer.code]).toEqual([line, 400, 'INVALID_REQUEST']);
    }
    for (const { line, question } of INVALID) {
      const answer = await meet(shop.url, line, question);
      expect([line, answer.status, answer.code?.startsWith('INVALID')]).toEqual([line, 400, true]);
    }
  });

  test('bodies that are no JSON, too deep, or missing', async () => {
    for (const body of ['{', '[]', 'null', '"x"', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, Buffer.from([0xff, 0xfe, 0x00])]) {
      const answer = await control(shop.url, 'PATCH /__hufu/sessions/a/state', { body });
      expect([answer.status, answer.code]).toEqual([400, 'INVALID_REQUEST']);
    }
    expect((await control(shop.url, 'PATCH /__hufu/sessions/a/state')).code).toBe('INVALID_REQUEST');
  });
});

test('sessions, snapshots and streams that are not there or too many', async () => {
  expect((await meet(shop.url, 'GET /__hufu/', { headers: { accept: 'application/json' } })).code).toBe('NOT_FOUND');
  expect((await meet(shop.url, 'GET /__hufu/documents/shop/operations/none')).code).toBe('UNKNOWN_OPERATION');
  expect((await meet(shop.url, 'GET /__hufu/journal/999')).code).toBe('UNKNOWN_ENTRY');
  expect((await meet(shop.url, 'POST /__hufu/journal/999/again')).code).toBe('UNKNOWN_ENTRY');
  expect((await meet(shop.url, 'DELETE /__hufu/sessions/never-used')).code).toBe('UNKNOWN_SESSION');
  expect((await meet(shop.url, 'DELETE /__hufu/sessions/b/snapshots/none')).code).toBe('UNKNOWN_SNAPSHOT');
  expect((await meet(shop.url, 'POST /__hufu/sessions/b/snapshots/none/restore')).code).toBe('UNKNOWN_SNAPSHOT');
  for (const name of ['one', 'two']) expect((await meet(shop.url, `PUT /__hufu/sessions/b/snapshots/${name}`)).status).toBe(204);
  expect((await meet(shop.url, 'PUT /__hufu/sessions/b/snapshots/three')).code).toBe('SNAPSHOTS_FULL');

  const busy = await serve(await mockOf([SHOP]), { journal: createJournal() });
  const aborts = Array.from({ length: 100 }, () => new AbortController());
  await Promise.all(aborts.map(({ signal }) => fetch(`${busy.url}/__hufu/journal/events`, { signal })));
  expect((await meet(busy.url, 'GET /__hufu/journal/events')).code).toBe('BUSY');
  for (const abort of aborts) abort.abort();
  await expect.poll(async () => (await control(busy.url, 'GET /__hufu/journal/events', { endless: true })).status).toBe(200);
});

test('every documented status was met', () => {
  const wanted = controlTable.routes.flatMap((route) => {
    const { responses } = controlTable.operation(route);
    return responses.filter(({ status }) => status !== 'default').map(({ status }) => `${route.id} ${status}`);
  });
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((one) => !met.has(one))).toEqual([]);
});
