import { afterEach, describe, expect, test } from 'vitest';
import { exchange, framed } from '../mock.fixture.ts';
import { control, startShop } from './control.fixture.ts';
import type { FaultRule } from '../faults.ts';

// Rules set by the control API, met over real sockets.
const shop = await startShop();
const port = Number(new URL(shop.url).port);
const set = (...rules: readonly unknown[]) => control(shop.url, 'PUT /__hufu/faults', { body: rules });
const raw = async (line: string) => (await exchange(port, framed(line), { quietMs: 300 })).text;
const petsOf = async (name: string) => ((await shop.session({ name }).state.read())['shop/pet'] ?? []).length;
afterEach(async () => {
  await control(shop.url, 'DELETE /__hufu/faults');
});

test('errors: the document’s own where it has one, else a problem; nothing is done', async () => {
  await set({ id: 'busy', status: 503 }, { id: 'gone', status: 502 });
  const listed = await shop.fetch('/pets');
  expect([listed.status, listed.body, listed.headers.get('x-hufu-fault')]).toEqual([503, { busy: true }, 'busy, gone']);
  await set({ status: 502 });
  const saved = await shop.session({ name: 'error' }).fetch('/pets', { method: 'POST', body: {}, headers: { origin: 'http://app.test' } });
  expect([saved.status, saved.body, saved.headers.get('access-control-allow-origin')]).toMatchObject([
    502,
    { type: 'urn:hufu:error:FAULT', status: 502 },
    'http://app.test',
  ]);
  expect(await petsOf('error')).toBe(1);
  expect((await shop.fetch('/nowhere')).status).toBe(502);
  // A preflight is the browser's, not the application's.
  const preflight = await shop.fetch('/pets', {
    method: 'OPTIONS',
    headers: { origin: 'http://app.test', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
});

test('a rate limit tells when to come back', async () => {
  await set({ match: { operationId: 'listPets' }, rateLimit: { requests: 1, windowMs: 3_600_000 } });
  const session = shop.session({ name: 'limited' });
  expect((await session.fetch('/pets')).status).toBe(200);
  const limited = await session.fetch('/pets');
  expect([limited.status, limited.body]).toMatchObject([429, { type: 'urn:hufu:error:RATE_LIMITED' }]);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(3_000);
  expect((await shop.session({ name: 'another' }).fetch('/pets')).status).toBe(200);
  expect((await session.fetch('/pets', { method: 'POST', body: {} })).status).toBe(200);
});

test('a reset ends the connection without an answer; nothing is done', async () => {
  await set({ match: { session: 'reset' }, reset: true });
  await expect(shop.session({ name: 'reset' }).fetch('/pets', { method: 'POST', body: {} })).rejects.toThrow('fetch failed');
  expect((await shop.fetch('/pets')).status).toBe(200);
  expect(await petsOf('reset')).toBe(1);
  const [entry] = shop.session({ name: 'reset' }).journal();
  expect([entry?.reply.status, entry?.fault]).toEqual([0, 'fault-1']);
});

test.each<[truncate: number, want: string]>([
  [0, ''],
  [5, '{"tot'],
  [10_000, '{"total":1,"list":[{"no":1,"name":"小白"}]'],
])('an answer cut at %d bytes promises more than it holds; what was done stays done', async (truncate, want) => {
  await set({ truncate });
  const text = await raw('GET /pets');
  const [head = '', body] = text.split('\r\n\r\n');
  expect(Buffer.from(body ?? '', 'latin1').toString()).toBe(want);
  expect(Number(/content-length: (\d+)/.exec(head)?.[1])).toBeGreaterThan(Buffer.byteLength(want));
  await expect(shop.session({ name: `cut-${truncate}` }).fetch('/pets', { method: 'POST', body: {} })).rejects.toThrow(
    /fetch failed|terminated/,
  );
  expect(await petsOf(`cut-${truncate}`)).toBe(2);
});

test('latency holds back answers, not the server, and not for who is gone', async () => {
  await set({ match: { session: 'slow' }, latency: { fixed: 60_000 } });
  const abort = new AbortController();
  const slow = fetch(`${shop.url}/pets`, { headers: { 'x-hufu-session': 'slow' }, signal: abort.signal });
  expect((await shop.fetch('/pets')).status).toBe(200);
  expect(shop.session({ name: 'slow' }).journal()).toEqual([]);
  abort.abort();
  await expect(slow).rejects.toThrow(/aborted/);
  await expect
    .poll(() =>
      shop
        .session({ name: 'slow' })
        .journal()
        .map(({ fault }) => fault),
    )
    .toEqual(['fault-1']);
  await set({ latency: { uniform: { min: 1, max: 30 } } });
  expect((await shop.fetch('/pets')).headers.get('x-hufu-fault')).toBe('fault-1');
});

test('what waits does not hold up the end', async () => {
  const own = await startShop();
  own.faults.set([{ latency: { fixed: 60_000 } }]);
  const waiting = own.fetch('/pets');
  waiting.catch(() => undefined);
  await expect.poll(() => own.faults.list()[0]?.taken).toBe(1);
  await own.close();
  await expect(waiting).rejects.toThrow('fetch failed');
});

test('what was spoilt on purpose is no violation', async () => {
  const session = shop.session({ name: 'purpose' });
  await set({ status: 418 });
  expect((await session.fetch('/pets')).status).toBe(418);
  await session.expectNoViolations();
});

test('rules are listed with their counts, can be sent back, and go', async () => {
  const given = await set({ match: { path: '/pets' }, status: 500, times: 1 }, { id: 'own', match: { session: 'nobody' }, truncate: 1 });
  expect(given.body).toEqual([
    { id: 'fault-1', match: { path: '/pets' }, status: 500, times: 1, taken: 0 },
    { id: 'own', match: { session: 'nobody' }, truncate: 1, taken: 0 },
  ]);
  await shop.fetch('/pets');
  const listed = (await control(shop.url, 'GET /__hufu/faults')).body as object[];
  expect(listed).toMatchObject([{ taken: 1 }, { taken: 0 }]);
  expect((await set(...listed)).body).toMatchObject([{ taken: 0 }, { taken: 0 }]);
  expect((await control(shop.url, 'DELETE /__hufu/faults')).status).toBe(204);
  expect((await control(shop.url, 'GET /__hufu/faults')).body).toEqual([]);
  expect((await shop.fetch('/pets')).status).toBe(200);
});

describe('what is no rule is refused, and the old rules stay', () => {
  const rows: readonly [name: string, rule: unknown][] = [
    ['nothing goes wrong', {}],
    ['only a match', { match: {} }],
    ['an unknown member', { status: 500, stauts: 500 }],
    ['a success', { status: 200 }],
    ['a latency above the most', { latency: { fixed: 60_001 } }],
    ['a latency below nothing', { latency: { fixed: -1 } }],
    ['two latencies', { latency: { fixed: 1, uniform: { min: 1, max: 2 } } }],
    ['a latency upside down', { latency: { uniform: { min: 2, max: 1 } } }],
    ['a chance above one', { status: 500, probability: 1.1 }],
    ['no times', { status: 500, times: 0 }],
    ['a path that is none', { status: 500, match: { path: 'pets' } }],
    ['an id that no header may hold', { status: 500, id: 'a\r\nb' }],
    ['a window of nothing', { rateLimit: { requests: 1, windowMs: 0 } }],
    ['a digit too many', { truncate: 18_014_398_509_481_985n }],
    ['no object', 'slow'],
  ];
  test.each(rows)('%s', async (_name, rule) => {
    const kept: FaultRule = { id: 'kept', match: { session: 'nobody' }, status: 500 };
    await set(kept);
    const answer = await set(rule);
    expect([answer.status, answer.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(shop.faults.list().map(({ id }) => id)).toEqual(['kept']);
  });

  test('one id twice, or too many rules', async () => {
    expect((await set({ id: 'a', status: 500 }, { id: 'a', status: 501 })).code).toBe('INVALID_REQUEST');
    expect((await set({ id: 'fault-2', status: 500 }, { status: 501 })).code).toBe('INVALID_REQUEST');
    expect((await set(...Array.from({ length: 101 }, () => ({ status: 500 })))).code).toBe('INVALID_REQUEST');
  });
});
