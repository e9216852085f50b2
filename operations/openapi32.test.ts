import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { documentOf, firstOperation } from './document.fixture.ts';
import { createOperationTable, findResponse, isError, lintDocument, listRoutes, loadDocument, validateRequest } from './index.ts';
import type { Document, Operation } from './index.ts';
import { judgeResponse } from './validate-response.ts';

/** What OpenAPI 3.2 adds to 3.1, section by section of its specification. */

const ok = { responses: { 200: { description: 'ok' } } };
const api = (pathItem: object, more: object = {}, openapi = '3.2.0'): Document =>
  documentOf({ openapi, info: { title: 't', version: '1' }, paths: { '/it': pathItem }, ...more });
const lines = (document: Document): string[] => lintDocument(document).map(({ severity, message }) => `${severity}: ${message}`);

async function refusals(operation: Operation, query = '', headers: Record<string, string> = {}, body?: string | Buffer): Promise<string[]> {
  const message = { method: operation.method, path: '/it', query, headers, body: body === undefined ? undefined : Buffer.from(body) };
  const judged = await validateRequest(operation, message, new Map());
  return judged.violations.filter(isError).map(({ part, name, pointer, code }) => `${part} ${name ?? ''}${pointer} ${code}`);
}

describe('Path Item Object', () => {
  test.each<[name: string, pathItem: object, want: string[]]>([
    ['query', { query: ok, get: ok }, ['GET /it', 'QUERY /it']],
    ['additional operations, by their own spelling', { additionalOperations: { LINK: ok, Notify: ok } }, ['LINK /it', 'Notify /it']],
    ['extensions are no operations', { additionalOperations: { 'x-note': {} }, 'x-query': ok }, []],
    ['a method that has a field of its own', { additionalOperations: { POST: ok, query: ok } }, []],
    ['another spelling of such a method is another method', { additionalOperations: { Post: ok } }, ['Post /it']],
    ['what is no method', { additionalOperations: { 'A B': ok, '': ok } }, []],
  ])('%s', (_name, pathItem, want) => {
    expect(listRoutes(api(pathItem)).map(({ id }) => id)).toEqual(want);
  });

  test('older versions know neither', () => {
    expect(listRoutes(api({ query: ok, additionalOperations: { LINK: ok } }, {}, '3.1.1'))).toEqual([]);
  });

  test('what is not served is told, with its place', () => {
    expect(lintDocument(api({ additionalOperations: { POST: ok, 'A B': ok } })).map(({ address, message }) => [address, message])).toEqual([
      [
        'api.json#/paths/~1it/additionalOperations/POST',
        '"additionalOperations" must not have "POST": write it as "post" of the path item; the operation is not served',
      ],
      [
        'api.json#/paths/~1it/additionalOperations/A B',
        '"A B" is no method (RFC 9110 section 9.1): write a name without spaces; the operation is not served',
      ],
    ]);
  });

  test('a request finds them, and 405 names them', () => {
    const { find } = createOperationTable([api({ get: ok, query: ok, additionalOperations: { LINK: ok, Notify: ok } })]);
    expect(['QUERY', 'LINK', 'Notify'].map((method) => find(method, '/it').kind)).toEqual(['operation', 'operation', 'operation']);
    // Methods are told apart by case (RFC 9110 section 9.1).
    expect(find('NOTIFY', '/it')).toEqual({ kind: 'method', allow: ['GET', 'HEAD', 'LINK', 'Notify', 'QUERY'] });
  });
});

const form = { type: 'object', required: ['a'], properties: { a: { type: 'string' }, n: { type: 'array', items: { type: 'integer' } } } };
const whole = (mediaType: string, schema: object, more: object = {}): Operation =>
  firstOperation(api({ get: { ...ok, parameters: [{ name: 'all', in: 'querystring', content: { [mediaType]: { schema, ...more } } }] } }));
const FORM = 'application/x-www-form-urlencoded';

describe('Parameter Object, in: querystring', () => {
  test.each<[name: string, operation: Operation, query: string, want: string[]]>([
    ['a form', whole(FORM, form), 'a=x&n=1&n=2', []],
    ['a form with a wrong item', whole(FORM, form), 'a=x&n=1&n=z', ['query all/n/1 type']],
    ['a form that lacks a property', whole(FORM, form), 'n=1', ['query all required']],
    ['a closed form', whole(FORM, { ...form, additionalProperties: false }), 'a=x&z=1', ['query all additionalProperties']],
    ['a form by its encoding', whole(FORM, form, { encoding: { n: { style: 'form', explode: false } } }), 'a=x&n=1,2', []],
    ['broken percent-encoding', whole(FORM, form), 'a=%zz', ['query all malformed']],
    ['JSON', whole('application/json', form), '%7B%22a%22%3A%22x%3D%26%22%7D', []],
    ['JSON, little of it encoded', whole('application/json', form), '{%22a%22:%22x=%26%22}', []],
    ['JSON that is wrong', whole('application/json', form), '{%22n%22:[1,%22z%22]}', ['query all required', 'query all/n/1 type']],
    ['what is no JSON', whole('application/json', form), 'a=x', ['query all malformed']],
    ['text', whole('text/plain', { type: 'string', pattern: '^\\$\\.' }), '%24.a%5B0%5D', []],
    ['text that is wrong', whole('text/plain', { type: 'string', pattern: '^\\$\\.' }), 'a', ['query all pattern']],
    ['no query is no value', whole('application/json', form), '', []],
  ])('%s', async (_name, operation, query, want) => {
    expect(operation.problems).toEqual([]);
    expect(await refusals(operation, query)).toEqual(want);
  });

  test('required', async () => {
    const content = { 'application/json': { schema: form } };
    const operation = firstOperation(api({ get: { ...ok, parameters: [{ name: 'all', in: 'querystring', required: true, content }] } }));
    expect(await refusals(operation)).toEqual(['query all required']);
  });

  test('the value stands under its name', async () => {
    const judged = await validateRequest(
      whole(FORM, form),
      { method: 'GET', path: '/it', query: 'a=1&n=2', headers: {}, body: undefined },
      new Map(),
    );
    expect(judged.query).toEqual({ all: { a: '1', n: [2] } });
  });

  const content = { [FORM]: { schema: form } };
  const querystring = { name: 'all', in: 'querystring', content };
  test.each<[name: string, parameters: object[], own: object[], want: string[]]>([
    [
      'beside in: query',
      [querystring, { name: 'q', in: 'query', schema: {} }],
      [],
      [
        'error: "in: querystring" stands beside "q", which is "in: query": a query is described as a whole or by its parameters; it is not checked',
      ],
    ],
    [
      'beside in: query of the path item',
      [querystring],
      [{ name: 'q', in: 'query', schema: {} }],
      [
        'error: "in: querystring" stands beside "q", which is "in: query": a query is described as a whole or by its parameters; it is not checked',
      ],
    ],
    [
      'twice',
      [querystring, { ...querystring, name: 'other' }],
      [],
      ['error: "in: querystring" stands beside another one, "all": a query string is one value; it is not checked'],
    ],
    [
      'without content',
      [{ name: 'all', in: 'querystring', schema: form }],
      [],
      ['error: "in: querystring" needs "content" with one media type, not none; it is not checked'],
    ],
    [
      'with two media types',
      [{ ...querystring, content: { ...content, 'application/json': {} } }],
      [],
      ['error: "in: querystring" needs "content" with one media type, not 2; it is not checked'],
    ],
  ])('malformed: %s', (_name, parameters, own, want) => {
    expect(lines(api({ parameters: own, get: { ...ok, parameters } }))).toEqual(want);
  });

  test('in older versions it is no place of a parameter', () => {
    expect(lines(api({ get: { ...ok, parameters: [querystring] } }, {}, '3.1.0'))).toEqual([
      'error: "in: querystring" is no place of a parameter; it is not checked',
    ]);
  });
});

describe('Style Values, style: cookie', () => {
  const cookie = (schema: object, more: object = {}, openapi = '3.2.0'): Operation =>
    firstOperation(api({ get: { ...ok, parameters: [{ name: 'c', in: 'cookie', style: 'cookie', schema, ...more }] } }, {}, openapi));
  const list = { type: 'array', items: { type: 'integer' } };
  const object = { type: 'object', properties: { r: { type: 'integer' }, g: { type: 'string' } }, required: ['r'] };

  test.each<[name: string, operation: Operation, header: string, want: unknown]>([
    ['a text is not decoded', cookie({ type: 'string' }), 'c=a%20b', 'a%20b'],
    ['in older versions it is', cookie({ type: 'string' }, {}, '3.1.0'), 'c=a%20b', 'a b'],
    ['a number', cookie({ type: 'integer' }), 'b=1; c=2', 2],
    ['a list in cookies of one name', cookie(list), 'c=1; c=2', [1, 2]],
    ['a list in one cookie', cookie(list, { explode: false }), 'c=1,2', [1, 2]],
    ['an object in cookies of its own', cookie(object), 'r=1; g=a&b; x=2', { r: 1, g: 'a&b' }],
    ['an object in one cookie', cookie(object, { explode: false }), 'c=r,1,g,b', { r: 1, g: 'b' }],
    ['absent', cookie(list), 'd=1', undefined],
  ])('%s', async (_name, operation, header, want) => {
    const message = { method: 'GET', path: '/it', query: '', headers: { cookie: header }, body: undefined };
    const { cookie: read, violations } = await validateRequest(operation, message, new Map());
    expect(violations).toEqual([]);
    expect(read['c']).toEqual(want);
  });
});

const book = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, title: { type: 'string' } } };
const sending = (mediaType: string, content: object): Operation =>
  firstOperation(api({ post: { ...ok, requestBody: { content: { [mediaType]: content } } } }, { components: { schemas: { Book: book } } }));

describe('Sequential Media Types', () => {
  const items = { itemSchema: { $ref: '#/components/schemas/Book' } };
  const event = {
    itemSchema: {
      type: 'object',
      required: ['data'],
      properties: { data: { type: 'string' }, event: { enum: ['a', 'b'] }, retry: { type: 'integer', minimum: 0 } },
    },
  };
  test.each<[name: string, mediaType: string, content: object, body: string, want: string[]]>([
    ['lines', 'application/jsonl', items, '{"id":1}\n\n{"id":2}', []],
    ['lines with the ends of Windows', 'application/x-ndjson', items, '{"id":1}\r\n{"id":2}\r\n', []],
    ['the second item is wrong', 'application/jsonl', items, '{"id":1}\n{"id":"2"}\n', ['body /1/id type']],
    ['a line that is no JSON', 'application/jsonl', items, '{"id":1}\n{"id":\n', ['body /1 malformed']],
    ['records', 'application/json-seq', items, '\u001e{"id":1}\n\u001e{"id":2}\n', []],
    ['records of a suffix', 'application/geo+json-seq', items, '\u001e{"id":1}\n\u001e{}\n', ['body /1 required']],
    ['records without a separator', 'application/json-seq', items, '{"id":1}\n', ['body  malformed']],
    ['events', 'text/event-stream', event, ': hello\nevent: a\ndata: x\ndata: y\n\nretry: 5\ndata\n\n', []],
    ['an event that is wrong', 'text/event-stream', event, 'data: x\n\nevent: c\ndata: x\n\n', ['body /1/event enum']],
    ['an event without data is none', 'text/event-stream', event, 'event: c\n\nid: 5\n\ndata: x\n\n', []],
    ['an event that is not finished is none', 'text/event-stream', event, 'data: x\n\nevent: c\ndata: y\n', []],
    ['a retry that is no number is none', 'text/event-stream', event, 'retry: soon\ndata: x\n\n', []],
    ['the whole beside the items', 'application/jsonl', { ...items, schema: { maxItems: 1 } }, '{"id":1}\n{"id":2}\n', ['body  maxItems']],
    ['the whole alone', 'application/jsonl', { schema: { type: 'array', items: book } }, '{"id":1}\n{"id":"2"}\n', ['body /1/id type']],
    ['a schema of no array says nothing of items', 'application/jsonl', { schema: book }, '{"id":"1"}\n', []],
  ])('%s', async (_name, mediaType, content, body, want) => {
    const operation = sending(mediaType, content);
    expect(operation.problems).toEqual([]);
    expect(await refusals(operation, '', { 'content-type': mediaType }, body)).toEqual(want);
  });

  const B = 'multipart/mixed; boundary=b';
  const parts = (...given: [type: string, content: string][]): string =>
    `${given.map(([type, content]) => `--b\r\n${type === '' ? '' : `Content-Type: ${type}\r\n`}\r\n${content}\r\n`).join('')}--b--\r\n`;
  const tuple = { schema: { type: 'array', prefixItems: [book], items: { type: 'string' } } };
  const encoded = { ...tuple, prefixEncoding: [{ contentType: 'application/json' }], itemEncoding: { contentType: 'image/*, text/plain' } };
  test.each<[name: string, content: object, body: string, want: string[]]>([
    ['items', items, parts(['application/json', '{"id":1}'], ['application/json', '{"id":"2"}']), ['body /1/id type']],
    ['by place', encoded, parts(['application/json', '{"id":1}'], ['image/png', 'x'], ['', 'y']), []],
    ['the first has another media type', encoded, parts(['text/plain', '{"id":1}']), ['body /0 contentType']],
    ['a further one has', encoded, parts(['application/json', '{"id":1}'], ['', 'x'], ['text/css', 'x']), ['body /2 contentType']],
    ['a part that is no JSON', encoded, parts(['application/json', '{"id":']), ['body /0 malformed']],
    [
      'a header of a part',
      { ...tuple, prefixEncoding: [{ headers: { 'X-Id': { required: true, schema: {} } } }] },
      parts(['application/json', '{"id":1}'], ['', 'x']),
      ['body /0 partHeader'],
    ],
    ['no parts', items, '--b--\r\n', []],
    ['cut short', items, '--b\r\n\r\n', ['body  malformed']],
  ])('multipart: %s', async (_name, content, body, want) => {
    expect(await refusals(sending('multipart/mixed', content), '', { 'content-type': B }, body)).toEqual(want);
  });

  test('a violation names the place in the document', async () => {
    const operation = sending('application/jsonl', items);
    const message = { method: 'POST', path: '/it', query: '', headers: { 'content-type': 'application/jsonl' }, body: Buffer.from('{}') };
    const { violations } = await validateRequest(operation, message, new Map());
    expect(violations.map(({ document }) => document)).toEqual(['api.json#/components/schemas/Book/required']);
  });

  test.each<[name: string, mediaType: string, content: object, want: string[]]>([
    [
      'itemSchema',
      'application/json',
      items,
      ['error: "itemSchema" is for sequential media types, and application/json is not known as one; its items are not checked'],
    ],
    [
      'itemEncoding',
      'multipart/form-data',
      { itemEncoding: {} },
      ['error: "itemEncoding" is for the parts of a multipart body that have no names, but this is multipart/form-data; it is not read'],
    ],
    [
      'prefixEncoding beside encoding',
      'multipart/mixed',
      { prefixEncoding: [], encoding: {} },
      ['error: "prefixEncoding" stands beside "encoding", but parts are described by name or by place; "encoding" is not read'],
    ],
  ])('misplaced: %s', (_name, mediaType, content, want) => {
    const document = api(
      { post: { ...ok, requestBody: { content: { [mediaType]: content } } } },
      { components: { schemas: { Book: book } } },
    );
    expect(lines(document)).toEqual(want);
  });

  test('an answer is judged item by item, too', async () => {
    const response = { description: 'ok', content: { 'application/jsonl': items } };
    const operation = firstOperation(api({ get: { responses: { 200: response } } }, { components: { schemas: { Book: book } } }));
    const headers = { 'content-type': 'application/jsonl' };
    const { violations, body } = await judgeResponse(
      operation,
      { status: 200, headers, body: Buffer.from('{"id":1}\n{"id":"2"}\n') },
      'GET',
    );
    expect(violations.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(['/1/id type']);
    expect(body).toEqual([{ id: 1 }, { id: '2' }]);
  });
});

describe('Media Type Object and Example Object', () => {
  const answering = (mediaType: string, content: object, components: object = {}): Operation =>
    firstOperation(api({ get: { responses: { 200: { description: 'ok', content: { [mediaType]: content } } } } }, { components }));
  const values = (operation: Operation): unknown[] =>
    findResponse(operation, 200)?.contents.flatMap(({ examples }) => examples.map(({ value }) => value)) ?? [];

  test('a reference to a media type of the components', () => {
    const components = { mediaTypes: { Book: { schema: book, example: { id: 1 } } } };
    expect(values(answering('application/json', { $ref: '#/components/mediaTypes/Book' }, components))).toEqual([{ id: 1 }]);
  });

  test.each<[name: string, mediaType: string, example: object, want: unknown[], problems: string[]]>([
    ['dataValue', 'application/json', { dataValue: { id: 1 } }, [{ id: 1 }], []],
    ['serializedValue of JSON', 'application/json', { serializedValue: '{"id":1}' }, [{ id: 1 }], []],
    ['serializedValue of another type is text', 'text/csv', { serializedValue: 'id\n1\n' }, ['id\n1\n'], []],
    ['both', 'application/json', { dataValue: { id: 1 }, serializedValue: '{"id": 1}' }, [{ id: 1 }], []],
    ['null is a value', 'application/json', { dataValue: null }, [null], []],
    [
      'serializedValue that is no JSON',
      'application/json',
      { serializedValue: '{"id":' },
      [],
      ['"serializedValue" of the example "one" is no application/json; it is not used'],
    ],
    [
      'dataValue beside value',
      'application/json',
      { dataValue: 1, value: 2 },
      [1],
      ['"dataValue" must not stand beside "value" in an example'],
    ],
    [
      'serializedValue beside value',
      'application/json',
      { serializedValue: '1', value: 2 },
      [2],
      ['"serializedValue" must not stand beside "value" in an example'],
    ],
    [
      'serializedValue beside externalValue',
      'application/json',
      { serializedValue: '1', externalValue: 'https://example.com/x.json' },
      [1],
      ['"serializedValue" must not stand beside "externalValue" in an example'],
    ],
  ])('%s', (_name, mediaType, example, want, problems) => {
    const operation = answering(mediaType, { examples: { one: example } });
    expect(values(operation)).toEqual(want);
    expect(operation.problems.map(({ message }) => message)).toEqual(problems);
  });

  test('older versions know neither', () => {
    const response = { description: 'ok', content: { 'application/json': { examples: { one: { dataValue: 1 } } } } };
    expect(values(firstOperation(api({ get: { responses: { 200: response } } }, {}, '3.1.0')))).toEqual([]);
  });

  test('an example that is the text of a sequence is judged by its items', () => {
    const content = { 'application/jsonl': { itemSchema: book, examples: { one: { serializedValue: '{"id":1}\n{}\n' } } } };
    expect(lines(api({ get: { responses: { 200: { description: 'ok', content } } } }))).toEqual([
      `warning: example "one" at /1 must have required property 'id'`,
    ]);
  });
});

describe('Security Requirement Object', () => {
  const components = { securitySchemes: { login: { type: 'http', scheme: 'bearer', deprecated: true } } };
  test.each<[name: string, requirement: string, want: [name: string, kind: string]]>([
    ['a component', 'login', ['login', 'bearer']],
    ['a URI', '#/components/securitySchemes/login', ['login', 'bearer']],
    ['a URI with a file', './api.json#/components/securitySchemes/login', ['login', 'bearer']],
    ['what leads nowhere', '#/components/securitySchemes/other', ['#/components/securitySchemes/other', 'unknown']],
  ])('%s', (_name, requirement, want) => {
    const [[scheme] = []] = firstOperation(api({ get: { ...ok, security: [{ [requirement]: [] }] } }, { components })).security;
    expect([scheme?.name, scheme?.kind]).toEqual(want);
  });
});

describe('$self', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-self-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (files: Readonly<Record<string, unknown>>): void => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), JSON.stringify(content));
    }
  };
  const body = (reference: string): object => ({
    '/it': { post: { ...ok, requestBody: { content: { 'application/json': { schema: { $ref: reference } } } } } },
  });
  const root = (name: string, self: string, reference: string): Record<string, unknown> => ({
    [`${name}/api.json`]: {
      openapi: '3.2.0',
      $self: self,
      info: { title: 't', version: '1' },
      paths: body(reference),
      components: { schemas: { Own: { type: 'integer' } } },
    },
  });

  test.each<[name: string, files: Readonly<Record<string, unknown>>, reads: boolean]>([
    ['its own address', root('own', 'https://example.com/v1/api.json', 'https://example.com/v1/api.json#/components/schemas/Own'), true],
    ['its own name, from there', root('name', 'https://example.com/v1/other.json', 'other.json#/components/schemas/Own'), true],
    [
      'a file beside it, published beside it',
      { ...root('beside', 'https://example.com/v1/api.json', 'parts.json#/Own'), 'beside/parts.json': { Own: { type: 'integer' } } },
      true,
    ],
    [
      'that file by its full address',
      {
        ...root('full', 'https://example.com/v1/api.json', 'https://example.com/v1/parts.json#/components/schemas/Own'),
        'full/parts.json': {
          openapi: '3.2.0',
          $self: 'https://example.com/v1/parts.json',
          components: { schemas: { Own: { type: 'integer' } } },
        },
        'full/api.json': {
          ...(root('full', 'https://example.com/v1/api.json', 'https://example.com/v1/parts.json#/components/schemas/Own')[
            'full/api.json'
          ] as object),
          'x-parts': { $ref: 'parts.json' },
        },
      },
      true,
    ],
    [
      'a relative $self moves the base',
      { ...root('moved/a', '../b/api.json', 'parts.json#/Own'), 'moved/b/parts.json': { Own: { type: 'integer' } } },
      true,
    ],
    ['what is nowhere', root('none', 'https://example.com/v1/api.json', 'parts.json#/Own'), false],
  ])('%s', async (_name, files, reads) => {
    write(files);
    const document = await loadDocument(join(folder, Object.keys(files).find((name) => name.endsWith('api.json')) ?? ''), { root: folder });
    const told = await refusals(firstOperation(document), '', { 'content-type': 'application/json' }, '"text"');
    expect(told).toEqual(reads ? ['body  type'] : []);
    expect(document.refused.size === 0).toBe(reads);
  });
});

test.each([
  ['3.3.0', 'OpenAPI version "3.3.0" is not known; 2.0, 3.0, 3.1 and 3.2 are'],
  ['4.0.0', 'OpenAPI version "4.0.0" is not known; 2.0, 3.0, 3.1 and 3.2 are'],
])('version %s', async (version, want) => {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-version-'));
  const file = join(folder, 'api.yaml');
  writeFileSync(file, `openapi: ${version}\n`);
  await expect(loadDocument(file)).rejects.toThrow(want);
  rmSync(folder, { recursive: true });
});

test('nothing that stands in the place of a 3.2 field throws', () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>({ $ref: '#/nowhere' }, { $ref: '#/paths' }, { type: 'array' }, ok),
  );
  fc.assert(
    fc.property(fc.array(odd, { minLength: 12, maxLength: 12 }), ([a, b, c, d, e, f, g, h, i, j, k, l]) => {
      const content = {
        'application/jsonl': { itemSchema: a, schema: b },
        'multipart/mixed': { itemSchema: c, prefixEncoding: d, itemEncoding: e },
      };
      const examples = { one: { dataValue: f, serializedValue: g } };
      const schema = { discriminator: { propertyName: 'k', defaultMapping: h }, xml: { nodeType: i } };
      const document = documentOf({
        openapi: '3.2.0',
        $self: j,
        security: [{ 'a#/b': k }],
        paths: {
          '/a': {
            query: { requestBody: { content }, responses: { 200: { content } } },
            additionalOperations: l,
            get: {
              parameters: [{ name: 'q', in: 'querystring', content: { 'application/json': { schema, examples } } }],
              responses: { 200: { content: { 'application/json': { schema, examples } } } },
            },
          },
          '/b': { query: a, additionalOperations: { LINK: b }, get: { parameters: [{ name: 'q', in: 'querystring', content: c }] } },
        },
      });
      expect(() => lintDocument(document)).not.toThrow();
    }),
  );
});
