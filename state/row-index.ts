import { identityOf } from './compare.ts';
import { reader } from './read-field.ts';
import type { Key, Row } from './world.ts';

/** What rows are found by without looking at all of them: a text that stands for something of a row; `undefined`: the row is never looked for. */
export interface RowIndex {
  readonly identity: (row: Row) => string | undefined;
}

type Entries = Iterable<readonly [Key, Row]>;

/** The keys of the rows of each identity, in the order of the rows. */
type Keys = ReadonlyMap<string, readonly Key[]>;

/** Of rows that never change: those of a scenario. They live as long as the rows, and as the index. */
const built = new WeakMap<Entries, WeakMap<RowIndex, Keys>>();

/** The keys of the rows that have an identity. The first call looks at every row. */
export function keysOf(rows: Entries, index: RowIndex, identity: string): readonly Key[] {
  let own = built.get(rows);
  if (own === undefined) built.set(rows, (own = new WeakMap()));
  let keys = own.get(index);
  if (keys === undefined) own.set(index, (keys = build(rows, index)));
  return keys.get(identity) ?? NO_KEYS;
}

const NO_KEYS: readonly Key[] = [];

function build(rows: Entries, { identity }: RowIndex): Keys {
  const keys = new Map<string, Key[]>();
  for (const [key, row] of rows) {
    const text = identity(row);
    if (text === undefined) continue;
    const alike = keys.get(text);
    if (alike === undefined) keys.set(text, [key]);
    else alike.push(key);
  }
  return keys;
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
