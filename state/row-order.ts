import type { Key, Row } from './world.ts';

/** Rows that never change, laid out in their order: walking through a Map takes six times as long. */
export interface RowOrder {
  readonly keys: readonly Key[];
  readonly rows: readonly Row[];
}

type Entries = Iterable<readonly [Key, Row]>;

const orders = new WeakMap<Entries, RowOrder>();
const places = new WeakMap<RowOrder, ReadonlyMap<Key, number>>();

/** The order of the rows of a scenario: made at their first use, kept as long as they are. */
export function orderOf(base: Entries): RowOrder {
  let order = orders.get(base);
  if (order !== undefined) return order;
  const keys: Key[] = [];
  const rows: Row[] = [];
  for (const [key, row] of base) {
    keys.push(key);
    rows.push(row);
  }
  orders.set(base, (order = { keys, rows }));
  return order;
}

/** Where the row of each key stands. */
export function placesIn(order: RowOrder): ReadonlyMap<Key, number> {
  let known = places.get(order);
  if (known === undefined) places.set(order, (known = new Map(order.keys.map((key, place) => [key, place]))));
  return known;
}
