import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../index.ts';
import type { StartedMock } from '../index.ts';

const DOCUMENT = `
openapi: 3.1.0
info: { title: Notes, version: '1' }
components:
  schemas:
    Note: { type: object, required: [id, text], properties: { id: { type: integer }, text: { type: string, maxLength: 5 } } }
paths:
  /notes:
    get:
      operationId: findNote
      parameters: [{ name: text, in: query, schema: { type: string } }, { name: page size, in: query, schema: { type: integer } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object } } } } }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getNote
      responses:
        '200':
          description: ok
          content:
            application/json: { schema: { $ref: '#/components/schemas/Note' } }
            application/vnd.note+json: { schema: { $ref: '#/components/schemas/Note' } }
        '404': { description: none }
    put:
      operationId: putNote
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object } } } } }
    delete: { operationId: deleteNote, responses: { '204': { description: gone }, '404': { description: none } } }
`;
const STATE = `
collections: { note: { seed: [{ id: 1, text: one }, { id: 2, text: two }, { id: 3, text: too long }] } }
operations:
  findNote: { do: get, in: note, where: { text: $request.query.text }, data: { row: $row, key: $request.query.key, size: $request.query.page size } }
  getNote: { do: get, in: note, key: $request.path.id }
  putNote: { do: update, in: note, key: $request.path.id, data: $row }
  deleteNote: { do: delete, in: note, key: $request.path.id }
`;

let folder: string;
let mock: StartedMock;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-kept-rows-'));
  await writeFile(join(folder, 'notes.yaml'), DOCUMENT);
  await writeFile(join(folder, 'notes.state.yaml'), STATE);
  mock = await startMock({ documents: [join(folder, 'notes.yaml')] });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

/** More often than it takes to be kept. */
const OFTEN = [1, 2, 3, 4];

test('a row that was read often is read as it is now', async () => {
  const session = mock.session();
  const read = async () => {
    const seen: unknown[] = [];
    for (const _ of OFTEN) seen.push((await session.fetch('/notes/1')).body);
    expect(new Set(seen.map((body) => JSON.stringify(body))).size).toBe(1);
    return seen[0];
  };
  expect(await read()).toEqual({ id: 1, text: 'one' });
  await session.fetch('/notes/1', { method: 'PUT', body: { text: 'new' } });
  expect(await read()).toEqual({ id: 1, text: 'new' });
  await session.reset();
  expect(await read()).toEqual({ id: 1, text: 'one' });
  await session.fetch('/notes/1', { method: 'DELETE' });
  for (const _ of OFTEN) expect((await session.fetch('/notes/1')).status).toBe(404);
});

test('sessions with other rows of one key have their own answers', async () => {
  const [one, two] = [mock.session(), mock.session()];
  await two.fetch('/notes/2', { method: 'PUT', body: { text: 'other' } });
  for (const _ of OFTEN) {
    expect((await one.fetch('/notes/2')).body).toEqual({ id: 2, text: 'two' });
    expect((await two.fetch('/notes/2')).body).toEqual({ id: 2, text: 'other' });
  }
});

test('an answer has the type that its client accepts', async () => {
  const session = mock.session();
  for (const _ of OFTEN) {
    for (const accept of ['application/json', 'application/vnd.note+json'])
      expect((await session.fetch('/notes/1', { headers: { accept } })).headers.get('content-type')).toBe(accept);
  }
});

test('a row that breaks the document is refused each time', async () => {
  const session = mock.session();
  for (const _ of OFTEN) expect((await session.fetch('/notes/3')).status).toBe(500);
});

test.each([
  { name: 'declared names', query: 'text=two', want: { row: { id: 2, text: 'two' } } },
  { name: 'a name that is not declared', query: 'text=two&key=k%20k', want: { row: { id: 2, text: 'two' }, key: 'k k' } },
  { name: 'a name with an escape', query: 'text=two&page%20size=7', want: { row: { id: 2, text: 'two' }, size: 7 } },
  { name: 'a name with a plus', query: 'page+size=7&text=two', want: { row: { id: 2, text: 'two' }, size: 7 } },
  { name: 'a name without a value', query: 'key&text=two', want: { row: { id: 2, text: 'two' }, key: '' } },
  { name: 'an undeclared name twice: the first', query: 'key=a&text=two&key=b', want: { row: { id: 2, text: 'two' }, key: 'a' } },
])('an expression reads of a query: $name', async ({ query, want }) => {
  expect((await mock.session().fetch(`/notes?${query}`)).body).toEqual(want);
});
