import type { BenchCase } from './exchange.ts';
import { V3, ORDER, product, page, problem, list, get, form, multipart, created } from './messages.ts';

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
