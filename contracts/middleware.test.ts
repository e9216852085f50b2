import { createServer, request as send } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createChecker } from './checker.ts';
import { ContractError, createContractGuard } from './middleware.ts';
import type { ContractGuard, ContractGuardOptions } from './middleware.ts';
import { documentOf } from '../operations/document.fixture.ts';

const thing = {
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const json = { 'application/json': { schema: thing } };
const document = documentOf({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'addThing',
        requestBody: { required: true, content: json },
        responses: { '201': { description: '', headers: { Location: { required: true, schema: { type: 'string' } } }, content: json } },
      },
    },
    '/things/{id}': {
      get: {
        operationId: 'getThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { '200': { description: '', content: json }, '404': { description: '' } },
      },
      delete: {
        operationId: 'deleteThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { '204': { description: '' } },
      },
    },
    '/form': {
      post: {
        operationId: 'sendForm',
        requestBody: {
          content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { n: { type: 'integer' } } } } },
        },
        responses: { '200': { description: '' } },
      },
    },
    '/file': {
      post: {
        operationId: 'sendFile',
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'object', properties: { n: { type: 'integer' } } } } } },
        responses: { '200': { description: '' } },
      },
    },
    '/events': { get: { operationId: 'events', responses: { '200': { description: '', content: { 'text/event-stream': {} } } } } },
  },
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function guardOf(options?: ContractGuardOptions): ContractGuard {
  return createContractGuard(createChecker([document]), options);
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const told = async (guard: ContractGuard): Promise<string[]> =>
  (await guard.findings()).map(({ rule, pointer, name, code }) =>
    [rule, name ?? pointer, code].filter((word) => word !== undefined && word !== '').join(' '),
  );

const post = (
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Response> => fetch(url, { method: 'POST', body, headers });

/** The same small backend three times; what it answers depends on the request. */
type Answer = (id: number) => unknown;
const right: Answer = (id) => ({ id, name: 'a' });
const wrong: Answer = (id) => ({ id: String(id) });

const BACKENDS: readonly (readonly [name: string, start: (guard: ContractGuard, answer: Answer) => Promise<string>])[] = [
  ['Express, before the parsers', (guard, answer) => listen(expressApp(guard, answer, true))],
  ['Express, after the parsers', (guard, answer) => listen(expressApp(guard, answer, false))],
  [
    'Fastify',
    async (guard, answer) => {
      const app = fastify();
      await app.register(guard.fastify());
      app.post<{ Body: { id: number } }>('/things', (request, reply) =>
        reply.code(201).header('location', '/things/1').send(answer(request.body.id)),
      );
      app.get<{ Params: { id: string } }>('/things/:id', (request) => answer(Number(request.params.id)));
      app.delete('/things/:id', (_request, reply) => reply.code(204).send());
      await app.listen({ host: '127.0.0.1', port: 0 });
      servers.push(app.server);
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    },
  ],
  [
    'node:http',
    (guard, answer) =>
      listen(
        guard.wrapListener((request, response) => {
          void (async () => {
            if (request.method === 'DELETE') return response.writeHead(204).end();
            let text = '';
            for await (const chunk of request) text += String(chunk);
            const id = text === '' ? Number(request.url?.split('/').at(-1)) : Number((JSON.parse(text) as { id: unknown }).id);
            response.writeHead(request.method === 'POST' ? 201 : 200, {
              'Content-Type': 'application/json',
              ...(request.method === 'POST' ? { Location: '/things/1' } : {}),
            });
            return response.end(JSON.stringify(answer(id)));
          })();
        }),
      ),
  ],
];

function expressApp(guard: ContractGuard, answer: Answer, isFirst: boolean): express.Express {
  const app = express();
  if (isFirst) app.use(guard.express());
  app.use(express.json(), express.urlencoded({ extended: true }), express.text());
  if (!isFirst) app.use(guard.express());
  const things = express.Router();
  things.post(
    '/',
    (request: express.Request<object, unknown, { id: number }>, response) =>
      void response.status(201).location('/things/1').json(answer(request.body.id)),
  );
  things.get('/:id', (request, response) => void response.json(answer(Number(request.params['id']))));
  things.delete('/:id', (_request, response) => void response.status(204).end());
  app.use('/things', things);
  app.post('/form', (_request, response) => void response.end());
  return app;
}

describe.each(BACKENDS)('%s', (name, startBackend) => {
  it('finds nothing where everything is right', async () => {
    const guard = guardOf({ throwOn: 'notice' });
    const url = await startBackend(guard, right);
    expect(await (await fetch(`${url}/things/7`)).json()).toEqual({ id: 7, name: 'a' });
    expect(await (await post(`${url}/things`, '{"id":8}')).json()).toEqual({ id: 8, name: 'a' });
    expect((await fetch(`${url}/things/7`, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`${url}/things/7`, { method: 'HEAD' })).status).toBe(200);
    await guard.expectNoFindings();
    expect(await guard.findings()).toEqual([]);
  });

  it('tells what is wrong with the answer and with the request, and changes neither', async () => {
    const guard = guardOf();
    const url = await startBackend(guard, wrong);
    expect(await (await post(`${url}/things`, '{"id":8,"odd":1}')).json()).toEqual({ id: '8' });
    expect(await told(guard)).toEqual([
      'response-body /id type',
      'undocumented-property /odd additionalProperties',
      'invalid-request-accepted additionalProperties',
    ]);
  });

  it('tells of paths that no document has', async () => {
    const guard = guardOf();
    const url = await startBackend(guard, right);
    await (await fetch(`${url}/odd`)).text();
    expect((await guard.findings()).map(({ rule, side }) => [rule, side])).toEqual(
      name === 'node:http' ? [['undocumented-operation', 'server']] : [['undocumented-operation', 'client']],
    );
  });
});

describe('what was read before the guard came', () => {
  const start = async (guard: ContractGuard, ...before: express.RequestHandler[]): Promise<string> => {
    const app = express();
    if (before.length > 0) app.use(...before);
    app.use(guard.express());
    app.all('/*rest', (_request, response) => void response.status(200).end());
    return listen(app);
  };

  it('a form is put together again', async () => {
    const guard = guardOf();
    const url = await start(guard, express.urlencoded());
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    await post(`${url}/form`, 'n=1', type);
    expect(await told(guard)).toEqual([]);
    await post(`${url}/form`, 'n=x', type);
    expect(await told(guard)).toContain('request-body /n type');
  });

  it('raw bytes and texts are taken as they are', async () => {
    const guard = guardOf();
    const url = await start(guard, express.raw({ type: '*/*' }));
    await post(`${url}/form`, 'n=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(await told(guard)).toContain('request-body /n type');
  });

  it('what nobody can put together is a gap, and held against nobody', async () => {
    const guard = guardOf();
    const drain: express.RequestHandler = (request, _response, next) => void request.on('end', next).resume();
    const url = await start(guard, drain);
    await post(`${url}/file`, '--cut\r\nContent-Disposition: form-data; name="n"\r\n\r\nx\r\n--cut--\r\n', {
      'content-type': 'multipart/form-data; boundary=cut',
    });
    expect(await told(guard)).toEqual(['recording-gap request-body missing']);
  });

  it('bytes that wait unread are seen', async () => {
    const guard = guardOf();
    const late: express.RequestHandler = (_request, _response, next) => void setTimeout(next, 30);
    const app = express();
    app.use(late, guard.express(), express.urlencoded());
    app.post('/form', (_request, response) => void response.end());
    const url = await listen(app);
    await post(`${url}/form`, 'n=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(await told(guard)).toContain('request-body /n type');
  });
});

describe('on the wire', () => {
  const answering = (guard: ContractGuard, listener: RequestListener): Promise<string> => listen(guard.wrapListener(listener));

  it('compressed answers are judged unpacked and arrive packed', async () => {
    const guard = guardOf();
    const packed = gzipSync('{"id":"x"}');
    const url = await answering(guard, (_request, response) => {
      response.writeHead(200, ['Content-Type', 'application/json', 'Content-Encoding', 'gzip']);
      response.write(packed.subarray(0, 5));
      response.end(packed.subarray(5));
    });
    const bytes = await new Promise<Buffer>((resolve) => {
      send(`${url}/things/1`, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      }).end();
    });
    expect(bytes).toEqual(packed);
    expect(gunzipSync(bytes).toString()).toBe('{"id":"x"}');
    expect(await told(guard)).toEqual(['response-body /id type']);
  });

  it('compressed requests too', async () => {
    const guard = guardOf();
    const url = await answering(
      guard,
      (request, response) =>
        void request
          .resume()
          .on('end', () => response.writeHead(201, { location: '/', 'content-type': 'application/json' }).end('{"id":1}')),
    );
    await post(`${url}/things`, new Uint8Array(gzipSync('{"id":"x"}')), { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    expect(await told(guard)).toContain('request-body /id type');
  });

  it('a buffer that is written again after it was given', async () => {
    const guard = guardOf();
    const url = await answering(guard, (_request, response) => {
      const buffer = Buffer.from('{"id":1}');
      response.setHeader('content-type', 'application/json');
      response.write(buffer, () => {
        buffer.fill('x');
        response.end();
      });
    });
    expect(await (await fetch(`${url}/things/1`)).text()).toBe('{"id":1}');
    expect(await told(guard)).toEqual([]);
  });

  it('texts in another encoding', async () => {
    const guard = guardOf();
    const url = await answering(
      guard,
      (_request, response) =>
        void response.setHeader('content-type', 'application/json').end(Buffer.from('{"id":1}').toString('base64'), 'base64'),
    );
    expect(await (await fetch(`${url}/things/1`)).text()).toBe('{"id":1}');
    expect(await told(guard)).toEqual([]);
  });

  it('HEAD, 204 and 304 have no body, whatever the backend writes', async () => {
    const guard = guardOf();
    const url = await answering(
      guard,
      (request, response) =>
        void response.writeHead(request.method === 'DELETE' ? 204 : 200, { 'content-type': 'application/json' }).end('{"id":1}'),
    );
    await fetch(`${url}/things/1`, { method: 'HEAD' });
    await fetch(`${url}/things/1`, { method: 'DELETE' });
    expect(await told(guard)).toEqual([]);
  });

  it('a body larger than the limit passes, and is not judged', async () => {
    const guard = guardOf({ maxBodyBytes: 1_000 });
    const large = JSON.stringify({ id: 'x'.repeat(5_000) });
    const url = await answering(guard, (_request, response) => void response.setHeader('content-type', 'application/json').end(large));
    expect(await (await fetch(`${url}/things/1`)).text()).toBe(large);
    expect(await told(guard)).toEqual(['recording-gap response-body truncated']);
  });

  it('a body that the backend does not read', async () => {
    const guard = guardOf();
    const url = await answering(
      guard,
      (_request, response) => void response.writeHead(201, { location: '/', 'content-type': 'application/json' }).end('{"id":1}'),
    );
    await post(`${url}/things`, '{}');
    expect(await told(guard)).toEqual(['recording-gap request-body missing']);
  });

  it('a client that goes away', async () => {
    const guard = guardOf();
    let closed = (): void => {};
    const gone = new Promise<void>((resolve) => (closed = resolve));
    const url = await answering(guard, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      response.on('close', closed);
    });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(`GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n`));
    socket.once('data', () => socket.destroy());
    await gone;
    expect(await told(guard)).toEqual(['recording-gap response-body truncated']);
  });

  it('a client that goes away before it is answered', async () => {
    const guard = guardOf();
    let closed = (): void => {};
    const gone = new Promise<void>((resolve) => (closed = resolve));
    const url = await answering(guard, (_request, response) => void response.on('close', closed));
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n`);
      setTimeout(() => socket.destroy(), 20);
    });
    await gone;
    expect(await told(guard)).toEqual(['recording-gap response missing']);
  });

  it('an event stream flows, and is waited for by nobody', async () => {
    const guard = guardOf();
    const url = await answering(
      guard,
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n'),
    );
    const stop = new AbortController();
    const { body } = await fetch(`${url}/events`, { signal: stop.signal });
    const first = await body?.getReader().read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('data: 1\n\n');
    await guard.expectNoFindings();
    stop.abort();
  });

  it('headers of writeHead as an object, a flat list and pairs, and repeated ones', async () => {
    const guard = guardOf();
    const given = [
      { LOCATION: '/1', 'content-type': 'application/json' },
      ['Location', '/1', 'Content-Type', 'application/json', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'],
      [
        ['Location', '/1'],
        ['Content-Type', 'application/json'],
      ],
    ] as const;
    let turn = 0;
    const url = await answering(
      guard,
      (request, response) =>
        void request
          .resume()
          .on('end', () => Reflect.apply(response.writeHead.bind(response), undefined, [201, given[turn]]).end('{"id":1}')),
    );
    for (turn = 0; turn < given.length; turn += 1) expect((await post(`${url}/things`, '{"id":1}')).headers.get('location')).toBe('/1');
    expect(await told(guard)).toEqual([]);
    turn = given.length;
    await post(`${url}/things`, '{"id":1}');
    expect(await told(guard)).toEqual(['missing-media-type required', 'response-header Location required']);
  });

  it('many at once, each judged by itself, in order of the requests', async () => {
    const guard = guardOf();
    const url = await answering(guard, (request, response) => {
      const id = Number(request.url?.split('/').at(-1));
      void wait((50 - id) % 7).then(() =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: id % 2 === 0 ? id : String(id) })),
      );
    });
    await Promise.all(Array.from({ length: 50 }, async (_, id) => (await fetch(`${url}/things/${id}`)).text()));
    const paths = (await guard.findings()).map(({ path }) => Number(path.split('/').at(-1)));
    expect([...paths].sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => 2 * index + 1));
    const places = (await guard.findings()).map(({ exchange }) => exchange.index);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

describe('the guard', () => {
  const backend = (guard: ContractGuard): Promise<string> =>
    listen(guard.wrapListener((_request, response) => void response.setHeader('content-type', 'application/json').end('{"id":"x"}')));

  it('throws a list that can be read', async () => {
    const guard = guardOf();
    const url = await backend(guard);
    for (const id of [1, 2]) await (await fetch(`${url}/things/${id}`)).text();
    const error: unknown = await guard.expectNoFindings().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ findings: [{ rule: 'response-body' }, { rule: 'response-body' }] });
    expect((error as Error).message).toBe(
      [
        '1 finding breaks the documents:',
        '',
        'error response-body (server) 2 times: must be integer',
        '  GET /things/1 -> 200 (api getThing)',
        '  at response body /id',
        '  found "x"',
        '  see api.json#/paths/~1things~1{id}/get/responses/200/content/application~1json/schema/properties/id/type',
      ].join('\n'),
    );
  });

  it('throws from the severity on that it is told', async () => {
    const strict = guardOf({ throwOn: 'notice' });
    const lenient = guardOf({ throwOn: 'error' });
    for (const guard of [strict, lenient]) {
      const url = await listen(guard.wrapListener((_request, response) => void response.writeHead(404).end()));
      await fetch(`${url}/things/x`);
    }
    await expect(strict.expectNoFindings()).rejects.toThrow(/request-parameter/);
    await lenient.expectNoFindings();
  });

  it('tells each exchange with findings, and forgets what it is told to forget', async () => {
    const seen: string[] = [];
    const guard = guardOf({ onFindings: (findings, judged) => seen.push(`${judged.operation?.id} ${findings.length}`) });
    const url = await backend(guard);
    await (await fetch(`${url}/things/1`)).text();
    await guard.findings();
    expect(seen).toEqual(['getThing 1']);
    await guard.clear();
    await guard.expectNoFindings();
  });

  it('keeps an error of onFindings away from the backend, and throws it where it is asked', async () => {
    const guard = guardOf({
      onFindings: () => {
        throw new Error('mine');
      },
    });
    const url = await backend(guard);
    expect((await fetch(`${url}/things/1`)).status).toBe(200);
    await expect(guard.expectNoFindings()).rejects.toThrow('mine');
  });

  it('mounted twice sees each request once', async () => {
    const guard = guardOf();
    const app = express();
    app.use(guard.express(), guard.express());
    app.get('/things/:id', (_request, response) => void response.json({ id: 'x' }));
    const url = await listen(guard.wrapListener(app));
    await (await fetch(`${url}/things/1`)).text();
    expect(await told(guard)).toEqual(['response-body /id type']);
  });

  it('works with Fastify’s inject, and with routes that were there before', async () => {
    const guard = guardOf();
    const app = fastify();
    await app.register(guard.fastify());
    await app.register((inner, _options, done) => {
      inner.get('/things/:id', () => ({ id: 'x' }));
      done();
    });
    expect((await app.inject('/things/1')).json()).toEqual({ id: 'x' });
    expect(await told(guard)).toEqual(['response-body /id type']);
    await app.close();
  });
});
