import type { Collection } from './collection.ts';
import { same } from './compare.ts';
import { keyLike } from './key-like.ts';
import { settle } from './machine.ts';
import type { Scope } from './scope.ts';
import type { Excerpt } from './overlay.ts';
import { objectAt, setMember, withMember } from './shape.ts';
import type { AskedRows, Filter } from './template-context.ts';
import { textOf } from './text.ts';
import { RowsView } from './world-memory.ts';
import type { Key, Row, Visit } from './world.ts';

/** True when the row is there for the API: not marked as deleted. */
export function isLive(collection: Collection, row: Row): boolean {
  const marks = collection.softDelete;
  if (marks === undefined) return true;
  for (const field in marks) if (!same(row[field], marks[field])) return true;
  return false;
}

/** The row of a key as of now, timed transitions done; `undefined` when there is none or it is deleted. */
export function findRow(scope: Scope, collection: Collection, key: Key): Row | undefined {
  const row = scope.world.get(collection.name, key);
  return row === undefined || !isLive(collection, row) ? undefined : asOfNow(scope, collection, key, row);
}

/** All rows as of now, in the order of their coming, with their keys. */
export function* liveRows(scope: Scope, collection: Collection): Iterable<readonly [Key, Row]> {
  const timed = isTimed(collection);
  for (const entry of scope.world.rows(collection.name)) {
    const [key, row] = entry;
    if (isLive(collection, row)) yield timed ? [key, asOfNow(scope, collection, key, row)] : entry;
  }
}

/** The rows that fit a filter, in the order of their coming, with their keys. A filter that says which key it wants looks at that row alone. */
export function* fittingRows(scope: Scope, collection: Collection, filter: Filter): Iterable<readonly [Key, Row]> {
  const fits = filter.bind(scope);
  const key = keyAskedFor(scope, collection, filter);
  if (key !== undefined) {
    const row = findRow(scope, collection, key);
    if (row !== undefined && fits(row)) yield [key, row];
    return;
  }
  for (const entry of liveRows(scope, collection)) if (fits(entry[1])) yield entry;
}

/** The key that a filter asks for, where it does. */
function keyAskedFor(scope: Scope, collection: Collection, { equal }: Filter): Key | undefined {
  if (equal.size === 0) return undefined;
  const wanted = equal.get(collection.key.field)?.(scope);
  return typeof wanted === 'string' || typeof wanted === 'number' || typeof wanted === 'bigint' ? textOf(wanted) : undefined;
}

/**
 * A part of the rows that fit a filter, in the order of their coming, and how many fit in all.
 * @param from how many to leave out; `size`: how many to take at the most.
 */
export function excerptOfRows(scope: Scope, collection: Collection, filter: Filter, from: number, size: number): Excerpt {
  const rows: Row[] = [];
  let total = 0;
  const fits = filter.bind(scope);
  const key = keyAskedFor(scope, collection, filter);
  if (key !== undefined) {
    const row = findRow(scope, collection, key);
    if (row === undefined || !fits(row)) return { rows, total };
    return { rows: from === 0 && size > 0 ? [row] : rows, total: 1 };
  }
  const asked = filter.asked(scope);
  const found = excerptByIndex(scope, collection, asked, fits, from, size);
  if (found !== undefined) return found;
  // Where every row fits their number is known, and a full page is the end.
  const all = asked.kind === 'all' && isBare(collection) ? scope.world.size(collection.name) : undefined;
  scanLiveRows(scope, collection, (_key, row) => {
    if (!fits(row)) return false;
    if (total >= from && rows.length < size) rows.push(row);
    total += 1;
    return all !== undefined && rows.length >= size;
  });
  return { rows, total: all ?? total };
}

function excerptByIndex(
  scope: Scope,
  collection: Collection,
  asked: AskedRows,
  fits: (row: Row) => boolean,
  from: number,
  size: number,
): Excerpt | undefined {
  if (asked.kind !== 'equal' || !isBare(collection)) return undefined;
  const view = scope.world.rows(collection.name);
  return view instanceof RowsView ? view.excerpt(asked.index, asked.identity, fits, from, size) : undefined;
}

/** Whether the rows are what the world has, neither marked as deleted nor changed by time. */
function isBare(collection: Collection): boolean {
  return collection.softDelete === undefined && !isTimed(collection);
}

/** Shows all rows as of now, in the order of their coming, until `visit` answers true: {@link liveRows} in a fraction of the time. True when it did. */
export function scanLiveRows(scope: Scope, collection: Collection, visit: Visit): boolean {
  const timed = isTimed(collection);
  const isAnyDeleted = collection.softDelete !== undefined;
  const look: Visit =
    timed || isAnyDeleted ? (key, row) => isLive(collection, row) && visit(key, timed ? asOfNow(scope, collection, key, row) : row) : visit;
  const view = scope.world.rows(collection.name);
  if (view instanceof RowsView) return view.scan(look);
  for (const [key, row] of view) if (look(key, row)) return true;
  return false;
}

/** Whether time alone changes rows. */
export function isTimed({ machine }: Collection): boolean {
  return machine !== undefined && machine.timed.size > 0;
}

/** The first row that fits. */
export function firstFitting(scope: Scope, collection: Collection, filter: Filter): Row | undefined {
  for (const row of rowsThatFit(scope, collection, filter)) return row;
  return undefined;
}

/** The rows that fit a filter, in the order of their coming; looked at as they are asked for, unless they are found without looking. */
export function rowsThatFit(scope: Scope, collection: Collection, filter: Filter): Iterable<Row> {
  const key = keyAskedFor(scope, collection, filter);
  if (key !== undefined) {
    const row = findRow(scope, collection, key);
    return row !== undefined && filter.bind(scope)(row) ? [row] : [];
  }
  const found = excerptByIndex(scope, collection, filter.asked(scope), filter.bind(scope), 0, Number.POSITIVE_INFINITY);
  return found?.rows ?? withoutKeys(fittingRows(scope, collection, filter));
}

function* withoutKeys(entries: Iterable<readonly [Key, Row]>): Iterable<Row> {
  for (const [, row] of entries) yield row;
}

/** The row after the timed transitions that are due by now. */
function asOfNow(scope: Scope, collection: Collection, key: Key, row: Row): Row {
  const { machine } = collection;
  if (machine === undefined || machine.timed.size === 0) return row;
  const settled = settle(machine, scope, row, (inner, base, before) => stamped(inner, collection, base, before));
  if (settled.changed) scope.world.put(collection.name, key, settled.row);
  return settled.row;
}

function stamped(scope: Scope, collection: Collection, base: Row, before: Row): Row {
  return collection.onUpdate === undefined ? base : { ...base, ...objectAt(collection.onUpdate({ ...scope, row: base, before })) };
}

/** What a new row is before its key and its stamps: defaults, first status, what is given. */
export function withDefaults(scope: Scope, { machine, defaults }: Collection, given: Row): Record<string, unknown> {
  if (defaults === undefined && machine === undefined) return { ...given };
  const made = { ...objectAt(defaults?.({ ...scope, row: given })) };
  if (machine?.initial !== undefined) setMember(made, machine.field, machine.initial);
  return { ...made, ...given };
}

/** The key that a row gives itself; `undefined` where it leaves that to the collection: absent, null or empty. */
export function givenKey(collection: Collection, row: Row): Key | undefined {
  const { field } = collection.key;
  const value = Object.hasOwn(row, field) ? row[field] : undefined;
  return value === undefined || value === null || value === '' ? undefined : textOf(value);
}

/** Adds a row: defaults, first status, what is given, key, stamps. */
export function insertRow(scope: Scope, collection: Collection, given: Row): { readonly key: Key; readonly row: Row } {
  const { field } = collection.key;
  const isMade = givenKey(collection, given) === undefined;
  const value = isMade ? nextKey(scope, collection) : given[field];
  const base = withDefaults(scope, collection, given);
  setMember(base, field, value);
  const row =
    collection.onCreate === undefined
      ? base
      : withStamps(base, objectAt(collection.onCreate(collection.stampsSeeRow ? { ...scope, row: base } : scope)));
  const key = textOf(value);
  scope.world.put(collection.name, key, row, isMade);
  return { key, row };
}

/** A new row with its stamps: no copy, unless one of them may be the row itself. */
function withStamps(base: Record<string, unknown>, stamps: Row): Row {
  for (const name in stamps) if (typeof stamps[name] === 'object' && stamps[name] !== null) return { ...base, ...stamps };
  for (const name in stamps) setMember(base, name, stamps[name]);
  return base;
}

/** Changes a row: what is given, stamps; the key stays. */
export function changeRow(scope: Scope, collection: Collection, key: Key, before: Row, given: Row): Row {
  const { field } = collection.key;
  const row = stamped(scope, collection, withMember({ ...before, ...given }, field, before[field]), before);
  scope.world.put(collection.name, key, row);
  return row;
}

/** Removes a row, or marks it where the collection keeps deleted ones. */
export function deleteRow(scope: Scope, collection: Collection, key: Key, row: Row): void {
  if (collection.softDelete === undefined) scope.world.remove(collection.name, key);
  else scope.world.put(collection.name, key, { ...stamped(scope, collection, row, row), ...collection.softDelete });
}

/** The next key of the collection's own making, past those that seeds and given keys hold already. */
export function nextKey(scope: Scope, collection: Collection): string | number {
  const { name, key } = collection;
  const { world } = scope;
  for (;;) {
    if (key.strategy === 'sequence') {
      const next = world.next(name, key.start);
      if (world.isBeyond?.(name, next) === true || world.get(name, String(next)) === undefined) return next;
      continue;
    }
    const next =
      key.strategy === 'like'
        ? keyLike(key.like ?? '', world.next(name, key.start))
        : key.strategy === 'hex32'
          ? scope.uuid().replaceAll('-', '')
          : scope.uuid();
    if (world.get(name, next) === undefined) return next;
  }
}
