import type { Collection } from './collection.ts';
import { identityOf } from './compare.ts';
import { liveRows } from './rows.ts';
import type { Scope } from './scope.ts';
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
  const rules = collection.unique.map((unique) => {
    const fits = unique.where.bind(scope);
    const identity = (row: Row): string | undefined => (fits(row) ? identityIn(row, unique.fields) : undefined);
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

function identityIn(row: Row, fields: readonly string[]): string | undefined {
  const values = fields.map((field) => (Object.hasOwn(row, field) ? row[field] : undefined));
  if (values.some((value) => value === undefined || value === null)) return undefined;
  return JSON.stringify(values.map(identityOf));
}
