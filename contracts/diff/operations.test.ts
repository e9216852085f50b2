import { describe, expect, it } from 'vitest';
import { changelog } from './changelog.ts';
import { apiOf, changesOf, documentOf } from './diff.fixture.ts';
import { diffDocuments } from './diff-documents.ts';

const text = { schema: { type: 'string' } };
const list = { schema: { type: 'array', items: { type: 'string' } } };
const json = { 'application/json': { schema: { type: 'object' } } };
const ok = { description: 'ok' };
const query = (more: object): object => ({ parameters: [{ name: 'q', in: 'query', ...text, ...more }] });
const schemes = {
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      token: { type: 'http', scheme: 'bearer' },
      o: { type: 'oauth2' },
    },
  },
};
const paths = (given: object, rest: object = {}, name = 'api'): ReturnType<typeof documentOf> =>
  documentOf({ openapi: '3.1.0', info: {}, paths: given, ...rest }, name);
const get = { operationId: 'get', responses: { 200: ok } };
const post = { operationId: 'post', responses: { 200: ok } };

describe('OpenAPI 3.2', () => {
  const speaks = (pathItem: object, openapi = '3.2.0'): ReturnType<typeof documentOf> =>
    documentOf({ openapi, info: {}, paths: { '/a': pathItem } });
  const lines = (content: object, openapi?: string): ReturnType<typeof documentOf> =>
    speaks({ get: { operationId: 'get', responses: { 200: { ...ok, content: { 'application/jsonl': content } } } } }, openapi);
  const whole = (name: string, schema: object): ReturnType<typeof documentOf> =>
    speaks({ get: { ...get, parameters: [{ name, in: 'querystring', content: { 'application/json': { schema } } }] } });
  const id = (type: string): object => ({ type: 'object', required: ['id'], properties: { id: { type } } });

  it.each<{ name: string; old: ReturnType<typeof documentOf>; next: ReturnType<typeof documentOf>; want: string[] }>([
    { name: 'the same document', old: speaks({ get }, '3.1.0'), next: speaks({ get }), want: [] },
    { name: 'a method of its own', old: speaks({ get }), next: speaks({ get, query: post }), want: ['compatible operation-added'] },
    {
      name: 'an additional operation gone',
      old: speaks({ get, additionalOperations: { LINK: post } }),
      next: speaks({ get }),
      want: ['breaking method-removed'],
    },
    { name: 'another name of the whole query', old: whole('q', id('integer')), next: whole('r', id('integer')), want: [] },
    { name: 'another whole query', old: whole('q', id('integer')), next: whole('q', id('string')), want: ['breaking type-changed'] },
    {
      name: 'the items of 3.1 named as items',
      old: lines({ schema: id('integer') }, '3.1.0'),
      next: lines({ itemSchema: id('integer') }),
      want: [],
    },
    {
      name: 'the array of 3.1 named as items',
      old: lines({ schema: { type: 'array', items: id('integer') } }, '3.1.0'),
      next: lines({ itemSchema: id('integer') }),
      want: [],
    },
    { name: 'a text of 3.1', old: lines({ schema: { type: 'string' } }, '3.1.0'), next: lines({ itemSchema: id('integer') }), want: [] },
    {
      name: 'other items',
      old: lines({ itemSchema: id('integer') }),
      next: lines({ itemSchema: id('string') }),
      want: ['breaking type-changed'],
    },
  ])('$name', ({ old, next, want }) => {
    expect(changesOf(old, next)).toEqual(want);
  });
});

describe('operations', () => {
  it.each<{ name: string; old: object; next: object; want: string[] }>([
    { name: 'removed', old: { '/a': { get }, '/b': { get: post } }, next: { '/a': { get } }, want: ['breaking operation-removed'] },
    { name: 'a method removed', old: { '/a': { get, post } }, next: { '/a': { get } }, want: ['breaking method-removed'] },
    { name: 'added', old: { '/a': { get } }, next: { '/a': { get, post } }, want: ['compatible operation-added'] },
    { name: 'another path', old: { '/a': { get } }, next: { '/c': { get } }, want: ['breaking path-changed'] },
    { name: 'another method', old: { '/a': { get } }, next: { '/a': { put: get } }, want: ['breaking method-changed'] },
    { name: 'another name of a path parameter', old: { '/a/{id}': { get } }, next: { '/a/{other}': { get } }, want: [] },
    { name: 'another operationId', old: { '/a': { get } }, next: { '/a': { get: post } }, want: ['compatible operation-id-changed'] },
    {
      name: 'a first operationId',
      old: { '/a': { get: { responses: {} } } },
      next: { '/a': { get: { ...get, responses: {} } } },
      want: [],
    },
    {
      name: 'deprecated',
      old: { '/a': { get } },
      next: { '/a': { get: { ...get, deprecated: true } } },
      want: ['compatible deprecated-added'],
    },
    { name: 'a further spelling', old: { '/a': { get } }, next: { '/b': { 'x-path-aliases': ['/a'], get } }, want: [] },
    {
      name: 'a further spelling gone',
      old: { '/b': { 'x-path-aliases': ['/a'], get } },
      next: { '/b': { get } },
      want: ['breaking path-alias-removed'],
    },
  ])('$name', ({ old, next, want }) => {
    expect(changesOf(paths(old), paths(next))).toEqual(want);
  });

  it('what moves to another document goes on', () => {
    const old = [paths({ '/a': { get }, '/b': { post } }, {}, 'one'), paths({ '/c': { get: { responses: {} } } }, {}, 'two')];
    const next = [paths({ '/a': { get } }, {}, 'one'), paths({ '/b': { post }, '/c': { get: { responses: {} } } }, {}, 'two')];
    expect(diffDocuments(old, next).map(({ rule, document }) => [rule, document])).toEqual([['operation-relocated', 'two']]);
  });

  it('documents that come and go', () => {
    const [one, two, three] = ['one', 'two', 'three'].map((name) => paths({ [`/${name}`]: { get: { responses: {} } } }, {}, name));
    if (one === undefined || two === undefined || three === undefined) throw new Error('three documents');
    expect(diffDocuments([one, two], [one, three]).map(({ level, rule, document }) => [level, rule, document])).toEqual([
      ['breaking', 'document-removed', 'two'],
      ['breaking', 'operation-removed', 'two'],
      ['compatible', 'document-added', 'three'],
      ['compatible', 'operation-added', 'three'],
    ]);
  });

  it('a document without operations', () => {
    expect(diffDocuments([paths({})], [paths({})])).toEqual([]);
    expect(changesOf(paths({}), paths({ '/a': { get } }))).toEqual(['compatible operation-added']);
  });

  it('a reference that leads nowhere is told, not taken for a change of the API', () => {
    const body = (schema: object): object => ({ responses: { 200: { ...ok, content: { 'application/json': { schema } } } } });
    const changes = diffDocuments([apiOf(body({}))], [apiOf(body({ properties: { a: { $ref: '#/components/schemas/Gone' } } }))]);
    expect(changes.map(({ rule, level }) => [rule, level])).toContainEqual(['document-defect', 'warning']);
  });
});

describe('servers', () => {
  const at = (...urls: string[]): object => ({ servers: urls.map((url) => ({ url })) });
  it.each<{ name: string; old: object; next: object; want: string[] }>([
    { name: 'another base path', old: at('/v1'), next: at('/v2'), want: ['breaking base-path-changed'] },
    { name: 'a slash at the end', old: at('https://a.test/v1'), next: at('https://a.test/v1/'), want: [] },
    {
      name: 'another host',
      old: at('https://a.test/v1'),
      next: at('https://b.test/v1'),
      want: ['compatible server-added', 'warning server-removed'],
    },
    { name: 'no server and the root', old: {}, next: at('/'), want: [] },
  ])('$name', ({ old, next, want }) => {
    // Two operations: what holds of the document is told once.
    const given = { '/a': { get, post } };
    expect(changesOf(paths(given, old), paths(given, next))).toEqual(want);
  });

  it('a base path that moves into the paths', () => {
    expect(changesOf(paths({ '/a': { get } }, at('https://a.test/v1')), paths({ '/v1/a': { get } }, at('https://a.test')))).toEqual([]);
  });
});

describe('security', () => {
  it.each<{ name: string; old: object; next: object; want: string[] }>([
    { name: 'required', old: {}, next: { security: [{ key: [] }] }, want: ['breaking security-added'] },
    { name: 'another', old: { security: [{ key: [] }] }, next: { security: [{ token: [] }] }, want: ['breaking security-changed'] },
    {
      name: 'one more',
      old: { security: [{ key: [] }] },
      next: { security: [{ token: [] }, { key: [] }] },
      want: ['compatible security-relaxed'],
    },
    {
      name: 'both of two',
      old: { security: [{ key: [] }] },
      next: { security: [{ token: [], key: [] }] },
      want: ['breaking security-changed'],
    },
    { name: 'optional', old: { security: [{ key: [] }] }, next: { security: [{}, { key: [] }] }, want: ['warning security-removed'] },
    {
      name: 'a further scope',
      old: { security: [{ o: ['read'] }] },
      next: { security: [{ o: ['read', 'write'] }] },
      want: ['breaking security-changed'],
    },
    { name: 'the order', old: { security: [{ key: [] }, { token: [] }] }, next: { security: [{ token: [] }, { key: [] }] }, want: [] },
    { name: 'none written in two ways', old: {}, next: { security: [] }, want: [] },
  ])('$name', ({ old, next, want }) => {
    expect(changesOf(apiOf(old, schemes), apiOf(next, schemes))).toEqual(want);
  });

  it("the document's own list is one change", () => {
    const given = { '/a': { get, post } };
    const changes = diffDocuments([paths(given, schemes)], [paths(given, { ...schemes, security: [{ key: [] }] })]);
    expect(changes.map(({ rule, count }) => [rule, count])).toEqual([['security-added', 2]]);
  });
});

describe('parameters', () => {
  it.each<{ name: string; old: object; next: object; want: string[] }>([
    { name: 'removed', old: query({}), next: {}, want: ['warning parameter-removed'] },
    { name: 'added', old: {}, next: query({}), want: ['compatible parameter-added'] },
    { name: 'a required one added', old: {}, next: query({ required: true }), want: ['breaking parameter-added'] },
    { name: 'moved', old: query({}), next: query({ in: 'header' }), want: ['breaking parameter-moved'] },
    { name: 'required', old: query({}), next: query({ required: true }), want: ['breaking parameter-required'] },
    { name: 'optional', old: query({ required: true }), next: query({}), want: ['compatible parameter-optional'] },
    { name: 'deprecated', old: query({}), next: query({ deprecated: true }), want: ['compatible deprecated-added'] },
    { name: 'another type', old: query({}), next: query({ schema: { type: 'integer' } }), want: ['breaking type-changed'] },
    {
      name: 'another default',
      old: query({ schema: { default: 1 } }),
      next: query({ schema: { default: 2 } }),
      want: ['warning default-changed'],
    },
    { name: 'explode of a list', old: query(list), next: query({ ...list, explode: false }), want: ['breaking parameter-style-changed'] },
    { name: 'explode of a text shows nowhere', old: query({}), next: query({ explode: false }), want: [] },
    {
      name: 'JSON',
      old: query({}),
      next: query({ schema: undefined, content: json }),
      want: ['breaking parameter-style-changed', 'breaking type-changed'],
    },
    { name: 'the case of a header', old: query({ in: 'header' }), next: query({ in: 'header', name: 'Q' }), want: [] },
  ])('$name', ({ old, next, want }) => {
    expect(changesOf(apiOf(old), apiOf(next))).toEqual(want);
  });
});

describe('bodies and responses', () => {
  const request = (content: object, required = false): object => ({ requestBody: { required, content } });
  const response = (responses: object): object => ({ responses });
  const header = (more: object): object => response({ 200: { ...ok, headers: { 'X-A': { ...text, ...more } } } });
  it.each<{ name: string; old: object; next: object; want: string[] }>([
    { name: 'a request body', old: {}, next: request(json), want: ['compatible request-body-added'] },
    { name: 'a required request body', old: {}, next: request(json, true), want: ['breaking request-body-added'] },
    { name: 'a request body gone', old: request(json), next: {}, want: ['warning request-body-removed'] },
    { name: 'a request body required', old: request(json), next: request(json, true), want: ['breaking request-body-required'] },
    { name: 'a request body optional', old: request(json, true), next: request(json), want: ['compatible request-body-optional'] },
    {
      name: 'another media type of requests',
      old: request(json),
      next: request({ 'text/plain': {} }),
      want: ['breaking media-type-removed', 'compatible media-type-added'],
    },
    { name: 'a range that covers it', old: request(json), next: request({ 'application/*': json['application/json'] }), want: [] },
    { name: 'a charset', old: request(json), next: request({ 'Application/JSON; charset=utf-8': json['application/json'] }), want: [] },
    {
      name: 'the style of a form',
      old: request({ 'application/x-www-form-urlencoded': { schema: { properties: { a: list.schema } } } }),
      next: request({
        'application/x-www-form-urlencoded': { schema: { properties: { a: list.schema } }, encoding: { a: { explode: false } } },
      }),
      want: ['breaking encoding-changed'],
    },
    { name: 'success gone', old: response({ 200: ok, 201: ok }), next: response({ 200: ok }), want: ['breaking status-removed'] },
    { name: 'an error gone', old: response({ 200: ok, 409: ok }), next: response({ 200: ok }), want: ['compatible status-removed'] },
    { name: 'another success', old: response({ 200: ok }), next: response({ 200: ok, 202: ok }), want: ['warning status-added'] },
    { name: 'another error', old: response({ 200: ok }), next: response({ 200: ok, 409: ok }), want: ['compatible status-added'] },
    {
      name: 'a range that covers it',
      old: response({ 200: ok, 409: ok }),
      next: response({ 200: ok, '4XX': ok }),
      want: ['compatible status-added'],
    },
    {
      name: 'the default that covers it says something else',
      old: response({ 200: ok, 409: { ...ok, content: json } }),
      next: response({ 200: ok, default: { ...ok, content: { 'text/plain': {} } } }),
      want: ['breaking media-type-removed', 'compatible media-type-added', 'compatible status-added'],
    },
    {
      name: 'a media type of responses',
      old: response({ 200: ok }),
      next: response({ 200: { ...ok, content: json } }),
      want: ['compatible media-type-added'],
    },
    { name: 'a header gone', old: header({}), next: response({ 200: ok }), want: ['breaking response-header-removed'] },
    { name: 'a header more', old: response({ 200: ok }), next: header({}), want: ['compatible response-header-added'] },
    { name: 'a header optional', old: header({ required: true }), next: header({}), want: ['breaking response-header-optional'] },
    { name: 'a header required', old: header({}), next: header({ required: true }), want: ['compatible response-header-required'] },
    { name: 'a header of another type', old: header({}), next: header({ schema: { type: 'integer' } }), want: ['breaking type-changed'] },
    {
      name: 'bytes of 3.0 and 3.1',
      old: response({ 200: { ...ok, content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } } }),
      next: response({ 200: { ...ok, content: { 'application/zip': {} } } }),
      want: [],
    },
  ])('$name', ({ old, next, want }) => {
    expect(changesOf(apiOf(old), apiOf(next))).toEqual(want);
  });
});

describe('ids and changelog', () => {
  it('ids stay the same and differ from each other', () => {
    const old = paths({ '/a': { get, post } });
    const next = paths({ '/b': { get: { ...get, operationId: 'other' } } });
    const ids = diffDocuments([old], [next]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(diffDocuments([old], [next]).map(({ id }) => id)).toEqual(ids);
  });

  it('tells a shared change for each operation', () => {
    const given = { '/a': { get, post } };
    const changes = diffDocuments([paths(given)], [paths(given, { ...schemes, security: [{ key: [] }] })]);
    expect(changelog(changes)).toEqual(
      ['get', 'post'].map((operationId) => ({
        document: 'api',
        operationId,
        kind: 'breaking',
        level: 'breaking',
        message: { en: 'credentials are needed now: apiKey header x-key', zh: '开始要求凭证：“apiKey header x-key”' },
      })),
    );
  });
});

describe('bad input', () => {
  it.each<{ name: string; value: unknown }>([
    { name: 'paths that are a list', value: { openapi: '3.1.0', paths: [1, 2] } },
    {
      name: 'parts of the wrong type',
      value: { openapi: '3.1.0', paths: { '/a': { get: { parameters: 3, responses: [], requestBody: 'x', security: 7 } } } },
    },
    {
      name: 'a schema that is a number',
      value: { openapi: '3.1.0', paths: { '/a': { get: { responses: { 200: { content: { 'application/json': { schema: 4 } } } } } } } },
    },
    {
      name: 'alternatives that are themselves',
      value: {
        openapi: '3.1.0',
        components: {
          schemas: {
            A: { anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] },
            B: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: 'object', not: { $ref: '#/components/schemas/B' } }] },
          },
        },
        paths: {
          '/a': { get: { responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } } } } },
        },
      },
    },
  ])('$name', ({ value }) => {
    const other = apiOf({ responses: { 200: { ...ok, content: json } } });
    expect(diffDocuments([documentOf(value)], [documentOf(value)])).toEqual([]);
    expect(() => diffDocuments([other], [documentOf(value)])).not.toThrow();
    expect(() => diffDocuments([documentOf(value)], [other])).not.toThrow();
  });

  it('deep nests and long chains end', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [
        `S${index}`,
        {
          anyOf: [
            { $ref: `#/components/schemas/S${(index + 1) % 3_000}` },
            { type: 'object', properties: { a: { $ref: `#/components/schemas/S${(index * 7) % 3_000}` } } },
          ],
        },
      ]),
    );
    const chain = (rest: object): ReturnType<typeof documentOf> =>
      apiOf(
        { responses: { 200: { ...ok, content: { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } } } } },
        { components: { schemas: { ...schemas, ...rest } } },
      );
    expect(diffDocuments([chain({})], [chain({})])).toEqual([]);
    expect(() => diffDocuments([chain({})], [chain({ S5: { type: 'integer' } })])).not.toThrow();
  });
});
