import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMock } from '../index.ts';
import type { StartedMock, StartMockOptions } from '../index.ts';
import { folderOf, json, openapi } from '../mock.fixture.ts';
import { control, documented, startShop } from './control.fixture.ts';

interface Told {
  readonly violations: readonly Record<string, unknown>[];
  readonly why: Readonly<Record<string, unknown>>;
}

/** The last exchange, as the journal explains it; held to the control document. */
async function last(mock: StartedMock): Promise<Told> {
  const id = mock.journal().at(-1)?.id;
  return (await documented(mock.url, `GET /__hufu/journal/${id}`)).body as Told;
}

test('a state file: its verb, its collection, its row, its line', async () => {
  const shop = await startShop();
  await shop.fetch('/pets');
  expect((await last(shop)).why).toMatchObject({
    step: 'answer',
    operation: { document: 'shop', operationId: 'listPets', method: 'GET', path: '/pets', place: { line: 1 } },
    security: { requires: [], outcome: 'open' },
    scenario: 'default',
    answer: { kind: 'state', module: 'shop', verb: 'list', collection: 'pet', place: { line: 11 } },
  });
});

test('an example by its name, a generated value with its seed, in the document', async () => {
  const shop = await startShop({ seed: '7' });
  await shop.fetch('/bytes', { method: 'POST', body: Buffer.from('x'), headers: { 'content-type': 'application/octet-stream' } });
  expect((await last(shop)).why['answer']).toMatchObject({ kind: 'example', place: { line: 1 } });
  await shop.fetch('/pets', { headers: { prefer: 'dynamic=true, seed=9' } });
  expect((await last(shop)).why['answer']).toMatchObject({ kind: 'generated', dynamic: true, seed: expect.any(String) });
});

test('a request that met nothing: the nearest operations', async () => {
  const shop = await startShop();
  await shop.fetch('/pet');
  const { why } = await last(shop);
  expect(why).toMatchObject({
    step: 'match',
    nearest: [
      { operationId: 'listPets', differs: [{ kind: 'segment', position: 1, expected: 'pets', actual: 'pet' }] },
      { operationId: 'savePet' },
    ],
  });
});

const GUARDED = openapi(
  {
    '/rows/{id}': {
      get: {
        operationId: 'getRow',
        security: [{ bearer: [] }],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'size', in: 'query', schema: { type: 'integer', minimum: 1 } },
        ],
        responses: {
          200: json(
            { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
            { examples: { wrong: { value: { id: 'x' } } } },
          ),
        },
      },
    },
  },
  { components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } },
);
const STATE = `
envelopes: { plain: { ok: $data, okNoData: {}, error: { code: $error.code } } }
envelope: plain
collections: { row: { key: { field: id, strategy: sequence, start: 1 }, seed: [{ id: 7 }] } }
operations:
  getRow: { do: get, in: row, key: $request.path.id, envelope: plain }
`;

async function guarded(options: Partial<StartMockOptions> = {}): Promise<StartedMock> {
  const folder = folderOf({ 'openapi/rows.json': GUARDED, 'openapi/rows.state.yaml': STATE });
  return await startMock({ workspace: folder, documents: [join(folder, 'openapi/rows.json')], ...options });
}

test('the row that the request named; credentials that were missing; what was wrong, in both languages and with its place', async () => {
  const mock = await guarded();
  const headers = { authorization: 'Bearer abc' };
  await mock.fetch('/rows/7', { headers });
  expect((await last(mock)).why).toMatchObject({
    security: { requires: [['bearer']], outcome: 'passed' },
    answer: { kind: 'state', collection: 'row', key: '7' },
  });
  await mock.fetch('/rows/7');
  expect((await last(mock)).why).toMatchObject({
    step: 'security',
    security: { outcome: 'refused', message: expect.stringContaining('Bearer') },
  });
  await mock.fetch('/rows/7?size=0', { headers });
  expect((await last(mock)).violations).toEqual([
    expect.objectContaining({
      side: 'request',
      part: 'query',
      name: 'size',
      message: expect.stringContaining('must be >= 1'),
      chinese: '应大于或等于 1',
      expected: 1,
      actual: 0,
      place: { file: expect.stringContaining('rows.json'), line: 1 },
    }),
  ]);
  await mock.close();
});

test('an answer that breaks the document is told, and one that a fault cut as well', async () => {
  const mock = await guarded();
  const headers = { authorization: 'Bearer abc', prefer: 'example=wrong' };
  await mock.fetch('/rows/7', { headers });
  expect(await last(mock)).toMatchObject({
    violations: [{ side: 'response', part: 'body', pointer: '/id', code: 'type', chinese: '类型应为 integer' }],
    why: { answer: { kind: 'example', name: 'wrong' } },
  });
  mock.faults.set([{ truncate: 1 }]);
  await mock.fetch('/rows/7', { headers: { authorization: 'Bearer abc' } }).catch(() => undefined);
  await expect.poll(() => mock.journal().length).toBe(2);
  expect((await last(mock)).violations).toEqual([expect.objectContaining({ side: 'response' })]);
  await mock.close();
});

test('entries in one line, and the run that they are of', async () => {
  const shop = await startShop();
  await shop.fetch('/pets?token=abc');
  const abort = new AbortController();
  const answer = await fetch(`${shop.url}/__hufu/journal/events?view=summary&since=0`, { signal: abort.signal });
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('exchange')) break;
  }
  abort.abort();
  expect(text).toMatch(/^event: journal\ndata: \{"startedAt":\d+\}$/m);
  expect(JSON.parse(/^data: (\{"id".*)$/m.exec(text)?.[1] ?? '')).toEqual({
    id: 1,
    at: expect.any(String),
    milliseconds: expect.any(Number),
    session: 'default',
    document: 'shop',
    operationId: 'listPets',
    step: 'answer',
    answeredBy: 'state',
    method: 'GET',
    path: '/pets',
    query: 'token=***',
    status: 200,
    errors: 0,
    warnings: 0,
  });
});

test('an entry that was cleared is gone', async () => {
  const shop = await startShop();
  await shop.fetch('/pets');
  await control(shop.url, 'DELETE /__hufu/journal');
  expect((await control(shop.url, 'GET /__hufu/journal/1')).code).toBe('UNKNOWN_ENTRY');
});
