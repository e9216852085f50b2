import type { BenchCase, Dialect } from './exchange.ts';

const V3: readonly Dialect[] = ['3.0', '3.1'];
const ORDER = '/orders/0b9e1c6a-93f4-4c7e-9d7e-51b0a6d35c11';
const product = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({ id: 7, name: '茶杯', price: 12.5, ...more });
const page = (items: readonly unknown[] = [product()]): { status: 200; headers: Record<string, string>; body: unknown } => ({
  status: 200,
  headers: { 'X-Total-Count': '1' },
  body: { items, total: 1 },
});
const problem = (status: number): { status: number; body: unknown } => ({ status, body: { title: 'No', status } });
const list = (query: string): { method: 'GET'; target: string } => ({ method: 'GET', target: `/products${query}` });
const get = { method: 'GET', target: '/products/7' } as const;
const form = (body: string): { headers: Record<string, string>; body: string } => ({
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body,
});
const multipart = (parts: readonly (readonly [head: string, text: string])[]): { headers: Record<string, string>; body: string } => ({
  headers: { 'Content-Type': 'multipart/form-data; boundary=cut' },
  body: `${parts.map(([head, text]) => `--cut\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`).join('')}--cut--\r\n`,
});
const created = { status: 201, headers: { Location: '/v1/products/7' }, body: product() } as const;

/** Exchanges with nothing wrong, each of a kind that a careless judge takes offence at. */
export const CLEAN: readonly BenchCase[] = [
  { name: 'a list', request: list(''), response: page() },
  { name: 'a list with every plain parameter', request: list('?page=2&size=100&sort=price'), response: page() },
  { name: 'a comma array', request: list('?ids=1,2,3'), response: page() },
  { name: 'a percent-encoded comma array', request: list('?ids=1%2C2'), response: page() },
  { name: 'a repeated array', request: list('?tag=ab&tag=%E8%8C%B6%E5%85%B7'), response: page() },
  { name: 'a deep object', dialects: V3, request: list('?filter[minPrice]=1.5&filter%5BmaxPrice%5D=9'), response: page() },
  { name: 'a parameter with content', dialects: V3, request: list('?where=%7B%22stock%22%3A3%7D'), response: page() },
  { name: 'a cache buster', request: list('?_=1700000000000'), response: page() },
  {
    name: 'a header in other case',
    request: { ...list(''), headers: { 'x-request-ID': '0b9e1c6a-93f4-4c7e-9d7e-51b0a6d35c11' } },
    response: page(),
  },
  { name: 'header names of the response in other case', request: list(''), response: { ...page(), headers: { 'x-TOTAL-count': '0' } } },
  { name: 'an empty list', request: list('?page=9'), response: page([]) },
  { name: 'null where null is allowed', request: get, response: { status: 200, body: product({ note: null, state: null, parent: null }) } },
  { name: 'a reference behind nullable', request: get, response: { status: 200, body: product({ parent: { id: 3 } }) } },
  {
    name: 'an id beyond 2^53',
    request: { method: 'GET', target: '/products/9007199254740993' },
    response: { status: 200, body: '{"id":9007199254740993,"name":"a","price":1}' },
  },
  {
    name: 'a media type with charset and other case',
    request: get,
    response: { status: 200, headers: { 'Content-Type': 'Application/JSON; charset=UTF-8' }, body: product() },
  },
  { name: 'a map with free names', request: get, response: { status: 200, body: product({ labels: { 'a/b': 'x', 颜色: '白' } }) } },
  { name: 'a fraction that is whole', request: get, response: { status: 200, body: '{"id":7.0,"name":"a","price":1e1}' } },
  {
    name: 'a date-time with an offset',
    request: get,
    response: { status: 200, body: product({ created: '2026-03-01T08:00:00.123+08:00' }) },
  },
  {
    name: 'twenty characters of which some take two code units',
    request: get,
    response: { status: 200, body: product({ name: '😀'.repeat(20) }) },
  },
  {
    name: 'HEAD of a GET',
    request: { method: 'HEAD', target: '/products/7' },
    response: { status: 200, headers: { 'Content-Type': 'application/json' } },
  },
  { name: 'a documented refusal of something not there', request: { method: 'GET', target: '/products/99' }, response: problem(404) },
  { name: 'a conditional request answered 304', request: { ...get, headers: { 'If-None-Match': '"a"' } }, response: { status: 304 } },
  {
    name: 'a creation',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 0.01, pin: '1234' } },
    response: created,
  },
  {
    name: 'a creation without its writeOnly property in the answer',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 1, note: null } },
    response: created,
  },
  { name: 'a conflict', request: { method: 'POST', target: '/products', body: { name: 'a', price: 1 } }, response: problem(409) },
  {
    name: 'a form',
    dialects: V3,
    request: { method: 'PUT', target: '/products/7', ...form('name=%E8%8C%B6&price=3&tags=a&tags=b') },
    response: { status: 200, body: product() },
  },
  { name: 'a deletion', request: { method: 'DELETE', target: '/products/7' }, response: { status: 204 } },
  {
    name: 'a deletion with Content-Length 0',
    request: { method: 'DELETE', target: '/products/7' },
    response: { status: 204, headers: { 'Content-Length': '0' } },
  },
  {
    name: 'a tree',
    request: { method: 'GET', target: '/categories/%E8%8C%B6%E5%85%B7' },
    response: { status: 200, body: { name: '茶具', children: [{ name: '杯', children: [{ name: '小杯', children: [] }] }] } },
  },
  {
    name: 'a login without a token',
    request: { method: 'POST', target: '/login', withoutCredentials: true, ...form('username=li&password=a%2Bb%26c%3Dddd') },
    response: { status: 200, body: { access_token: 'x', expires_in: 60 } },
  },
  {
    name: 'an upload',
    request: {
      method: 'POST',
      target: '/files',
      ...multipart([
        ['name="file"; filename="图.png"', 'bytes'],
        ['name="kind"', 'image'],
      ]),
    },
    response: { status: 200, body: { fileId: 1 } },
  },
  {
    name: 'the one kind of order',
    dialects: V3,
    request: { method: 'GET', target: ORDER },
    response: { status: 200, body: { kind: 'pickup', total: 1, shop: 'west' } },
  },
  {
    name: 'the other kind of order',
    dialects: V3,
    request: { method: 'GET', target: ORDER },
    response: { status: 200, body: { kind: 'delivery', total: 1, address: 'Main Street 1' } },
  },
  { name: 'a status of a documented class', dialects: V3, request: { method: 'GET', target: ORDER }, response: problem(410) },
  {
    name: 'a payment',
    request: { method: 'POST', target: '/payments', body: { orderId: ORDER.slice(8), amount: 19.99 } },
    response: { status: 200, body: { success: true, data: { paymentId: 'p1' } } },
  },
  {
    name: 'a failure under 200',
    request: { method: 'POST', target: '/payments', body: { orderId: ORDER.slice(8), amount: 0.3 } },
    response: { status: 200, body: { success: false, code: 'NO_MONEY', message: '余额不足' } },
  },
  {
    name: 'text',
    request: { method: 'GET', target: '/report' },
    response: { status: 200, headers: { 'Content-Type': 'text/csv; charset=utf-8' }, body: 'a,b\n1,2\n' },
  },
  { name: 'what default covers', dialects: V3, request: { method: 'GET', target: '/report' }, response: problem(503) },
  {
    name: 'a cookie',
    dialects: V3,
    request: { method: 'GET', target: '/me', withoutCredentials: true, headers: { Cookie: 'sid=abc; theme=dark; other=1' } },
    response: { status: 200, body: { name: 'Li', boss: null } },
  },
  { name: 'missing credentials refused', request: { ...list(''), withoutCredentials: true }, response: problem(401) },
  {
    name: 'a CORS preflight',
    request: {
      method: 'OPTIONS',
      target: '/products',
      withoutCredentials: true,
      headers: { Origin: 'https://shop.example.com', 'Access-Control-Request-Method': 'POST' },
    },
    response: { status: 204 },
  },
  {
    name: 'a page of the site',
    request: { method: 'GET', target: 'https://api.example.com/index.html', headers: { 'Sec-Fetch-Dest': 'document' } },
    response: { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>shop</p>' },
  },
];

/** Exchanges with one deviation each. */
export const PLANTED: readonly BenchCase[] = [
  // Which operation
  {
    name: 'a path that is not documented',
    request: { method: 'GET', target: '/product' },
    response: { status: 200, body: {} },
    planted: { rule: 'undocumented-operation', side: 'server' },
  },
  {
    name: 'a path that nobody knows',
    request: { method: 'GET', target: '/prodcuts/7' },
    response: problem(404),
    planted: { rule: 'undocumented-operation', side: 'client' },
  },
  {
    name: 'a method that is not documented',
    request: { method: 'PATCH', target: '/products/7', body: {} },
    response: { status: 200, body: product() },
    planted: { rule: 'undocumented-method', side: 'server' },
  },
  {
    name: 'a trailing slash',
    request: { method: 'GET', target: '/products/' },
    response: { ...page() },
    planted: { rule: 'undocumented-operation', side: 'server' },
  },
  // The request
  {
    name: 'a path parameter of the wrong type',
    request: { method: 'GET', target: '/products/abc' },
    response: { status: 200, body: product() },
    planted: { rule: 'request-parameter', side: 'client', name: 'id' },
  },
  {
    name: 'a path parameter out of range',
    request: { method: 'GET', target: '/products/0' },
    response: { status: 200, body: product() },
    planted: { rule: 'request-parameter', side: 'client', name: 'id' },
  },
  {
    name: 'a query parameter out of range',
    request: list('?size=101'),
    response: page(),
    planted: { rule: 'request-parameter', side: 'client', name: 'size' },
  },
  {
    name: 'a query parameter outside of its list',
    request: list('?sort=colour'),
    response: page(),
    planted: { rule: 'request-parameter', side: 'client', name: 'sort' },
  },
  {
    name: 'a comma array with a wrong item',
    request: list('?ids=1,x'),
    response: page(),
    planted: { rule: 'request-parameter', side: 'client', name: 'ids', pointer: '/1' },
  },
  {
    name: 'a comma array that is too long',
    request: list('?ids=1,2,3,4,5,6'),
    response: page(),
    planted: { rule: 'request-parameter', side: 'client', name: 'ids' },
  },
  {
    name: 'a repeated array with a short item',
    request: list('?tag=ab&tag=c'),
    response: page(),
    planted: { rule: 'request-parameter', side: 'client', name: 'tag', pointer: '/1' },
  },
  {
    name: 'a deep object with a wrong member',
    dialects: V3,
    request: list('?filter[minPrice]=-1'),
    response: page(),
    planted: { rule: 'request-parameter', side: 'client', name: 'filter', pointer: '/minPrice' },
  },
  {
    name: 'a parameter with content that breaks its schema',
    dialects: V3,
    request: list('?where=%7B%22stock%22%3A%22x%22%7D'),
    response: page(),
    planted: { rule: 'request-parameter', side: 'client', name: 'where', pointer: '/stock' },
  },
  {
    name: 'a query parameter that is not documented',
    request: list('?pagesize=10'),
    response: page(),
    planted: { rule: 'undocumented-query-parameter', side: 'client', name: 'pagesize' },
  },
  {
    name: 'a request header of the wrong format',
    request: { ...list(''), headers: { 'X-Request-Id': '42' } },
    response: page(),
    planted: { rule: 'request-header', side: 'client', name: 'X-Request-Id' },
  },
  {
    name: 'a cookie outside of its list',
    dialects: V3,
    request: { method: 'GET', target: '/me', withoutCredentials: true, headers: { Cookie: 'sid=abc; theme=blue' } },
    response: { status: 200, body: { name: 'Li' } },
    planted: { rule: 'request-cookie', side: 'client', name: 'theme' },
  },
  {
    name: 'a request body without a property',
    request: { method: 'POST', target: '/products', body: { name: 'a' } },
    response: created,
    planted: { rule: 'request-body', side: 'client', pointer: '', property: 'price' },
  },
  {
    name: 'a request body with a wrong type',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: '1' } },
    response: created,
    planted: { rule: 'request-body', side: 'client', pointer: '/price' },
  },
  {
    name: 'a request body at an exclusive bound',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 0 } },
    response: created,
    planted: { rule: 'request-body', side: 'client', pointer: '/price' },
  },
  {
    name: 'a request body with equal items',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 1, tags: ['x', 'x'] } },
    response: created,
    planted: { rule: 'request-body', side: 'client', pointer: '/tags' },
  },
  {
    name: 'a request body with a property too many',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 1, colour: 'red' } },
    response: created,
    planted: { rule: 'undocumented-property', side: 'client', pointer: '/colour' },
  },
  {
    name: 'a readOnly property sent',
    request: { method: 'POST', target: '/products', body: { id: 7, name: 'a', price: 1 } },
    response: created,
    planted: { rule: 'read-only-sent', side: 'client', pointer: '/id' },
  },
  {
    name: 'a request body that is no JSON',
    request: { method: 'POST', target: '/products', headers: { 'Content-Type': 'application/json' }, body: '{"name":"a",}' },
    response: created,
    planted: { rule: 'request-body', side: 'client', pointer: '' },
  },
  {
    name: 'no request body',
    request: { method: 'POST', target: '/products' },
    response: created,
    planted: { rule: 'request-body', side: 'client', pointer: '' },
  },
  {
    name: 'a request body of another media type',
    request: { method: 'POST', target: '/products', headers: { 'Content-Type': 'text/plain' }, body: 'name' },
    response: created,
    planted: { rule: 'request-media-type', side: 'client' },
  },
  {
    name: 'a body where none is described',
    request: { method: 'DELETE', target: '/products/7', body: { why: 'old' } },
    response: { status: 204 },
    planted: { rule: 'undocumented-request-body', side: 'client' },
  },
  {
    name: 'a form without a field',
    request: { method: 'POST', target: '/login', withoutCredentials: true, ...form('username=li') },
    response: { status: 200, body: { access_token: 'x', expires_in: 1 } },
    planted: { rule: 'request-body', side: 'client', pointer: '', property: 'password' },
  },
  {
    name: 'a form with a wrong number',
    dialects: V3,
    request: { method: 'PUT', target: '/products/7', ...form('name=a&price=free') },
    response: { status: 200, body: product() },
    planted: { rule: 'request-body', side: 'client', pointer: '/price' },
  },
  {
    name: 'an upload outside of a list',
    request: {
      method: 'POST',
      target: '/files',
      ...multipart([
        ['name="file"; filename="a"', 'x'],
        ['name="kind"', 'video'],
      ]),
    },
    response: { status: 200, body: { fileId: 1 } },
    planted: { rule: 'request-body', side: 'client', pointer: '/kind' },
  },
  {
    name: 'an upload without its file',
    request: { method: 'POST', target: '/files', ...multipart([['name="kind"', 'text']]) },
    response: { status: 200, body: { fileId: 1 } },
    planted: { rule: 'request-body', side: 'client', pointer: '', property: 'file' },
  },
  // The response
  {
    name: 'a status that is not documented',
    request: get,
    response: { status: 202, body: product() },
    planted: { rule: 'undocumented-status', side: 'server' },
  },
  {
    name: 'a server that fails',
    request: get,
    response: { status: 500, headers: { 'Content-Type': 'text/html' }, body: '<h1>Error</h1>' },
    planted: { rule: 'undocumented-status', side: 'server' },
  },
  {
    name: 'a media type that is not documented',
    request: get,
    response: { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>cup</p>' },
    planted: { rule: 'undocumented-media-type', side: 'server' },
  },
  {
    name: 'a refusal with the media type of a success',
    dialects: V3,
    request: { method: 'GET', target: '/products/99' },
    response: { status: 404, headers: { 'Content-Type': 'application/json' }, body: { title: 'No', status: 404 } },
    planted: { rule: 'undocumented-media-type', side: 'server' },
  },
  {
    name: 'no media type',
    request: get,
    response: { status: 200, headers: { 'Content-Type': null }, body: product() },
    planted: { rule: 'missing-media-type', side: 'server' },
  },
  {
    name: 'a required response header missing',
    dialects: V3,
    request: list(''),
    response: { ...page(), headers: {} },
    planted: { rule: 'response-header', side: 'server', name: 'X-Total-Count' },
  },
  {
    name: 'a response header of the wrong type',
    request: list(''),
    response: { ...page(), headers: { 'X-Total-Count': 'many' } },
    planted: { rule: 'response-header', side: 'server', name: 'X-Total-Count' },
  },
  {
    name: 'a response header that breaks its pattern',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 1 } },
    response: { ...created, headers: { Location: 'https://elsewhere' } },
    planted: { rule: 'response-header', side: 'server', name: 'Location' },
  },
  {
    name: 'a response body without a property',
    request: get,
    response: { status: 200, body: { id: 7, name: 'a' } },
    planted: { rule: 'response-body', side: 'server', pointer: '', property: 'price' },
  },
  {
    name: 'a number as text',
    request: get,
    response: { status: 200, body: product({ price: '12.5' }) },
    planted: { rule: 'response-body', side: 'server', pointer: '/price' },
  },
  {
    name: 'null where it is not allowed',
    request: get,
    response: { status: 200, body: product({ name: null }) },
    planted: { rule: 'response-body', side: 'server', pointer: '/name' },
  },
  {
    name: 'a value outside of a nullable list',
    request: get,
    response: { status: 200, body: product({ state: 'gone' }) },
    planted: { rule: 'response-body', side: 'server', pointer: '/state' },
  },
  {
    name: 'a wrong member behind a nullable reference',
    request: get,
    response: { status: 200, body: product({ parent: { id: 'x' } }) },
    planted: { rule: 'response-body', side: 'server', pointer: '/parent/id' },
  },
  {
    name: 'a property too many behind a nullable reference',
    request: get,
    response: { status: 200, body: product({ parent: { id: 3, name: 'x' } }) },
    planted: { rule: 'undocumented-property', side: 'server', pointer: '/parent/name' },
  },
  {
    name: 'a price at its exclusive bound',
    request: get,
    response: { status: 200, body: product({ price: 0 }) },
    planted: { rule: 'response-body', side: 'server', pointer: '/price' },
  },
  {
    name: 'a time without its zone',
    request: get,
    response: { status: 200, body: product({ created: '2026-03-01 08:00:00' }) },
    planted: { rule: 'response-body', side: 'server', pointer: '/created' },
  },
  {
    name: 'a map with a value too long',
    request: get,
    response: { status: 200, body: product({ labels: { 'a/b': 'toolong' } }) },
    planted: { rule: 'response-body', side: 'server', pointer: '/labels/a~1b' },
  },
  {
    name: 'a wrong item deep in a list',
    request: list(''),
    response: page([product(), product({ name: '' })]),
    planted: { rule: 'response-body', side: 'server', pointer: '/items/1/name' },
  },
  {
    name: 'a property too many in a closed page',
    request: list(''),
    response: { ...page(), body: { items: [], total: 1, next: null } },
    planted: { rule: 'undocumented-property', side: 'server', pointer: '/next' },
  },
  {
    name: 'a property that an open product does not describe',
    request: get,
    response: { status: 200, body: product({ colour: 'red' }) },
    planted: { rule: 'undocumented-property', side: 'server', pointer: '/colour' },
  },
  {
    name: 'a deep branch of a tree',
    request: { method: 'GET', target: '/categories/tea' },
    response: { status: 200, body: { name: 'tea', children: [{ name: 'cup', children: [{ children: [] }] }] } },
    planted: { rule: 'response-body', side: 'server', pointer: '/children/0/children/0', property: 'name' },
  },
  {
    name: 'a writeOnly property returned',
    dialects: V3,
    request: get,
    response: { status: 200, body: product({ pin: '1234' }) },
    planted: { rule: 'write-only-returned', side: 'server', pointer: '/pin' },
  },
  {
    name: 'a response that is no JSON',
    request: get,
    response: { status: 200, body: '{"id":7' },
    planted: { rule: 'response-body', side: 'server', pointer: '' },
  },
  {
    name: 'an empty response',
    request: get,
    response: { status: 200, headers: { 'Content-Type': 'application/json' } },
    planted: { rule: 'response-body', side: 'server', pointer: '' },
  },
  {
    name: 'a body with 204',
    request: { method: 'DELETE', target: '/products/7' },
    response: { status: 204, headers: { 'Content-Type': 'application/json' }, body: { ok: true } },
    planted: { rule: 'unexpected-body', side: 'server' },
  },
  {
    name: 'a body with HEAD',
    request: { method: 'HEAD', target: '/products/7' },
    response: { status: 200, body: product() },
    planted: { rule: 'unexpected-body', side: 'server' },
  },
  {
    name: 'the wrong branch of an order',
    dialects: V3,
    request: { method: 'GET', target: ORDER },
    response: { status: 200, body: { kind: 'delivery', total: 1, shop: 'west' } },
    planted: { rule: 'response-body', side: 'server', pointer: '', property: 'address' },
  },
  {
    name: 'an order that is too short of an address',
    dialects: V3,
    request: { method: 'GET', target: ORDER },
    response: { status: 200, body: { kind: 'delivery', total: 1, address: 'x' } },
    planted: { rule: 'response-body', side: 'server', pointer: '/address' },
  },
  {
    name: 'a success without its data',
    dialects: V3,
    request: { method: 'POST', target: '/payments', body: { orderId: ORDER.slice(8), amount: 1 } },
    response: { status: 200, body: { success: true } },
    planted: { rule: 'response-body', side: 'server', pointer: '', property: 'data' },
  },
  {
    name: 'a failure with a code outside of its list',
    request: { method: 'POST', target: '/payments', body: { orderId: ORDER.slice(8), amount: 1 } },
    response: { status: 200, body: { success: false, code: 'OOPS', message: 'x' } },
    planted: { rule: 'response-body', side: 'server', pointer: '/code' },
  },
  {
    name: 'a refusal that says the wrong status',
    request: { method: 'GET', target: '/products/99' },
    response: { status: 404, body: { title: 'No', status: 200 } },
    planted: { rule: 'response-body', side: 'server', pointer: '/status' },
  },
  // Both together
  {
    name: 'no credentials asked for',
    request: { ...list(''), withoutCredentials: true },
    response: page(),
    planted: { rule: 'missing-credentials-accepted', side: 'server' },
  },
  {
    name: 'an invalid request that is taken',
    request: list('?page=0'),
    response: page(),
    planted: { rule: 'invalid-request-accepted', side: 'server' },
  },
  {
    name: 'a documented method that is refused',
    request: get,
    response: problem(405),
    planted: { rule: 'valid-request-refused', side: 'server' },
  },
  {
    name: 'a documented media type that is refused',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 1 } },
    response: problem(415),
    planted: { rule: 'valid-request-refused', side: 'server' },
  },
  {
    name: 'a valid request that is refused',
    request: { method: 'POST', target: '/products', body: { name: 'a', price: 1 } },
    response: problem(400),
    planted: { rule: 'valid-request-refused', side: 'server' },
  },
];
