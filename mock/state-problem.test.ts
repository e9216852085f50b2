import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOperationTable } from '../operations/index.ts';
import { StateError } from '../state/index.ts';
import type { StateErrorCode } from '../state/index.ts';
import { createMock, loadBehaviour, loadDocuments } from './index.ts';
import { ask, folderOf, openapi, PLAIN } from './mock.fixture.ts';

const folder = folderOf({
  'notes.json': openapi({
    '/notes': {
      post: { operationId: 'addNote', requestBody: { content: { 'application/json': {} } }, responses: { 201: { description: 'ok' } } },
    },
  }),
  'notes.state.yaml': 'collections: { note: {} }\noperations: { addNote: { do: create, in: note, data: $row } }\n',
});

test.each<{ code: StateErrorCode; status: number; type: string }>([
  { code: 'store-failed', status: 500, type: 'STORE_FAILED' },
  { code: 'state-full', status: 507, type: 'STATE_FULL' },
  { code: 'time-limit', status: 503, type: 'STATE_BUSY' },
  { code: 'session-name', status: 400, type: 'STATE_REFUSED' },
])('a store that says $code', async ({ code, status, type }) => {
  const table = createOperationTable(await loadDocuments([join(folder, 'notes.json')], {}));
  const fail = (): never => {
    throw new StateError(code, 'The disk is full.');
  };
  const store = {
    load: () => undefined,
    loadSnapshot: () => undefined,
    list: () => [],
    commit: fail,
    remove: () => undefined,
    close: () => undefined,
  };
  const mock = createMock(table, PLAIN, await loadBehaviour(table, { sessions: { store } }));
  const answer = await ask(mock, 'POST /notes', { headers: { 'content-type': 'application/json' }, body: '{"text":"a"}' });
  expect([answer.status, answer.body]).toMatchObject([status, { type: `urn:hufu:error:${type}`, detail: 'The disk is full.' }]);
});
