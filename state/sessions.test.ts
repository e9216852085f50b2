import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSessions } from './sessions.ts';
import type { SessionsOptions } from './sessions.ts';
import { createMemoryStore } from './store-memory.fixture.ts';
import type { Store } from './store.ts';
import { createBase } from './world-memory.ts';
import type { World } from './world.ts';

const bases = new Map([
  ['default', createBase([['shop/item', [['1', { id: 1, stock: 5 }]]]])],
  ['empty', createBase([])],
]);
const setUp = (options: Partial<SessionsOptions> = {}) => createSessions({ bases, ...options });
const code = (value: string) => expect.objectContaining({ name: 'StateError', code: value });
const tick = () => new Promise((resolve) => setImmediate(resolve));

/** The memory store behind promises, as a store over a network would be. */
function waitingStore(): Store {
  const store = createMemoryStore();
  const wait =
    <A extends unknown[], R>(method: (...given: A) => R | Promise<R>) =>
    async (...given: A): Promise<R> => {
      await tick();
      return method(...given);
    };
  return {
    load: wait(store.load),
    loadSnapshot: wait(store.loadSnapshot),
    commit: wait(store.commit),
    remove: wait(store.remove),
    list: wait(store.list),
    close: wait(store.close),
  };
}

const stores: { name: string; create: () => Store }[] = [
  { name: 'a store that answers at once', create: createMemoryStore },
  { name: 'a store that takes its time', create: waitingStore },
];

describe('session names', () => {
  test.each(['a', 'A-z.0_9', 'x'.repeat(64), '..', '__proto__'])('%j is one', async (name) => {
    const sessions = setUp();
    await sessions.get(name).transact((world) => world.put('c', name, {}));
    expect(await sessions.list()).toMatchObject([{ name }]);
  });

  test.each(['', 'x'.repeat(65), 'a b', 'a/b', '虎', 'a\n', 'ａ'])('%j is none', (name) => {
    const sessions = setUp();
    for (const call of [() => sessions.get(name), () => sessions.remove(name), () => sessions.reset(name)])
      expect(call).toThrow(code('session-name'));
  });

  test('no name is the default session', () => {
    const sessions = setUp();
    expect(sessions.get()).toBe(sessions.get('default'));
  });
});

describe.each(stores)('transactions over $name', ({ create }) => {
  test('are answered with what the work answers, and stay', async () => {
    const sessions = setUp({ store: create() });
    const answer = await sessions.get('a').transact((world) => {
      world.put('shop/item', '2', { id: 2 });
      return world.size('shop/item');
    });
    expect(answer).toBe(2);
    expect(await sessions.get('a').transact(async (world) => world.get('shop/item', '2'))).toEqual({ id: 2 });
    expect(await sessions.get('b').read()).toEqual({ 'shop/item': [{ id: 1, stock: 5 }] });
  });

  const failing: { name: string; fail: () => unknown }[] = [
    {
      name: 'throws',
      fail: () => {
        throw new Error('no');
      },
    },
    { name: 'rejects', fail: () => Promise.reject(new Error('no')) },
    {
      name: 'answers with a foreign promise that rejects',
      // oxlint-disable-next-line unicorn/no-thenable -- what some libraries answer with
      fail: () => ({ then: (_: unknown, reject: (error: Error) => void) => reject(new Error('no')) }),
    },
  ];
  test.each(failing)('leave nothing when the work $name', async ({ fail }) => {
    const session = setUp({ store: create() }).get();
    const work = async () =>
      session.transact((world) => {
        world.put('shop/item', '1', { id: 1, stock: 0 });
        world.remove('shop/item', '1');
        world.put('other', '1', {});
        world.next('n', 1);
        return fail();
      });
    await expect(work()).rejects.toThrow('no');
    expect(await session.read()).toEqual({ 'shop/item': [{ id: 1, stock: 5 }] });
    expect(await session.transact((world) => world.next('n', 1))).toBe(1);
  });

  test('leave nothing when the store fails', async () => {
    const store = create();
    const session = setUp({
      store: {
        ...store,
        commit: () => {
          throw new Error('disk full');
        },
      },
    }).get();
    await expect((async () => session.transact((world) => world.remove('shop/item', '1')))()).rejects.toThrow('disk full');
    expect(await session.read()).toEqual({ 'shop/item': [{ id: 1, stock: 5 }] });
  });

  test('that take too long are undone, shut out, and hold up nobody', async () => {
    const session = setUp({ store: create(), timeLimitMs: 20 }).get();
    const { promise, resolve } = Promise.withResolvers<void>();
    let late: World | undefined;
    const slow = session.transact(async (world) => {
      world.put('shop/item', '1', {});
      late = world;
      await promise;
    });
    const next = session.transact((world) => world.get('shop/item', '1'));
    await expect(slow).rejects.toThrow(code('time-limit'));
    expect(await next).toEqual({ id: 1, stock: 5 });
    resolve();
    for (const use of [() => late?.put('shop/item', '1', {}), () => late?.get('shop/item', '1'), () => late?.now()]) {
      expect(use).toThrow(code('transaction-over'));
    }
  });

  test('cannot be used after they have ended', async () => {
    let kept: World | undefined;
    await setUp({ store: create() })
      .get()
      .transact((world) => {
        kept = world;
      });
    expect(() => kept?.next('n', 1)).toThrow(code('transaction-over'));
  });

  test('asked for within another come after it', async () => {
    const session = setUp({ store: create() }).get();
    const order: string[] = [];
    let inner: unknown;
    await session.transact((world) => {
      inner = session.transact((world) => order.push(`inner sees ${world.size('c')}`));
      world.put('c', '1', {});
      order.push('outer');
    });
    await inner;
    expect(order).toEqual(['outer', 'inner sees 1']);
  });

  test('of several sessions do not wait for each other', async () => {
    const sessions = setUp({ store: create() });
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = sessions.get('slow').transact(() => promise);
    await sessions.get('quick').transact((world) => world.put('c', '1', {}));
    expect((await sessions.list()).map(({ name, busy }) => [name, busy])).toEqual([
      ['slow', true],
      ['quick', false],
    ]);
    resolve();
    await slow;
  });

  test('see one instant', async () => {
    let real = 0;
    const session = setUp({ store: create(), now: () => ++real }).get();
    const [first, second] = await session.transact((world) => [world.now(), world.now()]);
    expect(first).toBe(second);
    expect(await session.transact((world) => world.now())).toBeGreaterThan(first ?? 0);
  });

  test('lose no update, however they interleave', async () => {
    const step = fc.record({ session: fc.constantFrom('a', 'b'), waits: fc.nat(3), fails: fc.boolean(), reads: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const sessions = setUp({ store: create() });
        const running = steps.map(async ({ session, waits, fails, reads }) => {
          if (reads) await sessions.get(session).read();
          return sessions.get(session).transact((world) => {
            const before = Number(world.get('c', 'n')?.['n'] ?? 0);
            const finish = () => {
              world.put('c', 'n', { n: before + 1 });
              if (fails) throw new Error('no');
            };
            if (waits === 0) return finish();
            return (async () => {
              for (let i = 0; i < waits; i++) await tick();
              finish();
            })();
          });
        });
        const outcomes = await Promise.allSettled(running);
        for (const session of ['a', 'b']) {
          const want = steps.filter((step) => step.session === session && !step.fails).length;
          expect(await sessions.get(session).transact((world) => world.get('c', 'n')?.['n'] ?? 0)).toBe(want);
        }
        expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(steps.map(({ fails }) => fails));
      }),
      { numRuns: 50 },
    );
  });
});

test('work that need not wait is done without a promise', () => {
  const session = setUp().get();
  expect(session.transact((world) => world.next('n', 1))).toBe(1);
  expect(session.read()).toEqual({ 'shop/item': [{ id: 1, stock: 5 }] });
  expect(session.clock.freeze(7)).toEqual({ now: 7, setting: { kind: 'frozen', at: 7 } });
});

describe.each(stores)('the whole state over $name', ({ create }) => {
  test('is replaced: collections that are not named become empty, the order is as given', async () => {
    const session = setUp({ store: create() }).get();
    await session.transact((world) => world.put('other', '1', { id: 1 }));
    await session.replace({ 'shop/item': [{ id: 'b' }, { id: 1 }, { id: 2n ** 70n }] });
    expect(await session.read()).toEqual({ 'shop/item': [{ id: 'b' }, { id: 1 }, { id: 2n ** 70n }], other: [] });
    expect(await session.transact((world) => world.get('shop/item', String(2n ** 70n)))).toEqual({ id: 2n ** 70n });
  });

  const refused: { name: string; state: unknown }[] = [
    { name: 'a row without a key', state: { other: [], 'shop/item': [{ id: 2 }, { name: 'x' }] } },
    { name: 'two rows with one key', state: { 'shop/item': [{ id: 2 }, { id: '2' }] } },
    { name: 'a row that is no object', state: { 'shop/item': [null] } },
    { name: 'rows that are no array', state: { 'shop/item': { 1: {} } } },
  ];
  test.each(refused)('is left alone for $name', async ({ state }) => {
    const session = setUp({ store: create() }).get();
    await expect((async () => session.replace(state as never))()).rejects.toThrow(code('rows-invalid'));
    expect(await session.read()).toEqual({ 'shop/item': [{ id: 1, stock: 5 }] });
  });

  test('is patched', async () => {
    const session = setUp({ store: create() }).get();
    await session.patch([
      { kind: 'put', collection: 'shop/item', key: '2', row: { id: 2 } },
      { kind: 'remove', collection: 'shop/item', key: '1' },
      { kind: 'remove', collection: 'shop/item', key: 'none' },
    ]);
    expect(await session.read()).toEqual({ 'shop/item': [{ id: 2 }] });
  });

  test('takes keys from what the caller knows of its collections', async () => {
    const session = setUp({ store: create(), keyOf: (collection, row) => `${collection}:${String(row['code'])}` }).get();
    await session.replace({ c: [{ code: 'x' }] });
    expect(await session.transact((world) => world.get('c', 'c:x'))).toEqual({ code: 'x' });
  });
});

describe.each(stores)('scenarios over $name', ({ create }) => {
  test('a session starts anew from a scenario, or from the one it is on', async () => {
    const sessions = setUp({ store: create() });
    const session = sessions.get('a');
    await session.transact((world) => [world.remove('shop/item', '1'), world.next('n', 1)]);
    await session.clock.freeze(5);
    await sessions.reset('a');
    expect(await session.read()).toEqual({ 'shop/item': [{ id: 1, stock: 5 }] });
    expect(await session.transact((world) => world.next('n', 1))).toBe(1);
    expect((await session.clock.read()).setting).toEqual({ kind: 'running', offset: 0 });
    await sessions.reset('a', 'empty');
    await sessions.reset('a');
    expect(await session.read()).toEqual({});
    expect(await session.scenario()).toBe('empty');
  });

  test('an unknown one is refused with the names of the others', async () => {
    const session = setUp({ store: create() }).get();
    await expect((async () => session.reset('ful'))()).rejects.toThrow("There is no scenario 'ful'; there are: default, empty.");
    expect(await session.scenario()).toBe('default');
  });

  test('when the scenario of a stored session is no more, it says so until it is reset', async () => {
    const store = create();
    await setUp({ store }).get('a').reset('empty');
    const session = createSessions({ bases: new Map([['default', createBase([])]]), store }).get('a');
    for (const use of [() => session.read(), () => session.reset()])
      await expect((async () => use())()).rejects.toThrow(code('scenario-unknown'));
    await session.reset('default');
    expect(await session.read()).toEqual({});
  });

  test('a stored session lies over its scenario as it is today', async () => {
    const store = create();
    await setUp({ store })
      .get('a')
      .transact((world) => [world.remove('shop/item', '1'), world.put('shop/item', '2', { id: 2 })]);
    const edited = createBase([['shop/item', ['1', '2', '3'].map((id) => [id, { id, seed: true }] as const)]]);
    const session = createSessions({ bases: new Map([['default', edited]]), store }).get('a');
    expect(await session.read()).toEqual({ 'shop/item': [{ id: 2 }, { id: '3', seed: true }] });
  });
});

describe.each(stores)('room for sessions over $name', ({ create }) => {
  const names = async (sessions: ReturnType<typeof setUp>) => {
    for (let i = 0; i < 3; i++) await tick();
    return (await sessions.list()).map(({ name }) => name);
  };
  const write = (sessions: ReturnType<typeof setUp>, name?: string) => sessions.get(name).transact((world) => world.put('c', '1', {}));

  test('the least recently used goes; never the default one, never one with work in progress', async () => {
    const store = create();
    const sessions = setUp({ store, maxSessions: 2 });
    await write(sessions);
    const { promise, resolve } = Promise.withResolvers<void>();
    const working = sessions.get('working').transact(() => promise);
    await write(sessions, 'b');
    await write(sessions, 'c');
    expect(await names(sessions)).toEqual(['default', 'working', 'c']);
    expect(await store.list()).toEqual(['default', 'c']);
    const other = sessions.get('c').transact(() => promise);
    expect(() => sessions.get('d')).toThrow(code('sessions-busy'));
    resolve();
    await Promise.all([working, other]);
    await write(sessions, 'd');
    expect(await names(sessions)).toEqual(['default', 'c', 'd']);
  });

  test('a session is gone when it was not used for long; looked after by use', async () => {
    let real = 0;
    const store = create();
    const sessions = setUp({ store, maxAgeMs: 1000, now: () => real });
    await write(sessions);
    await write(sessions, 'old');
    real = 600;
    await write(sessions, 'young');
    real = 1000;
    expect(await sessions.get('old').read(), 'begun anew').toEqual({ 'shop/item': [{ id: 1, stock: 5 }] });
    real = 1599;
    expect(await sessions.get('young').read(), 'still there').toHaveProperty('c');
    real = 2600;
    await write(sessions);
    expect(await names(sessions)).toEqual(['default']);
    expect(await store.list()).toEqual(['default']);
  });

  test('a session is gone when it was not used for long; looked after by a timer', async () => {
    const store = create();
    const sessions = setUp({ store, maxAgeMs: 5 });
    await write(sessions, 'old');
    await expect.poll(() => store.list()).toEqual([]);
    await sessions.close();
  });

  test('a removed session starts anew, for those too who have it in hand', async () => {
    const sessions = setUp({ store: create() });
    const held = sessions.get('a');
    await write(sessions, 'a');
    await held.snapshots.save('s');
    expect(await sessions.remove('a')).toBe(true);
    expect(await sessions.remove('a')).toBe(false);
    await sessions.get('a').transact((world) => world.put('c', 'new', {}));
    expect(await held.transact((world) => Array.from(world.rows('c'), ([key]) => key))).toEqual(['new']);
    expect(await held.snapshots.list()).toEqual([]);
    expect(await names(sessions)).toEqual(['a']);
  });

  test('a session is removed after its work, and before what is asked later', async () => {
    const sessions = setUp({ store: create() });
    const session = sessions.get('a');
    const before = session.transact(async (world) => {
      await tick();
      world.put('c', 'before', {});
    });
    const removed = sessions.remove('a');
    const later = session.transact((world) => world.put('c', 'later', {}));
    await Promise.all([before, removed, later]);
    expect(await session.transact((world) => Array.from(world.rows('c'), ([key]) => key))).toEqual(['later']);
    expect(await names(sessions)).toEqual(['a']);
  });

  test('a removed session is not begun twice: work that waited for the removal and work that came after it share one world', async () => {
    const sessions = setUp({ store: create() });
    const addOne = () =>
      sessions.get('a').transact(async (world) => {
        const before = Number(world.get('c', 'n')?.['n'] ?? 0);
        for (let i = 0; i < 5; i++) await tick();
        world.put('c', 'n', { n: before + 1 });
      });
    const first = addOne();
    const removed = sessions.remove('a');
    const waited = addOne();
    await removed;
    await Promise.all([first, waited, addOne()]);
    expect(await sessions.get('a').transact((world) => world.get('c', 'n'))).toEqual({ n: 2 });
  });

  test('a store that fails to remove takes nothing down', async () => {
    const store = create();
    let fails = true;
    const remove = (name: string) => {
      if (fails) throw new Error('disk full');
      return store.remove(name);
    };
    const sessions = setUp({ store: { ...store, remove }, maxSessions: 1 });
    await write(sessions, 'a');
    await write(sessions, 'b');
    expect(await sessions.get('a').read()).toHaveProperty('c');
    fails = false;
    await write(sessions, 'c');
    expect(await names(sessions)).not.toContain('b');
  });

  test('closing waits for work in progress', async () => {
    const store = create();
    const sessions = setUp({ store });
    const work = sessions.get('a').transact(async (world) => {
      await tick();
      world.put('c', '1', {});
    });
    await sessions.close();
    expect(await store.list()).toEqual(['a']);
    await work;
  });
});

test('memory returns to its level when sessions are gone', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = async () => {
    for (let i = 0; i < 100; i++) await tick();
    collect();
    return process.memoryUsage().heapUsed;
  };
  let real = 0;
  const sessions = setUp({ maxAgeMs: 1000, now: () => real });
  const fill = async (round: number) => {
    for (let i = 0; i < 1000; i++) {
      const session = sessions.get(`${round}-${i}`);
      await session.transact((world) => {
        for (let row = 0; row < 50; row++) world.put('c', `${row}`, { id: row, text: `row ${row} of ${i}` });
      });
      await session.snapshots.save('s');
    }
  };
  const empty = async () => {
    real += 1000;
    await sessions.get().read();
    expect(await sessions.list()).toMatchObject([{ name: 'default' }]);
  };
  await fill(0);
  await empty();
  const level = await used();
  await fill(1);
  const full = await used();
  await empty();
  const after = await used();
  expect(full - level).toBeGreaterThan(5_000_000);
  expect(after - level).toBeLessThan((full - level) / 10);
});
