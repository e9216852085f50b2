import { describe, expect, test } from 'vitest';
import { ask, json, mockOf, openapi } from './mock.fixture.ts';

const get = (response: unknown, more: Readonly<Record<string, unknown>> = {}) => ({ get: { responses: { 200: response }, ...more } });
const headers = (given: Readonly<Record<string, unknown>>) => ({
  description: 'headers',
  headers: Object.fromEntries(Object.entries(given).map(([name, schema]) => [name, { schema }])),
});
const content = (type: string, schema: unknown, example?: unknown) => ({
  description: 'content',
  content: { [type]: { schema, ...(example === undefined ? {} : { example }) } },
});
const broken = json(
  { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, 名称: { type: 'integer' } } },
  { example: { id: 'no', 名称: '文字' } },
);

const document = openapi({
  '/fixed': get(json({ type: 'object', properties: { id: { type: 'integer' } } }, { example: { id: 1 } })),
  '/generated': get(
    json({
      type: 'object',
      required: ['id', 'tags'],
      properties: { id: { type: 'integer' }, tags: { type: 'array', minItems: 2, items: { type: 'string' } } },
    }),
  ),
  '/secret': get(
    json({ type: 'object', required: ['id', 'pin'], properties: { id: { type: 'integer' }, pin: { type: 'string', writeOnly: true } } }),
  ),
  '/shared': get(
    json(
      {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'pin'],
          properties: { id: { type: 'integer' }, pin: { type: 'string', writeOnly: true } },
        },
      },
      {
        example: [
          { id: 1, pin: 'a' },
          { id: 2, pin: 'b' },
        ],
      },
    ),
  ),
  '/broken': get(broken),
  '/as-text': get(json({ type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }, { example: '{"id":5}' })),
  '/as-broken-text': get(json({ type: 'object', required: ['id'] }, { example: '{"id"' })),
  '/text-of-json': get(json({ type: 'string' }, { example: '{"id":5}' })),
  '/impossible': get(json({ type: 'integer', minimum: 5, maximum: 4 })),
  '/中文/{编号}': {
    get: {
      parameters: [
        { name: '编号', in: 'path', required: true, schema: { type: 'string', maxLength: 4 } },
        { name: '状态', in: 'query', schema: { enum: ['启用', '停用'] } },
        { name: '旧', in: 'query', deprecated: true, schema: { type: 'string' } },
      ],
      responses: { 200: json({ type: 'string' }, { example: '成功' }), 400: json({ type: 'object' }, { example: { 错误: '参数' } }) },
    },
  },
  '/headers': get(
    headers({
      'X-Text': { const: 'a b' },
      'X-Number': { const: 5 },
      'X-Flag': { const: false },
      'X-List': { const: ['a', 'b'] },
      'X-Object': { type: 'object', required: ['a', 'b'], properties: { a: { const: 1 }, b: { const: 2 } } },
      'X-Chinese': { const: '中文' },
      'X-Break': { const: 'a\r\nSet-Cookie: x=1' },
      'X-Null': { type: 'null' },
      'Content-Length': { const: 5 },
      'Transfer-Encoding': { const: 'chunked' },
      'X Space': { const: 'x' },
      名: { const: 'x' },
      __proto__: { const: 'x' },
    }),
  ),
  '/xml': get(
    content(
      'application/xml',
      { type: 'object', xml: { name: 'pet' }, properties: { id: { type: 'integer', xml: { attribute: true } }, name: { type: 'string' } } },
      { id: 1, name: '猫 & co' },
    ),
  ),
  '/xml-text': get(content('application/xml', { type: 'object' }, '<pet/>')),
  '/text': get(content('text/plain', { type: 'string' }, '文字')),
  '/text-object': get(content('text/plain', { type: 'object' }, { a: 1 })),
  '/any-object': get(content('*/*', { type: 'object' }, { a: 1 })),
  '/image': get(content('image/*', { type: 'string', format: 'binary' }, 'bytes')),
  '/form': get(content('application/x-www-form-urlencoded', { type: 'object' }, { a: '中 文', b: [1, 2] })),
  '/lines': get(content('application/x-ndjson', { type: 'array' }, [{ a: 1 }, { a: 2 }])),
  '/csv-text': get(content('text/csv', { type: 'array', items: { type: 'object' } }, 'a,b\n1,2\n')),
  '/csv': get(content('text/csv', { type: 'array', items: { type: 'object' } }, [{ a: 1, b: 'x' }])),
  '/yaml-text': get(content('application/yaml', { type: 'object' }, 'a: 1\n')),
  '/latin': get(content('text/plain; charset=iso-8859-1', { type: 'string' }, 'é')),
  '/latin-ascii': get(content('text/plain; charset=iso-8859-1', { type: 'string' }, 'e')),
  '/odd-type': get(content('text/plain; title="中文"', { type: 'string' }, 'x')),
  '/external': get({
    description: 'e',
    content: { 'application/json': { schema: { type: 'integer' }, examples: { far: { externalValue: 'http://127.0.0.1:9/x' } } } },
  }),
  '/echo': {
    post: {
      requestBody: {
        content: {
          'application/json': { schema: { type: 'object', properties: { id: { type: 'integer', format: 'int64', enum: [1] } } } },
        },
      },
      responses: { 200: { description: 'ok' } },
    },
  },
});
const text = JSON.stringify(document)
  .replace('"example":{"id":1}', '"example":{"id":9007199254740993}')
  .replace('"enum":[1]', '"enum":[9007199254740993]');
const mock = await mockOf([text]);

describe('values', () => {
  test('integers beyond 2^53 are sent digit by digit', async () => {
    expect((await ask(mock, 'GET /fixed')).text).toBe('{"id":9007199254740993}');
  });

  test('and read digit by digit', async () => {
    const post = (id: string) => ask(mock, 'POST /echo', { headers: { 'content-type': 'application/json' }, body: `{"id":${id}}` });
    expect((await post('9007199254740993')).status).toBe(200);
    expect((await post('9007199254740992')).status).toBe(422);
  });

  test('writeOnly is never sent, in neither mode', async () => {
    for (const prefer of ['dynamic=false', 'dynamic=true'])
      expect((await ask(mock, 'GET /secret', { headers: { prefer } })).body).toEqual({ id: expect.any(Number) as unknown });
  });

  test('nor by an example that a request shares, unless it is asked for by name', async () => {
    const plain = await ask(mock, 'GET /shared');
    expect(plain.body).toEqual([{ id: 1 }, { id: 2 }]);
    expect(plain.violations).toMatchObject([
      { location: ['response', 'body', '0', 'pin'], severity: 'Warning', code: 'writeOnly' },
      { location: ['response', 'body', '1', 'pin'], severity: 'Warning', code: 'writeOnly' },
    ]);
    const named = await ask(mock, 'GET /shared?__example=default');
    expect([named.body, named.violations]).toEqual([
      [
        { id: 1, pin: 'a' },
        { id: 2, pin: 'b' },
      ],
      [],
    ]);
  });

  test('dynamic: the same seed and request, the same bytes; another seed or request, others', async () => {
    const again = await mockOf([text], { dynamic: true });
    const dynamic = (line: string, prefer = 'dynamic=true') => ask(mock, line, { headers: { prefer } }).then((answer) => answer.text);
    const first = await dynamic('GET /generated');
    expect(await dynamic('GET /generated')).toBe(first);
    expect((await ask(again, 'GET /generated')).text).toBe(first);
    expect(await dynamic('GET /generated', 'dynamic=true, seed=2')).not.toBe(first);
    expect(await dynamic('GET /generated?page=2')).not.toBe(first);
  });

  test('dynamic generates although there is an example; an example by name wins', async () => {
    expect((await ask(mock, 'GET /fixed?__dynamic=true')).text).not.toBe('{"id":9007199254740993}');
    expect((await ask(mock, 'GET /fixed?__dynamic=true&__example=default')).text).toBe('{"id":9007199254740993}');
  });

  test('--ignore-examples, also with dynamic=false and for errors', async () => {
    const ignoring = await mockOf([text], { ignoreExamples: true });
    expect((await ask(ignoring, 'GET /fixed')).text).not.toContain('9007199254740993');
    expect((await ask(ignoring, 'GET /fixed?__dynamic=false')).text).not.toContain('9007199254740993');
    expect((await ask(ignoring, 'GET /中文/12345')).text).not.toContain('参数');
  });

  test('an example elsewhere is never fetched', async () => {
    expect(await ask(mock, 'GET /external')).toMatchObject({ status: 200, body: expect.any(Number) as unknown });
  });
});

describe('an answer that breaks the document', () => {
  test('a broken example is replaced, and told', async () => {
    const answer = await ask(mock, 'GET /broken');
    expect(answer).toMatchObject({ status: 200, body: { id: expect.any(Number) as unknown } });
    expect(answer.violations[0]).toMatchObject({ location: ['response', 'body', 'id'], severity: 'Warning', code: 'type' });
    expect(answer.violations[0]?.message).toContain('a generated value was sent instead');
    expect(answer.violations[1]?.location).toEqual(['response', 'body', '名称']);
  });

  test('JSON that its author wrote as a text is read, and told; asked for by name too', async () => {
    for (const line of ['GET /as-text', 'GET /as-text?__example=default']) {
      const answer = await ask(mock, line);
      expect(answer.body).toEqual({ id: 5 });
      expect(answer.violations).toMatchObject([{ code: 'type', severity: 'Warning' }]);
      expect(answer.violations[0]?.message).toContain('it was read as JSON');
    }
    expect((await ask(mock, 'GET /as-broken-text')).violations[0]?.message).toContain('a generated value was sent instead');
    expect((await ask(mock, 'GET /text-of-json')).body).toBe('{"id":5}');
  });

  test('asked for by name it is sent as it stands, and told', async () => {
    const answer = await ask(mock, 'GET /broken?__example=default');
    expect([answer.status, answer.body]).toEqual([200, { id: 'no', 名称: '文字' }]);
    expect(answer.violations[0]).toMatchObject({ severity: 'Error' });
  });

  test('with --errors it is a 500 that says where', async () => {
    const strict = await mockOf([text], { errors: true });
    const answer = await ask(strict, 'GET /broken');
    expect(answer).toMatchObject({ status: 500, headers: { 'content-type': 'application/problem+json' } });
    expect(answer.body).toMatchObject({
      type: 'urn:hufu:error:VIOLATIONS',
      validation: [{ location: ['response', 'body', 'id'] }, { location: ['response', 'body', '名称'] }],
    });
    expect((await ask(strict, 'GET /impossible')).status).toBe(500);
    expect((await ask(strict, 'GET /fixed')).status).toBe(200);
  });

  test('a schema that nothing satisfies is answered with what could be made, and told', async () => {
    const answer = await ask(mock, 'GET /impossible');
    expect(answer.status).toBe(200);
    expect(answer.violations).toMatchObject([{ severity: 'Error' }]);
  });
});

describe('Chinese text', () => {
  const path = `/${encodeURIComponent('中文')}`;
  test('in path, value and names', async () => {
    const answer = await ask(mock, `GET ${path}/${encodeURIComponent('一号')}?${encodeURIComponent('状态')}=${encodeURIComponent('启用')}`);
    expect([answer.status, answer.text]).toEqual([200, '"成功"']);
  });
  test('in violations, which stay readable in an ASCII header', async () => {
    const answer = await ask(
      mock,
      `GET ${path}/${encodeURIComponent('很长的编号')}?${encodeURIComponent('状态')}=x&${encodeURIComponent('旧')}=1`,
    );
    expect([answer.status, answer.body]).toEqual([400, { 错误: '参数' }]);
    expect(answer.headers['sl-violations']).toMatch(/^[\x20-\x7e]*$/);
    expect(answer.violations.map(({ location, severity }) => [...location, severity])).toEqual([
      ['request', 'path', '编号', 'Error'],
      ['request', 'query', '状态', 'Error'],
      ['request', 'query', '旧', 'Warning'],
    ]);
  });
});

describe('headers', async () => {
  const answer = await ask(mock, 'GET /headers');
  test('scalars, lists and objects in style simple', () => {
    expect(answer.headers).toMatchObject({ 'x-text': 'a b', 'x-number': '5', 'x-flag': 'false', 'x-list': 'a,b', 'x-object': 'a,1,b,2' });
  });
  test('what can not stand in a header is left out', () => {
    expect(Object.keys(answer.headers).sort()).toEqual(['x-flag', 'x-list', 'x-number', 'x-object', 'x-text']);
  });
});

describe('media types', () => {
  const cases: readonly { path: string; type: string; want: string | RegExp }[] = [
    { path: '/xml', type: 'application/xml', want: /<pet id="1"><name>猫 &amp; co<\/name><\/pet>/ },
    { path: '/xml-text', type: 'application/xml', want: '<pet/>' },
    { path: '/text', type: 'text/plain', want: '文字' },
    { path: '/text-object', type: 'text/plain', want: '{"a":1}' },
    { path: '/any-object', type: 'application/json', want: '{"a":1}' },
    { path: '/image', type: 'image/png', want: 'bytes' },
    { path: '/form', type: 'application/x-www-form-urlencoded', want: 'a=%E4%B8%AD+%E6%96%87&b=1&b=2' },
    { path: '/lines', type: 'application/x-ndjson', want: '{"a":1}\n{"a":2}\n' },
    { path: '/csv-text', type: 'text/csv', want: 'a,b\n1,2\n' },
    { path: '/csv', type: 'text/csv', want: 'a,b\r\n1,x\r\n' },
    { path: '/yaml-text', type: 'application/yaml', want: 'a: 1\n' },
    { path: '/latin', type: 'text/plain; charset=utf-8', want: 'é' },
    { path: '/latin-ascii', type: 'text/plain; charset=iso-8859-1', want: 'e' },
    { path: '/odd-type', type: 'text/plain', want: 'x' },
  ];
  test.each(cases)('$path', async ({ path, type, want }) => {
    const answer = await ask(mock, `GET ${path}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    if (typeof want === 'string') expect(answer.text).toBe(want);
    else expect(answer.text).toMatch(want);
  });
});

test('sl-violations stays short enough for any client', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `参数${index}`);
  const many = await mockOf([
    openapi({
      '/': {
        get: {
          parameters: names.map((name) => ({ name, in: 'query', required: true, schema: { type: 'string' } })),
          responses: { 200: { description: 'ok' }, 400: { description: 'bad' } },
        },
      },
    }),
  ]);
  const answer = await ask(many, 'GET /');
  expect(String(answer.headers['sl-violations']).length).toBeLessThanOrEqual(8_000);
  expect(answer.violations.at(-1)?.message).toBe(`${200 - answer.violations.length + 1} more violations`);
  expect(answer.violations.length).toBeGreaterThan(10);
});
