import { parseJson, writeJson } from '../operations/index.ts';
import { REAL_TIME } from './clock.ts';
import type { ClockSetting } from './clock.ts';
import { StateError } from './state-error.ts';
import { openStateFile } from './store-sqlite-file.ts';
import { DEFAULT_SCENARIO } from './store.ts';
import type { Change, Store, StoredWorld, WorldChange } from './store.ts';
import type { Row } from './world.ts';

/** The snapshot name of the live world: no snapshot can be called so. */
const LIVE = '';

/**
 * A store in one SQLite file, for one process at a time. What a commit has answered outlives `kill -9` and a loss of power (see
 * store-sqlite-file.ts). Never waits: a commit takes as long as the disk takes to flush.
 * @throws StateError `store-unreadable`, `store-foreign`, `store-version`, `store-locked`
 */
export function createSqliteStore(file: string): Store {
  const database = openStateFile(file);
  const sql = {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    world: database.prepare('SELECT id, scenario, clock FROM world WHERE session = ? AND snapshot = ?'),
    addWorld: database.prepare('INSERT INTO world (session, snapshot, scenario, clock) VALUES (?, ?, ?, ?)'),
    removeWorld: database.prepare('DELETE FROM world WHERE session = ? AND snapshot = ?'),
    setClock: database.prepare('UPDATE world SET clock = ? WHERE id = ?'),
    put: database.prepare(
      'INSERT INTO row (world, collection, key, content) VALUES (?, ?, ?, ?) ON CONFLICT (world, collection, key) DO UPDATE SET content = excluded.content',
    ),
    remove: database.prepare('DELETE FROM row WHERE world = ? AND collection = ? AND key = ?'),
    addGone: database.prepare('INSERT OR IGNORE INTO gone (world, collection, key) VALUES (?, ?, ?)'),
    setCounter: database.prepare('INSERT OR REPLACE INTO counter (world, name, value) VALUES (?, ?, ?)'),
    copyRows: database.prepare(
      'INSERT INTO row (world, collection, key, content) SELECT ?, collection, key, content FROM row WHERE world = ? ORDER BY position',
    ),
    copyGone: database.prepare('INSERT INTO gone (world, collection, key) SELECT ?, collection, key FROM gone WHERE world = ?'),
    copyCounters: database.prepare('INSERT INTO counter (world, name, value) SELECT ?, name, value FROM counter WHERE world = ?'),
    rows: database.prepare('SELECT collection, key, content FROM row WHERE world = ? ORDER BY position'),
    gone: database.prepare('SELECT collection, key FROM gone WHERE world = ?'),
    counters: database.prepare('SELECT name, value FROM counter WHERE world = ?'),
    snapshots: database.prepare(`SELECT snapshot FROM world WHERE session = ? AND snapshot <> '${LIVE}' ORDER BY id`),
    sessions: database.prepare('SELECT session FROM world GROUP BY session ORDER BY min(id)'),
    removeSession: database.prepare('DELETE FROM world WHERE session = ?'),
  };

  function transaction(work: () => void): void {
    try {
      sql.begin.run();
      work();
      sql.commit.run();
    } catch (error) {
      if (database.isOpen && database.isTransaction) sql.rollback.run();
      throw failed(file, error);
    }
  }

  function addWorld(session: string, snapshot: string, scenario: string, clock: string): number {
    return Number(sql.addWorld.run(session, snapshot, scenario, clock).lastInsertRowid);
  }

  function liveWorld(session: string): number {
    const id = sql.world.get(session, LIVE)?.['id'];
    return id === undefined ? addWorld(session, LIVE, DEFAULT_SCENARIO, writeJson(REAL_TIME)) : Number(id);
  }

  function copyWorld(session: string, from: string, to: string): void {
    const source = sql.world.get(session, from);
    if (source === undefined) return;
    sql.removeWorld.run(session, to);
    const id = addWorld(session, to, String(source['scenario']), String(source['clock']));
    for (const copy of [sql.copyRows, sql.copyGone, sql.copyCounters]) copy.run(id, Number(source['id']));
  }

  function apply(session: string, change: Change): void {
    switch (change.kind) {
      case 'put':
        sql.put.run(liveWorld(session), writeJson(change.collection), writeJson(change.key), writeJson(change.row));
        return;
      case 'remove': {
        const place = [liveWorld(session), writeJson(change.collection), writeJson(change.key)] as const;
        sql.remove.run(...place);
        if (change.seeded) sql.addGone.run(...place);
        return;
      }
      case 'counter':
        sql.setCounter.run(liveWorld(session), writeJson(change.counter), change.value);
        return;
      case 'clock':
        sql.setClock.run(writeJson(change.clock), liveWorld(session));
        return;
      case 'base':
        sql.removeWorld.run(session, LIVE);
        addWorld(session, LIVE, change.scenario, writeJson(REAL_TIME));
        return;
      case 'save':
        liveWorld(session);
        copyWorld(session, LIVE, change.snapshot);
        return;
      case 'restore':
        copyWorld(session, change.snapshot, LIVE);
        return;
      case 'forget':
        sql.removeWorld.run(session, change.snapshot);
    }
  }

  function read(session: string, snapshot: string): StoredWorld | undefined {
    const world = sql.world.get(session, snapshot);
    if (world === undefined) return undefined;
    const id = Number(world['id']);
    const changes: WorldChange[] = [{ kind: 'clock', clock: json(world['clock']) as ClockSetting }];
    for (const { name, value } of sql.counters.all(id)) {
      changes.push({ kind: 'counter', counter: text(name), value: Number(value) });
    }
    for (const { collection, key } of sql.gone.all(id)) {
      changes.push({ kind: 'remove', collection: text(collection), key: text(key), seeded: true });
    }
    for (const { collection, key, content } of sql.rows.iterate(id)) {
      changes.push({ kind: 'put', collection: text(collection), key: text(key), row: json(content) as Row });
    }
    return { scenario: String(world['scenario']), changes };
  }

  function asking<T>(query: () => T): T {
    try {
      return query();
    } catch (error) {
      throw failed(file, error);
    }
  }

  return {
    load: (session) =>
      asking(() => {
        const world = read(session, LIVE);
        return world && { ...world, snapshots: sql.snapshots.all(session).map(({ snapshot }) => String(snapshot)) };
      }),
    loadSnapshot: (session, snapshot) => asking(() => read(session, snapshot)),
    commit: (session, changes) => transaction(() => changes.forEach((change) => apply(session, change))),
    remove: (session) => transaction(() => sql.removeSession.run(session)),
    list: () => asking(() => sql.sessions.all().map(({ session }) => String(session))),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** Text that this store has written. */
function json(value: unknown): unknown {
  return parseJson(String(value));
}

function text(value: unknown): string {
  return String(json(value));
}

function failed(file: string, error: unknown): StateError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StateError('store-failed', `${file} can't be read or written (${reason}); nothing was changed.`, { cause: error });
}
