import { afterEach, beforeAll, expect, test } from 'vitest';
import { createChecker } from '../checker.ts';
import type { Exchange } from '../exchange.ts';
import { startProxy } from '../proxy/proxy.ts';
import { compareTargets } from './compare-targets.ts';
import type { CompareCounts, CompareOptions } from './compare-targets.ts';
import { planOf, tableOf } from './replay.fixture.ts';
import { driveRotating, ROTATING_DOCUMENT, ROTATING_STATE, startRotating } from './rotating.fixture.ts';
import type { Rotating } from './rotating.fixture.ts';
import { select } from './selection.ts';

const table = tableOf(ROTATING_DOCUMENT);
const running: Rotating[] = [];
const exchanges: Exchange[] = [];
beforeAll(async () => {
  const source = await startRotating();
  const proxy = await startProxy({ target: source.url, port: 0, name: 'a.har', onExchange: (exchange) => exchanges.push(exchange) });
  await driveRotating(proxy.url, 1);
  await proxy.close();
  await source.close();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function start(): Promise<Rotating> {
  const started = await startRotating();
  running.push(started);
  return started;
}

async function compared(
  mock: string,
  target: string,
  options: Partial<CompareOptions> = {},
): Promise<CompareCounts & { readonly lines: readonly string[] }> {
  const { plan, marks } = await planOf(table, exchanges, ROTATING_STATE);
  const lines: string[] = [];
  const counts = await compareTargets(plan, select(plan.exchanges, {}), createChecker(table), marks, new Map(), {
    mock,
    target,
    retries: 0,
    ...options,
    onJudged: ({ findings }) => void lines.push(...findings.map(({ rule, operation, message }) => `${rule} ${operation?.id}: ${message}`)),
  });
  return { ...counts, lines };
}

test('two that do the same, each with its own ids and tokens', async () => {
  const [one, other] = [await start(), await start()];
  expect(await compared(one.url, other.url)).toMatchObject({
    compared: exchanges.length,
    same: exchanges.length,
    different: 0,
    aside: 0,
    lines: [],
  });
});

test('where one answers otherwise is told with the names of both', async () => {
  const [one, other] = [await start(), await start()];
  let calls = 0;
  const result = await compared(one.url, other.url, {
    onProgress: () => {
      calls += 1;
      if (calls === 2) other.next.push((_request, response) => response.writeHead(500, { 'content-type': 'application/json' }).end('{}'));
    },
  });
  expect(result).toMatchObject({ different: 1, same: exchanges.length - 1 });
  expect(result.lines).toEqual(['replay-status getOrder: the mock: 200, the target: 500']);
});

test('one that is not there', async () => {
  const one = await start();
  const result = await compared(one.url, 'http://127.0.0.1:9', { timeout: 2_000 });
  expect(result.lines[0]).toMatch(/replay-unanswered login: Nothing listens at http:\/\/127\.0\.0\.1:9/);
  expect(result).toMatchObject({ compared: 0, aside: exchanges.length });
});

test('neither is changed without a yes where it is not this machine', async () => {
  const one = await start();
  await expect(compared('http://mock.example.com', one.url)).rejects.toThrow('http://mock.example.com is not this machine');
  await expect(compared(one.url, 'http://stage.example.com')).rejects.toThrow('http://stage.example.com is not this machine');
});
