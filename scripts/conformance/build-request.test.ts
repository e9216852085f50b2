import { expect, test } from 'vitest';
import { createSchemas, listOperations, parseDocument } from '../judge/index.ts';
import { buildRequest } from './build-request.ts';
import { parameterText, queryPairs } from './parameter-text.ts';

const DOCUMENT = `openapi: 3.0.3
security: [{basic: [], bearer: []}, {key: [], bearer: []}]
paths:
  /pets/{id}/{tags}:
    post:
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, enum: [7]}}
        - {name: tags, in: path, required: true, schema: {type: array, items: {type: string}}, example: [a b, c]}
        - {name: q, in: query, required: true, schema: {type: string}, example: 中文}
        - {name: filter, in: query, style: deepObject, required: true, schema: {type: object}, example: {a: 1}}
        - {name: X-Trace, in: header, schema: {type: string}, example: t}
        - {name: sid, in: cookie, required: true, schema: {type: string}, example: s 1}
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [name, id], properties: {id: {type: integer, readOnly: true}, name: {type: string}}}, example: {name: Rex}}}
  /impossible:
    put:
      requestBody: {required: true, content: {application/json: {schema: {allOf: [{type: string}, {type: integer}]}}}}
components:
  securitySchemes:
    basic: {type: http, scheme: basic}
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: query, name: key}
`;

function build(method: string, extent: 'required' | 'all'): ReturnType<typeof buildRequest> {
  const document = parseDocument(DOCUMENT, 'doc.yaml');
  const operation = listOperations(document).find((item) => item.method === method);
  if (operation === undefined) throw new Error(`no ${method}`);
  return buildRequest(createSchemas(document, 'request'), operation, extent);
}

test('a request with all that is required', () => {
  const request = build('POST', 'required');
  expect(request).toEqual({
    kind: 'request',
    method: 'POST',
    path: '/pets/7/a%20b,c?q=%E4%B8%AD%E6%96%87&filter[a]=1&key=key',
    headers: { authorization: 'Bearer token', cookie: 'sid=s%201', 'content-type': 'application/json' },
    body: Buffer.from('{"name":"Rex"}'),
  });
});

test('a request with what is optional, too', () => {
  expect(build('POST', 'all')).toMatchObject({ headers: { 'x-trace': 't' } });
});

test('a body that nothing can satisfy is the fault of the document', () => {
  expect(build('PUT', 'required')).toMatchObject({ kind: 'none', reason: expect.stringContaining('no valid body') });
});

// The table of styles in OpenAPI 3.1 section 4.8.12.4.
const LIST = ['blue', 'black'];
const OBJECT = { R: 100, G: 200 };
const texts: readonly [style: string, explode: boolean, value: unknown, want: string][] = [
  ['matrix', false, 'blue', ';color=blue'],
  ['matrix', false, LIST, ';color=blue,black'],
  ['matrix', true, LIST, ';color=blue;color=black'],
  ['matrix', false, OBJECT, ';color=R,100,G,200'],
  ['matrix', true, OBJECT, ';R=100;G=200'],
  ['label', false, 'blue', '.blue'],
  ['label', true, LIST, '.blue.black'],
  ['label', true, OBJECT, '.R=100.G=200'],
  ['simple', false, LIST, 'blue,black'],
  ['simple', false, OBJECT, 'R,100,G,200'],
  ['simple', true, OBJECT, 'R=100,G=200'],
];
test.each(texts)('%s, explode %s: %j', (style, explode, value, want) => {
  expect(parameterText('color', value, { style, explode }, encodeURIComponent)).toBe(want);
});

const queries: readonly [style: string, explode: boolean, value: unknown, want: string][] = [
  ['form', true, 'blue', 'color=blue'],
  ['form', true, LIST, 'color=blue&color=black'],
  ['form', false, LIST, 'color=blue,black'],
  ['form', true, OBJECT, 'R=100&G=200'],
  ['form', false, OBJECT, 'color=R,100,G,200'],
  ['spaceDelimited', false, LIST, 'color=blue%20black'],
  ['pipeDelimited', false, LIST, 'color=blue%7Cblack'],
  ['deepObject', true, OBJECT, 'color[R]=100&color[G]=200'],
];
test.each(queries)('query %s, explode %s: %j', (style, explode, value, want) => {
  expect(queryPairs('color', value, { style, explode }).join('&')).toBe(want);
});
