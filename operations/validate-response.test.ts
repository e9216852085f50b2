import { describe, expect, test } from 'vitest';
import { operationOf } from './document.fixture.ts';
import type { Operation } from './operation.ts';
import { findResponse, validateReply, validateResponse } from './validate-response.ts';

async function told(
  operation: Operation,
  status: number,
  headers: Record<string, string | string[]>,
  text?: string,
  method = 'GET',
): Promise<string[]> {
  const body = text === undefined ? undefined : Buffer.from(text);
  const violations = await validateResponse(operation, { status, headers, body }, method);
  return violations.map(({ part, name, pointer, code, severity }) =>
    [severity === 'warning' ? '(warning)' : '', part, name, pointer, code].filter(Boolean).join(' '),
  );
}

const JSON_TYPE = { 'content-type': 'application/json' };
const content = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const operation = operationOf({
  responses: {
    200: {
      ...content({ type: 'object', required: ['a'] }),
      headers: {
        'x-total': { required: true, schema: { type: 'integer' } },
        'X-Tags': { schema: { type: 'array', items: { type: 'string' } } },
      },
    },
    '2XX': content({ type: 'string' }),
    204: {},
    201: { description: 'nothing described' },
    304: content({ type: 'object' }),
    406: { content: { 'text/plain': { schema: { type: 'string' } }, '*/*': {} } },
    500: { $ref: '#/nowhere' },
    default: content({ type: 'integer' }),
  },
});

test.each([
  [200, '200'],
  [201, '201'],
  [202, '2XX'],
  [404, 'default'],
  [99, 'default'],
])('status %d is described by %s', (status, want) => expect(findResponse(operation, status)?.status).toBe(want));

test.each([
  { status: 304, method: 'GET', want: ['status undocumented', 'body unexpected'] },
  { status: 500, method: 'HEAD', want: ['status undocumented', 'body unexpected'] },
  { status: 500, method: 'GET', want: ['status undocumented'] },
])('a body that $status of $method never has is told of a status that is not documented, too', async ({ status, method, want }) => {
  expect(await told(operationOf({ responses: { 200: {} } }), status, JSON_TYPE, '{}', method)).toEqual(want);
});

describe('validateResponse', () => {
  const total = { ...JSON_TYPE, 'x-total': '1' };
  test.each<{ name: string; status: number; headers: Record<string, string | string[]>; text?: string; method?: string; want: string[] }>([
    { name: 'right', status: 200, headers: total, text: '{"a":1}', want: [] },
    {
      name: 'body and header wrong',
      status: 200,
      headers: { ...JSON_TYPE, 'x-total': 'x' },
      text: '{}',
      want: ['header x-total type', 'body required'],
    },
    { name: 'a header missing', status: 200, headers: JSON_TYPE, text: '{"a":1}', want: ['header x-total required'] },
    { name: 'no body', status: 200, headers: total, want: ['body required'] },
    { name: 'malformed', status: 200, headers: total, text: '{', want: ['body malformed'] },
    {
      name: 'another media type',
      status: 200,
      headers: { ...total, 'content-type': 'text/html' },
      text: 'x',
      want: ['media-type undocumented'],
    },
    {
      name: 'problem+json is another media type',
      status: 200,
      headers: { ...total, 'content-type': 'application/problem+json' },
      text: '{"a":1}',
      want: ['media-type undocumented'],
    },
    { name: 'no media type', status: 200, headers: { 'x-total': '1' }, text: '{"a":1}', want: ['media-type undocumented'] },
    {
      name: 'a doubled media type',
      status: 200,
      headers: { ...total, 'content-type': ['application/json', 'text/html'] },
      text: '{"a":1}',
      want: [],
    },
    { name: 'HEAD without a body', status: 200, headers: total, method: 'HEAD', want: [] },
    { name: 'HEAD with a body', status: 200, headers: total, text: '{"a":1}', method: 'HEAD', want: ['body unexpected'] },
    { name: 'a class of statuses', status: 202, headers: JSON_TYPE, text: '5', want: ['body type'] },
    { name: '204 with a body', status: 204, headers: {}, text: 'x', want: ['body unexpected'] },
    { name: '204', status: 204, headers: {}, want: [] },
    { name: '205 with a body', status: 205, headers: JSON_TYPE, text: '"x"', want: ['body unexpected'] },
    { name: '304 needs no body, whatever is described', status: 304, headers: {}, want: [] },
    { name: 'a body where none is described', status: 201, headers: {}, text: 'x', want: ['(warning) body undocumented'] },
    { name: 'a range', status: 406, headers: { 'content-type': 'image/png' }, text: 'x', want: [] },
    { name: 'a dangling response', status: 500, headers: { 'content-type': 'text/html' }, text: 'x', want: [] },
    { name: 'default', status: 404, headers: JSON_TYPE, text: '"x"', want: ['body type'] },
  ])('$name', async ({ status, headers, text, method, want }) =>
    expect(await told(operation, status, headers, text, method)).toEqual(want),
  );

  test('an undocumented status is told; a document that describes no response has promised nothing', async () => {
    expect(await told(operationOf({ responses: { 200: {} } }), 404, {}, 'x')).toEqual(['status undocumented']);
    expect(await told(operationOf({ responses: {} }), 404, {}, 'x')).toEqual([]);
    expect(await told(operationOf({}), 404, {}, 'x')).toEqual([]);
  });
});

test('validateReply judges a value by the schema of its content', () => {
  const [ok] = operation.responses;
  const [first] = ok?.contents ?? [];
  expect(first && validateReply(first, {}).map(({ side, code }) => [side, code])).toEqual([['response', 'required']]);
  const any = findResponse(operation, 406)?.contents[1];
  expect(any && validateReply(any, 5)).toEqual([]);
});
