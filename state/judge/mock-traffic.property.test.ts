import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from '../../operations/index.ts';
import { startMock } from '../../mock/index.ts';
import type { StartedMock } from '../../mock/index.ts';
import { judgeAll, loadWorkspace } from './observe-mock.fixture.ts';
import type { Watched, Workspace } from './observe-mock.fixture.ts';
import { watch, watchedSessions } from './watch-mock.fixture.ts';

let mock: StartedMock;
let workspace: Workspace;
beforeAll(async () => {
  mock = await startMock();
  workspace = await loadWorkspace();
});
afterAll(async () => {
  await mock.close();
});

/** One thing that a client does; `luck` decides on the rest. */
interface Act {
  readonly operation: number;
  readonly luck: number;
  /** Milliseconds that pass before. */
  readonly pause: number;
}

const act = fc.record({ operation: fc.nat(1000), luck: fc.nat(1_000_000), pause: fc.constantFrom(0, 0, 0, 1100, 60_000, 3_600_000) });
const BASIC = `Basic ${Buffer.from('demo-client:demo-client-secret').toString('base64')}`;

/** What answers have shown: ids to ask for, tokens to use. */
interface Seen {
  readonly ids: unknown[];
  readonly tokens: string[];
  readonly refreshTokens: string[];
}

test('whatever clients do, the mock never contradicts the state files', { timeout: 120_000 }, async () => {
  let exchanges = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 30, maxLength: 60 }), fc.nat(8), async (acts, module) => {
      const sequence = await play(acts, module);
      exchanges += sequence.length;
      expect(await judgeAll(workspace, sequence)).toEqual([]);
      expect(await judgeAll(workspace, sequence.slice(Math.floor(sequence.length / 3)))).toEqual([]);
      expect(
        await judgeAll(
          workspace,
          sequence.filter((_, index) => index % 4 !== 1),
          { shared: true },
        ),
      ).toEqual([]);
    }),
    { numRuns: 60, endOnFailure: true },
  );
  expect(exchanges).toBeGreaterThan(1500);
});

async function play(acts: readonly Act[], module: number): Promise<readonly Watched[]> {
  const world = watch(mock.session());
  const sequence = watchedSessions.at(-1) ?? [];
  await world.clock.freeze('2026-03-01T08:00:00+08:00');
  const names = [...new Set(workspace.table.routes.map(({ document }) => document.name))].toSorted();
  // One module at a time, so that rows meet; with the tokens and files that it takes.
  const wanted = new Set([names[module % names.length], 'auth', ...(module % 2 === 0 ? ['file'] : [])]);
  const routes = workspace.table.routes.filter(({ document }) => wanted.has(document.name));
  const seen: Seen = { ids: [1, '1', 123421, 111, 25485, 2001], tokens: ['00000000-0000-4000-8000-00000000a001'], refreshTokens: [] };
  for (const { operation, luck, pause } of acts) {
    const route = routes[operation % routes.length];
    if (route === undefined) continue;
    if (pause > 0) await world.clock.advance(pause);
    const { path, init } = request(workspace.table.operation(route), luck, seen);
    const answer = await world.fetch(path, init);
    look(answer.body, seen);
  }
  return sequence;
}

function request(operation: Operation, luck: number, seen: Seen): { path: string; init: Parameters<StartedMock['fetch']>[1] } {
  let state = luck + 1;
  const roll = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const one = <T>(list: readonly T[]): T | undefined => list[roll(list.length)];
  const idLike = (name: string, value: unknown): unknown => (/id$/i.test(name) && roll(3) > 0 ? (one(seen.ids.slice(-8)) ?? value) : value);
  const made = (examples: readonly unknown[], name: string): unknown => {
    if (examples.length > 0 && roll(4) > 0) return idLike(name, one(examples));
    return idLike(name, { page: 1, current: roll(3), size: 1 + roll(4), start: roll(3) }[name] ?? one(['1', 'a', 'PENDING']));
  };
  const path = operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((known) => known.name === name);
    return encodeURIComponent(String(made(parameter?.examples ?? [], name)));
  });
  const query = new URLSearchParams();
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'query' || (roll(3) === 0 && !parameter.required)) continue;
    query.set(parameter.name, String(made(parameter.examples, parameter.name)));
  }
  if (operation.document.name === 'distribute') {
    query.set('token', 'token-zhangsan');
    query.set('openId', roll(5) === 0 ? 'other' : 'openid-zhangsan');
  }
  const headers: Record<string, string> = {
    authorization: operation.document.name === 'auth' ? BASIC : `Bearer ${one(seen.tokens) ?? ''}`,
  };
  const content = operation.requestBody?.contents[0];
  if (content === undefined) return { path: `${path}?${query.toString()}`, init: { method: operation.method, headers } };
  if (content.mediaType.startsWith('multipart')) {
    const form = new FormData();
    form.set('file', new File([`x${roll(3)}`], one(['a.txt', '名单.xlsx', 'b.csv']) ?? 'a'));
    form.set('moduleName', 'notification');
    return { path, init: { method: operation.method, headers, body: form } };
  }
  const drawn = one(content.examples)?.value ?? {};
  return { path: `${path}?${query.toString()}`, init: { method: operation.method, headers, body: changed(drawn, seen, roll) } };
}

/** An example with ids that were seen, and now and then another value. */
function changed(value: unknown, seen: Seen, roll: (limit: number) => number, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => changed(item, seen, roll, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (roll(25) === 0 ? [] : [[key, changed(item, seen, roll, key)]])),
    );
  if (name === 'refresh_token') return roll(3) === 0 ? (seen.refreshTokens[0] ?? value) : (seen.refreshTokens.at(-1) ?? value);
  if (/id$/i.test(name) && roll(3) > 0) return seen.ids[Math.max(0, seen.ids.length - 1 - roll(8))] ?? value;
  if (typeof value === 'string' && roll(10) === 0 && !/grant|time|name|pass/i.test(name)) return `${value}新`;
  if (typeof value === 'number' && roll(12) === 0) return roll(3);
  return value;
}

function look(body: unknown, seen: Seen): void {
  if (Array.isArray(body)) for (const item of body.slice(0, 5)) look(item, seen);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  for (const [name, value] of Object.entries(body)) {
    if (name === 'access_token') seen.tokens.push(String(value));
    else if (name === 'refresh_token') seen.refreshTokens.push(String(value));
    else if (/id$/i.test(name) && (typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint'))
      seen.ids.push(value);
    else look(value, seen);
  }
}
