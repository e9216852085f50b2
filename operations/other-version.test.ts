import { describe, expect, it } from 'vitest';
import { documentOf, firstOperation } from './document.fixture.ts';
import { judgeResponse } from './validate-response.ts';

type Members = Readonly<Record<string, unknown>>;

const schema = { type: 'object', properties: { a: { type: 'integer' } } };
const json = { 'application/json': { schema } };
const operation = (version: string, given: Members) =>
  firstOperation(documentOf({ ...(version === '2.0' ? { swagger: version } : { openapi: version }), paths: { '/it': { post: given } } }));
const messages = (version: string, given: Members): string[] => operation(version, given).problems.map(({ message }) => message);

describe('the words of the other generation', () => {
  it.each<{ name: string; version: string; given: Members; want: RegExp }>([
    { name: 'a schema of a response', version: '3.0.3', given: { responses: { 200: { schema } } }, want: /in its "content"/ },
    { name: 'content of a response', version: '2.0', given: { responses: { 200: { content: json } } }, want: /no "content"/ },
    { name: 'a request body', version: '2.0', given: { requestBody: { content: json } }, want: /no "requestBody"/ },
    { name: 'a body as a parameter', version: '3.1.0', given: { parameters: [{ name: 'b', in: 'body', schema }] }, want: /no place/ },
    {
      name: 'a field of a form',
      version: '3.1.0',
      given: { parameters: [{ name: 'b', in: 'formData', type: 'string' }] },
      want: /no place/,
    },
    {
      name: 'a type of a parameter',
      version: '3.0.3',
      given: { parameters: [{ name: 'q', in: 'query', type: 'integer' }] },
      want: /in its "schema"/,
    },
    { name: 'a schema of a parameter', version: '2.0', given: { parameters: [{ name: 'q', in: 'query', schema }] }, want: /no "schema"/ },
  ])('$name in $version is a defect', ({ version, given, want }) => {
    expect(messages(version, given)).toEqual([expect.stringMatching(want)]);
  });

  it.each<{ name: string; version: string; given: Members }>([
    { name: 'both of a response', version: '3.0.3', given: { responses: { 200: { schema, content: json } } } },
    { name: 'both of a response of old', version: '2.0', given: { responses: { 200: { schema, content: json } } } },
    { name: 'a parameter without a schema', version: '3.0.3', given: { parameters: [{ name: 'q', in: 'query' }] } },
    { name: 'a body of old', version: '2.0', given: { parameters: [{ name: 'b', in: 'body', schema }] } },
    { name: 'a type beside content', version: '3.0.3', given: { parameters: [{ name: 'q', in: 'query', type: 'x', content: json }] } },
  ])('$name in $version is none', ({ version, given }) => {
    expect(messages(version, given)).toEqual([]);
  });

  it('a body that nobody can read is not asked for', () => {
    expect(operation('2.0', { requestBody: { required: true, content: json } })).toMatchObject({
      requestBody: undefined,
      hasUnreadBody: true,
    });
    expect(operation('3.0.3', { parameters: [{ name: 'b', in: 'body', schema }] })).toMatchObject({ hasUnreadBody: true });
    expect(operation('3.0.3', { requestBody: { $ref: '#/nowhere' } })).toMatchObject({ hasUnreadBody: true });
    expect(operation('3.0.3', {}).hasUnreadBody).toBe(undefined);
  });

  it.each<[string, string, Members]>([
    ['a schema', '3.0.3', { schema }],
    ['content', '2.0', { content: json }],
    ['no media type', '3.1.0', { content: { json: { schema } } }],
    ['a reference for media types', '3.1.0', { content: { $ref: '#/components/x' } }],
  ])('%s of a response in %s: its body is held against nobody', async (_name, version, response) => {
    const headers = { 'content-type': 'application/json' };
    const given = operation(version, { ...(version === '2.0' ? { produces: ['text/plain'] } : {}), responses: { 200: response } });
    expect((await judgeResponse(given, { status: 200, headers, body: Buffer.from('{"a":"x"}') }, 'POST')).violations).toEqual([]);
  });
});
