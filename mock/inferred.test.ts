import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startMock } from './index.ts';
import type { StartedMock, TestAnswer } from './index.ts';
import { folderOf } from './mock.fixture.ts';

const mocks: StartedMock[] = [];
afterAll(async () => void (await Promise.all(mocks.map((mock) => mock.close()))));

/** A mock of one document that has no state file. */
async function inferred(document: unknown): Promise<StartedMock> {
  const folder = folderOf({ 'api.json': document });
  const mock = await startMock({ documents: [join(folder, 'api.json')], workspace: folder, stateful: true });
  mocks.push(mock);
  return mock;
}

const json = (schema: unknown): unknown => ({ description: 'JSON', content: { 'application/json': { schema } } });
const body = (schema: unknown): unknown => ({ required: true, content: { 'application/json': { schema } } });
const empty = { description: 'Nothing' };
const path = (name: string, schema: unknown = { type: 'string' }): unknown => ({ name, in: 'path', required: true, schema });
const query = (name: string, schema: unknown): unknown => ({ name, in: 'query', schema });
const statusOf = ({ status, body: said }: TestAnswer): unknown => [status, said];

describe('a document of Swagger 2.0', async () => {
  const pet = {
    type: 'object',
    required: ['id', 'name'],
    properties: {
      id: { type: 'integer', minimum: 100, readOnly: true },
      name: { type: 'string' },
      tag: { type: 'string' },
      chip: { type: 'string', readOnly: true },
    },
  };
  const given = { in: 'body', name: 'pet', required: true, schema: { $ref: '#/definitions/Pet' } };
  const petId = { in: 'path', name: 'petId', type: 'integer', required: true };
  const mock = await inferred({
    swagger: '2.0',
    info: { title: 'Pets', version: '1' },
    basePath: '/v1',
    consumes: ['application/json'],
    produces: ['application/json'],
    definitions: { Pet: pet },
    paths: {
      '/pets': {
        post: { parameters: [given], responses: { 201: { description: 'Made', schema: { $ref: '#/definitions/Pet' } } } },
        get: {
          responses: {
            200: {
              description: 'All',
              schema: {
                type: 'object',
                required: ['data'],
                properties: {
                  data: {
                    type: 'object',
                    required: ['items', 'total'],
                    properties: { items: { type: 'array', items: { $ref: '#/definitions/Pet' } }, total: { type: 'integer' } },
                  },
                },
              },
            },
          },
        },
        put: {
          parameters: [{ ...given, schema: { ...pet, properties: { ...pet.properties, id: { type: 'integer' } } } }],
          responses: { 200: { description: 'Changed', schema: { $ref: '#/definitions/Pet' } } },
        },
      },
      '/pets/{petId}': {
        get: {
          parameters: [petId],
          responses: {
            200: { description: 'One', schema: { $ref: '#/definitions/Pet' } },
            404: { description: 'None', schema: { type: 'object', properties: { code: { type: 'string' } } } },
          },
        },
        delete: { parameters: [petId], responses: { 204: { description: 'Gone' } } },
      },
    },
  });

  test('a row is made, read, listed, changed by its key in the body, and removed', async () => {
    const { fetch, expectNoViolations } = mock.session();
    expect(statusOf(await fetch('/v1/pets', { method: 'POST', body: { name: 'Rex', id: 700 } }))).toEqual([
      201,
      { id: 100, name: 'Rex', chip: 'string' },
    ]);
    expect(statusOf(await fetch('/v1/pets', { method: 'POST', body: { name: 'Tom', tag: 'cat' } }))).toEqual([
      201,
      { id: 101, name: 'Tom', tag: 'cat', chip: 'string' },
    ]);
    expect(statusOf(await fetch('/v1/pets'))).toEqual([
      200,
      {
        data: {
          items: [
            { id: 100, name: 'Rex', chip: 'string' },
            { id: 101, name: 'Tom', tag: 'cat', chip: 'string' },
          ],
          total: 2,
        },
      },
    ]);
    // PUT replaces: the tag is not sent and goes; what only the server writes stays.
    expect(statusOf(await fetch('/v1/pets', { method: 'PUT', body: { id: 101, name: 'Tim' } }))).toEqual([
      200,
      { id: 101, name: 'Tim', chip: 'string' },
    ]);
    expect((await fetch('/v1/pets/101')).body).toEqual({ id: 101, name: 'Tim', chip: 'string' });
    expect((await fetch('/v1/pets/100', { method: 'DELETE' })).status).toBe(204);
    expect(statusOf(await fetch('/v1/pets/100'))).toEqual([404, { code: 'string' }]);
    await expectNoViolations();
  });

  test('an error the document does not have is a problem', async () => {
    const answer = await mock.session().fetch('/v1/pets/100', { method: 'DELETE' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a document of OpenAPI 3.0', async () => {
  const post = {
    type: 'object',
    required: ['slug', 'title', 'createdAt', 'updatedAt'],
    properties: {
      slug: { type: 'string', maxLength: 12 },
      title: { type: 'string' },
      note: { type: 'string', nullable: true },
      links: { type: 'object', properties: { home: { type: 'string' }, feed: { type: 'string' } } },
      secret: { type: 'string', writeOnly: true },
      createdAt: { type: 'string', format: 'date-time', readOnly: true },
      updatedAt: { type: 'string', format: 'date-time', readOnly: true },
    },
    additionalProperties: false,
  };
  const sent = { ...post, required: ['title'] };
  const edit = {
    ...sent,
    required: [],
    properties: {
      ...post.properties,
      links: { type: 'object', properties: { home: { type: 'string' }, feed: { type: 'string', nullable: true } } },
    },
  };
  const mock = await inferred({
    openapi: '3.0.3',
    info: { title: 'Posts', version: '1' },
    components: { schemas: { Post: post } },
    paths: {
      '/users/{userId}/posts': {
        parameters: [path('userId')],
        post: {
          operationId: 'write',
          requestBody: body(sent),
          responses: { 201: { description: 'Made', headers: { Location: { required: true, schema: { type: 'string' } } } } },
        },
        get: {
          operationId: 'read',
          responses: {
            200: json({
              type: 'array',
              items: {
                type: 'object',
                required: ['slug'],
                properties: { slug: { type: 'string' }, title: { type: 'string' } },
                additionalProperties: false,
              },
            }),
          },
        },
      },
      '/users/{userId}/posts/{post_slug}': {
        parameters: [path('userId'), path('post_slug', { type: 'string', maxLength: 12 })],
        get: {
          operationId: 'one',
          responses: {
            200: json({ type: 'object', required: ['result'], properties: { result: { $ref: '#/components/schemas/Post' } } }),
            404: json({ type: 'object' }),
          },
        },
        put: { operationId: 'rewrite', requestBody: body(sent), responses: { 204: empty } },
        patch: {
          operationId: 'edit',
          requestBody: { content: { 'application/merge-patch+json': { schema: edit } } },
          responses: { 200: json({ $ref: '#/components/schemas/Post' }) },
        },
        delete: {
          operationId: 'drop',
          responses: {
            200: json({ type: 'object', required: ['deleted'], properties: { deleted: { type: 'boolean' } } }),
            404: json({ type: 'object' }),
          },
        },
      },
      '/me': { get: { operationId: 'me', responses: { 200: json({ type: 'object', properties: { id: { type: 'string' } } }) } } },
    },
  });

  test('rows belong to their parent, an empty 201 says where the row is', async () => {
    const { fetch, clock, expectNoViolations } = mock.session();
    await clock.freeze('2026-01-02T03:04:05Z');
    const made = await fetch('/users/ann/posts', {
      method: 'POST',
      body: { title: 'One', note: 'n', secret: 'x', links: { home: 'h', feed: 'f' } },
    });
    expect(statusOf(made)).toEqual([201, '']);
    const location = made.headers.get('location') ?? '';
    expect(location).toMatch(/^\/users\/ann\/posts\/[a-z\d]{1,12}$/);
    const slug = location.split('/').at(-1);
    const times = { createdAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:04:05.000Z' };
    expect(statusOf(await fetch(location))).toEqual([
      200,
      { result: { slug, title: 'One', note: 'n', links: { home: 'h', feed: 'f' }, ...times } },
    ]);
    expect(statusOf(await fetch('/users/ann/posts'))).toEqual([200, [{ slug, title: 'One' }]]);
    expect(statusOf(await fetch('/users/bob/posts'))).toEqual([200, []]);
    for (const method of ['GET', 'DELETE']) expect((await fetch(location.replace('ann', 'bob'), { method })).status).toBe(404);

    await clock.advance(1000);
    const patched = await fetch(location, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { note: null, links: { feed: null, home: 'i' } },
    });
    expect(statusOf(patched)).toEqual([200, { slug, title: 'One', links: { home: 'i' }, ...times, updatedAt: '2026-01-02T03:04:06.000Z' }]);
    expect((await fetch(location, { method: 'PUT', body: { title: 'Two' } })).status).toBe(204);
    expect((await fetch(location)).body).toEqual({ result: { slug, title: 'Two', ...times, updatedAt: '2026-01-02T03:04:06.000Z' } });
    expect(statusOf(await fetch(location, { method: 'DELETE' }))).toEqual([200, { deleted: true }]);
    expect((await fetch(location)).status).toBe(404);
    await expectNoViolations();
  });

  test('a key that the client gives is kept, and taken once', async () => {
    const { fetch } = mock.session();
    const write = async (): Promise<number> =>
      (await fetch('/users/ann/posts', { method: 'POST', body: { title: 'One', slug: 'mine' } })).status;
    expect(await write()).toBe(201);
    expect((await fetch('/users/ann/posts/mine')).status).toBe(200);
    expect(await write()).toBe(409);
  });

  test('what is no resource answers as the document has it', async () => {
    expect(statusOf(await mock.session().fetch('/me'))).toEqual([200, { id: 'string' }]);
  });
});

describe('a document of OpenAPI 3.1', async () => {
  const app = {
    type: 'object',
    required: ['id', 'name', 'state', 'owner'],
    properties: {
      id: { type: 'string', pattern: '^app_[A-Za-z0-9]{8}$', examples: ['app_1srOrx2Z'] },
      name: { type: 'string' },
      state: { enum: ['on', 'off'] },
      owner: { type: 'object', required: ['mail'], properties: { mail: { type: 'string', examples: ['a@b.c'] } } },
    },
  };
  const sent = {
    type: 'object',
    required: ['name'],
    properties: { name: { type: ['string', 'integer'] }, state: { enum: ['on', 'off'], default: 'on' } },
  };
  const page = {
    type: 'object',
    required: ['_embedded', 'total_pages', 'has_more', 'next'],
    properties: {
      _embedded: {
        type: 'object',
        required: ['apps'],
        properties: { apps: { type: 'array', items: { $ref: '#/components/schemas/App' } } },
      },
      total_pages: { type: 'integer' },
      has_more: { type: 'boolean' },
      next: { type: ['string', 'null'] },
    },
  };
  const mock = await inferred({
    openapi: '3.1.0',
    info: { title: 'Apps', version: '1' },
    components: { schemas: { App: app } },
    paths: {
      '/apps/': {
        post: { requestBody: body(sent), responses: { 200: json({ $ref: '#/components/schemas/App' }) } },
        get: {
          parameters: [
            query('page', { type: 'integer', minimum: 1 }),
            query('per_page', { type: 'integer', default: 2 }),
            query('state', { enum: ['on', 'off'] }),
          ],
          responses: { 200: json(page) },
        },
      },
      '/apps/{app_id}/': {
        parameters: [path('app_id', { type: 'string', pattern: '^app_[A-Za-z0-9]{8}$' })],
        get: { responses: { 200: json({ $ref: '#/components/schemas/App' }), 404: json({ type: 'object' }) } },
        delete: { responses: { 204: empty } },
        patch: { requestBody: body({ ...sent, required: [] }), responses: { 200: json({ $ref: '#/components/schemas/App' }) } },
      },
    },
  });
  const apps = (answer: TestAnswer): unknown =>
    (answer.body as { _embedded: { apps: readonly { name: unknown }[] } })._embedded.apps.map(({ name }) => name);

  test('keys fit their pattern, lists have filters and pages', async () => {
    const { fetch, expectNoViolations } = mock.session();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const { body: made } = await fetch('/apps/', { method: 'POST', body: { name, ...(name === 'c' ? { state: 'off' } : {}) } });
      expect(made).toMatchObject({ name, state: name === 'c' ? 'off' : 'on', owner: { mail: 'a@b.c' } });
      ids.push((made as { id: string }).id);
    }
    expect(ids).toEqual(['app_1srOrx2Z', 'app_1srOrx3A', 'app_1srOrx3B']);
    const first = await fetch('/apps/');
    expect(first.body).toMatchObject({ total_pages: 2, has_more: true, next: null });
    expect(apps(first)).toEqual(['a', 'b']);
    const second = await fetch('/apps/?page=2');
    expect(second.body).toMatchObject({ has_more: false });
    expect(apps(second)).toEqual(['c']);
    expect(apps(await fetch('/apps/?state=off'))).toEqual(['c']);
    expect((await fetch(`/apps/${ids[1]}/`, { method: 'PATCH', body: { state: 'off' } })).body).toMatchObject({ name: 'b', state: 'off' });
    expect(apps(await fetch('/apps/?state=off'))).toEqual(['b', 'c']);
    expect((await fetch(`/apps/${ids[0]}/`, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`/apps/${ids[0]}/`)).status).toBe(404);
    await expectNoViolations();
  });

  test('what the document takes but does not show is never sent: the sample stands in', async () => {
    const { fetch, expectNoViolations } = mock.session();
    const made = await fetch('/apps/', { method: 'POST', body: { name: 5 } });
    expect(statusOf(made)).toEqual([200, { id: 'app_1srOrx2Z', name: 'string', state: 'on', owner: { mail: 'a@b.c' } }]);
    expect(apps(await fetch('/apps/'))).toEqual(['string']);
    await expectNoViolations();
  });
});

test('a key that the path has and no parameter describes', async () => {
  const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
  const mock = await inferred({
    openapi: '3.1.0',
    info: { title: 'Bare', version: '1' },
    paths: {
      '/notes': {
        post: { requestBody: body({ type: 'object', properties: { id: { type: 'string' } } }), responses: { 200: json(schema) } },
      },
      '/notes/{noteId}': { get: { responses: { 200: json(schema) } } },
    },
  });
  const { fetch } = mock.session();
  await fetch('/notes', { method: 'POST', body: { id: 'ä/b' } });
  expect(statusOf(await fetch('/notes/%C3%A4%2Fb'))).toEqual([200, { id: 'ä/b' }]);
});
