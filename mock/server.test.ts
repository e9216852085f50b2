import { createConnection } from 'node:net';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { exchange, framed, json, mockOf, openapi, serve } from './mock.fixture.ts';
import type { Handled } from './index.ts';

const anything = {
  content: {
    'application/json': {},
    'application/octet-stream': {},
    'multipart/form-data': { schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } },
  },
};
const document = openapi({
  '/hello': { get: { responses: { 200: json({ type: 'string' }, { example: '你好' }) } } },
  '/body': { post: { requestBody: anything, responses: { 200: json({ type: 'boolean' }, { example: true }) } } },
  '/empty': { get: { responses: { 204: { description: 'none' } } } },
});
const mock = await mockOf([document], { cors: true });
const handled: Handled[] = [];
const LIMIT = 100_000;
const server = await serve(mock, { bodyLimit: LIMIT, onHandled: (_request, item) => handled.push(item) });
const { url, port } = server;
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${url}/body`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream', ...headers } });
const statusesOf = (text: string): number[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => Number(match[1]));
const isAlive = async () => (await fetch(`${url}/hello`)).status === 200;

describe('ordinary requests', () => {
  test('GET, HEAD, nothing', async () => {
    const get = await fetch(`${url}/hello`);
    expect([get.status, get.headers.get('content-length'), await get.json()]).toEqual([200, '8', '你好']);
    const head = await fetch(`${url}/hello`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '8', '']);
    const none = await fetch(`${url}/empty`);
    expect([none.status, none.headers.get('content-length')]).toEqual([204, null]);
  });

  test('targets in absolute form, with a fragment, with a bare question mark', async () => {
    for (const target of ['http://any.test/hello', '/hello?', '/hello#part', '/hello?a=b#c']) {
      expect(statusesOf((await exchange(port, framed(`GET ${target}`), { quietMs: 100 })).text), target).toEqual([200]);
    }
    expect(statusesOf((await exchange(port, framed('OPTIONS *'), { quietMs: 100 })).text)).toEqual([404]);
  });

  test('pipelined requests are answered in their order', async () => {
    const many = ['GET /hello', 'GET /nope', 'GET /empty', 'PUT /hello', 'GET /hello'].map((line) => framed(line));
    expect(statusesOf((await exchange(port, Buffer.concat(many), { quietMs: 150 })).text)).toEqual([200, 404, 204, 405, 200]);
  });

  test('the one who listens is told, and may fail', async () => {
    const before = handled.length;
    await fetch(`${url}/nope`);
    expect(handled.slice(before).map((item) => item.reply.status)).toEqual([404]);
    const failing = await serve(mock, {
      onHandled: () => {
        throw new Error('full disk');
      },
    });
    expect((await fetch(`${failing.url}/hello`)).status).toBe(200);
    expect((await fetch(`${failing.url}/hello`)).status).toBe(200);
  });

  test('a path that only begins like a control path is an ordinary one', async () => {
    expect((await fetch(`${url}/__hufuu`)).status).toBe(404);
  });
});

describe('bodies', () => {
  const plain = Buffer.from('{"a":1}');
  test.each([
    ['gzip', gzipSync(plain)],
    ['x-gzip', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['zstd', zstdCompressSync(plain)],
    ['identity', plain],
    ['GZIP', gzipSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
  ])('compressed with %s', async (encoding, bytes) => {
    expect((await post(new Uint8Array(bytes), { 'content-type': 'application/json', 'content-encoding': encoding })).status).toBe(200);
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
    ['zstd', zstdCompressSync(Buffer.alloc(50_000_000))],
  ])('a %s bomb is 413', async (encoding, bytes) => {
    const answer = await post(new Uint8Array(bytes), { 'content-encoding': encoding });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'application/problem+json']);
  });

  test('what is not what it says', async () => {
    expect((await post('not gzip', { 'content-encoding': 'gzip' })).status).toBe(400);
    const unknown = await post('x', { 'content-encoding': 'lzma' });
    expect([unknown.status, unknown.headers.get('accept-encoding')]).toEqual([415, 'gzip, x-gzip, deflate, br, zstd']);
    expect((await post('x', { 'content-encoding': 'constructor' })).status).toBe(415);
    expect((await post('x', { 'content-encoding': 'gzip,'.repeat(500) })).status).toBe(415);
  });

  test('exactly the limit, one byte more, and far more', async () => {
    expect((await post('x'.repeat(LIMIT))).status).toBe(200);
    for (const size of [LIMIT + 1, 20_000_000]) {
      const answer = await fetch(`${url}/body`, { method: 'POST', body: 'x'.repeat(size), headers: { origin: 'http://app.test' } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'application/problem+json']);
      // A page may read why.
      expect(answer.headers.get('access-control-allow-origin')).toBe('http://app.test');
    }
  });

  test('chunked', async () => {
    const chunks = (size: number) =>
      new ReadableStream({ pull: (controller) => (size-- > 0 ? controller.enqueue(new Uint8Array(1_000)) : controller.close()) });
    const send = (size: number) =>
      fetch(`${url}/body`, { method: 'POST', body: chunks(size), duplex: 'half', headers: { 'content-type': 'application/octet-stream' } });
    expect((await send(10)).status).toBe(200);
    expect((await send(0)).status).toBe(200);
    expect((await send(500)).status).toBe(413);
  });

  test('multipart', async () => {
    const form = new FormData();
    form.set('a', '文件');
    expect((await fetch(`${url}/body`, { method: 'POST', body: form })).status).toBe(200);
    expect((await fetch(`${url}/body`, { method: 'POST', body: new FormData() })).status).toBe(422);
  });

  test('Expect: 100-continue', async () => {
    const ask = (length: number) =>
      exchange(
        port,
        `POST /body HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`,
        { quietMs: 150 },
      );
    expect(statusesOf((await ask(5)).text)).toEqual([100]);
    expect(statusesOf((await ask(LIMIT + 1)).text)).toEqual([413]);
    const whole = framed('POST /body', ['Content-Type: application/octet-stream', 'Expect: 100-continue'], 'hello');
    expect(statusesOf((await exchange(port, whole, { quietMs: 150 })).text)).toEqual([100, 200]);
  });

  test('a client that hangs up half-way leaves nothing behind', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const socket = createConnection(port, '127.0.0.1').on('error', () => undefined);
      await once(socket, 'connect');
      socket.write('POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\nhalf');
      setTimeout(() => socket.resetAndDestroy(), turn);
      await once(socket, 'close');
    }
    expect(await isAlive()).toBe(true);
  });
});

describe('what is no request', () => {
  test('header fields that are too large: 431', async () => {
    const { text, closed } = await exchange(port, framed('GET /hello', [`X-Large: ${'x'.repeat(70_000)}`]));
    expect(text).toMatch(/^HTTP\/1\.1 431 .*"status":431/s);
    expect(closed || text.includes('connection: close')).toBe(true);
  });

  test.each([
    ['garbage', '\u0000\u0001\u0002 garbage\r\n\r\n'],
    ['a TLS greeting', Buffer.from('16030100a5010000a10303', 'hex')],
    ['an unknown method', 'BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['no host', 'GET /hello HTTP/1.1\r\n\r\n'],
    ['two lengths', 'POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['length and chunks', 'POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a broken chunk', 'POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a space in a name', 'GET /hello HTTP/1.1\r\nHost: x\r\nBad Name: x\r\n\r\n'],
  ])('%s: 400, and the connection ends', async (_name, bytes) => {
    const { text, closed } = await exchange(port, bytes, { quietMs: 3_000 });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(closed).toBe(true);
    expect(await isAlive()).toBe(true);
  });

  test('an answer is not lost on a client that goes on sending', async () => {
    const { text } = await exchange(port, ['garbage\r\n\r\n', ...Array.from({ length: 50 }, () => Buffer.alloc(10_000))]);
    expect(text).toMatch(/^HTTP\/1\.1 400 .*"status":400/s);
  });

  test('CONNECT opens no tunnel', async () => {
    expect((await exchange(port, 'CONNECT other.test:443 HTTP/1.1\r\nHost: other.test\r\n\r\n')).text).toMatch(/^HTTP\/1\.1 405 /);
  });

  test('an upgrade that is not offered is an ordinary request', async () => {
    const headers = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13'];
    expect(statusesOf((await exchange(port, framed('GET /hello', headers), { quietMs: 150 })).text)).toEqual([200]);
  });

  test('a header that a client splits is no header of the answer', async () => {
    const answer = await exchange(port, framed('GET /hello?__example=x%0d%0aSet-Cookie:%20a=1', ['Origin: http://a%0d%0aSet-Cookie: a=1']));
    expect(answer.text.toLowerCase()).not.toContain('\r\nset-cookie');
  });
});

test('a client that does not read is not written to without end', async () => {
  const socket = createConnection(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  const before = handled.length;
  const one = framed('GET /hello');
  for (let turn = 0; turn < 100; turn += 1) socket.write(Buffer.concat(Array.from({ length: 1_000 }, () => one)));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const answered = handled.length - before;
  socket.destroy();
  expect(answered).toBeLessThan(100_000);
  expect(await isAlive()).toBe(true);
});

test('closing ends connections that are kept alive', async () => {
  const own = await serve(mock);
  await new Promise<void>((resolve) =>
    httpRequest(`${own.url}/hello`, { agent: undefined, headers: { connection: 'keep-alive' } }, (response) =>
      response.resume().on('end', resolve),
    ).end(),
  );
  await own.close();
  await expect(fetch(`${own.url}/hello`)).rejects.toThrow('fetch failed');
});

test('a port that is taken', async () => {
  await expect(serve(mock, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
