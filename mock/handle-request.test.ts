import { describe, expect, test } from 'vitest';
import { ask, json, mockOf, openapi } from './mock.fixture.ts';

const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string', maxLength: 20 }, secret: { type: 'string', writeOnly: true } },
};
const error = { type: 'object', required: ['message'], properties: { message: { type: 'string' } } };
const body = (required = true) => ({ required, content: { 'application/json': { schema: { ...pet, required: ['name'] } } } });
const examples = { cat: { value: { id: 1, name: 'Tom' } }, dog: { value: { id: 2, name: 'Rex' } } };

const document = openapi(
  {
    '/pets': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
        responses: { 200: json({ type: 'array', items: pet }, { example: [{ id: 1, name: 'Tom' }] }) },
      },
      post: {
        requestBody: body(),
        responses: {
          201: json(pet, { examples }),
          400: json(error, { example: { message: 'own 400' } }),
          422: json(error, { example: { message: 'own 422' } }),
        },
      },
    },
    '/pets/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: json(pet, { examples }), 404: json(error, { example: { message: 'no pet' } }) },
      },
      delete: { responses: { 204: { description: 'gone' } } },
    },
    '/plain': { post: { requestBody: body(), responses: { 200: { description: 'ok' } } } },
    '/optional': { post: { requestBody: body(false), responses: { 200: { description: 'ok' } } } },
    '/own-415': { post: { requestBody: body(), responses: { 200: json(pet), 415: json(error, { example: { message: 'own 415' } }) } } },
    '/class': { post: { requestBody: body(), responses: { 200: json(pet), '4XX': json(error, { example: { message: 'own 4XX' } }) } } },
    '/default': {
      post: { requestBody: body(), responses: { 200: json(pet), default: json(error, { example: { message: 'own default' } }) } },
    },
    '/bearer': { get: { security: [{ bearer: [] }], responses: { 200: json(pet, { examples }) } } },
    '/either': { get: { security: [{ basic: [] }, { key: [] }], responses: { 200: { description: 'ok' } } } },
    '/own-401': {
      get: {
        security: [{ bearer: [] }],
        parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }],
        responses: { 200: json(pet), 401: json(error, { example: { message: 'own 401' } }) },
      },
    },
    '/challenged-401': {
      get: {
        security: [{ basic: [], key: [] }, { bearer: [] }],
        responses: {
          401: { description: 'own', headers: { 'WWW-Authenticate': { schema: { const: 'Own' } } } },
        },
      },
      post: { security: [{ basic: [], key: [] }, { bearer: [] }], responses: { 401: { description: 'own' } } },
      put: { security: [{ key: [] }], responses: { 401: { description: 'own' } } },
    },
    '/options': { options: { responses: { 200: json({ type: 'string' }, { example: 'documented' }) } } },
    '/old': { get: { deprecated: true, responses: { 200: { description: 'ok' } } } },
    '/head': {
      head: { responses: { 200: { description: 'h', headers: { 'X-Own': { schema: { const: 'head' } } } } } },
      get: { responses: { 200: json(pet, { examples }) } },
    },
  },
  {
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
    },
  },
);
const mock = await mockOf([document]);
const JSON_TYPE = { 'content-type': 'application/json' };
const TOM = '{"name":"Tom"}';

describe('match', () => {
  const cases: readonly { name: string; line: string; status: number; allow?: string; code?: string }[] = [
    { name: 'an unknown path', line: 'GET /nope', status: 404, code: 'NO_PATH_MATCHED_ERROR' },
    { name: 'a trailing slash', line: 'GET /pets/', status: 404, code: 'NO_PATH_MATCHED_ERROR' },
    { name: 'another method', line: 'PUT /pets', status: 405, allow: 'GET, HEAD, POST', code: 'NO_METHOD_MATCHED_ERROR' },
    { name: 'a method nobody knows', line: 'PROPFIND /pets/1', status: 405, allow: 'DELETE, GET, HEAD' },
    { name: 'OPTIONS that is no preflight', line: 'OPTIONS /pets', status: 405, allow: 'GET, HEAD, POST' },
    { name: 'OPTIONS that is documented', line: 'OPTIONS /options', status: 200 },
    { name: 'HEAD by GET', line: 'HEAD /pets', status: 200 },
    { name: 'no content', line: 'DELETE /pets/1', status: 204 },
    { name: 'broken percent-encoding', line: 'GET /%zz', status: 404 },
  ];
  test.each(cases)('$name', async ({ line, status, allow, code }) => {
    const answer = await ask(mock, line);
    expect([answer.status, answer.headers['allow']]).toEqual([status, allow]);
    if (code !== undefined) expect(answer.body).toMatchObject({ type: `urn:hufu:error:${code}`, status });
  });

  test('HEAD has an own description', async () => {
    expect((await ask(mock, 'HEAD /head')).headers['x-own']).toBe('head');
  });

  test('a deprecated operation says so', async () => {
    expect((await ask(mock, 'GET /old')).headers['deprecation']).toBe('true');
    expect((await ask(mock, 'GET /pets')).headers['deprecation']).toBeUndefined();
  });
});

describe('preferences', () => {
  const cases: readonly { name: string; line: string; prefer?: string; status: number; body: unknown }[] = [
    { name: 'first example', line: 'GET /pets/1', status: 200, body: { id: 1, name: 'Tom' } },
    { name: 'example by name', line: 'GET /pets/1', prefer: 'example=dog', status: 200, body: { id: 2, name: 'Rex' } },
    { name: 'example by query', line: 'GET /pets/1?__example=dog', status: 200, body: { id: 2, name: 'Rex' } },
    { name: 'code by query', line: 'GET /pets/1?__code=404', status: 404, body: { message: 'no pet' } },
    {
      name: 'an example that is not there',
      line: 'GET /pets/1',
      prefer: 'example=cow',
      status: 404,
      body: expect.objectContaining({ type: 'urn:hufu:error:NOT_FOUND', detail: expect.stringContaining('cat, dog') as unknown }),
    },
    {
      name: 'a code that is not there',
      line: 'GET /pets/1',
      prefer: 'code=418',
      status: 404,
      body: expect.objectContaining({ type: 'urn:hufu:error:NOT_FOUND' }),
    },
    {
      name: 'a code that is none',
      line: 'GET /pets/1',
      prefer: 'code=x',
      status: 422,
      body: expect.objectContaining({ type: 'urn:hufu:error:UNPROCESSABLE_ENTITY' }),
    },
  ];
  test.each(cases)('$name', async ({ line, prefer, status, body: want }) => {
    const answer = await ask(mock, line, prefer === undefined ? {} : { headers: { prefer } });
    expect([answer.status, answer.body]).toEqual([status, want]);
  });

  test('answers kept for one preference are not given for another', async () => {
    const odd = async (query: string) => (await ask(mock, `GET /pets/1?${query}`)).status;
    expect(await odd('__example=cat&__seed=dog%0A1')).toBe(200);
    expect(await odd('__example=cat%0Adog&__seed=1')).toBe(404);
    expect(await odd('__example=cat&__seed=dog%0A1')).toBe(200);
  });
});

describe('security', () => {
  test('a problem with a challenge', async () => {
    const answer = await ask(mock, 'GET /bearer');
    expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer', 'content-type': 'application/problem+json' } });
    expect(answer.body).toMatchObject({ type: 'urn:hufu:error:UNAUTHORIZED' });
  });
  test('any alternative will do', async () => {
    expect((await ask(mock, 'GET /either')).headers['www-authenticate']).toBe('Basic realm="*"');
    expect((await ask(mock, 'GET /either', { headers: { 'x-key': 'k' } })).status).toBe(200);
    expect((await ask(mock, 'GET /either', { headers: { authorization: 'Basic dTpw' } })).status).toBe(200);
    expect((await ask(mock, 'GET /either', { headers: { authorization: 'Bearer t' } })).status).toBe(401);
  });
  test.each([
    { name: 'the document does not declare it', line: 'POST /challenged-401', want: 'Basic realm="*", Bearer' },
    { name: 'the document declares it', line: 'GET /challenged-401', want: 'Own' },
    { name: 'no scheme has a challenge', line: 'PUT /challenged-401', want: undefined },
  ])("the challenge of the document's own 401: $name", async ({ line, want }) => {
    const refused = await ask(mock, line);
    const asked = await ask(mock, line, { headers: { prefer: 'code=401', authorization: 'Bearer t', 'x-key': 'k' } });
    for (const answer of [refused, asked]) expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, want]);
  });
  test("the document's own 401 comes before what else is wrong, and before the code asked for", async () => {
    const answer = await ask(mock, 'GET /own-401', { headers: { prefer: 'code=200' } });
    expect([answer.status, answer.body]).toEqual([401, { message: 'own 401' }]);
    expect(answer.violations).toMatchObject([{ location: ['request'], code: '401', severity: 'Error' }]);
  });
});

describe('validation', () => {
  const post = (path: string, given: string | undefined, headers: Record<string, string> = JSON_TYPE) =>
    ask(mock, `POST ${path}`, { headers, body: given });

  test('what is right is answered', async () => {
    expect(await post('/pets', TOM)).toMatchObject({ status: 201, body: { id: 1, name: 'Tom' }, violations: [] });
  });

  const own: readonly { name: string; path: string; given: string | undefined; type?: string; status: number; message: string }[] = [
    { name: 'own 422 for a wrong body', path: '/pets', given: '{"name":1}', status: 422, message: 'own 422' },
    { name: 'own 422 for no body', path: '/pets', given: undefined, status: 422, message: 'own 422' },
    { name: 'own 400 for what is no JSON', path: '/pets', given: '{"name":', status: 400, message: 'own 400' },
    { name: 'own 4XX', path: '/class', given: '{"name":1}', status: 422, message: 'own 4XX' },
    { name: 'own 4XX for what is no JSON', path: '/class', given: '{', status: 400, message: 'own 4XX' },
    { name: 'own default', path: '/default', given: '{"name":1}', status: 422, message: 'own default' },
    { name: 'own 415', path: '/own-415', given: 'x', type: 'text/plain', status: 415, message: 'own 415' },
  ];
  test.each(own)('$name', async ({ path, given, type, status, message }) => {
    const answer = await post(path, given, type === undefined ? JSON_TYPE : { 'content-type': type });
    expect([answer.status, answer.body]).toEqual([status, { message }]);
    expect(answer.violations.length).toBeGreaterThan(0);
  });

  const problems: readonly { name: string; path: string; given: string | undefined; type?: string; status: number; code: string }[] = [
    { name: '422', path: '/plain', given: '{"name":1}', status: 422, code: 'UNPROCESSABLE_ENTITY' },
    { name: '422 for no body', path: '/plain', given: undefined, status: 422, code: 'UNPROCESSABLE_ENTITY' },
    { name: '422 for null', path: '/plain', given: 'null', status: 422, code: 'UNPROCESSABLE_ENTITY' },
    { name: '400 for no JSON', path: '/plain', given: '{"a":01}', status: 400, code: 'MALFORMED_REQUEST' },
    { name: '400 for bytes that are no UTF-8', path: '/plain', given: '\u0000', status: 400, code: 'MALFORMED_REQUEST' },
    { name: '400 for a nesting too deep', path: '/plain', given: '['.repeat(200_000), status: 400, code: 'MALFORMED_REQUEST' },
    { name: '415', path: '/plain', given: 'x', type: 'text/plain', status: 415, code: 'INVALID_CONTENT_TYPE' },
    { name: '415 for a type that is none', path: '/plain', given: 'x', type: 'garbage', status: 415, code: 'INVALID_CONTENT_TYPE' },
    { name: '415 for a body where none is described', path: '/options-body', given: 'x', status: 404, code: 'NO_PATH_MATCHED_ERROR' },
  ];
  test.each(problems)('a problem: $name', async ({ path, given, type, status, code }) => {
    const answer = await post(path, given, type === undefined ? JSON_TYPE : { 'content-type': type });
    expect(answer).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: `urn:hufu:error:${code}`, status },
    });
  });

  test('a body where none is described', async () => {
    expect(await ask(mock, 'DELETE /pets/1', { body: 'x' })).toMatchObject({
      status: 415,
      body: { detail: expect.stringContaining('No supported content types') as unknown },
    });
    expect((await ask(mock, 'DELETE /pets/1', { body: '' })).status).toBe(204);
  });

  test('an optional body may be left out', async () => {
    expect((await post('/optional', undefined, {})).status).toBe(200);
  });

  test('a problem lists every violation with its place', async () => {
    const { body: told } = await ask(mock, 'GET /pets?limit=0');
    expect(told).toMatchObject({ validation: [{ location: ['query', 'limit'], code: 'minimum', severity: 'Error' }] });
  });

  test('validation comes before what Accept asks for', async () => {
    expect((await ask(mock, 'GET /pets?limit=0', { headers: { accept: 'text/csv' } })).status).toBe(422);
  });
});

describe('CORS', async () => {
  const open = await mockOf([document], { cors: true });
  const origin = 'http://app.test';

  test('preflight is answered on any path', async () => {
    const headers = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a, x-b' };
    const answer = await ask(open, 'OPTIONS /nope', { headers });
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'PUT',
        'access-control-allow-headers': 'x-a, x-b',
        'access-control-allow-credentials': 'true',
        vary: 'origin',
      },
    });
  });

  test.each(['GET /pets', 'GET /nope', 'PUT /pets', 'GET /bearer', 'GET /pets?limit=0', 'GET /pets?__code=x'])(
    '%s may be read by a page',
    async (line) => {
      expect((await ask(open, line, { headers: { origin } })).headers).toMatchObject({
        'access-control-allow-origin': origin,
        vary: 'origin',
      });
      expect((await ask(open, line)).headers['access-control-allow-origin']).toBe('*');
      expect((await ask(mock, line, { headers: { origin } })).headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test('one origin never gets the answer of another', async () => {
    const of = async (from: string) => (await ask(open, 'GET /pets', { headers: { origin: from } })).headers['access-control-allow-origin'];
    expect([await of('http://a'), await of('http://b'), await of('http://a')]).toEqual(['http://a', 'http://b', 'http://a']);
  });

  test('a page with credentials can read every header by name', async () => {
    const names = (await ask(open, 'GET /old', { headers: { origin } })).headers['access-control-expose-headers'];
    expect(String(names).split(', ')).toEqual(expect.arrayContaining(['*', 'deprecation']));
  });
});
