import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** A row as SQLite gives it; every integer is a `bigint`. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** The key of a row. */
export function idOf(row: Row): bigint {
  const id = row['id'];
  if (typeof id !== 'bigint') throw new TypeError('a row without an id');
  return id;
}

export interface Database {
  readonly all: (sql: string, ...values: readonly SQLInputValue[]) => readonly Row[];
  readonly get: (sql: string, ...values: readonly SQLInputValue[]) => Row | undefined;
  /** Runs a statement; the key of the row it inserted. */
  readonly run: (sql: string, ...values: readonly SQLInputValue[]) => bigint;
  /** Inserts one row; its key. */
  readonly insert: (table: string, fields: Readonly<Record<string, SQLInputValue>>) => bigint;
  /** All or nothing: what the work did is undone when it throws. */
  readonly transaction: <Result>(work: () => Result) => Result;
  readonly close: () => void;
}

/** Columns are named as the fields of the interfaces that show them. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS client (clientId TEXT PRIMARY KEY, secret TEXT NOT NULL, name TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS user (username TEXT PRIMARY KEY, password TEXT NOT NULL, name TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS access_token (value TEXT PRIMARY KEY, username TEXT NOT NULL, clientId TEXT NOT NULL, expiresAt INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS refresh_token (value TEXT PRIMARY KEY, username TEXT NOT NULL, clientId TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0);

  CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY AUTOINCREMENT, moduleName TEXT NOT NULL, fileName TEXT NOT NULL, contentType TEXT NOT NULL,
    signature TEXT NOT NULL, fileSize INTEGER NOT NULL, createTime INTEGER NOT NULL, content BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS member_row (id INTEGER PRIMARY KEY, fileId INTEGER NOT NULL, member TEXT NOT NULL, standIn INTEGER NOT NULL DEFAULT 0);

  CREATE TABLE IF NOT EXISTS task (
    id INTEGER PRIMARY KEY AUTOINCREMENT, taskName TEXT NOT NULL, taskType TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'PENDING',
    scheduledStartTime TEXT NOT NULL, scheduledEndTime TEXT NOT NULL, startsAt INTEGER NOT NULL, endsAt INTEGER NOT NULL,
    contents TEXT NOT NULL, fileIds TEXT NOT NULL DEFAULT '[]', members TEXT NOT NULL DEFAULT '[]', terminationReason TEXT,
    createTime INTEGER NOT NULL, lastUpdateTime INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS execution (
    memberId INTEGER PRIMARY KEY AUTOINCREMENT, taskId INTEGER NOT NULL, memberName TEXT, status TEXT NOT NULL DEFAULT 'PENDING',
    executeTime TEXT, failureReason TEXT, servedAt INTEGER, endsAt INTEGER);
  CREATE INDEX IF NOT EXISTS execution_task ON execution (taskId);

  CREATE TABLE IF NOT EXISTS tie (
    id INTEGER PRIMARY KEY AUTOINCREMENT, uid INTEGER NOT NULL, title TEXT NOT NULL, startTime INTEGER NOT NULL DEFAULT 0,
    expireTime INTEGER NOT NULL DEFAULT 0, img TEXT NOT NULL, brief TEXT NOT NULL, link TEXT NOT NULL, html INTEGER NOT NULL DEFAULT 0,
    status INTEGER NOT NULL DEFAULT 0, level INTEGER NOT NULL DEFAULT 0, invited INTEGER NOT NULL DEFAULT 0, type INTEGER NOT NULL DEFAULT 0,
    readQuantity INTEGER NOT NULL DEFAULT 0, hasDetail INTEGER NOT NULL DEFAULT 0, createTime INTEGER NOT NULL,
    updateTime INTEGER NOT NULL DEFAULT 0, isDeleted INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS apply (
    id INTEGER PRIMARY KEY AUTOINCREMENT, uid INTEGER NOT NULL, tid INTEGER NOT NULL DEFAULT 0, brief TEXT NOT NULL,
    invited INTEGER NOT NULL DEFAULT 0, title TEXT NOT NULL, link TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '', status INTEGER NOT NULL DEFAULT 0, create_time INTEGER NOT NULL, update_time INTEGER NOT NULL DEFAULT 0,
    is_deleted INTEGER NOT NULL DEFAULT 0, reason TEXT);
  CREATE TABLE IF NOT EXISTS invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, tid INTEGER NOT NULL, uid INTEGER NOT NULL, code TEXT NOT NULL DEFAULT '', link TEXT NOT NULL DEFAULT '',
    qrcode TEXT NOT NULL DEFAULT '', probabilityMin INTEGER NOT NULL, probabilityMax INTEGER NOT NULL, createTime INTEGER NOT NULL,
    updateTime INTEGER NOT NULL DEFAULT 0, isDeleted INTEGER NOT NULL DEFAULT 0);
`;

/**
 * Opens the database and makes the tables that it lacks.
 * @param path a file; default: in memory.
 */
export function openDatabase(path = ':memory:'): Database {
  const connection = new DatabaseSync(path, { readBigInts: true });
  connection.exec(TABLES);

  const run = (sql: string, ...values: readonly SQLInputValue[]): bigint => BigInt(connection.prepare(sql).run(...values).lastInsertRowid);
  return {
    all: (sql, ...values) => connection.prepare(sql).all(...values),
    get: (sql, ...values) => connection.prepare(sql).get(...values),
    run,
    insert(table, fields) {
      const names = Object.keys(fields);
      return run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, ...Object.values(fields));
    },
    transaction(work) {
      connection.exec('BEGIN');
      try {
        const result = work();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        connection.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => connection.close(),
  };
}
