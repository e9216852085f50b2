import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import { compileStateFiles } from './index.ts';
import { inferState } from './infer.ts';
import type { Inferred } from './index.ts';
import { keyLike } from './key-like.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-infer-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

type Members = Readonly<Record<string, unknown>>;

/** What is inferred of a document with the given paths; it has to compile. */
async function infer(paths: Members, rest: Members = {}): Promise<Inferred | undefined> {
  count += 1;
  const file = join(folder, `document-${count}.json`);
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Test', version: '1' }, paths, ...rest }));
  const document = await loadDocument(file);
  const table = createOperationTable([document]);
  const inferred = inferState(table, table.routes);
  if (inferred !== undefined) {
    const source = { path: file, text: '', value: inferred.given };
    compileStateFiles([{ module: document.name, source, given: inferred.given }], () => new Set(table.routes.map(({ id }) => id)));
  }
  return inferred;
}

const json = (schema: unknown, status = '200'): Members => ({
  [status]: { description: 'JSON', content: { 'application/json': { schema } } },
});
const body = (schema: unknown): Members => ({ content: { 'application/json': { schema } } });
const object = (properties: Members, required: readonly string[] = []): Members => ({ type: 'object', properties, required });
const text = { type: 'string' };
const thing = object({ id: text, name: text }, ['id']);

interface ThingsOptions {
  readonly row?: unknown;
  readonly sent?: unknown;
  readonly list?: unknown;
  readonly parameter?: string;
  readonly keySchema?: unknown;
  readonly more?: Members;
  readonly query?: readonly Members[];
}

/** `/things` and `/things/{id}`, each part as wanted. */
function things({
  row = thing,
  sent = thing,
  list = { type: 'array', items: row },
  parameter = 'id',
  keySchema = text,
  more = {},
  query = [],
}: ThingsOptions): Members {
  const key = { name: parameter, in: 'path', required: true, schema: keySchema };
  return {
    '/things': {
      post: { operationId: 'make', requestBody: body(sent), responses: json(row, '201') },
      get: { operationId: 'all', parameters: query, responses: json(list) },
    },
    [`/things/{${parameter}}`]: {
      parameters: [key],
      get: { operationId: 'one', responses: json(row) },
      delete: { operationId: 'drop', responses: { 204: { description: 'Gone' } } },
      ...more,
    },
  };
}

const collectionOf = (inferred: Inferred | undefined): Members =>
  ((inferred?.given['collections'] ?? {}) as Record<string, Members>)['things'] ?? {};
const operationOf = (inferred: Inferred | undefined, id: string): Members =>
  ((inferred?.given['operations'] ?? {}) as Record<string, Members>)[id] ?? {};

describe('keys', () => {
  const rows: readonly [name: string, given: ThingsOptions, want: Members][] = [
    ['any text', {}, { field: 'id', strategy: 'hex32' }],
    ['a uuid', { row: object({ id: { type: 'string', format: 'uuid' } }, ['id']) }, { field: 'id', strategy: 'uuid' }],
    ['an integer', { row: object({ id: { type: 'integer' } }, ['id']) }, { field: 'id', strategy: 'sequence', start: 1 }],
    [
      'an integer with a least value',
      { row: object({ id: { type: 'integer', exclusiveMinimum: 999 } }, ['id']) },
      { field: 'id', strategy: 'sequence', start: 1000 },
    ],
    [
      'an integer that the path bounds',
      { row: object({ id: { type: 'integer' } }), keySchema: { type: 'integer', minimum: 1000 } },
      { field: 'id', strategy: 'sequence', start: 1000 },
    ],
    [
      'a prefix',
      { row: object({ id: { type: 'string', examples: ['cus_9s6'] } }, ['id']) },
      { field: 'id', strategy: 'like', like: 'cus_9s6', start: 0 },
    ],
    [
      'a short text',
      { row: object({ id: { type: 'string', maxLength: 8 } }, ['id']) },
      { field: 'id', strategy: 'like', like: '1000001', start: 0 },
    ],
    [
      'digits in the path, text in the row',
      { keySchema: { type: 'integer' } },
      { field: 'id', strategy: 'like', like: '1000001', start: 0 },
    ],
    [
      'a parameter that is the property',
      { parameter: 'thingId', row: object({ thingId: text, id: text }) },
      { field: 'thingId', strategy: 'hex32' },
    ],
    ['another spelling', { parameter: 'thing_id', row: object({ thingId: text, name: text }) }, { field: 'thingId', strategy: 'hex32' }],
    [
      'the last word of the parameter',
      { parameter: 'thing_slug', row: object({ id: text, slug: text }) },
      { field: 'slug', strategy: 'hex32' },
    ],
    ['uid where there is no id', { parameter: 'thing', row: object({ uid: text, name: text }) }, { field: 'uid', strategy: 'hex32' }],
  ];
  test.each(rows)('%s', async (_name, given, want) => {
    expect(collectionOf(await infer(things(given)))['key']).toEqual(want);
  });

  test('of a pattern fit it, one after the other', async () => {
    const pattern = '^VA[0-9a-f]{6}$';
    const { like } = collectionOf(await infer(things({ row: object({ id: { type: 'string', pattern } }, ['id']) })))['key'] as {
      like: string;
    };
    for (const turn of [0, 1, 15, 16, 4000]) expect(keyLike(like, turn)).toMatch(new RegExp(pattern));
  });

  test('that only the server gives are not taken from the body', async () => {
    const row = object({ id: { ...text, readOnly: true }, name: text });
    expect(operationOf(await infer(things({ row, sent: row })), 'make')['set']).toEqual({ '...': '$request.body', id: '$absent' });
  });

  test('like another differ from it and from each other', () => {
    const like = fc.stringMatching(/^[a-z]{1,3}_[A-Za-z0-9]{1,8}$/);
    fc.assert(
      fc.property(like, fc.nat(5000), fc.nat(5000), (key, one, other) => {
        expect(keyLike(key, 0)).toBe(key);
        expect(keyLike(key, one) === keyLike(key, other)).toBe(one === other);
      }),
    );
  });
});

describe('lists', () => {
  const list = { type: 'array', items: thing };
  const rows: readonly [name: string, schema: unknown, want: unknown][] = [
    ['bare', list, '$rows'],
    ['in an object with a total', object({ items: list, total: { type: 'integer' } }), { items: '$rows', total: '$total' }],
    [
      'one level deeper',
      object({ data: object({ items: list, count: { type: 'integer' } }) }),
      { data: { items: '$rows', count: '$total' } },
    ],
    [
      'HAL',
      object({ _embedded: object({ things: list }), _links: object({ next: object({ href: text }, ['href']) }) }),
      { _embedded: { things: '$rows' }, _links: { next: '$absent' } },
    ],
    [
      'a cursor that may be null',
      object({ data: list, next_cursor: { type: ['string', 'null'] }, has_more: { type: 'boolean' } }, ['next_cursor']),
      { data: '$rows', next_cursor: null, has_more: false },
    ],
    ['a cursor that must be text', object({ data: list, nextPageToken: text }, ['nextPageToken']), { data: '$rows', nextPageToken: '' }],
    [
      'beside another list',
      object({ data: list, included: { type: 'array', items: object({ kind: text }) } }),
      { data: '$rows', included: [] },
    ],
  ];
  test.each(rows)('%s', async (_name, schema, want) => {
    expect(operationOf(await infer(things({ list: schema })), 'all')['data']).toEqual(want);
  });

  test('of summaries show what those have', async () => {
    const row = object({ id: text, name: text, size: { type: 'integer' }, notes: text });
    const item = object({ id: text, kind: { enum: ['thing'] } }, ['id', 'kind']);
    const inferred = await infer(things({ row, list: { type: 'array', items: item } }));
    expect(operationOf(inferred, 'all')['show']).toEqual({ id: '$row#/id', kind: 'thing' });
  });

  test('are filtered by what is called as a field, unless it takes what no row has', async () => {
    const row = object({ id: text, name: text, state: { enum: ['on', 'off'] }, level: { enum: ['low'] } });
    const query = [
      { name: 'name', in: 'query', schema: text },
      { name: 'state', in: 'query', schema: { enum: ['on', 'off', 'all'] } },
      { name: 'level', in: 'query', schema: { type: 'array', items: { enum: ['low'] } } },
      { name: 'colour', in: 'query', schema: text },
    ];
    expect(operationOf(await infer(things({ row, query })), 'all')['where']).toEqual({
      name: '$request.query.name',
      level: { in: '$request.query.level' },
    });
  });

  const pages: readonly [name: string, query: readonly [name: string, schema: Members][], want: unknown][] = [
    [
      'page and size',
      [
        ['page', { type: 'integer' }],
        ['per_page', { type: 'integer', default: 30, maximum: 100 }],
      ],
      { page: '$request.query.page', first: 1, size: '$request.query.per_page', preset: 30, most: 100 },
    ],
    [
      'pages from 0',
      [
        ['page', { type: 'integer', default: 0 }],
        ['pageSize', { type: 'integer', default: 5 }],
      ],
      { page: '$request.query.page', first: 0, size: '$request.query.pageSize', preset: 5 },
    ],
    [
      'offset and limit',
      [
        ['offset', { type: 'integer' }],
        ['limit', { type: 'integer' }],
      ],
      { offset: '$request.query.offset', size: '$request.query.limit', preset: 100 },
    ],
    ['a limit alone is no paging', [['limit', { type: 'integer' }]], undefined],
    [
      'nor is a page that is a cursor',
      [
        ['page', text],
        ['limit', { type: 'integer' }],
      ],
      undefined,
    ],
  ];
  test.each(pages)('paging: %s', async (_name, query, want) => {
    const asked = query.map(([name, schema]) => ({ name, in: 'query', schema }));
    expect(operationOf(await infer(things({ query: asked })), 'all')['page']).toEqual(want);
  });
});

describe('rows', () => {
  test('have a default for what nobody gave and the document asks for, no more', async () => {
    const row = object(
      {
        id: text,
        name: text,
        note: text,
        mood: { type: ['string', 'null'] },
        rank: { type: 'integer', default: 3 },
        url: { ...text, examples: ['/x'] },
      },
      ['id', 'name', 'mood'],
    );
    const sent = object({ name: text, note: text, mood: text, rank: { type: 'integer', default: 3 } });
    expect(collectionOf(await infer(things({ row, sent })))['defaults']).toEqual({ name: 'string', mood: null, rank: 3, url: '/x' });
  });

  test('have times that the client does not give', async () => {
    const time = { type: 'string', format: 'date-time' };
    const row = object({
      id: text,
      created_at: time,
      updatedAt: time,
      modified: { type: 'integer', examples: [1_700_000_000] },
      createdBy: text,
      creationDate: time,
    });
    const sent = object({ name: text, creationDate: time });
    expect(collectionOf(await infer(things({ row, sent })))['stamps']).toEqual({
      create: { created_at: '$now', updatedAt: '$now', modified: '$now.seconds' },
      update: { updatedAt: '$now', modified: '$now.seconds' },
    });
  });

  test("never hold what is writeOnly or shown nowhere; other spellings become the row's", async () => {
    const row = object({ id: text, full_name: text });
    const sent = object({ FullName: text, password: { ...text, writeOnly: true }, trace: text });
    expect(operationOf(await infer(things({ row, sent })), 'make')['set']).toEqual({
      '...': '$request.body',
      password: '$absent',
      trace: '$absent',
      FullName: '$absent',
      full_name: '$request.body#/FullName',
      id: '$absent',
    });
  });

  test('come out of what wraps them, in bodies and answers', async () => {
    const row = object({ code: { type: 'integer' }, data: object({ thing }, ['thing']) }, ['code', 'data']);
    const inferred = await infer(things({ row, sent: object({ thing: object({ name: text }) }), list: { type: 'array', items: thing } }));
    expect(operationOf(inferred, 'make')['set']).toEqual({ '...': '$request.body#/thing', id: '$absent' });
    expect(operationOf(inferred, 'one')['data']).toEqual({ code: 0, data: { thing: '$data' } });
  });
});

describe('changes', () => {
  const changed = { parameters: [], requestBody: body(object({ id: text, name: text })), responses: json(thing) };

  test('PATCH merges, PUT replaces what the body may hold', async () => {
    const inferred = await infer(
      things({ more: { patch: { operationId: 'edit', ...changed }, put: { operationId: 'swap', ...changed } } }),
    );
    expect(operationOf(inferred, 'edit')).toMatchObject({ do: 'update', key: '$request.path.id', patch: true });
    expect(operationOf(inferred, 'swap')).toMatchObject({ do: 'update', key: '$request.path.id', replaces: ['name'] });
  });

  test('PUT adds a row where the document says 201', async () => {
    const put = { ...changed, responses: { ...json(thing), ...json(thing, '201') } };
    expect(operationOf(await infer(things({ more: { put: { operationId: 'swap', ...put } } })), 'swap')).toMatchObject({ do: 'upsert' });
  });

  test('keys that clients give are those of their parent', async () => {
    const key = (name: string): Members => ({ name, in: 'path', required: true, schema: text });
    const inferred = await infer({
      '/boxes/{box}/things': {
        parameters: [key('box')],
        post: { operationId: 'make', requestBody: body(object({ name: text }, ['name'])), responses: json(object({ name: text })) },
      },
      '/boxes/{box}/things/{name}': {
        parameters: [key('box'), key('name')],
        get: { operationId: 'one', responses: json(object({ name: text })) },
      },
    });
    expect(operationOf(inferred, 'make')['set']).toMatchObject({
      _box: '$request.path.box',
      _row: '{$request.path.box}/{$request.body#/name}',
    });
    expect(operationOf(inferred, 'one')['key']).toBe('{$request.path.box}/{$request.path.name}');
  });
});

test('a field that is called as a parent of the path is what the path says', async () => {
  const key = (name: string, schema: unknown): Members => ({ name, in: 'path', required: true, schema });
  const row = object({ id: text, box_id: { type: 'integer' }, shelf: { type: 'integer' } });
  const shelved = '/shelves/{shelf}/boxes/{boxId}/things';
  const parents = [key('shelf', text), key('boxId', { type: 'integer' })];
  const inferred = await infer({
    [shelved]: { parameters: parents, post: { operationId: 'make', requestBody: body(object({ name: text })), responses: json(row) } },
    [`${shelved}/{id}`]: { parameters: [...parents, key('id', text)], get: { operationId: 'one', responses: json(row) } },
  });
  // The shelf is text in the path and a number in the row: not the same thing.
  expect(operationOf(inferred, 'make')['set']).toEqual({
    '...': '$request.body',
    name: '$absent',
    _shelf: '$request.path.shelf',
    _boxId: '$request.path.boxId',
    box_id: '$request.path.boxId',
    id: '$absent',
  });
});

describe('what is no resource', () => {
  const rows: readonly [name: string, paths: Members][] = [
    ['nothing', {}],
    ['a singleton', { '/me': { get: { responses: json(thing) }, put: { requestBody: body(thing), responses: json(thing) } } }],
    [
      'what can only be read',
      { '/things': { get: { responses: json({ type: 'array', items: thing }) } }, '/things/{id}': { get: { responses: json(thing) } } },
    ],
    [
      'an action beside what can be read',
      {
        ...things({}),
        '/things': {
          post: {
            operationId: 'purge',
            requestBody: body(object({ mode: text })),
            responses: json(object({ processed: { type: 'integer' } })),
          },
        },
      },
    ],
    ['a body that is no object', things({ row: { type: 'string' } })],
    ['a schema that refers to itself', things({ row: { $ref: '#/components/schemas/Loop' }, list: { $ref: '#/components/schemas/Loop' } })],
  ];
  test.each(rows)('%s', async (_name, paths) => {
    expect(await infer(paths, { components: { schemas: { Loop: { $ref: '#/components/schemas/Loop' } } } })).toBeUndefined();
  });
});

test('one line tells of each resource', async () => {
  expect((await infer(things({})))?.told).toEqual(['/things: rows with key "id" (create make, list all, get one, delete drop)']);
});
