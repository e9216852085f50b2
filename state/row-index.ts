import { identityOf } from './compare.ts';
import { reader } from './read-field.ts';
import type { Key, Row } from './world.ts';

/** What rows are found by without looking at all of them: a text that stands for something of a row; `undefined`: the row is never looked for. */
export interface RowIndex {
  readonly identity: (row: Row) => string | undefined;
}

type Entries = Iterable<readonly [Key, Row]>;

/** Rows that have an identity in common, in their order. */
export interface Alike {
  readonly keys: readonly Key[];
  readonly rows: readonly Row[];
}

/** Of rows that never change: those of a scenario. They live as long as the rows, and as the index. */
const built = new WeakMap<Entries, WeakMap<RowIndex, ReadonlyMap<string, Alike>>>();

/** The rows that have an identity, of rows that never change. The first call looks at every one. */
export function rowsAlike(rows: Entries, index: RowIndex, identity: string): Alike {
  let own = built.get(rows);
  if (own === undefined) built.set(rows, (own = new WeakMap()));
  let alike = own.get(index);
  if (alike === undefined) own.set(index, (alike = build(rows, index)));
  return alike.get(identity) ?? NONE;
}

const NONE: Alike = { keys: [], rows: [] };

function build(rows: Entries, { identity }: RowIndex): ReadonlyMap<string, Alike> {
  const found = new Map<string, { keys: Key[]; rows: Row[] }>();
  for (const [key, row] of rows) {
    const text = identity(row);
    if (text === undefined) continue;
    const alike = found.get(text);
    if (alike === undefined) found.set(text, { keys: [key], rows: [row] });
    else {
      alike.keys.push(key);
      alike.rows.push(row);
    }
  }
  return found;
}

const byField = new Map<string, RowIndex>();
/** More fields than the state files of any workspace filter by. */
const MOST_FIELDS = 1_000;

/** The index by what stands in a field, the same for all filters that ask for it. */
export function indexOfField(field: string): RowIndex {
  let index = byField.get(field);
  if (index === undefined) {
    const read = reader(field);
    if (byField.size >= MOST_FIELDS) byField.clear();
    byField.set(field, (index = { identity: (row) => identityOf(read(row)) }));
  }
  return index;
}
