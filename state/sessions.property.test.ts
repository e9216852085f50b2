import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createSessions } from './sessions.ts';
import { createMemoryStore } from './store-memory.fixture.ts';
import { createSqliteStore } from './store-sqlite.ts';
import type { Store } from './store.ts';
import { createBase } from './world-memory.ts';
import type { Key, Row } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-sessions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SEEDS: Record<string, [Key, Row][]> = {
  default: ['1', '2', '3'].map((id) => [id, { id, seed: true }]),
  other: ['3', '4'].map((id) => [id, { id, seed: true }]),
};
const bases = new Map(Object.entries(SEEDS).map(([name, rows]) => [name, createBase([['c', rows]])]));

/** The naive model: everything copied, always. */
interface Plain {
  scenario: string;
  rows: Map<Key, Row>;
  counter: number;
  offset: number;
}
interface PlainSession {
  world: Plain;
  snapshots: Map<string, Plain>;
}
const plain = (scenario: string): Plain => ({ scenario, rows: new Map(SEEDS[scenario]), counter: 0, offset: 0 });
const copy = (world: Plain): Plain => ({ ...world, rows: new Map(world.rows) });

const key = fc.constantFrom('1', '2', '3', '4', '5');
const change = fc.oneof(
  fc.record({ do: fc.constant('put' as const), key, value: fc.nat(9) }),
  fc.record({ do: fc.constant('remove' as const), key }),
  fc.record({ do: fc.constant('count' as const) }),
);
const name = fc.constantFrom('a', 'b');
const snapshot = fc.constantFrom('x', 'y');
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('transact' as const),
      name,
      changes: fc.array(change, { maxLength: 6 }),
      ends: fc.constantFrom('well', 'throws', 'rejects'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('save' as const, 'restore' as const, 'forget' as const), name, snapshot }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('reset' as const), name, scenario: fc.constantFrom('default', 'other', undefined) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('advance' as const), name, ms: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

let files = 0;
const stores: { name: string; open: () => { store: () => Store; reopen: (store: Store) => Store | Promise<Store> }; runs: number }[] = [
  { name: 'memory', open: () => ({ store: createMemoryStore, reopen: (store) => store }), runs: 200 },
  {
    name: 'SQLite',
    open: () => {
      const file = join(folder, `${files++}.state`);
      const reopen = async (store: Store) => {
        await store.close();
        return createSqliteStore(file);
      };
      return { store: () => createSqliteStore(file), reopen };
    },
    runs: 40,
  },
];

describe.each(stores)('sessions over the $name store', ({ open, runs }) => {
  test('do what plain Maps do, copied whole: transactions that fail, snapshots, scenarios, removal, restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const opened = open();
        let store = opened.store();
        let sessions = createSessions({ bases, store, now: () => 0 });
        const model = new Map<string, PlainSession>();
        const modelOf = (name: string): PlainSession => {
          const found = model.get(name) ?? { world: plain('default'), snapshots: new Map() };
          model.set(name, found);
          return found;
        };

        for (const step of steps) {
          if (step.do === 'restart') {
            store = await opened.reopen(store);
            sessions = createSessions({ bases, store, now: () => 0 });
            continue;
          }
          const session = sessions.get(step.name);
          const known = modelOf(step.name);
          if (step.do === 'transact') {
            const draft = copy(known.world);
            const work = async () =>
              session.transact((world) => {
                for (const change of step.changes) {
                  if (change.do === 'count') expect(world.next('n', 1)).toBe(++draft.counter);
                  else if (change.do === 'remove') expect(world.remove('c', change.key)).toBe(draft.rows.delete(change.key));
                  else {
                    world.put('c', change.key, { id: change.key, value: change.value });
                    draft.rows.set(change.key, { id: change.key, value: change.value });
                  }
                  expect([...world.rows('c')]).toEqual([...draft.rows]);
                }
                if (step.ends === 'throws') throw new Error('no');
                return step.ends === 'rejects' ? Promise.reject(new Error('no')) : undefined;
              });
            if (step.ends === 'well') {
              await work();
              known.world = draft;
            } else await expect(work()).rejects.toThrow('no');
          } else if (step.do === 'save') {
            await session.snapshots.save(step.snapshot);
            known.snapshots.delete(step.snapshot);
            known.snapshots.set(step.snapshot, copy(known.world));
          } else if (step.do === 'restore') {
            const saved = known.snapshots.get(step.snapshot);
            const restoring = (async () => session.snapshots.restore(step.snapshot))();
            if (saved === undefined) await expect(restoring).rejects.toThrow('no snapshot');
            else {
              await restoring;
              known.world = copy(saved);
            }
          } else if (step.do === 'forget') {
            expect(await session.snapshots.remove(step.snapshot)).toBe(known.snapshots.delete(step.snapshot));
          } else if (step.do === 'reset') {
            await session.reset(step.scenario);
            known.world = plain(step.scenario ?? known.world.scenario);
          } else if (step.do === 'advance') {
            await session.clock.advance(step.ms);
            known.world.offset += step.ms;
          } else {
            await sessions.remove(step.name);
            model.delete(step.name);
          }

          for (const [name, { world, snapshots }] of model) {
            const session = sessions.get(name);
            expect(await session.read()).toEqual({ c: [...world.rows.values()] });
            expect(await session.transact((world) => world.now())).toBe(world.offset);
            expect(await session.scenario()).toBe(world.scenario);
            expect(await session.snapshots.list()).toEqual([...snapshots.keys()]);
          }
        }
        await sessions.close();
      }),
      { numRuns: runs },
    );
  });
});
