import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createChecker } from '../checker.ts';
import type { Exchange } from '../exchange.ts';
import type { Finding } from '../finding.ts';
import { pseudonymOf } from '../redact/pseudonym.ts';
import { startProxy } from '../proxy/proxy.ts';
import { replay } from './replay.ts';
import type { ReplayCounts, ReplayOptions } from './replay.ts';
import { exchangesOf, planOf, tableOf } from './replay.fixture.ts';
import type { Planning } from './replay.fixture.ts';
import { driveRotating, ROTATING_DOCUMENT, ROTATING_STATE, startRotating } from './rotating.fixture.ts';
import type { Rotating } from './rotating.fixture.ts';
import { select } from './selection.ts';
import type { Selection } from './selection.ts';
import { unsteadyPlaces } from './unsteady.ts';

const table = tableOf(ROTATING_DOCUMENT);
const running: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function backend(): Promise<Rotating> {
  const started = await startRotating();
  running.push(started);
  return started;
}

interface Outcome extends ReplayCounts {
  readonly findings: readonly Finding[];
  readonly exchanges: readonly Exchange[];
}

async function replayed(
  { plan, marks, recorded }: Planning,
  target: string,
  options: Partial<ReplayOptions> & Selection = {},
): Promise<Outcome> {
  const findings: Finding[] = [];
  const exchanges: Exchange[] = [];
  const counts = await replay(plan, select(plan.exchanges, options), createChecker(table), marks, unsteadyPlaces(recorded, marks), {
    target,
    retries: 0,
    ...options,
    onJudged(judged, planned) {
      findings.push(...judged.findings.filter(({ rule }) => rule.startsWith('replay')));
      exchanges.push(judged.exchange);
      return options.onJudged?.(judged, planned);
    },
  });
  return { ...counts, findings, exchanges };
}

async function recordRotating(clients: number): Promise<{ exchanges: Exchange[]; log: readonly string[] }> {
  const source = await startRotating();
  const exchanges: Exchange[] = [];
  const proxy = await startProxy({ target: source.url, port: 0, name: 'a.har', onExchange: (exchange) => exchanges.push(exchange) });
  await driveRotating(proxy.url, clients);
  await proxy.close();
  await source.close();
  return { exchanges, log: source.log };
}

describe('a recording of 500 exchanges by five clients at once', () => {
  let planning: Planning;
  let recordedLog: readonly string[];
  beforeAll(async () => {
    const { exchanges, log } = await recordRotating(5);
    recordedLog = log;
    planning = await planOf(table, exchanges, ROTATING_STATE);
  });

  test('is large enough and hangs together in one chain a client', () => {
    expect(planning.recorded.length).toBeGreaterThanOrEqual(500);
    expect(planning.plan.chains.filter((chain) => chain.length > 90)).toHaveLength(5);
    expect(new Set(planning.plan.links.map(({ to }) => to.site.in))).toEqual(new Set(['path', 'query', 'header', 'cookie', 'body']));
  });

  test.each([1, 4])('is answered in the same way by a backend with other ids and tokens, %i at once', async (concurrency) => {
    const target = await backend();
    const outcome = await replayed(planning, target.url, { concurrency });
    expect(outcome.findings).toEqual([]);
    expect(outcome).toMatchObject({ answered: planning.recorded.length, same: planning.recorded.length, dependent: 0 });
  });

  test('everything that the server made is rewired, and not another byte', async () => {
    const target = await backend();
    await replayed(planning, target.url);
    // Requests that come from several clients reach the proxy in another order than they are recorded in: compared as sets, with what servers made taken out.
    const made = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d{6}\b/g;
    const bare = (log: readonly string[]): string[] => log.map((text) => text.replace(made, '§')).sort();
    expect(bare(target.log)).toEqual(bare(recordedLog));
    const old = new Set(recordedLog.join('\n').match(made));
    const kept = new Set((target.log.join('\n').match(made) ?? []).filter((text) => old.has(text)));
    // The token that a client made up is its own.
    expect(kept).toEqual(new Set(['00000000-0000-4000-8000-000000000000']));
  });

  test('two replays at once do not disturb each other', async () => {
    const target = await backend();
    const both = await Promise.all([
      replayed(planning, target.url, { concurrency: 2 }),
      replayed(planning, target.url, { concurrency: 2 }),
    ]);
    expect(both.map(({ findings, same }) => [findings, same])).toEqual(both.map(() => [[], planning.recorded.length]));
  });

  test('what is stopped counts as far as it came', async () => {
    const target = await backend();
    const controller = new AbortController();
    const outcome = await replayed(planning, target.url, {
      signal: controller.signal,
      onProgress: (done) => done === 20 && controller.abort(),
    });
    expect(outcome).toMatchObject({ stopped: true, unanswered: 0 });
    expect(outcome.answered).toBeGreaterThanOrEqual(20);
    expect(outcome.answered).toBeLessThan(40);
  });

  test('only some operations, and what they need', async () => {
    const target = await backend();
    const outcome = await replayed(planning, target.url, { only: ['getItems'] });
    expect(outcome.findings).toEqual([]);
    expect(new Set(outcome.exchanges.map(({ request }) => `${request.method} ${request.path.replace(/\d+/, '1')}`))).toEqual(
      new Set(['POST /login', 'POST /token', 'POST /orders', 'POST /orders/1/items', 'GET /items']),
    );
  });
});

/** A login and one order. */
const short = (): Exchange[] => {
  const [token, session] = ['3f2b8c1a-9d4e-4f6a-8b7c-2e1d0f9a8b7c', 'b7c2e1d0-8b7c-4f6a-9d4e-3f2b8c1af9a8'];
  const headers = { authorization: `Bearer ${token}`, cookie: `session=${session}` };
  const order = { id: 7, customer: 'a', title: 'b', note: '', version: '9d4e4f6a-8b7c-4f6a-9d4e-3f2b8c1af9a8', items: [] };
  return exchangesOf(
    [
      'POST /login',
      {
        body: { user: 'ann' },
        answer: { access_token: token, refresh_token: 'c2e1d0b7-8b7c-4f6a-9d4e-3f2b8c1af9a8', expires_in: 3600 },
        answerHeaders: { 'set-cookie': [`session=${session}`] },
      },
    ],
    [
      'POST /orders',
      {
        headers,
        body: { customer: 'a', title: 'b' },
        status: 201,
        answer: order,
        answerHeaders: { location: '/orders/7', etag: `"${order.version}"` },
      },
    ],
    ['GET /orders/7', { headers, answer: order, answerHeaders: { etag: `"${order.version}"` } }],
    ['DELETE /orders/7', { headers, status: 204 }],
  );
};

describe('before anything is sent', () => {
  test('a target elsewhere is not changed without a yes', async () => {
    const planning = await planOf(table, short(), ROTATING_STATE);
    await expect(replayed(planning, 'http://stage.example.com')).rejects.toThrow(
      'http://stage.example.com is not this machine, and would be changed by POST /login, POST /orders, DELETE /orders/{orderId}',
    );
  });

  test('what only reads needs no yes', async () => {
    const planning = await planOf(table, exchangesOf(['GET /orders', { answer: { rows: [], total: 0 } }]), ROTATING_STATE);
    const outcome = await replayed(planning, 'http://127.0.0.2:9', { timeout: 500 });
    expect(outcome.unanswered).toBe(1);
  });

  test('credentials that are missing are told', async () => {
    const target = await backend();
    const password = pseudonymOf(Buffer.from('key'), 'word');
    const planning = await planOf(table, exchangesOf(['POST /login', { body: { password }, answer: {} }]), ROTATING_STATE);
    await expect(replayed(planning, target.url)).rejects.toThrow(
      'credentials are missing that the recording hides: password of login (HUFU_SECRET_',
    );
    expect(target.log).toEqual([]);
  });

  test.each(['nonsense://x', 'http://a:b@localhost', 'http://localhost?x=1'])('%s is no target', async (url) => {
    await expect(replayed(await planOf(table, short(), ROTATING_STATE), url)).rejects.toThrow(TypeError);
  });
});

describe('a target in trouble', () => {
  test('429 is waited for as long as it asks', async () => {
    const target = await backend();
    target.next.push((_request, response) => response.writeHead(429, { 'retry-after': '0' }).end());
    expect(await replayed(await planOf(table, short(), ROTATING_STATE), target.url, { retries: 1 })).toMatchObject({
      same: 4,
      findings: [],
    });
  });

  test('503 is tried again for what may be sent twice, and not for what may not', async () => {
    const target = await backend();
    const down = (_request: unknown, response: { writeHead: (status: number) => { end: () => void } }): void =>
      response.writeHead(503).end();
    const planning = await planOf(table, short(), ROTATING_STATE);
    target.next.push(down);
    const first = await replayed(planning, target.url, { retries: 1 });
    expect(first.findings.map(({ rule, expected, actual }) => [rule, expected, actual])).toEqual([['replay-status', 200, 503]]);
    expect(first).toMatchObject({ answered: 1, dependent: 3 });
  });

  test('a connection that breaks is tried again', async () => {
    const target = await backend();
    const planning = await planOf(table, short(), ROTATING_STATE);
    const breaking = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method === 'GET' && !broken) {
          broken = true;
          request.socket.destroy();
          return;
        }
        void fetch(target.url + (request.url ?? ''), {
          method: request.method ?? 'GET',
          headers: Object.entries(request.headers).flatMap(([name, value]) =>
            ['host', 'connection', 'content-length'].includes(name) ? [] : [[name, String(value)] as [string, string]],
          ),
          ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
        }).then(async (answer) => {
          response.writeHead(
            answer.status,
            Object.fromEntries(
              [...answer.headers].filter(([name]) => !['connection', 'transfer-encoding', 'content-length'].includes(name)),
            ),
          );
          response.end(Buffer.from(await answer.arrayBuffer()));
        });
      });
    });
    let broken = false;
    await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve));
    running.push({
      close: () =>
        new Promise((resolve) => {
          breaking.close(() => resolve());
          breaking.closeAllConnections();
        }),
    });
    const url = `http://127.0.0.1:${(breaking.address() as AddressInfo).port}`;
    expect(await replayed(planning, url, { retries: 1 })).toMatchObject({ same: 4 });
    expect(broken).toBe(true);
  });

  test('no answer in time is a finding, and what depends on it is left aside', async () => {
    const target = await backend();
    target.next.push(() => undefined);
    const outcome = await replayed(await planOf(table, short(), ROTATING_STATE), target.url, { timeout: 200 });
    expect(outcome.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['replay-unanswered', `${target.url} did not answer within 200 ms.`],
    ]);
    expect(outcome).toMatchObject({ unanswered: 1, dependent: 3, answered: 0 });
  });

  test('a token that has expired is asked for anew once, one that is refused for another reason is not', async () => {
    const target = await backend();
    const planning = await planOf(table, short(), ROTATING_STATE);
    const outcome = await replayed(planning, target.url, { onProgress: (done) => done === 2 && target.expire() });
    expect(outcome).toMatchObject({ renewed: 1, same: 4, findings: [] });
    target.next.push(
      (_request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"access_token":"9d4e4f6a-8b7c-4f6a-9d4e-3f2b8c1af9a8","refresh_token":"x","expires_in":3600}'),
      (_request, response) => response.writeHead(401).end(),
    );
    expect(await replayed(planning, target.url)).toMatchObject({ renewed: 0 });
  });

  test('nobody there', async () => {
    const outcome = await replayed(await planOf(table, short(), ROTATING_STATE), 'http://127.0.0.1:9');
    expect(outcome.findings[0]?.message).toMatch(/Nothing listens at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\)/);
  });

  test.each([
    [
      'an endless answer',
      (
        _: unknown,
        response: { writeHead: (status: number, headers?: Record<string, string>) => unknown; write: (text: string) => unknown },
      ) => void (response.writeHead(200), response.write('x')),
      /did not answer/,
    ],
  ])('%s', async (_name, act, want) => {
    const target = await backend();
    target.next.push((request, response) => act(request, response));
    const outcome = await replayed(await planOf(table, short(), ROTATING_STATE), target.url, { timeout: 300 });
    expect(outcome.findings[0]?.message).toMatch(want);
  });
});

test('a rate is kept', async () => {
  const target = await backend();
  const begun: number[] = [];
  await replayed(await planOf(table, short(), ROTATING_STATE), target.url, {
    rate: 20,
    onJudged: ({ exchange }) => void begun.push(exchange.startedAt ?? 0),
  });
  // Four requests have three pauses of 50 ms between them; a timer may be early by one.
  expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(140);
});

test('headers of the user are sent with every request', async () => {
  const target = await backend();
  const outcome = await replayed(await planOf(table, short(), ROTATING_STATE), target.url, { headers: { 'x-cart': 'mine' } });
  expect(target.log.every((text) => text.includes('x-cart: mine'))).toBe(true);
  expect(outcome.exchanges.every(({ request }) => request.headers['x-cart'] === 'mine')).toBe(true);
});
