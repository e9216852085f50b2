import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operationOf } from './document.fixture.ts';
import type { Operation } from './operation.ts';
import { validateRequest } from './validate-request.ts';
import type { JudgedRequest, RequestMessage } from './validate-request.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

function judge(
  operation: Operation,
  request: Partial<RequestMessage> & { text?: string } = {},
  values: Record<string, string> = {},
): JudgedRequest {
  const { text, ...rest } = request;
  const body = text === undefined ? undefined : Buffer.from(text);
  const judged = validateRequest(
    operation,
    { method: 'POST', path: '/it', query: '', headers: text === undefined ? {} : JSON_TYPE, body, ...rest },
    new Map(Object.entries(values)),
  );
  if (judged instanceof Promise) throw new Error('only multipart bodies are a promise');
  return judged;
}

const told = ({ violations }: JudgedRequest): string[] =>
  violations.map(({ part, name, pointer, code, severity }) =>
    [severity === 'warning' ? '(warning)' : '', part, name, pointer, code].filter(Boolean).join(' '),
  );

const bodyOf = (schema: unknown, more: Record<string, unknown> = {}, mediaType = 'application/json') =>
  operationOf({ requestBody: { content: { [mediaType]: { schema } }, ...more }, responses: {} });

describe('bodies', () => {
  const operation = bodyOf({ type: 'object', required: ['a'] }, { required: true });
  test.each<{ name: string; request: Partial<RequestMessage> & { text?: string }; want: string[] }>([
    { name: 'right', request: { text: '{"a":1}' }, want: [] },
    { name: 'none', request: {}, want: ['body required'] },
    { name: 'empty', request: { text: '' }, want: ['body required'] },
    { name: 'not JSON', request: { text: '{"a":' }, want: ['body malformed'] },
    { name: 'not UTF-8', request: { body: Buffer.from([0x22, 0xff, 0x22]), headers: JSON_TYPE }, want: ['body malformed'] },
    { name: 'nested too deeply', request: { text: `${'['.repeat(200_000)}${']'.repeat(200_000)}` }, want: ['body type'] },
    { name: 'against the schema', request: { text: '{}' }, want: ['body required'] },
    { name: 'null', request: { text: 'null' }, want: ['body type'] },
    { name: 'without a media type: the documented one is meant', request: { text: '{}', headers: {} }, want: ['body required'] },
    {
      name: 'of another media type',
      request: { text: '{"a":1}', headers: { 'content-type': 'text/plain' } },
      want: ['media-type undocumented'],
    },
    {
      name: 'of a media type of its own that is JSON',
      request: { text: '{"a":1}', headers: { 'content-type': 'application/problem+json' } },
      want: ['media-type undocumented'],
    },
    {
      name: 'of a doubled media type',
      request: { text: '{"a":1}', headers: { 'content-type': 'application/json, application/json' } },
      want: [],
    },
    {
      name: 'of no media type at all',
      request: { text: '{"a":1}', headers: { 'content-type': 'nonsense' } },
      want: ['media-type undocumented'],
    },
    { name: 'with a charset', request: { text: '{"a":1}', headers: { 'content-type': 'APPLICATION/JSON; charset="utf-8"' } }, want: [] },
  ])('$name', ({ request, want }) => expect(told(judge(operation, request))).toEqual(want));

  test('an optional body may be absent, and one that is not described is nobody’s concern', () => {
    expect(told(judge(bodyOf({ type: 'object' })))).toEqual([]);
    expect(told(judge(operationOf({ responses: {} }), { text: 'x' }))).toEqual([]);
  });

  test.each<{ name: string; mediaType: string; schema: unknown; sent: string; text: string; want: string[]; value?: unknown }>([
    { name: 'a range', mediaType: '*/*', schema: { type: 'object' }, sent: 'application/json', text: '1', want: ['body type'] },
    {
      name: 'a range of a type',
      mediaType: 'text/*',
      schema: { type: 'string', maxLength: 1 },
      sent: 'text/csv',
      text: 'a,b',
      want: ['body maxLength'],
    },
    {
      name: 'bytes',
      mediaType: 'application/octet-stream',
      schema: { type: 'string', format: 'binary' },
      sent: 'application/octet-stream',
      text: 'x',
      want: [],
    },
    {
      name: 'a number as plain text',
      mediaType: 'text/plain',
      schema: { type: 'integer' },
      sent: 'text/plain',
      text: '5',
      want: [],
      value: 5,
    },
    {
      name: 'digits as plain text',
      mediaType: 'text/plain',
      schema: { type: 'string' },
      sent: 'text/plain',
      text: '5',
      want: [],
      value: '5',
    },
    {
      name: 'letters for a number',
      mediaType: 'text/plain',
      schema: { type: 'integer' },
      sent: 'text/plain',
      text: 'five',
      want: ['body type'],
    },
    {
      name: 'an object as plain text',
      mediaType: 'text/plain',
      schema: { type: 'object', required: ['a'] },
      sent: 'text/plain',
      text: ' {"a":5}',
      want: [],
      value: { a: 5 },
    },
    {
      name: 'plain text that looks like an object',
      mediaType: 'text/plain',
      schema: { type: 'string' },
      sent: 'text/plain',
      text: '{"a":5}',
      want: [],
      value: '{"a":5}',
    },
    {
      name: 'plain text that is no object',
      mediaType: 'text/plain',
      schema: { type: 'object' },
      sent: 'text/plain',
      text: '{a}',
      want: ['body type'],
    },
    {
      name: 'rows, which a schema of a list tells nothing of',
      mediaType: 'text/csv',
      schema: { type: 'array', items: { type: 'object' } },
      sent: 'text/csv; header=present',
      text: 'a,b\n1,2',
      want: [],
    },
    {
      name: 'text where anything may come, but an object is asked for',
      mediaType: '*/*',
      schema: { type: 'object' },
      sent: 'text/html',
      text: '<p>',
      want: ['body type'],
    },
    {
      name: 'a version that is not sent',
      mediaType: 'application/json; version=1',
      schema: { type: 'integer' },
      sent: 'application/json',
      text: '5',
      want: [],
      value: 5,
    },
    {
      name: 'another kind of JSON',
      mediaType: 'application/vnd.x+json',
      schema: { type: 'integer' },
      sent: 'application/vnd.x+json',
      text: '"x"',
      want: ['body type'],
    },
    {
      name: 'an urlencoded form',
      mediaType: 'application/x-www-form-urlencoded',
      schema: { properties: { n: { type: 'integer' } } },
      sent: 'application/x-www-form-urlencoded',
      text: 'n=5',
      want: [],
      value: { n: 5 },
    },
  ])('$name', ({ mediaType, schema, sent, text, want, ...row }) => {
    const judged = judge(bodyOf(schema, {}, mediaType), { text, headers: { 'content-type': sent } });
    expect(told(judged)).toEqual(want);
    if ('value' in row) expect(judged.body).toEqual(row.value);
  });

  test('integers keep every digit', () => {
    const operation = bodyOf({ type: 'object', properties: { id: { type: 'integer', format: 'int64' } } });
    expect(judge(operation, { text: '{"id":9007199254740993}' }).body).toEqual({ id: 9007199254740993n });
    expect(told(judge(operation, { text: '{"id":9223372036854775807}' }))).toEqual([]);
    expect(told(judge(operation, { text: '{"id":9223372036854775808}' }))).toEqual(['body /id format']);
  });

  test('a body of 5 MB with a million errors has a hundred violations', () => {
    const operation = bodyOf({ type: 'array', items: { type: 'string' } });
    const firsts = Array.from({ length: 100 }, (_, at) => `body /${at} type`);
    expect(told(judge(operation, { text: `[${'12345,'.repeat(900_000)}1]` }))).toEqual(firsts);
  });

  test('a schema that can not be used is a warning, a dangling reference too is no silence', () => {
    const operation = operationOf({ requestBody: { content: { 'application/json': { schema: { $ref: '#/nowhere' } } } }, responses: {} });
    expect(told(judge(operation, { text: '1' }))).toEqual([]);
    expect(operation.validators.problems.map((problem) => problem.address)).toEqual([
      'api.json#/paths/~1it/post/requestBody/content/application~1json/schema',
    ]);
  });
});

describe('parameters', () => {
  const operation = operationOf({
    parameters: [
      { name: 'n', in: 'query', required: true, schema: { type: 'integer', format: 'int64' } },
      { name: 'old', in: 'query', deprecated: true, schema: { type: 'string' } },
      { name: 'empty', in: 'query', allowEmptyValue: true, schema: { type: 'integer' } },
      { name: 'X-H', in: 'header', schema: { type: 'array', items: { type: 'integer' } } },
      { name: 'c', in: 'cookie', schema: { type: 'boolean' } },
      { name: 'secret', in: 'query', schema: { type: 'string', format: 'password', maxLength: 2 } },
      { name: '__proto__', in: 'query', schema: { type: 'string' } },
    ],
    responses: {},
  });
  test.each<{ name: string; query?: string; headers?: Record<string, string>; want: string[] }>([
    { name: 'nothing', want: ['query n required'] },
    { name: 'right', query: 'n=9223372036854775807', want: [] },
    { name: 'beyond int64', query: 'n=9223372036854775808', want: ['query n format'] },
    { name: 'not a number', query: 'n=x', want: ['query n type'] },
    { name: 'deprecated', query: 'n=1&old=x', want: ['(warning) query old deprecated'] },
    { name: 'empty', query: 'n=1&empty=', want: [] },
    { name: 'a header', query: 'n=1', headers: { 'x-h': '1, x' }, want: ['header X-H /1 type'] },
    { name: 'a cookie', query: 'n=1', headers: { cookie: 'a=b; c=maybe' }, want: ['cookie c type'] },
    { name: 'undocumented ones', query: 'n=1&zzz=1', headers: { 'x-zzz': '1' }, want: [] },
    { name: 'broken percent-encoding', query: 'n=%', want: ['query n malformed'] },
  ])('$name', ({ query = '', headers = {}, want }) => expect(told(judge(operation, { query, headers }))).toEqual(want));

  test('values in the types of the document; a secret is judged but not shown', () => {
    const judged = judge(operation, { query: 'n=9007199254740993&secret=abc&__proto__=x', headers: { cookie: 'c=true' } });
    expect(judged.query).toEqual(
      Object.fromEntries<unknown>([
        ['n', 9007199254740993n],
        ['secret', 'abc'],
        ['__proto__', 'x'],
      ]),
    );
    expect(judged.cookie).toEqual({ c: true });
    expect(judged.violations.map(({ code, actual }) => [code, actual])).toEqual([['maxLength', undefined]]);
  });
});

test('security and violations are both told', () => {
  const operation = operationOf(
    { security: [{ k: [] }], parameters: [{ name: 'n', in: 'query', required: true, schema: {} }], responses: {} },
    { components: { securitySchemes: { k: { type: 'apiKey', in: 'cookie', name: 'sid' } } } },
  );
  expect(judge(operation).unauthorized?.message).toBe('needs the cookie "sid"');
  expect(told(judge(operation))).toEqual(['query n required']);
  expect(judge(operation, { headers: { cookie: 'sid=1' } }).unauthorized).toBeUndefined();
});

test('no request makes it throw', () => {
  const operation = operationOf({
    parameters: [
      { name: 'q', in: 'query', style: 'deepObject', schema: { type: 'object', properties: { a: { type: 'integer' } } } },
      { name: 'h', in: 'header', schema: { type: 'array', items: { type: 'number' } } },
      { name: 'c', in: 'cookie', schema: { oneOf: [{ type: 'integer' }, { type: 'boolean' }] } },
    ],
    requestBody: {
      content: {
        'application/json': { schema: { type: 'object' } },
        'application/xml': { schema: { type: 'object' } },
        'application/x-www-form-urlencoded': { schema: {} },
      },
    },
    responses: {},
  });
  const text = fc.string({ unit: 'binary' });
  const type = fc.oneof(fc.constantFrom('application/json', 'application/xml', 'application/x-www-form-urlencoded'), text);
  fc.assert(
    fc.property(text, text, text, type, fc.uint8Array(), (query, h, cookie, contentType, bytes) => {
      const judged = judge(operation, {
        query: `q[a]=${query}&${query}`,
        headers: { h, cookie: `c=${cookie}`, 'content-type': contentType },
        body: Buffer.from(bytes),
      });
      expect(Array.isArray(judged.violations)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
