import { StateError } from './state-error.ts';
import type { Layer, State } from './world-memory.ts';
import type { Key, Row, World } from './world.ts';

/** All rows of all collections, empty ones too. Rows are not copied. */
export function readState(layer: Layer): State {
  return Object.fromEntries(Array.from(layer.keys(), (name) => [name, Array.from(layer.get(name) ?? [], ([, row]) => row)]));
}

/**
 * Makes the rows of a world exactly these.
 * @param collections what the world has now.
 * @throws StateError `rows-invalid` when the state is not rows by collection, a row has no key or two have one.
 */
export function replaceState(
  world: World,
  collections: Iterable<string>,
  state: State,
  keyOf: (collection: string, row: Row) => Key | undefined,
): void {
  for (const collection of collections) {
    for (const [key] of world.rows(collection)) world.remove(collection, key);
  }
  for (const [collection, rows] of Object.entries(state)) {
    for (const [index, row] of listOf(collection, rows).entries()) {
      const where = `Row ${index} of '${collection}'`;
      if (!isRow(row)) throw new StateError('rows-invalid', `${where} is not an object.`);
      const key = keyOf(collection, row);
      if (key === undefined) throw new StateError('rows-invalid', `${where} has no key.`);
      if (world.get(collection, key) !== undefined) throw new StateError('rows-invalid', `${where} has the key of another row: ${key}`);
      world.put(collection, key, row);
    }
  }
}

/** The key of a row that says nothing else: its `id`. */
export function keyById(_collection: string, row: Row): Key | undefined {
  const id = row['id'];
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? String(id) : undefined;
}

/** Rows come from outside as JSON: their type is a claim. */
function listOf(collection: string, rows: unknown): readonly unknown[] {
  if (Array.isArray(rows)) return rows;
  throw new StateError('rows-invalid', `The rows of '${collection}' are not an array.`);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
