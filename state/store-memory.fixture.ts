import { REAL_TIME } from './clock.ts';
import type { ClockSetting } from './clock.ts';
import { DEFAULT_SCENARIO } from './store.ts';
import type { Change, Store, StoredWorld, WorldChange } from './store.ts';
import type { Key, Row } from './world.ts';

/** What differs from the scenario in one collection. */
interface KeptRows {
  readonly gone: Set<Key>;
  readonly rows: Map<Key, Row>;
  /** Also part of another world: copied before it is changed. */
  shared: boolean;
}

interface KeptWorld {
  readonly scenario: string;
  clock: ClockSetting;
  readonly counters: Map<string, number>;
  readonly collections: Map<string, KeptRows>;
}

interface KeptSession {
  world: KeptWorld;
  readonly snapshots: Map<string, KeptWorld>;
}

/**
 * A store that lives as long as its process: what sessions need of a store, without a file. Never waits. Rows are kept as they are, not copied.
 */
export function createMemoryStore(): Store {
  const sessions = new Map<string, KeptSession>();

  const commit = (name: string, changes: readonly Change[]): void => {
    let session = sessions.get(name);
    if (session === undefined) sessions.set(name, (session = { world: emptyWorld(DEFAULT_SCENARIO), snapshots: new Map() }));
    for (const change of changes) {
      if (change.kind === 'base') session.world = emptyWorld(change.scenario);
      else if (change.kind === 'forget') session.snapshots.delete(change.snapshot);
      else if (change.kind === 'restore') session.world = share(session.snapshots.get(change.snapshot) ?? session.world);
      else if (change.kind === 'save') {
        session.snapshots.delete(change.snapshot);
        session.snapshots.set(change.snapshot, share(session.world));
      } else apply(session.world, change);
    }
  };

  return {
    load: (name) => {
      const session = sessions.get(name);
      return session && { ...storedOf(session.world), snapshots: [...session.snapshots.keys()] };
    },
    loadSnapshot: (name, snapshot) => {
      const world = sessions.get(name)?.snapshots.get(snapshot);
      return world && storedOf(world);
    },
    commit,
    remove: (name) => void sessions.delete(name),
    list: () => [...sessions.keys()],
    close: () => {},
  };
}

function emptyWorld(scenario: string): KeptWorld {
  return { scenario, clock: REAL_TIME, counters: new Map(), collections: new Map() };
}

function apply(world: KeptWorld, change: WorldChange): void {
  if (change.kind === 'clock') world.clock = change.clock;
  else if (change.kind === 'counter') world.counters.set(change.counter, change.value);
  else {
    const { gone, rows } = writable(world, change.collection);
    if (change.kind === 'put') return void rows.set(change.key, change.row);
    rows.delete(change.key);
    if (change.seeded) gone.add(change.key);
  }
}

function writable(world: KeptWorld, collection: string): KeptRows {
  const kept = world.collections.get(collection);
  if (kept !== undefined && !kept.shared) return kept;
  const own = { gone: new Set(kept?.gone), rows: new Map(kept?.rows), shared: false };
  world.collections.set(collection, own);
  return own;
}

function share(world: KeptWorld): KeptWorld {
  for (const kept of world.collections.values()) kept.shared = true;
  return { ...world, counters: new Map(world.counters), collections: new Map(world.collections) };
}

function storedOf({ scenario, clock, counters, collections }: KeptWorld): StoredWorld {
  const changes: WorldChange[] = [{ kind: 'clock', clock }];
  for (const [counter, value] of counters) changes.push({ kind: 'counter', counter, value });
  for (const [collection, { gone }] of collections) for (const key of gone) changes.push({ kind: 'remove', collection, key, seeded: true });
  for (const [collection, { rows }] of collections) for (const [key, row] of rows) changes.push({ kind: 'put', collection, key, row });
  return { scenario, changes };
}
