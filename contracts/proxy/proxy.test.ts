import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startBackend, startRawBackend, startTestProxy, talk } from './proxy.fixture.ts';
import { selfSigned } from './self-signed.fixture.ts';

const CLOSE = 'Connection: close\r\n';

test('passes bytes on as they are: target, case and order of field lines, status text, repeated Set-Cookie', async () => {
  const backend = await startRawBackend(
    'HTTP/1.1 299 Quite Fine\r\nX-Second: 2\r\nSET-cookie: a=1; Path=/\r\nx-FIRST: 1\r\nSet-Cookie: b=2\r\nContent-Length: 3\r\n\r\nabc',
  );
  const proxy = await startTestProxy(backend.url);
  const seen = await talk(
    proxy.port,
    `PATCH /a%2fb/%E5%AF%86?q=%20+&x HTTP/1.1\r\nhOsT: here\r\nX-Z: 1\r\nx-a: 2\r\nX-Z: 3\r\nCookie: p=1\r\nCookie: q=2\r\nContent-Length: 2\r\n${CLOSE}\r\nhi`,
  );
  expect(seen).toMatch(
    /^HTTP\/1.1 299 Quite Fine\r\nX-Second: 2\r\nSET-cookie: a=1; Path=\/\r\nx-FIRST: 1\r\nSet-Cookie: b=2\r\nContent-Length: 3\r\n/,
  );
  expect(seen).toMatch(/\r\n\r\nabc$/);
  const host = backend.url.slice('http://'.length);
  expect(backend.seen()).toMatch(/^PATCH \/a%2fb\/%E5%AF%86\?q=%20\+&x HTTP\/1.1\r\n/);
  expect(backend.seen()).toContain(`hOsT: ${host}\r\nX-Z: 1\r\nx-a: 2\r\nX-Z: 3\r\nCookie: p=1\r\nCookie: q=2\r\nContent-Length: 2\r\n`);
  const exchange = await proxy.next();
  expect(exchange).toMatchObject({
    place: { file: 'live', index: 0 },
    origin: backend.url,
    request: {
      method: 'PATCH',
      path: '/a%2fb/%E5%AF%86',
      query: 'q=%20+&x',
      headers: { 'x-z': '1, 3', cookie: 'p=1; q=2', host },
      body: Buffer.from('hi'),
    },
    response: { status: 299, headers: { 'set-cookie': ['a=1; Path=/', 'b=2'] }, body: Buffer.from('abc') },
    gaps: [],
  });
});

test('leaves behind what belongs to the connection (RFC 9110 section 7.6.1)', async () => {
  const backend = await startRawBackend(
    'HTTP/1.1 200 OK\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nKeep-Alive: timeout=1\r\nX-Stays: 1\r\nContent-Length: 0\r\n\r\n',
  );
  const proxy = await startTestProxy(backend.url);
  const seen = await talk(
    proxy.port,
    'GET / HTTP/1.1\r\nHost: h\r\nConnection: X-Mine, close\r\nX-Mine: 1\r\nProxy-Connection: x\r\nTE: gzip\r\nX-Other: 2\r\n\r\n',
  );
  expect(seen).not.toMatch(/X-Hop: 1|timeout=1/);
  expect(seen).toContain('X-Stays: 1');
  expect(backend.seen()).not.toMatch(/X-Mine|Proxy-Connection|TE:/i);
  expect(backend.seen()).toContain('X-Other: 2');
});

test('chunked bodies and trailers pass both ways', async () => {
  const trailers: NodeJS.Dict<string>[] = [];
  const backend = await startBackend(async (request, response) => {
    const body = await buffer(request);
    trailers.push(request.trailers);
    response.writeHead(200, { trailer: 'X-Sum' });
    response.write(body);
    response.addTrailers({ 'X-Sum': '7' });
    response.end();
  });
  const proxy = await startTestProxy(backend.url);
  const seen = await talk(
    proxy.port,
    `POST /t HTTP/1.1\r\nHost: h\r\n${CLOSE}Trailer: X-End\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-End: yes\r\n\r\n`,
  );
  expect(trailers[0]).toEqual({ 'x-end': 'yes' });
  expect(seen).toMatch(/abcde/);
  expect(seen).toMatch(/0\r\nX-Sum: 7\r\n\r\n$/);
  expect((await proxy.next()).request.body?.toString()).toBe('abcde');
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['zstd', zstdCompressSync],
])('%s: the client gets the bytes of the wire, the exchange has the body unpacked', async (coding, pack) => {
  const packed = pack(Buffer.from('{"a":"密"}'));
  const backend = await startBackend((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding, 'content-length': packed.length });
    response.end(packed);
  });
  const proxy = await startTestProxy(backend.url);
  const answer = await send(proxy.url);
  expect(answer.body.equals(packed)).toBe(true);
  const { response } = await proxy.next();
  expect(response?.headers['content-encoding']).toBe(coding);
  expect(response?.body?.toString()).toBe('{"a":"密"}');
});

test('events are passed on at once, and so is the head of a stream that says nothing yet', async () => {
  const steps: (() => void)[] = [];
  const backend = await startBackend((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    steps.push(
      () => response.write('data: 1\n\n'),
      () => response.end('data: 2\n\n'),
    );
  });
  const proxy = await startTestProxy(backend.url);
  const request = httpRequest(`${proxy.url}/events`).end();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  steps[0]?.();
  const [first] = (await once(answer, 'data')) as [Buffer];
  expect(first.toString()).toBe('data: 1\n\n');
  expect(proxy.exchanges).toHaveLength(0);
  steps[1]?.();
  expect((await buffer(answer)).toString()).toBe('data: 2\n\n');
  expect((await proxy.next()).response?.body?.toString()).toBe('data: 1\n\ndata: 2\n\n');
});

test('HEAD, 204 and 304 have no body and keep their fields', async () => {
  const backend = await startBackend((request, response) => {
    if (request.method === 'HEAD') response.writeHead(200, { 'content-length': '1234' });
    else response.writeHead(Number(request.url?.slice(1)), { etag: '"x"' });
    response.end();
  });
  const proxy = await startTestProxy(backend.url);
  const head = await send(`${proxy.url}/x`, { method: 'HEAD' });
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '1234', 0]);
  for (const status of [204, 304]) {
    const answer = await send(`${proxy.url}/${status}`);
    expect([answer.status, answer.headers.etag, answer.headers['transfer-encoding']]).toEqual([status, '"x"', undefined]);
  }
  expect((await proxy.next()).response).toMatchObject({ status: 200, body: undefined });
});

test('100 (Continue) comes from the target, and so does a refusal instead of it', async () => {
  const backend = await startBackend((request, response) => void buffer(request).then((body) => response.end(`got ${body.length}`)));
  backend.server.on('checkContinue', (request, response) => {
    if (request.url === '/no') {
      response.writeHead(417, { connection: 'close' }).end('no');
      return;
    }
    response.writeContinue();
    backend.server.emit('request', request, response);
  });
  const proxy = await startTestProxy(backend.url);
  const head = (path: string): string => `PUT ${path} HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n${CLOSE}\r\n`;
  const socket = connect(proxy.port, '127.0.0.1');
  socket.write(head('/yes'));
  const [interim] = (await once(socket, 'data')) as [Buffer];
  expect(interim.toString()).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\n/);
  socket.write('body');
  expect((await buffer(socket)).toString()).toMatch(/got 4/);
  expect(await talk(proxy.port, head('/no'))).toMatch(/^HTTP\/1.1 417 /);
});

test('103 (Early Hints) is passed on', async () => {
  const backend = await startBackend((_request, response) => {
    response.socket?.write('HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLINK: no link at all\r\n\r\n');
    setTimeout(() => response.end('done'), 20);
  });
  const proxy = await startTestProxy(backend.url);
  const seen = await talk(proxy.port, `GET / HTTP/1.1\r\nHost: h\r\n${CLOSE}\r\n`);
  expect(seen).toMatch(/^HTTP\/1.1 103 Early Hints\r\nLink: <\/a.css>; rel=preload\r\nLINK: no link at all\r\n\r\nHTTP\/1.1 200 OK/);
});

test('requests with unusual framing: GET with a body, POST without one, an absolute target, HTTP/1.0', async () => {
  const backend = await startBackend(
    (request, response) =>
      void buffer(request).then((body) => {
        response.write(`${request.method} ${request.url} `);
        response.end(`${body.toString()}|${request.headers['content-length'] ?? ''}|${request.headers['transfer-encoding'] ?? ''}`);
      }),
  );
  const proxy = await startTestProxy(`${backend.url}/base/`);
  const ask = (text: string): Promise<string> => talk(proxy.port, text);
  expect(await ask(`GET /g HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n${CLOSE}\r\nhi`)).toMatch(/GET \/base\/g \r\n.*hi\|2\|/s);
  expect(await ask(`POST /p HTTP/1.1\r\nHost: h\r\n${CLOSE}\r\n`)).toMatch(/POST \/base\/p \r\n.*\|0\|/s);
  expect(await ask(`GET http://else.where:99/abs?x=1 HTTP/1.1\r\nHost: else.where\r\n${CLOSE}\r\n`)).toMatch(/GET \/base\/abs\?x=1 /);
  const old = await ask('GET /old HTTP/1.0\r\n\r\n');
  expect(old).toMatch(/\r\n\r\nGET \/base\/old \|\|$/);
  expect(old).not.toMatch(/chunked/i);
  expect((await proxy.next()).request.path).toBe('/base/g');
});

test('a large body streams through whole while only the limit is kept', async () => {
  const size = 48 * 1024 * 1024;
  const block = randomBytes(1024 * 1024);
  const backend = await startBackend((request, response) => {
    const sum = createHash('sha256');
    request.on('data', (chunk: Buffer) => sum.update(chunk));
    request.on('end', () => response.end(sum.digest('hex')));
  });
  const proxy = await startTestProxy(backend.url, { bodyLimit: 1024 });
  const sum = createHash('sha256');
  const request = httpRequest(`${proxy.url}/up`, { method: 'POST', headers: { 'content-length': size } });
  for (let sent = 0; sent < size; sent += block.length) {
    sum.update(block);
    if (!request.write(block)) await once(request, 'drain');
  }
  request.end();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  expect((await buffer(answer)).toString()).toBe(sum.digest('hex'));
  const exchange = await proxy.next();
  expect(exchange.request.body).toBeUndefined();
  expect(exchange.gaps).toEqual([{ of: 'request-body', code: 'missing', message: 'The body is larger than 1024 bytes and was not kept.' }]);
});

test('a slow reader holds the target back', async () => {
  let written = 0;
  const backend = await startBackend((_request, response) => {
    const chunk = Buffer.alloc(256 * 1024, 1);
    const more = (): void => {
      for (;;) {
        if (written >= 400 * chunk.length) return;
        written += chunk.length;
        if (!response.write(chunk)) break;
      }
      response.once('drain', more);
    };
    more();
  });
  const proxy = await startTestProxy(backend.url, { bodyLimit: 10 });
  const socket = connect(proxy.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  socket.pause();
  let before = -1;
  while (written !== before) {
    before = written;
    await wait(100);
  }
  // What the system's buffers between three ends take is far from the 100 MB that the target would like to send.
  expect(written).toBeLessThan(60 * 1024 * 1024);
  socket.destroy();
  expect((await proxy.next()).gaps.map((gap) => gap.message)).toContain('The client went away before the answer was complete.');
});

describe('when something breaks', () => {
  test('a target that is down: 502 with its address and the reason, an exchange without a response', async () => {
    const proxy = await startTestProxy('http://127.0.0.1:1');
    const answer = await send(`${proxy.url}/x`, { method: 'POST', body: 'hello' });
    expect(answer.status).toBe(502);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      status: 502,
      detail: expect.stringContaining('Nothing listens at http://127.0.0.1:1 (ECONNREFUSED)'),
    });
    const exchange = await proxy.next();
    expect(exchange.response).toBeUndefined();
    expect(exchange.gaps[0]?.message).toContain('ECONNREFUSED');
  });

  test('a target that does not answer in time: 504', async () => {
    const backend = await startBackend(() => undefined);
    const proxy = await startTestProxy(backend.url, { answerTimeout: 50 });
    const answer = await send(`${proxy.url}/slow`);
    expect([answer.status, JSON.parse(answer.body.toString()).title]).toEqual([504, 'Gateway Timeout']);
    expect((await proxy.next()).gaps[0]?.message).toContain('did not begin its answer within 50 ms');
  });

  test.each([
    ['nonsense', 'that is no HTTP\r\n\r\n', 502],
    ['nothing at all', ' ', 502],
  ])('a target that answers with %s', async (_name, text, status) => {
    const backend = await startRawBackend(text);
    const proxy = await startTestProxy(backend.url);
    expect((await send(proxy.url)).status).toBe(status);
  });

  test('a target that breaks off: the client sees it, the exchange has the beginning and a gap', async () => {
    const backend = await startRawBackend('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this');
    const proxy = await startTestProxy(backend.url);
    await expect(send(proxy.url)).rejects.toThrow(/aborted|hang up|reset/i);
    const exchange = await proxy.next();
    expect(exchange.response?.body?.toString()).toBe('only this');
    expect(exchange.gaps).toEqual([
      { of: 'response-body', code: 'truncated', message: expect.stringContaining('broke off in the middle') },
    ]);
  });

  test('a client that goes away in the middle of its request', async () => {
    const backend = await startBackend(() => undefined);
    const proxy = await startTestProxy(backend.url);
    const socket = connect(proxy.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nbegin');
    await once(backend.server, 'request');
    socket.destroy();
    const exchange = await proxy.next();
    expect(exchange.response).toBeUndefined();
    expect(exchange.request.body?.toString()).toBe('begin');
    expect(exchange.gaps.map((gap) => `${gap.of} ${gap.code}`)).toEqual(['request-body truncated', 'response-body missing']);
  });

  test('an idle connection that the target lets go of is not a failure', async () => {
    const backend = await startBackend((_request, response) => response.end('ok'));
    const proxy = await startTestProxy(backend.url);
    for (let index = 0; index < 5; index += 1) {
      expect((await send(proxy.url)).body.toString()).toBe('ok');
      backend.server.closeAllConnections();
    }
  });

  test('bytes that are no request do not end it', async () => {
    const backend = await startBackend((_request, response) => response.end('ok'));
    const proxy = await startTestProxy(backend.url);
    expect(await talk(proxy.port, 'what is this\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect(await talk(proxy.port, `GET / HTTP/1.1\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 |^$/);
    expect(await talk(proxy.port, 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n')).toMatch(/^HTTP\/1.1 405 /);
    expect((await send(proxy.url)).status).toBe(200);
  });

  test('closing ends what is under way, and tells of it', async () => {
    const backend = await startBackend(() => undefined);
    const proxy = await startTestProxy(backend.url);
    const pending = send(proxy.url).catch(() => 'cut');
    await once(backend.server, 'request');
    await proxy.close();
    expect(await pending).toBe('cut');
    expect(proxy.exchanges).toHaveLength(1);
  });
});

test('WebSockets are joined and not told of; other upgrades are left aside', async () => {
  const backend = await startBackend((request, response) => response.end(`plain ${request.headers.upgrade ?? 'none'}`));
  backend.server.on('upgrade', (request, socket) => {
    if (request.url === '/refused') {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
      return;
    }
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nhello ');
    socket.pipe(socket);
  });
  const proxy = await startTestProxy(backend.url);
  const head = (path: string, to: string): string =>
    `GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\nSec-WebSocket-Key: k\r\n\r\n`;
  expect(await talk(proxy.port, [head('/ws', 'websocket'), 'frames'], (seen) => seen.endsWith('hello frames'))).toMatch(
    /^HTTP\/1.1 101 Switching Protocols\r\n.*hello frames$/s,
  );
  expect(await talk(proxy.port, head('/refused', 'websocket'))).toMatch(/^HTTP\/1.1 403 Forbidden\r\n.*no$/s);
  expect(await talk(proxy.port, head('/plain', 'h2c'), (seen) => seen.includes('plain'))).toMatch(/plain none/);
  expect((await proxy.next()).request.path).toBe('/plain');
  const down = await startTestProxy('http://127.0.0.1:1');
  expect(await talk(down.port, head('/ws', 'websocket'))).toMatch(/^HTTP\/1.1 502 .*ECONNREFUSED/s);
});

test('Location is left as it is, or turned to the proxy when asked for', async () => {
  const backend = await startBackend((request, response) => {
    response.writeHead(302, { location: request.url === '/base/far' ? 'https://far.away/x' : `${backend.url}/base/there?x=1` }).end();
  });
  const [plain, turned] = await Promise.all([
    startTestProxy(`${backend.url}/base`),
    startTestProxy(`${backend.url}/base`, { rewriteLocation: true }),
  ]);
  expect((await send(plain.url)).headers.location).toBe(`${backend.url}/base/there?x=1`);
  expect((await send(turned.url)).headers.location).toBe(`${turned.url}/there?x=1`);
  expect((await send(`${turned.url}/far`)).headers.location).toBe('https://far.away/x');
});

test('Host is the target’s own, or the client’s when asked for', async () => {
  const backend = await startBackend((request, response) => response.end(request.headers.host));
  const kept = await startTestProxy(backend.url, { keepHost: true });
  expect((await send(kept.url, { headers: { host: 'shop.example' } })).body.toString()).toBe('shop.example');
});

test('an https target: its certificate is looked at, unless told otherwise', async () => {
  const server = createTlsServer(selfSigned(), (request, response) => response.end(`safe ${request.url}`));
  server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [strict, trusting] = await Promise.all([startTestProxy(url), startTestProxy(url, { insecure: true })]);
  const refused = await send(strict.url);
  expect([refused.status, JSON.parse(refused.body.toString()).detail]).toEqual([502, expect.stringContaining('--insecure')]);
  expect((await send(`${trusting.url}/x`)).body.toString()).toBe('safe /x');
  expect((await trusting.next()).origin).toBe(url);
  const socket = 'GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  expect(await talk(trusting.port, socket)).toMatch(/^HTTP\/1.1 101 .*hello$/s);
  server.closeAllConnections();
  server.close();
});

test.each(['ftp://x', 'http://', 'http://u:p@h', 'http://h/?q', 'not a url'])('"%s" is no target', async (target) => {
  await expect(startTestProxy(target)).rejects.toThrow(TypeError);
});

interface Sent {
  readonly method?: string;
  readonly headers?: NodeJS.Dict<string>;
  readonly body?: string;
}

async function send(
  url: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Buffer }> {
  const request = httpRequest(url, { method, headers, agent: false }).end(body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}
