import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadDocument } from '../operations/index.ts';
import { lintStructure } from './structure.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-structure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ok = { responses: { 200: { description: 'ok' } } };
const api = (pathItem: object, more: object = {}): object => ({
  openapi: '3.2.0',
  info: { title: 't', version: '1' },
  paths: { '/a': pathItem },
  ...more,
});
const response = (content: object): object => ({ get: { responses: { 200: { description: 'ok', content } } } });

async function told(root: object, files: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  for (const [name, value] of Object.entries({ 'api.json': root, ...files })) writeFileSync(join(folder, name), JSON.stringify(value));
  const found = await lintStructure(await loadDocument(join(folder, 'api.json')));
  return found.map(({ address, message }) => `${address} ${message}`);
}

test.each<[name: string, root: object]>([
  ['what 3.1 has', api({ get: ok })],
  ['methods', api({ query: ok, additionalOperations: { LINK: ok } })],
  ['a response with a summary alone', api({ get: { responses: { 200: { summary: 'ok' } } } })],
  ['the whole query', api({ get: { ...ok, parameters: [{ name: 'q', in: 'querystring', content: { 'application/json': {} } }] } })],
  ['a cookie', api({ get: { ...ok, parameters: [{ name: 'c', in: 'cookie', style: 'cookie', allowReserved: true, schema: {} }] } })],
  ['items', api(response({ 'application/jsonl': { itemSchema: {}, examples: { a: { dataValue: [1], serializedValue: '1\n' } } } }))],
  ['parts', api(response({ 'multipart/mixed': { schema: {}, prefixEncoding: [{ headers: {}, encoding: {} }], itemEncoding: {} } }))],
  [
    'media types of the components',
    api(response({ 'a/b': { $ref: '#/components/mediaTypes/A' } }), { components: { mediaTypes: { A: { itemSchema: true } } } }),
  ],
  [
    'names and trees',
    api(
      { get: ok },
      { $self: 'x.json', servers: [{ url: '/', name: 'a' }], tags: [{ name: 'a', summary: 'b', parent: 'c', kind: 'nav' }] },
    ),
  ],
  [
    'security',
    api(
      { get: ok },
      {
        components: {
          securitySchemes: {
            a: { type: 'oauth2', deprecated: true, oauth2MetadataUrl: 'https://a.test/x', flows: { deviceAuthorization: {} } },
          },
        },
      },
    ),
  ],
  ['callbacks', api({ post: { ...ok, callbacks: { c: { '{$request.body#/url}': { query: ok } } } } })],
])('nothing is said of %s', async (_name, root) => {
  expect(await told(root)).toEqual([]);
});

test.each<[name: string, root: object, want: string[]]>([
  [
    'what 3.1 refuses',
    api({ get: { response: {} } }),
    ['api.json#/paths/~1a/get/response structure: /paths/~1a/get must not have "response"'],
  ],
  [
    'inside of QUERY',
    api({ query: { ...ok, summary: 1 } }),
    ['api.json#/paths/~1a/query/summary structure: /paths/~1a/query/summary must be string'],
  ],
  [
    'inside of an additional operation',
    api({ additionalOperations: { LINK: { ...ok, odd: 1 } } }),
    ['api.json#/paths/~1a/additionalOperations/LINK/odd structure: /paths/~1a/additionalOperations/LINK must not have "odd"'],
  ],
  [
    'inside of a media type of the components',
    api({ get: ok }, { components: { mediaTypes: { A: { odd: 1 } } } }),
    ['api.json#/components/mediaTypes/A/odd structure: /components/mediaTypes/A must not have "odd"'],
  ],
  ['a tag', api({ get: ok }, { tags: [{ name: 'a', parent: 1 }] }), ['api.json#/tags/0/parent structure: /tags/0/parent must be a string']],
  [
    'items',
    api(response({ 'application/jsonl': { itemSchema: [] } })),
    [
      'api.json#/paths/~1a/get/responses/200/content/application~1jsonl/itemSchema structure: /paths/~1a/get/responses/200/content/application~1jsonl/itemSchema must be a schema: an object or a boolean',
    ],
  ],
  ['$self', api({ get: ok }, { $self: 1 }), ['api.json#/$self structure: /$self must be a string']],
])('%s', async (_name, root, want) => {
  expect(await told(root)).toEqual(want);
});

test('in a path item of another file', async () => {
  const root = api({ $ref: 'a.json' });
  expect(await told(root, { 'a.json': { query: { ...ok, odd: 1 } } })).toEqual([
    'a.json#/query/odd structure: /paths/~1a/query must not have "odd"',
  ]);
});
