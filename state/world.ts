/** A row of a collection: plain JSON data; integers beyond 2^53 are `bigint`. Never changed in place: a change is another row. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a collection's key: text, so that 7 and "7" from a path are one key. */
export type Key = string;

/** Told of a row; true ends the scan. */
export type Visit = (key: Key, row: Row) => boolean;

/**
 * What one session remembers, for all modules: named collections of rows, counters, a clock. Collections are named `module/collection`.
 * Reading and writing are synchronous and cheap; durability is the store's business (see store.ts), isolation the session's (sessions.ts).
 */
export interface World {
  /** The row of a key; `undefined` when there is none. */
  readonly get: (collection: string, key: Key) => Row | undefined;
  /** Rows in the order of their first coming. */
  readonly rows: (collection: string) => Iterable<readonly [Key, Row]>;
  readonly size: (collection: string) => number;
  /** @param isFree nobody has the key, as the caller has made sure: looking for it costs most of adding a row to many. Default: it is looked for. */
  readonly put: (collection: string, key: Key, row: Row, isFree?: boolean) => void;
  /** True when there was one. */
  readonly remove: (collection: string, key: Key) => boolean;
  /** True when the number, as a text, is certainly no key of the collection: higher than every one. False where nobody knows, as without this. */
  readonly isBeyond?: (collection: string, number: number) => boolean;
  /** The next number of a named counter, starting at `start`; a number once given is never given again, whatever happens to its row. */
  readonly next: (counter: string, start: number) => number;
  /** Milliseconds since the epoch, by this session's clock. */
  readonly now: () => number;
}
