import type { Collection, Key, Row, StateModel } from '../state/index.ts';

/** A collection of any module by its full name, `module/collection`. */
export function collectionOf(models: Iterable<StateModel>, name: string): Collection | undefined {
  for (const model of models) {
    const collection = model.collections.get(name);
    if (collection !== undefined) return collection;
  }
  return undefined;
}

/** The full names of all collections. */
export function collectionNames(models: Iterable<StateModel>): string[] {
  return [...models].flatMap((model) => [...model.collections.keys()]);
}

/** The key of a row: its key field as text; `undefined` where that is missing or no scalar. */
export function keyOfRow(collection: Collection, row: Row): Key | undefined {
  const key = Object.hasOwn(row, collection.key.field) ? row[collection.key.field] : undefined;
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint' ? String(key) : undefined;
}
