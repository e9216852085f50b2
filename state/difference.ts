import { AddedRows } from './added-rows.ts';
import { FewEntries } from './few-entries.ts';
import { NO_NUMBER } from './key-numbers.ts';
import type { RowIndex } from './row-index.ts';
import type { Key, Row } from './world.ts';

/** What differs from the rows below. */
export interface Difference {
  /** Rows below that are another row now, or gone (`undefined`). */
  changed: FewEntries<Row | undefined>;
  /** Rows that are not below, or were removed and came again: behind all others, in the order of their coming. */
  added: AddedRows;
  gone: number;
  /** No number above it is the key of an added row. */
  highest: number;
  /** Iterations under way. */
  readers: number;
  /** Also part of another overlay. */
  shared: boolean;
  /** The keys of its rows by their identity in an index, made when first asked for. */
  indexes: Map<RowIndex, Map<string, Set<Key>>> | undefined;
}

/** Stand for entries until there are some: of the two, most transactions need one at the most. Never written to. */
const NOTHING_CHANGED = new FewEntries<Row | undefined>();
const NOTHING_ADDED = new AddedRows();

/** @param gone how many rows below are gone. @param highest see {@link Difference}. */
export function difference(
  changed: Difference['changed'] = NOTHING_CHANGED,
  added: Difference['added'] = NOTHING_ADDED,
  gone = 0,
  highest = NO_NUMBER,
): Difference {
  return { changed, added, gone, highest, readers: 0, shared: false, indexes: undefined };
}

/** More than a collection is asked for; those of a state file that was edited meanwhile go some time. */
const MOST_INDEXES = 32;

/** The keys of the rows that are changed or added, by their identity in an index. */
export function indexOf(own: Difference, index: RowIndex): Map<string, Set<Key>> {
  own.indexes ??= new Map();
  const known = own.indexes.get(index);
  if (known !== undefined) return known;
  const made = new Map<string, Set<Key>>();
  if (own.indexes.size >= MOST_INDEXES) own.indexes.clear();
  own.indexes.set(index, made);
  for (const [key, row] of own.changed) if (row !== undefined) addTo(made, index.identity(row), key);
  for (const [key, row] of own.added) addTo(made, index.identity(row), key);
  return made;
}

/** A row takes the place of what the difference has of its key; `undefined`: it goes. To be called before it does. */
export function reindex(own: Difference, key: Key, row: Row | undefined): void {
  const before = own.added.get(key) ?? own.changed.get(key);
  own.indexes?.forEach((keys, { identity }) => {
    const old = before === undefined ? undefined : identity(before);
    const next = row === undefined ? undefined : identity(row);
    if (old === next) return;
    const alike = old === undefined ? undefined : keys.get(old);
    alike?.delete(key);
    if (old !== undefined && alike?.size === 0) keys.delete(old);
    addTo(keys, next, key);
  });
}

function addTo(keys: Map<string, Set<Key>>, identity: string | undefined, key: Key): void {
  if (identity === undefined) return;
  const alike = keys.get(identity);
  if (alike === undefined) keys.set(identity, new Set([key]));
  else alike.add(key);
}

/** The changed rows, to be written to. */
export function changedOf(own: Difference): Difference['changed'] {
  if (own.changed === NOTHING_CHANGED) own.changed = new FewEntries();
  return own.changed;
}

/** The added rows, to be written to. */
export function addedOf(own: Difference): Difference['added'] {
  if (own.added === NOTHING_ADDED) own.added = new AddedRows();
  return own.added;
}
