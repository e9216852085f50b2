import type { Collection, Key, Row, StateModel } from '../state/index.ts';

/** A collection of any module by its full name, `module/collection`. */
export function collectionOf(models: Iterable<StateModel>, name: string): Collection | undefined {
  for (const model of models) {
    const collection = model.collections.get(name);
    if (collection !== undefined) return collection;
  }
  return undefined;
}

/** Says that there is no collection of a name, and which there are. */
export function noCollection(models: Iterable<StateModel>, name: string): string {
  const names = [...models].flatMap((model) => [...model.collections.keys()]).join(', ') || 'none';
  return `There is no collection ${JSON.stringify(name.slice(0, 100))}; there are: ${names}.`;
}

/** The key of a row: its key field as text; `undefined` where that is missing or no scalar. */
export function keyOfRow(collection: Collection, row: Row): Key | undefined {
  const key = Object.hasOwn(row, collection.key.field) ? row[collection.key.field] : undefined;
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint' ? String(key) : undefined;
}

/** Says of a row without a key why it has none. @param index its place among the rows that were given. */
export function noKey({ name, key: { field } }: Collection, row: Row, index: number): string {
  const told = Object.hasOwn(row, field) ? `its "${field}" is neither text nor a number` : `it has no "${field}"`;
  return `Row ${index} of "${name}" has no key: ${told}.`;
}
