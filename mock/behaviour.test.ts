import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../index.ts';
import type { StartedMock } from '../index.ts';

const DOCUMENT = `
openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    get:
      operationId: listNotes
      responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Note' } } } } } }
    post:
      operationId: createNote
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [text], properties: { text: { type: string } } } } } }
      responses:
        '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
        '409': { description: taken, content: { application/json: { schema: { type: object, required: [error], properties: { error: { type: string } } } } } }
components:
  schemas:
    Note: { type: object, required: [id, text], properties: { id: { type: integer }, text: { type: string } } }
`;
const STATE = `
envelopes: { plain: { error: { error: $error.message } } }
envelope: plain
errors: { TAKEN: { status: 409, code: taken, message: there is one already } }
collections: { note: {} }
operations:
  listNotes: { do: list, in: note }
  createNote: { do: create, in: note, data: $row }
`;
const OVERRIDES = `
export default {
  async createNote({ request, state, reply, refuse }) {
    const { text } = request.body;
    if (text === 'by the state file') return undefined;
    if (text === 'refused') return refuse('TAKEN', 'no more of these');
    const row = await state('note').insert({ text });
    if (text === 'throws') throw new Error('out of ink');
    if (text === 'wrong body') return reply(201, { id: 'one', text });
    if (text === 'wrong status') return reply(418, {});
    return reply(201, { id: row.id, text: text.toUpperCase() }, { 'X-By': 'override' });
  },
};
`;

let workspace = '';
let mock: StartedMock;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'hufu-workspace-'));
  await mkdir(join(workspace, 'openapi'));
  await mkdir(join(workspace, 'mock', 'overrides'), { recursive: true });
  await writeFile(join(workspace, 'openapi', 'notes.yaml'), DOCUMENT);
  await writeFile(join(workspace, 'openapi', 'notes.state.yaml'), STATE);
  await writeFile(join(workspace, 'mock', 'overrides', 'notes.ts'), OVERRIDES);
  mock = await startMock({ workspace });
});
afterAll(async () => {
  await mock.close();
  await rm(workspace, { recursive: true });
});

const create = async (text: string) => {
  const session = mock.session();
  const answer = await session.fetch('/notes', { method: 'POST', body: { text } });
  return { ...answer, notes: (await session.fetch('/notes')).body };
};

test('an override answers, and what it stored stays', async () => {
  const { status, body, headers, notes } = await create('hello');
  expect({ status, body, by: headers.get('x-by') }).toEqual({ status: 201, body: { id: 1, text: 'HELLO' }, by: 'override' });
  expect(notes).toEqual([{ id: 1, text: 'hello' }]);
});

test('an override that returns nothing leaves the answer to the state file', async () => {
  expect(await create('by the state file')).toMatchObject({ status: 201, body: { id: 1, text: 'by the state file' } });
});

test("a refusal uses the state file's error and envelope", async () => {
  expect(await create('refused')).toMatchObject({ status: 409, body: { error: 'no more of these' }, notes: [] });
});

test('an override that throws is a 500 that names its file, and nothing it did stays', async () => {
  const { status, body, notes } = await create('throws');
  expect(status).toBe(500);
  expect(body).toMatchObject({
    type: 'urn:hufu:error:OVERRIDE_FAILED',
    detail: expect.stringMatching(/overrides\/notes\.ts: createNote threw: out of ink/),
  });
  expect(notes).toEqual([]);
});

test('an answer that the document does not allow is a 500 that names file and pointer', async () => {
  const { status, body } = await create('wrong body');
  expect(status).toBe(500);
  expect(body).toMatchObject({
    type: 'urn:hufu:error:VIOLATIONS',
    detail: expect.stringMatching(/overrides\/notes\.ts answers createNote .* at \/id must be integer/),
  });
});

test('a status that the document does not have is a 500 that says which ones it has', async () => {
  const { status, body } = await create('wrong status');
  expect(status).toBe(500);
  expect(body).toMatchObject({ detail: expect.stringMatching(/status 418, which the document does not have\. Documented: 201, 409/) });
});

test('a session is named by header, by cookie or by the first part of the path', async () => {
  const name = 'three-ways';
  const post = async (path: string, headers: Record<string, string>) => {
    await fetch(mock.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ text: 'x' }),
    });
  };
  await post('/notes', { 'x-hufu-session': name });
  await post('/notes', { cookie: `theme=dark; x-hufu-session=${name}` });
  await post(`/~${name}/notes`, {});
  expect((await mock.session({ name }).fetch('/notes')).body).toHaveLength(3);
  expect((await mock.session().fetch('/notes')).body).toHaveLength(0);
});

test('a session name that is none is refused', async () => {
  const response = await fetch(`${mock.url}/notes`, { headers: { 'x-hufu-session': 'no spaces, please' } });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ type: 'urn:hufu:error:STATE_REFUSED' });
});
