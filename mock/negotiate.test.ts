import { describe, expect, test } from 'vitest';
import { ask, json, mockOf, openapi } from './mock.fixture.ts';

const text = (value: string) => ({ schema: { type: 'string' }, example: value });
const formats = (types: readonly string[]) => ({
  get: { responses: { 200: { description: 'many', content: Object.fromEntries(types.map((type) => [type, text(type)])) } } },
});
const mock = await mockOf([
  openapi({
    '/three': formats(['application/json', 'application/xml', 'text/plain']),
    '/versions': formats(['application/json; version=1', 'application/json; version=2']),
    '/any': formats(['*/*']),
    '/image': formats(['image/*']),
    '/problem': formats(['application/problem+json']),
    '/none': { get: { responses: { 200: { description: 'no content' } } } },
  }),
]);

describe('Accept', () => {
  const cases: readonly { name: string; path: string; accept: string | undefined; want: string | number }[] = [
    { name: 'absent: the first', path: '/three', accept: undefined, want: 'application/json' },
    { name: 'empty: the first', path: '/three', accept: '', want: 'application/json' },
    { name: 'exact', path: '/three', accept: 'application/xml', want: 'application/xml' },
    { name: 'highest weight', path: '/three', accept: 'application/json;q=0.5, text/plain;q=0.9', want: 'text/plain' },
    { name: 'axios', path: '/three', accept: 'application/json, text/plain, */*', want: 'application/json' },
    {
      name: 'a browser',
      path: '/three',
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      want: 'application/xml',
    },
    { name: 'range', path: '/three', accept: 'text/*', want: 'text/plain' },
    { name: 'the closest range gives the weight', path: '/three', accept: '*/*, application/json;q=0.1', want: 'application/xml' },
    { name: 'q=0 refuses', path: '/three', accept: '*/*, application/json;q=0', want: 'application/xml' },
    { name: 'q=0 on a range refuses', path: '/three', accept: '*/*, application/*;q=0', want: 'text/plain' },
    { name: 'all refused', path: '/three', accept: '*/*;q=0', want: 406 },
    { name: 'nothing fits', path: '/three', accept: 'text/csv', want: 406 },
    { name: 'garbage', path: '/three', accept: 'garbage', want: 406 },
    { name: 'garbage beside something', path: '/three', accept: 'garbage, */*;q=.2', want: 'application/json' },
    { name: 'parameters decide', path: '/versions', accept: 'application/json; version=2', want: 'application/json; version=2' },
    { name: 'unknown parameters are let go', path: '/three', accept: 'application/xml; charset=gbk; x=1', want: 'application/xml' },
    { name: 'and still beat a star', path: '/three', accept: 'application/xml; x=1, */*;q=0.1', want: 'application/xml' },
    { name: 'a documented */* is what the client names', path: '/any', accept: 'text/csv', want: 'text/csv' },
    { name: 'a documented */* without Accept', path: '/any', accept: undefined, want: 'text/plain' },
    { name: 'a documented image/*', path: '/image', accept: 'image/webp, image/gif;q=0.5', want: 'image/webp' },
    { name: 'a documented image/*, any image', path: '/image', accept: 'image/*', want: 'image/png' },
    { name: 'a documented image/*, something else', path: '/image', accept: 'text/plain', want: 406 },
    { name: 'a response without content takes anything', path: '/none', accept: 'text/csv', want: 200 },
  ];
  test.each(cases)('$name', async ({ path, accept, want }) => {
    const answer = await ask(mock, `GET ${path}`, accept === undefined ? {} : { headers: { accept } });
    if (typeof want === 'number') expect(answer.status).toBe(want);
    else expect([answer.status, answer.headers['content-type']]).toEqual([200, want]);
  });

  test('406 tells what there is', async () => {
    const { body } = await ask(mock, 'GET /three', { headers: { accept: 'text/csv' } });
    expect(body).toMatchObject({
      status: 406,
      type: 'urn:hufu:error:NOT_ACCEPTABLE',
      detail: expect.stringContaining('application/xml') as unknown,
    });
  });
});

test('an error is sent although the client does not take its media type', async () => {
  const problem = { description: 'p', content: { 'application/problem+json': { example: { title: 'none' } } } };
  const failing = await mockOf([openapi({ '/': { get: { responses: { 200: problem, 404: problem } } } })]);
  const asked = (prefer: string) => ask(failing, 'GET /', { headers: { accept: 'application/json', prefer } });
  expect(await asked('code=404')).toMatchObject({
    status: 404,
    body: { title: 'none' },
    headers: { 'content-type': 'application/problem+json' },
  });
  expect((await asked('code=200')).status).toBe(406);
});

test('an example of another status is told with what to ask for', async () => {
  const api = openapi({
    '/': { get: { responses: { 200: json({}, { example: 1 }), '4XX': json({}, { examples: { gone: { value: 2 } } }) } } },
  });
  const asked = (example: string) => mockOf([api]).then((one) => ask(one, `GET /?__example=${example}`));
  expect((await asked('gone')).body).toMatchObject({
    status: 404,
    detail: expect.stringContaining('There is one for 4XX: Prefer: code=400, example=gone') as unknown,
  });
  expect((await asked('none')).text).not.toContain('There is one');
});

describe('status', () => {
  const only = (...statuses: string[]) =>
    openapi({
      '/': { get: { responses: Object.fromEntries(statuses.map((status) => [status, json({ const: status }, { example: status })])) } },
    });
  const cases: readonly { name: string; statuses: string[]; prefer?: string; want: number; body?: string }[] = [
    { name: 'the lowest success', statuses: ['404', '202', '201'], want: 201, body: '201' },
    { name: '2XX as 200', statuses: ['500', '2XX'], want: 200, body: '2XX' },
    { name: 'default as 200', statuses: ['404', 'default'], want: 200, body: 'default' },
    { name: 'the first final one', statuses: ['100', '404', '302'], want: 302, body: '302' },
    { name: 'a class without success', statuses: ['4XX'], want: 400, body: '4XX' },
    { name: 'asked exactly', statuses: ['200', '404'], prefer: 'code=404', want: 404, body: '404' },
    { name: 'asked from a class', statuses: ['200', '4XX'], prefer: 'code=418', want: 418, body: '4XX' },
    { name: 'asked from default', statuses: ['200', 'default'], prefer: 'code=503', want: 503, body: 'default' },
    { name: 'asked and not there', statuses: ['200'], prefer: 'code=503', want: 404 },
    { name: 'asked 1xx', statuses: ['200', 'default'], prefer: 'code=100', want: 422 },
    { name: 'only 1xx documented', statuses: ['101'], want: 501 },
    { name: 'only a class 1XX documented', statuses: ['1XX'], want: 501 },
    { name: 'a key that is no status', statuses: ['ok'], want: 501 },
    { name: 'nothing documented', statuses: [], want: 200 },
    ...[204, 205, 304].map((status) => ({
      name: `${status} has no body`,
      statuses: [String(status)],
      prefer: `code=${status}`,
      want: status,
      body: '',
    })),
  ];
  test.each(cases)('$name', async ({ statuses, prefer, want, body }) => {
    const answer = await ask(await mockOf([only(...statuses)]), 'GET /', prefer === undefined ? {} : { headers: { prefer } });
    expect(answer.status).toBe(want);
    if (body !== undefined) expect(answer.text).toBe(body === '' ? '' : JSON.stringify(body));
    if (want === 501) expect(answer.headers['content-type']).toBe('application/problem+json');
  });
});
