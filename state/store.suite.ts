import { expect, test } from 'vitest';
import { createSessions } from './sessions.ts';
import type { Change, Store, WorldChange } from './store.ts';
import { createBase } from './world-memory.ts';

/** What a store must do, whatever it is made of. */
export function storeSuite(create: () => Store, reopen: (store: Store) => Store | Promise<Store>): void {
  const REAL: WorldChange = { kind: 'clock', clock: { kind: 'running', offset: 0 } };
  const put = (key: string, row = {}, collection = 'shop/item'): WorldChange => ({ kind: 'put', collection, key, row });
  const remove = (key: string, seeded: boolean): WorldChange => ({ kind: 'remove', collection: 'shop/item', key, seeded });

  const cases: { name: string; commits: Change[][]; want: { scenario: string; changes: WorldChange[]; snapshots: string[] } }[] = [
    {
      name: 'rows in the order of their coming',
      commits: [[put('b', { n: 1 }), put('a', { n: 2 })], [put('b', { n: 3 })], [put('c', {})]],
      want: { scenario: 'default', changes: [REAL, put('b', { n: 3 }), put('a', { n: 2 }), put('c', {})], snapshots: [] },
    },
    {
      name: 'a removed row, leaving no trace',
      commits: [[put('a'), put('b')], [remove('a', false)]],
      want: { scenario: 'default', changes: [REAL, put('b')], snapshots: [] },
    },
    {
      name: 'a removed row of the scenario',
      commits: [[put('a')], [remove('a', true)], [remove('a', true)]],
      want: { scenario: 'default', changes: [REAL, remove('a', true)], snapshots: [] },
    },
    {
      name: 'a row that was removed and came again: at the end',
      commits: [
        [put('a'), put('b')],
        [remove('a', true), put('a', { again: true })],
      ],
      want: { scenario: 'default', changes: [REAL, remove('a', true), put('b'), put('a', { again: true })], snapshots: [] },
    },
    {
      name: 'counters and clock',
      commits: [
        [{ kind: 'counter', counter: 'n', value: 7 }],
        [
          { kind: 'counter', counter: 'n', value: Number.MAX_SAFE_INTEGER },
          { kind: 'clock', clock: { kind: 'frozen', at: 5 } },
        ],
      ],
      want: {
        scenario: 'default',
        changes: [
          { kind: 'clock', clock: { kind: 'frozen', at: 5 } },
          { kind: 'counter', counter: 'n', value: Number.MAX_SAFE_INTEGER },
        ],
        snapshots: [],
      },
    },
    {
      name: 'a new start from a scenario; snapshots stay',
      commits: [
        [put('a'), { kind: 'counter', counter: 'n', value: 1 }, { kind: 'clock', clock: { kind: 'frozen', at: 5 } }],
        [{ kind: 'save', snapshot: 's' }],
        [{ kind: 'base', scenario: 'empty' }],
      ],
      want: { scenario: 'empty', changes: [REAL], snapshots: ['s'] },
    },
    {
      name: 'a restored snapshot, whatever came after it',
      commits: [
        [put('b'), put('a', { n: 1 }), remove('z', true), { kind: 'counter', counter: 'n', value: 1 }],
        [{ kind: 'save', snapshot: 's' }],
        [put('a', { n: 2 }), remove('b', false), put('c'), { kind: 'counter', counter: 'n', value: 2 }],
        [{ kind: 'base', scenario: 'empty' }],
        [{ kind: 'restore', snapshot: 's' }],
      ],
      want: {
        scenario: 'default',
        changes: [REAL, { kind: 'counter', counter: 'n', value: 1 }, remove('z', true), put('b'), put('a', { n: 1 })],
        snapshots: ['s'],
      },
    },
    {
      name: 'a snapshot untouched by what came after its restoring',
      commits: [
        [put('a', { n: 1 })],
        [{ kind: 'save', snapshot: 's' }],
        [{ kind: 'restore', snapshot: 's' }],
        [put('a', { n: 2 })],
        [{ kind: 'restore', snapshot: 's' }],
      ],
      want: { scenario: 'default', changes: [REAL, put('a', { n: 1 })], snapshots: ['s'] },
    },
    {
      name: 'snapshots by age; saved again is the youngest',
      commits: [
        [{ kind: 'save', snapshot: 'a' }],
        [{ kind: 'save', snapshot: 'b' }],
        [{ kind: 'save', snapshot: 'c' }],
        [{ kind: 'save', snapshot: 'a' }],
        [{ kind: 'forget', snapshot: 'b' }],
      ],
      want: { scenario: 'default', changes: [REAL], snapshots: ['c', 'a'] },
    },
    {
      name: 'integers beyond 2^53, Chinese text, any text as key, collection and field',
      commits: [
        [
          put('\0', { id: 9007199254740993n, 名: '虎符', '\ud800': '\ud800' }, '模块/集合'),
          put('\ud800', {}, '__proto__'),
          put('', { id: -0.5 }, ''),
        ],
      ],
      want: {
        scenario: 'default',
        changes: [
          REAL,
          put('\0', { id: 9007199254740993n, 名: '虎符', '\ud800': '\ud800' }, '模块/集合'),
          put('\ud800', {}, '__proto__'),
          put('', { id: -0.5 }, ''),
        ],
        snapshots: [],
      },
    },
  ];
  test.each(cases)('keeps $name', async ({ commits, want }) => {
    let store = create();
    for (const changes of commits) await store.commit('s', changes);
    expect(await store.load('s')).toEqual(want);
    store = await reopen(store);
    expect(await store.load('s')).toEqual(want);
    await store.close();
  });

  test('gives back what a snapshot holds, and nothing for one that is not there', async () => {
    const store = create();
    await store.commit('s', [put('a'), { kind: 'save', snapshot: 'one' }, put('b')]);
    expect(await store.loadSnapshot('s', 'one')).toEqual({ scenario: 'default', changes: [REAL, put('a')] });
    expect(await store.loadSnapshot('s', 'two')).toBeUndefined();
    expect(await store.loadSnapshot('t', 'one')).toBeUndefined();
    await store.close();
  });

  test('keeps sessions apart, lists and removes them', async () => {
    let store = create();
    await store.commit('a', [put('1', { of: 'a' })]);
    await store.commit('b', [put('1', { of: 'b' }), { kind: 'save', snapshot: 's' }]);
    expect(await store.load('c')).toBeUndefined();
    expect(await store.list()).toEqual(['a', 'b']);
    await store.remove('b');
    await store.remove('c');
    store = await reopen(store);
    expect(await store.list()).toEqual(['a']);
    expect(await store.load('b')).toBeUndefined();
    expect(await store.loadSnapshot('b', 's')).toBeUndefined();
    expect(await store.load('a')).toMatchObject({ changes: [REAL, put('1', { of: 'a' })] });
    await store.close();
  });

  test('sessions find their worlds, clocks and snapshots again', async () => {
    const bases = new Map([['default', createBase([['shop/item', [['1', { id: 1 }]]]])]]);
    const used = create();
    const first = createSessions({ bases, store: used, now: () => 100 });
    const session = first.get('s');
    await session.transact((world) => world.put('shop/item', String(world.next('item', 2)), { id: 2n ** 60n }));
    await session.clock.advance(11);
    await session.snapshots.save('two');
    await session.transact((world) => world.remove('shop/item', '1'));
    const store = await reopen(used);
    const second = createSessions({ bases, store, now: () => 200 });
    const again = second.get('s');
    expect((await second.list()).map(({ name }) => name)).toEqual(['s']);
    expect(await again.read()).toEqual({ 'shop/item': [{ id: 2n ** 60n }] });
    expect(await again.transact((world) => [world.next('item', 2), world.now()])).toEqual([3, 211]);
    expect(await again.snapshots.list()).toEqual(['two']);
    await again.snapshots.restore('two');
    expect(await again.read()).toEqual({ 'shop/item': [{ id: 1 }, { id: 2n ** 60n }] });
    await second.close();
  });
}
