import { DatabaseSync } from 'node:sqlite';
import { StateError } from './state-error.ts';

/** Marks our files among all SQLite files: "hufu" in ASCII (SQLite file format, section 1.3.14). */
const APPLICATION_ID = 0x68756675;
/** Goes up with every change of LAYOUT. */
const VERSION = 1;

/**
 * A world is the live one of a session (snapshot '') or one of its snapshots. Its rows are what differs from the scenario; `gone` are keys of
 * the scenario that were removed. Rows keep the order of `position`. Names and keys are JSON text, since SQL text holds no lone surrogates.
 */
const LAYOUT = `
  CREATE TABLE world (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    scenario TEXT NOT NULL,
    clock TEXT NOT NULL,
    UNIQUE (session, snapshot)
  ) STRICT;
  CREATE TABLE row (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    world INTEGER NOT NULL REFERENCES world ON DELETE CASCADE,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (world, collection, key)
  ) STRICT;
  CREATE TABLE gone (
    world INTEGER NOT NULL REFERENCES world ON DELETE CASCADE,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (world, collection, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE counter (
    world INTEGER NOT NULL REFERENCES world ON DELETE CASCADE,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (world, name)
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${VERSION};
`;

/** How long to wait for a process that is about to let go of the file. */
const PATIENCE_MS = 500;

/**
 * Opens a state file, creating it when it is not there or empty.
 *
 * Write-ahead log with synchronous=FULL: every commit is flushed to the disk (fsync) before it returns. NORMAL would outlive `kill -9` too,
 * but not a loss of power. The file is locked for as long as it is open; the operating system lifts the lock of a process that dies.
 * @throws StateError `store-unreadable`, `store-foreign`, `store-version`, `store-locked`
 */
export function openStateFile(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: PATIENCE_MS });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    checkLayout(database, file);
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database?.close();
    throw explain(error, file);
  }
}

function checkLayout(database: DatabaseSync, file: string): void {
  if (numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0) return database.exec(LAYOUT);
  if (numberOf(database, 'PRAGMA application_id') !== APPLICATION_ID) {
    throw new StateError('store-foreign', `${file} is an SQLite database of another program; name another state file.`);
  }
  const version = numberOf(database, 'PRAGMA user_version');
  if (version !== VERSION) {
    const hint = 'use that version, name another state file, or delete this one';
    throw new StateError('store-version', `${file} has layout ${version}, this version of Hufu reads layout ${VERSION}: ${hint}.`);
  }
  const flaw = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
  if (flaw !== 'ok')
    throw new StateError('store-unreadable', `${file} is damaged (${String(flaw)}); restore it from a copy, or delete it.`);
}

function numberOf(database: DatabaseSync, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const BUSY = 5;
const LOCKED = 6;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

function explain(error: unknown, file: string): StateError {
  if (error instanceof StateError) return error;
  const options = { cause: error };
  const reason = error instanceof Error ? error.message : String(error);
  // The low byte of an extended code is the primary one.
  const code =
    typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  if (code === BUSY || code === LOCKED) {
    return new StateError('store-locked', `${file} is in use by another process; end that, or name another state file.`, options);
  }
  if (code === NOT_A_DATABASE) {
    return new StateError('store-foreign', `${file} is not a state file (${reason}); name another, or delete it.`, options);
  }
  if (code === CORRUPT) {
    return new StateError('store-unreadable', `${file} is damaged (${reason}); restore it from a copy, or delete it.`, options);
  }
  return new StateError('store-unreadable', `${file} can't be opened (${reason}): is its folder there, and may it be written?`, options);
}
