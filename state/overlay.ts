import { addedOf, changedOf, difference, indexOf, reindex } from './difference.ts';
import type { Difference } from './difference.ts';
import { highestNumberOf, numberOf } from './key-numbers.ts';
import { rowsAlike } from './row-index.ts';
import type { RowIndex } from './row-index.ts';
import { orderOf, placesIn } from './row-order.ts';
import type { RowOrder } from './row-order.ts';
import type { Key, Row, Visit } from './world.ts';

/** Rows by key, in order: what an overlay lies on. A Map is one, so is another overlay. */
export interface Rows {
  readonly size: number;
  readonly has: (key: Key) => boolean;
  readonly get: (key: Key) => Row | undefined;
  readonly [Symbol.iterator]: () => Iterator<readonly [Key, Row]>;
}

/**
 * The rows of one collection, copy-on-write over rows that do not change meanwhile. Behaves as a Map would: a changed row keeps its place,
 * a row that was removed and comes again goes to the end. An iteration sees the rows as they were when it began, whatever happens to them.
 */
export class Overlay implements Rows {
  readonly #below: Rows;
  #own: Difference;

  constructor(below: Rows, own: Difference = difference()) {
    this.#below = below;
    this.#own = own;
  }

  get size(): number {
    return this.#below.size - this.#own.gone + this.#own.added.size;
  }

  /** Rows below were removed, though some may have come again. */
  get lacksRows(): boolean {
    return this.#own.gone > 0;
  }

  get(key: Key): Row | undefined {
    const { added, changed } = this.#own;
    const row = added.get(key);
    if (row !== undefined) return row;
    if (changed.size === 0) return this.#below.get(key);
    return changed.get(key) ?? (changed.has(key) ? undefined : this.#below.get(key));
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  /** @param isFree nobody has the key, as the caller has made sure. */
  put(key: Key, row: Row, isFree = false): void {
    const own = this.#writable();
    if (own.indexes !== undefined) reindex(own, key, row);
    if (isFree) add(own, key, row);
    else if (own.added.has(key)) own.added.set(key, row);
    else if (own.changed.has(key) ? own.changed.get(key) !== undefined : this.#below.has(key)) changedOf(own).set(key, row);
    else add(own, key, row);
  }

  /** True when there was one. */
  remove(key: Key): boolean {
    if (!this.has(key)) return false;
    const own = this.#writable();
    if (own.indexes !== undefined) reindex(own, key, undefined);
    if (own.added.delete(key)) return true;
    changedOf(own).set(key, undefined);
    own.gone++;
    return true;
  }

  /** See {@link highestNumber}. */
  get highestNumber(): number {
    return Math.max(this.#own.highest, highestNumber(this.#below));
  }

  /** Written by hand: a generator takes twice the time on long lists. */
  [Symbol.iterator](): Iterator<readonly [Key, Row]> {
    const own = this.#own;
    const { changed } = own;
    const below = this.#below[Symbol.iterator]();
    const added = own.added[Symbol.iterator]();
    let isBelow = true;
    let isOpen = true;
    own.readers++;
    const close = (): void => {
      if (isOpen) own.readers--;
      isOpen = false;
    };
    return {
      next: () => {
        while (isBelow) {
          const step = below.next();
          if (step.done === true) isBelow = false;
          else if (changed.size === 0 || !changed.has(step.value[0])) return step;
          else {
            const row = changed.get(step.value[0]);
            if (row !== undefined) return { value: [step.value[0], row] };
          }
        }
        if (!isOpen) return { done: true, value: undefined };
        const step = added.next();
        if (step.done === true) close();
        return step;
      },
      return: () => {
        below.return?.();
        isBelow = false;
        close();
        return { done: true, value: undefined };
      },
    };
  }

  /** Shows every row in order until `visit` answers true: an iteration in a third of the time. True when it did. */
  scan(visit: Visit): boolean {
    const own = this.#own;
    const { changed, added } = own;
    own.readers++;
    try {
      if (changed.size === 0 ? scanRows(this.#below, visit) : this.#scanChanged(changed, visit)) return true;
      return added.scan(visit);
    } finally {
      own.readers--;
    }
  }

  #scanChanged(changed: Difference['changed'], visit: Visit): boolean {
    const below = this.#below;
    if (below instanceof Overlay)
      return below.scan((key, row) => {
        const now = changed.has(key) ? changed.get(key) : row;
        return now !== undefined && visit(key, now);
      });
    // Nobody asks of each row whether it is another one now: the next place where that is so is known.
    const order = orderOf(below);
    const places = placesIn(order);
    const replaced = Array.from(changed.keys(), (key) => places.get(key) ?? -1).sort((a, b) => a - b);
    let place = 0;
    for (const next of [...replaced, order.keys.length]) {
      if (scanOrder(order, visit, place, next)) return true;
      const key = order.keys[next];
      const row = key === undefined ? undefined : changed.get(key);
      if (key !== undefined && row !== undefined && visit(key, row)) return true;
      place = next + 1;
    }
    return false;
  }

  /** See {@link keysLike}. */
  keysLike(index: RowIndex, identity: string): readonly Key[] {
    const own = this.#own;
    const below = keysLike(this.#below, index, identity);
    const mine = indexOf(own, index).get(identity);
    if (mine === undefined && own.changed.size === 0) return below;
    return [...below.filter((key) => !own.changed.has(key)), ...(mine ?? [])];
  }

  /** See {@link excerptOf}. */
  excerpt(index: RowIndex, identity: string, fits: (row: Row) => boolean, from: number, size: number): Excerpt | undefined {
    const { changed, added } = this.#own;
    if (changed.size > 0) return size === 0 ? { rows: [], total: this.keysLike(index, identity).length } : undefined;
    const below = excerptOf(this.#below, index, identity, fits, from, size);
    if (below === undefined || added.size === 0) return below;
    const rows = [...below.rows];
    let { total } = below;
    added.scan((_key, row) => {
      if (!fits(row)) return false;
      if (total >= from && rows.length < size) rows.push(row);
      total += 1;
      return false;
    });
    return { rows, total };
  }

  /** Takes over what an overlay on top of this one has come to: what it has added is not here, so that nobody needs to look. */
  absorb(above: Overlay): void {
    const { changed, added, highest } = above.#own;
    if (changed.size > 0) {
      changed.forEach((row, key) => {
        if (row === undefined) this.remove(key);
        else this.put(key, row);
      });
    }
    if (added.size === 0) return;
    const own = this.#writable();
    if (own.indexes !== undefined) {
      added.scan((key, row) => {
        reindex(own, key, row);
        return false;
      });
    }
    added.setIn(addedOf(own));
    own.highest = Math.max(own.highest, highest);
  }

  /** Another overlay with the same rows; from now on each goes its own way. Costs the next change of either a copy of the difference. */
  share(): Overlay {
    this.#own.shared = true;
    return new Overlay(this.#below, this.#own);
  }

  /** Tells what was changed (`undefined`: removed) and, after that, added. */
  differences(tell: (key: Key, row: Row | undefined) => void): void {
    this.#own.changed.forEach((row, key) => tell(key, row));
    this.#own.added.scan((key, row) => {
      tell(key, row);
      return false;
    });
  }

  #writable(): Difference {
    const own = this.#own;
    if (own.readers === 0 && !own.shared) return own;
    this.#own = difference(own.changed.copy(), own.added.copy(), own.gone, own.highest);
    return this.#own;
  }
}

function add(own: Difference, key: Key, row: Row): void {
  addedOf(own).set(key, row);
  own.highest = Math.max(own.highest, numberOf(key));
}

/** No number above it is the key of a row. It may be too high: of rows that went it is not forgotten. */
export function highestNumber(rows: Rows): number {
  return rows instanceof Overlay ? rows.highestNumber : highestNumberOf(rows);
}

/** The keys of all rows that have an identity in an index. */
export function keysLike(rows: Rows, index: RowIndex, identity: string): readonly Key[] {
  return rows instanceof Overlay ? rows.keysLike(index, identity) : rowsAlike(rows, index, identity).keys;
}

/** Some rows in their order, and how many there are in all. */
export interface Excerpt {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Fewer rows than these are looked at sooner than an index is made. */
const WORTH_AN_INDEX = 100;

/**
 * A part of the rows that have an identity in an index, found without looking at the others.
 * @param from how many to leave out, at the beginning; `size`: how many to take at the most.
 * @param fits whether a row has the identity.
 * @returns `undefined` where all rows have to be looked at: rows below that are other ones now may stand anywhere between.
 */
export function excerptOf(
  rows: Rows,
  index: RowIndex,
  identity: string,
  fits: (row: Row) => boolean,
  from: number,
  size: number,
): Excerpt | undefined {
  if (rows instanceof Overlay) return rows.excerpt(index, identity, fits, from, size);
  if (rows.size < WORTH_AN_INDEX) return undefined;
  const alike = rowsAlike(rows, index, identity);
  return { rows: alike.rows.slice(from, from + size), total: alike.rows.length };
}

/** Shows rows, those of an overlay or of a scenario, in order until `visit` answers true. True when it did. */
export function scanRows(rows: Rows, visit: Visit): boolean {
  if (rows instanceof Overlay) return rows.scan(visit);
  const order = orderOf(rows);
  return scanOrder(order, visit, 0, order.keys.length);
}

function scanOrder({ keys, rows }: RowOrder, visit: Visit, from: number, end: number): boolean {
  for (let place = from; place < end; place += 1) {
    const key = keys[place];
    const row = rows[place];
    if (key !== undefined && row !== undefined && visit(key, row)) return true;
  }
  return false;
}
