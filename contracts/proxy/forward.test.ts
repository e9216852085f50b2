import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { documentOf } from '../../operations/document.fixture.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { RequestMessage } from '../../operations/index.ts';
import { createForwarder } from './forward.ts';
import type { Forwarder, ForwardOptions } from './forward.ts';
import { startBackend, startRawBackend } from './proxy.fixture.ts';

const forwarders: Forwarder[] = [];
afterAll(() => {
  for (const forwarder of forwarders) forwarder.close();
});

function forwarderTo(url: string, options: ForwardOptions = {}): (message: Partial<RequestMessage>) => ReturnType<Forwarder['forward']> {
  const forwarder = createForwarder([{ what: '*', url }], options);
  forwarders.push(forwarder);
  const target = forwarder.targetOf(undefined, request({}));
  if (target === undefined) throw new Error('no target');
  return (message) => forwarder.forward(target, request(message));
}

function request(given: Partial<RequestMessage>): RequestMessage {
  return { method: 'GET', path: '/', query: '', headers: {}, body: undefined, ...given };
}

test('the rule of an operation goes before that of its document, that before the one for all', () => {
  const table = createOperationTable([
    documentOf({
      openapi: '3.1.0',
      paths: { '/a': { get: { operationId: 'a', responses: {} } }, '/b': { get: { operationId: 'b', responses: {} } } },
    }),
  ]);
  const operation = (path: string): Parameters<Forwarder['targetOf']>[0] => {
    const found = table.find('GET', path);
    return found.kind === 'operation' ? found.operation : undefined;
  };
  const forwarder = createForwarder([
    { what: '*', url: 'http://all' },
    { what: 'api', url: 'http://document' },
    { what: 'api.b', url: 'http://operation' },
  ]);
  forwarders.push(forwarder);
  const urls = ['/a', '/b', '/none'].map((path) => forwarder.targetOf(operation(path), request({}))?.url);
  expect(urls).toEqual(['http://document', 'http://operation', 'http://all']);
  expect(createForwarder([]).targetOf(operation('/a'), request({}))).toBeUndefined();
});

test('sends the whole request and gives the whole answer, unpacked', async () => {
  const backend = await startBackend(async (incoming, response) => {
    const body = await buffer(incoming);
    const { host, connection: _, ...headers } = incoming.headers;
    response.writeHead(201, { 'content-encoding': 'gzip', 'set-cookie': ['a=1', 'b=2'], 'x-host': host ?? '' });
    response.end(gzipSync(JSON.stringify({ method: incoming.method, url: incoming.url, headers, body: body.toString() })));
  });
  const forward = forwarderTo(`${backend.url}/base`);
  const answer = await forward({
    method: 'POST',
    path: '/p%2F',
    query: 'q=1',
    headers: { host: 'mock', 'content-encoding': 'gzip', 'content-length': '999', 'x-a': ['1', '2'], connection: 'x-hop', 'x-hop': '1' },
    body: Buffer.from('密'),
  });
  if ('reason' in answer) throw new Error(answer.reason);
  expect([answer.status, answer.headers['set-cookie'], answer.headers['content-encoding'], answer.headers['x-host']]).toEqual([
    201,
    ['a=1', 'b=2'],
    undefined,
    backend.url.slice('http://'.length),
  ]);
  expect(answer.headers['content-length']).toBe(String(answer.body?.length));
  expect(JSON.parse(String(answer.body))).toEqual({
    method: 'POST',
    url: '/base/p%2F?q=1',
    headers: { 'content-length': '3', 'x-a': '1, 2' },
    body: '密',
  });
});

test.each<[name: string, answer: string, options: ForwardOptions, reason: RegExp, timedOut: boolean]>([
  ['breaks off', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx', {}, /broke off/, false],
  ['is no HTTP', 'hello\r\n\r\n', {}, /no HTTP/, false],
  ['is silent', '', { timeout: 50 }, /did not answer within 50 ms/, true],
  ['says too much', `HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n${'x'.repeat(20)}`, { bodyLimit: 10 }, /more than 10 bytes/, false],
  ['packs wrongly', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b', {}, /no gzip data/, false],
])('a target that %s is down', async (_name, answer, options, reason, timedOut) => {
  const backend = await startRawBackend(answer);
  expect(await forwarderTo(backend.url, options)({})).toEqual({ reason: expect.stringMatching(reason), timedOut });
});

test('a target that is not there is down', async () => {
  expect(await forwarderTo('http://127.0.0.1:1')({})).toEqual({ reason: expect.stringContaining('ECONNREFUSED'), timedOut: false });
});

test('an answer to HEAD keeps its length', async () => {
  const backend = await startBackend((_incoming, response) => response.writeHead(200, { 'content-length': '77' }).end());
  expect(await forwarderTo(backend.url)({ method: 'HEAD' })).toMatchObject({
    status: 200,
    headers: { 'content-length': '77' },
    body: undefined,
  });
});
