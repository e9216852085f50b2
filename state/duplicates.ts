import type { Collection } from './collection.ts';
import { findRow, isTimed, liveRows } from './rows.ts';
import type { Scope } from './scope.ts';
import { RowsView } from './world-memory.ts';
import type { Key, Row } from './world.ts';

/** Finds rows that others would repeat: a batch looks at each row of the collection once, not once for each of its own. */
export interface Duplicates {
  /** The live row that a candidate, complete with its defaults, would repeat; never the one of `except`. */
  readonly find: (candidate: Row, except?: Key) => Row | undefined;
  /** Told of each row that the operation itself adds or changes. */
  readonly add: (key: Key, row: Row) => void;
}

const NONE: Duplicates = { find: () => undefined, add: () => undefined };

export function findDuplicates(scope: Scope, collection: Collection): Duplicates {
  if (collection.unique.length === 0) return NONE;
  const hasIndex = scope.world.rows(collection.name) instanceof RowsView && !isTimed(collection);
  return hasIndex ? indexed(scope, collection) : scanned(scope, collection);
}

/** Rows found by their index: the number of the others does not matter. */
function indexed(scope: Scope, collection: Collection): Duplicates {
  const rules = collection.unique.map(({ where, index }) => ({ fits: where.bind(scope), index }));
  return {
    add: () => undefined,
    find(candidate, except) {
      for (const { fits, index } of rules) {
        const identity = fits(candidate) ? index.identity(candidate) : undefined;
        if (identity === undefined) continue;
        const rows = scope.world.rows(collection.name);
        for (const key of rows instanceof RowsView ? rows.keysLike(index, identity) : []) {
          const row = key === except ? undefined : findRow(scope, collection, key);
          if (row !== undefined && fits(row)) return row;
        }
      }
      return undefined;
    },
  };
}

/** Where time alone may change what a row has, each is looked at as of now, once. */
function scanned(scope: Scope, collection: Collection): Duplicates {
  const rules = collection.unique.map(({ where, index }) => {
    const fits = where.bind(scope);
    const identity = (row: Row): string | undefined => (fits(row) ? index.identity(row) : undefined);
    return { identity, rows: new Map<string, Map<Key, Row>>() };
  });
  const add = (key: Key, row: Row): void => {
    for (const { identity, rows } of rules) {
      const found = identity(row);
      if (found === undefined) continue;
      const alike = rows.get(found);
      if (alike === undefined) rows.set(found, new Map([[key, row]]));
      else alike.set(key, row);
    }
  };
  for (const [key, row] of liveRows(scope, collection)) add(key, row);
  return {
    add,
    find(candidate, except) {
      for (const { identity, rows } of rules) {
        const found = identity(candidate);
        for (const [key, row] of (found === undefined ? undefined : rows.get(found)) ?? []) if (key !== except) return row;
      }
      return undefined;
    },
  };
}
