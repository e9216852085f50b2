import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harEntry } from './har-entry.ts';
import { entry, field, gapsOf, HAR_FILE, PLACE, readEntry } from './recording.fixture.ts';

test('a plain entry', () => {
  expect(readEntry(entry())).toEqual({
    place: PLACE,
    origin: 'http://localhost:8080',
    request: { method: 'GET', path: '/things', query: '', headers: { accept: '*/*' }, body: undefined },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') },
    startedAt: 1_718_000_000_000,
    milliseconds: 12,
    gaps: [],
  });
});

describe('targets', () => {
  const cases: readonly [url: string, origin: string | undefined, path: string, query: string][] = [
    ['https://API.example.com:443/A/b?x=1#top', 'https://api.example.com', '/A/b', 'x=1'],
    ['http://localhost:8080', 'http://localhost:8080', '/', ''],
    ['http://localhost?a=1', 'http://localhost', '/', 'a=1'],
    ['http://user:secret@localhost/a', 'http://localhost', '/a', ''],
    ['http://localhost/a b/\u4efb?q=\u52a1 x', 'http://localhost', '/a%20b/%E4%BB%BB', 'q=%E5%8A%A1%20x'],
    ['http://localhost/a/../b//c%2Fd?x=%zz', 'http://localhost', '/a/../b//c%2Fd', 'x=%zz'],
    ['http://[::1]:3000/a', 'http://[::1]:3000', '/a', ''],
    ['http://m\u00fcnchen.example/', 'http://xn--mnchen-3ya.example', '/', ''],
    ['/only/path?x=1', undefined, '/only/path', 'x=1'],
  ];
  test.each(cases)('%s', (url, origin, path, query) => {
    const exchange = readEntry(entry({ url }));
    expect([exchange.origin, exchange.request.path, exchange.request.query]).toEqual([origin, path, query]);
  });

  test('a path takes its origin from the pseudo-headers of HTTP/2, or from Host', () => {
    expect(
      readEntry(entry({ url: '/a', headers: [field(':authority', 'api.example.com'), field(':scheme', 'https'), field(':path', '/a')] })),
    ).toMatchObject({ origin: 'https://api.example.com', request: { headers: {} } });
    expect(readEntry(entry({ url: '/a', headers: [field('Host', 'localhost:99')] })).origin).toBe('http://localhost:99');
  });

  test('a query that stands beside the URL only is put together', () => {
    const queryString = [field('a', '1 & 2'), field('\u4efb', '\u52a1'), { name: 'flag' }, 7];
    expect(readEntry(entry({ queryString })).request.query).toBe('a=1%20%26%202&%E4%BB%BB=%E5%8A%A1&flag');
    expect(readEntry(entry({ queryString, url: 'http://localhost/?x=1' })).request.query).toBe('x=1');
  });
});

test.each([
  ['get', 'GET'],
  ['Delete', 'DELETE'],
  ['GET', 'GET'],
  ['patch', 'patch'],
  ['query', 'query'],
])('a method as clients send it: %s', (method, want) => {
  expect(readEntry(entry({ method })).request.method).toBe(want);
});

describe('what is no exchange', () => {
  const cases: readonly [name: string, given: unknown, want: string][] = [
    ['ws', entry({ url: 'wss://localhost/socket' }), 'websocket'],
    ['a WebSocket of Chrome', entry({}, {}, { _resourceType: 'websocket', _webSocketMessages: [] }), 'websocket'],
    ['an upgrade', entry({}, { status: 101, headers: [field('Upgrade', 'WebSocket')] }), 'websocket'],
    ['another upgrade', entry({}, { status: 101, headers: [field('Upgrade', 'h2c')] }), 'not-http'],
    ['data', entry({ url: 'data:image/png;base64,AAAA' }), 'not-http'],
    ['blob', entry({ url: 'blob:http://localhost/1' }), 'not-http'],
    ['an extension', entry({ url: 'chrome-extension://abc/x.js' }), 'not-http'],
    ['about', entry({ url: 'about:blank' }), 'not-http'],
    ['a file', entry({ url: 'file:///etc/hosts' }), 'not-http'],
    ['a tunnel', entry({ url: 'localhost:443', method: 'CONNECT' }), 'not-http'],
    ['no URL', entry({ url: undefined }), 'has no "request.url"'],
    ['a URL without scheme', entry({ url: 'localhost:8080/a' }), 'has no http(s) URL: "localhost:8080/a"'],
    ['a URL without host', entry({ url: 'http:///a' }), 'has no http(s) URL: "http:///a"'],
    ['a port that is none', entry({ url: 'http://localhost:99999/' }), 'has no http(s) URL: "http://localhost:99999/"'],
    ['no method', entry({ method: undefined }), 'has no "request.method" that HTTP knows'],
    ['a method that is none', entry({ method: 'GET /' }), 'has no "request.method" that HTTP knows'],
    ['null', null, 'has no "request.url"'],
  ];
  test.each(cases)('%s', (_name, given, want) => {
    const item = harEntry(given, PLACE, HAR_FILE);
    expect(item.kind === 'aside' ? item.reason : item.kind === 'none' ? item.reason : item.exchange).toBe(want);
  });
});

describe('header fields', () => {
  test('names get lower case, repeated fields are joined, set-cookie is a list', () => {
    const headers = [
      field('X-A', '1'),
      field('x-a', '2'),
      field('Cookie', 'a=1'),
      field('cookie', 'b=2'),
      field('Set-Cookie', 'x=1\ny=2'),
      field('set-cookie', 'z=3'),
      field('__proto__', 'p'),
    ];
    const { request } = readEntry(entry({ headers }));
    expect(Object.entries(request.headers)).toEqual([
      ['x-a', '1, 2'],
      ['cookie', 'a=1; b=2'],
      ['set-cookie', ['x=1', 'y=2', 'z=3']],
      ['__proto__', 'p'],
    ]);
  });

  const cases: readonly [name: string, headers: unknown, want: object, gaps: readonly string[]][] = [
    ['none recorded', undefined, {}, ['request-headers missing']],
    ['an object', { 'X-A': '1', 'X-B': ['2', '3'] }, { 'x-a': '1', 'x-b': '2, 3' }, []],
    ['pairs', [['X-A', 1]], { 'x-a': '1' }, []],
    ['other things', [7, { name: 'X-A', value: {} }, { name: 'X-B', value: 'b' }], { 'x-b': 'b' }, ['request-headers invalid']],
    ['text', 'X-A: 1', {}, ['request-headers invalid']],
    ['null', [field('X-B', 'b'), { name: 'X-A', value: null }], { 'x-b': 'b' }, ['request-headers invalid']],
    ['no value', [field('X-B', 'b'), { name: 'X-A' }], { 'x-b': 'b' }, ['request-headers invalid']],
    ['a boolean', { 'X-B': 'b', 'X-A': true }, { 'x-b': 'b' }, ['request-headers invalid']],
    ['a length that is a number', { 'Content-Length': 0 }, { 'content-length': '0' }, []],
    ['a media type that is a number', { 'Content-Type': 0 }, {}, ['request-headers invalid']],
  ];
  test.each(cases)('%s', (_name, headers, want, gaps) => {
    const exchange = readEntry(entry({ headers }));
    expect(exchange.request.headers).toEqual(want);
    expect(gapsOf(exchange)).toEqual(gaps);
  });

  test('very many fields of one name are joined at once', () => {
    const { request } = readEntry(entry({ headers: Array.from({ length: 100_000 }, () => field('x-a', '1')) }));
    expect(request.headers['x-a']).toHaveLength(299_998);
  });

  test('cookies make up for fields that are missing', () => {
    const cookies = [
      { name: 'a', value: '1', path: '/', httpOnly: true, sameSite: 'Lax' },
      { name: 'b', value: '2' },
    ];
    const exchange = readEntry(entry({ cookies }, { cookies }));
    expect(exchange.request.headers['cookie']).toBe('a=1; b=2');
    expect(exchange.response?.headers['set-cookie']).toEqual(['a=1; Path=/; HttpOnly; SameSite=Lax', 'b=2']);
    expect(readEntry(entry({ cookies, headers: [field('cookie', 'c=3')] })).request.headers['cookie']).toBe('c=3');
  });

  test('a response without fields gets its media type from its content', () => {
    const exchange = readEntry(entry({}, { headers: undefined }));
    expect(exchange.response?.headers).toEqual({ 'content-type': 'application/json' });
    expect(gapsOf(exchange)).toEqual(['response-headers missing']);
  });
});

test('Chrome leaves credentials out of its exports: where there are none in the whole file, that is told', () => {
  expect(gapsOf(readEntry(entry(), { chrome: true }))).toEqual(['credentials stripped']);
  expect(gapsOf(readEntry(entry(), { chrome: true, sanitized: false }))).toEqual([]);
  expect(gapsOf(readEntry(entry({ headers: [field('Authorization', 'Bearer x')] }), { chrome: true }))).toEqual([]);
});

test('what the browser says beyond HTTP', () => {
  const hints = (rest: object): object | undefined => {
    const item = harEntry(entry({}, {}, rest), PLACE, HAR_FILE);
    return item.kind === 'exchange' ? item.hints : undefined;
  };
  expect(hints({ _resourceType: 'Fetch', _fromCache: 'disk', _wasFulfilled: true })).toEqual({
    resourceType: 'fetch',
    fromCache: true,
    fulfilled: true,
  });
  expect(hints({ _resourceType: 7, _fromCache: null })).toEqual({});
});

test('any JSON as an entry, or as a part of one, gives something and throws nothing', () => {
  const any = fc.jsonValue({ maxDepth: 3 });
  const part = fc.oneof(any, fc.constant(undefined));
  const list = fc.oneof(part, fc.array(fc.record({ name: part, value: part, fileName: part, contentType: part }), { maxLength: 3 }));
  const type = fc.constantFrom(
    'application/json',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'text/plain; charset=utf-16',
  );
  const text = fc.oneof(part, fc.string({ unit: 'binary' }), fc.base64String());
  const body = fc.oneof(
    part,
    fc.record({
      text,
      mimeType: fc.oneof(part, type),
      params: list,
      encoding: fc.oneof(part, fc.constant('base64')),
      size: part,
      _file: part,
      comment: part,
    }),
  );
  const url = fc.oneof(part, fc.webUrl(), fc.string(), fc.constantFrom('http://', 'http://\ud800/\ud800?\ud800', '//', 'ws://', 'data:'));
  const message = fc.record({
    method: fc.oneof(part, fc.constant('POST')),
    url,
    headers: list,
    cookies: list,
    queryString: list,
    postData: body,
    content: body,
    status: fc.oneof(part, fc.integer({ min: -1, max: 999 })),
    bodySize: part,
  });
  const given = fc.oneof(
    any,
    fc.record({
      request: fc.oneof(part, message),
      response: fc.oneof(part, message),
      startedDateTime: part,
      time: part,
      _hufu: fc.oneof(part, fc.record({ gaps: list, target: part })),
    }),
  );
  fc.assert(
    fc.property(given, fc.boolean(), (value, chrome) => {
      const item = harEntry(value, PLACE, { ...HAR_FILE, chrome });
      if (item.kind !== 'exchange') return;
      const { request, response, startedAt } = item.exchange;
      expect(typeof request.path).toBe('string');
      for (const one of Object.values({ ...request.headers, ...response?.headers }))
        expect([one].flat().every((text) => typeof text === 'string')).toBe(true);
      expect(startedAt === undefined || Number.isFinite(startedAt)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
