import { describe, expect, test } from 'vitest';
import { documentOf, firstOperation, operationOf } from './document.fixture.ts';
import type { Operation } from './operation.ts';

const problems = (operation: Operation): string[] => operation.problems.map((problem) => `${problem.address} ${problem.message}`);
const swagger = (operation: Record<string, unknown>, document: Record<string, unknown> = {}): Operation =>
  firstOperation(documentOf({ swagger: '2.0', paths: { '/a/{id}': { post: { responses: {}, ...operation } } }, ...document }));
const STRING = { schema: { type: 'string' } };

describe('parameters', () => {
  test("the operation's replace the path's of the same name and place, headers in any case", () => {
    const operation = firstOperation(
      documentOf({
        openapi: '3.0.0',
        paths: {
          '/a/{id}': {
            parameters: [
              { name: 'id', in: 'path', ...STRING },
              { name: 'X-A', in: 'header', ...STRING },
              { name: 'id', in: 'query', ...STRING },
            ],
            get: {
              parameters: [
                { name: 'x-a', in: 'header', required: true, ...STRING },
                { name: 'id', in: 'query', required: true, ...STRING },
              ],
              responses: {},
            },
          },
        },
      }),
    );
    expect(operation.parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([
      ['id', 'path', true],
      ['x-a', 'header', true],
      ['id', 'query', true],
    ]);
  });

  test.each([
    { given: { in: 'query' }, want: ['form', true] },
    { given: { in: 'cookie' }, want: ['form', true] },
    { given: { in: 'header' }, want: ['simple', false] },
    { given: { in: 'query', style: 'spaceDelimited' }, want: ['spaceDelimited', false] },
    { given: { in: 'query', style: 'nonsense', explode: false }, want: ['form', false] },
    { given: { in: 'query', style: 'deepObject', explode: true }, want: ['deepObject', true] },
  ])('style and explode of $given', ({ given, want }) => {
    const [parameter] = operationOf({ parameters: [{ name: 'x', ...given, ...STRING }], responses: {} }).parameters;
    expect([parameter?.style, parameter?.explode]).toEqual(want);
  });

  test.each([
    { given: {}, want: ['form', false] },
    { given: { collectionFormat: 'multi' }, want: ['form', true] },
    { given: { collectionFormat: 'ssv' }, want: ['spaceDelimited', false] },
    { given: { collectionFormat: 'tsv' }, want: ['tabDelimited', false] },
    { given: { collectionFormat: 'pipes' }, want: ['pipeDelimited', false] },
  ])('collectionFormat of $given', ({ given, want }) => {
    const [parameter] = swagger({ parameters: [{ name: 'x', in: 'query', type: 'array', items: {}, ...given }] }).parameters;
    expect([parameter?.style, parameter?.explode]).toEqual(want);
  });

  test('Accept, Content-Type and Authorization are described elsewhere in 3.x, not in 2.0', () => {
    const parameters = ['Accept', 'content-type', 'AUTHORIZATION', 'X-Other'].map((name) => ({ name, in: 'header', ...STRING }));
    expect(operationOf({ parameters, responses: {} }).parameters.map(({ name }) => name)).toEqual(['X-Other']);
    expect(swagger({ parameters }).parameters).toHaveLength(4);
  });

  test('secrets are known by format, by extension and behind a reference', () => {
    const document = { components: { schemas: { Secret: { type: 'string', format: 'password' } } } };
    const parameters = [
      { name: 'a', in: 'query', schema: { type: 'string', format: 'password' } },
      { name: 'b', in: 'query', 'x-sensitive': true, ...STRING },
      { name: 'c', in: 'query', schema: { $ref: '#/components/schemas/Secret' } },
      { name: 'd', in: 'query', ...STRING },
    ];
    expect(operationOf({ parameters, responses: {} }, document).parameters.map(({ sensitive }) => sensitive)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test.each<{ name: string; given: unknown; want: RegExp }>([
    { name: 'a dangling reference', given: { $ref: '#/nowhere' }, want: /leads nowhere/ },
    { name: 'no name', given: { in: 'query' }, want: /needs "name" and "in"/ },
    { name: 'null', given: null, want: /needs "name" and "in"/ },
    { name: 'a place of Swagger 2.0', given: { name: 'b', in: 'body' }, want: /"in: body" is no place/ },
    { name: 'a name that the path does not have', given: { name: 'other', in: 'path', ...STRING }, want: /the path \/it has no \{other\}/ },
  ])('left out and told: $name', ({ given, want }) => {
    const operation = operationOf({ parameters: [given], responses: {} });
    expect(operation.parameters).toEqual([]);
    expect(problems(operation)).toEqual([expect.stringMatching(want)]);
  });
});

describe('responses', () => {
  test('headers and examples may be called x-something', () => {
    const response = {
      headers: { 'x-total': { required: true, schema: { type: 'integer' } }, 'Content-Type': { ...STRING } },
      content: {
        'application/json': {
          examples: { 'x-one': { value: 1 }, far: { externalValue: 'x' }, ref: { $ref: '#/components/examples/E' } },
          example: 3,
        },
      },
    };
    const [rule] = operationOf({ responses: { 200: response, 'x-note': {} } }, { components: { examples: { E: { value: 2 } } } }).responses;
    expect(rule?.headers.map(({ name }) => name)).toEqual(['x-total']);
    expect(rule?.contents[0]?.examples.map(({ name, value }) => [name, value])).toEqual([
      ['x-one', 1],
      ['ref', 2],
      ['default', 3],
    ]);
  });

  test('statuses, an empty one, a dangling one, a media type that is none', () => {
    const operation = operationOf({ responses: { 204: {}, '4xx': { content: { json: {} } }, default: { $ref: '#/nowhere' }, 200: null } });
    expect(operation.responses.map(({ status, contents }) => [status, contents.length])).toEqual([
      ['200', 0],
      ['204', 0],
      ['4XX', 0],
      ['default', 0],
    ]);
    expect(problems(operation)).toEqual([expect.stringMatching(/"json" is no media type/), expect.stringMatching(/leads nowhere/)]);
  });

  test.each([undefined, null, [], {}])('responses: %j', (responses) => expect(operationOf({ responses }).responses).toEqual([]));
});

describe('Swagger 2.0', () => {
  test('a body without consumes is JSON', () => {
    const operation = swagger({ parameters: [{ name: 'b', in: 'body', required: true, schema: { type: 'object' } }] });
    expect(operation.requestBody?.contents.map(({ mediaType }) => mediaType)).toEqual(['application/json']);
    expect(operation.requestBody?.required).toBe(true);
  });

  test.each<{ name: string; operation: Record<string, unknown>; document: Record<string, unknown>; want: [string[], boolean] }>([
    { name: 'nothing said', operation: {}, document: {}, want: [['application/json'], true] },
    { name: "the document's", operation: {}, document: { produces: ['a/b'] }, want: [['a/b'], false] },
    { name: "the operation's", operation: { produces: ['c/d', 'e/f'] }, document: { produces: ['a/b'] }, want: [['c/d', 'e/f'], false] },
    { name: 'none of its own', operation: { produces: [] }, document: { produces: ['a/b'] }, want: [['application/json'], true] },
  ])('produces: $name', ({ operation, document, want }) => {
    const [rule] = swagger({ responses: { 200: { schema: { type: 'string' } } }, ...operation }, document).responses;
    expect([rule?.contents.map(({ mediaType }) => mediaType), rule?.openMediaType]).toEqual(want);
  });

  test('examples by media type, by range and by name', () => {
    const [rule] = swagger({
      produces: ['application/json', 'text/plain'],
      responses: { 200: { schema: {}, examples: { 'application/*': 1, 'text/plain': 2, some: 3 } } },
    }).responses;
    expect(rule?.contents.map(({ examples }) => examples.map(({ name, value }) => [name, value]))).toEqual([
      [
        ['default', 1],
        ['some', 3],
      ],
      [
        ['default', 2],
        ['some', 3],
      ],
    ]);
  });

  test('form parameters are one object, and violations name the parameter', () => {
    const operation = swagger({
      parameters: [
        { name: 'id', in: 'path', type: 'string', required: true },
        { name: 'n', in: 'formData', type: 'integer', required: true },
        { name: '__proto__', in: 'formData', type: 'array', items: { type: 'string' }, collectionFormat: 'pipes' },
        { name: 's', in: 'formData', type: 'string' },
      ],
    });
    const [content] = operation.requestBody?.contents ?? [];
    expect(operation.requestBody?.contents.map(({ mediaType }) => mediaType)).toEqual([
      'application/x-www-form-urlencoded',
      'multipart/form-data',
    ]);
    expect(content?.validator?.validate({ n: 'x', s: '' }).map((issue) => `${issue.document} ${issue.code}`)).toEqual([
      'api.json#/paths/~1a~1{id}/post/parameters/1/type type',
      'api.json#/paths/~1a~1{id}/post/parameters/3/minLength minLength',
    ]);
    expect(content?.validator?.validate({}).map((issue) => issue.message)).toEqual(["must have required property 'n'"]);
    expect(Object.entries(content?.encoding ?? {}).map(([name]) => name)).toEqual(['n', '__proto__', 's']);
  });

  test('a file makes the form multipart', () => {
    const operation = swagger({ parameters: [{ name: 'f', in: 'formData', type: 'file' }] });
    expect(operation.requestBody?.contents.map(({ mediaType }) => mediaType)).toEqual(['multipart/form-data']);
    expect(operation.requestBody?.required).toBe(false);
  });
});

test.each<Record<string, unknown>>([
  { parameters: {}, requestBody: [], responses: 'x', security: {} },
  {
    parameters: [1, 'x', [], {}],
    requestBody: { content: [1] },
    responses: { 200: { content: { 'a/b': null }, headers: [1] } },
    security: [null, 1],
  },
  { requestBody: { $ref: '#/nowhere' }, responses: [] },
  { requestBody: { $ref: '#/paths/~1it/post/requestBody' } },
])('an operation of nonsense compiles: %j', (given) => {
  for (const version of ['3.0.0', '3.1.0']) expect(operationOf(given, { openapi: version }).id).toBe('POST /it');
  expect(swagger(given).id).toBe('POST /a/{id}');
});
