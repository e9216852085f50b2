import { StateError } from './state-error.ts';
import { FewEntries } from './few-entries.ts';
import { freezeRow, frozen } from './freeze.ts';
import { excerptOf, highestNumber, keysLike, Overlay, scanRows } from './overlay.ts';
import type { Excerpt, Rows } from './overlay.ts';
import type { RowIndex } from './row-index.ts';
import type { WorldChange } from './store.ts';
import type { Key, Row, Visit, World } from './world.ts';

/** The seed rows of a scenario, by collection, in order. Shared by all sessions: never changed. See `createBase`. */
export interface Base extends ReadonlyMap<string, ReadonlyMap<Key, Row>> {
  /** The number that a counter may go on from, as long as all of these rows are there: every key up to it is taken by one of them. */
  readonly counter?: (name: string) => number | undefined;
}

/** A world as plain JSON: the rows of each collection, in order. */
export type State = Readonly<Record<string, readonly Row[]>>;

/** Makes a base of rows by collection and key. Rows are frozen: a slip in one session must not reach the others. */
export function createBase(collections: Iterable<readonly [string, Iterable<readonly [Key, Row]>]>): Base {
  const base = new Map<string, ReadonlyMap<Key, Row>>();
  for (const [collection, rows] of collections) {
    const own = new Map<Key, Row>();
    for (const [key, row] of rows) own.set(key, frozen(row));
    base.set(collection, own);
  }
  return base;
}

/**
 * A world of its own over a base, in memory only. Costs next to nothing until it is changed.
 * @param clock milliseconds since the epoch; default real time.
 */
export function createWorld(base: Base, clock: () => number = Date.now): World {
  return new LayerWorld(new Layer(base), clock);
}

/** What a layer lies on: a base, or another layer. */
interface Ground {
  readonly get: (collection: string) => Rows | undefined;
  readonly keys: () => Iterable<string>;
  readonly counter?: (name: string) => number | undefined;
  readonly ownCounter?: (name: string) => number | undefined;
}

/** Collections and counters, copy-on-write over a base (the world of a session) or over another layer (a transaction of it). Most transactions only read: maps are made when first written to. */
export class Layer implements Ground {
  readonly #below: Ground;
  #overlays: FewEntries<Overlay> | undefined;
  #counters: FewEntries<number> | undefined;

  constructor(below: Ground) {
    this.#below = below;
  }

  /** The rows of a collection. */
  get(collection: string): Rows | undefined {
    return this.#overlays?.get(collection) ?? this.#below.get(collection);
  }

  /** The names of all collections. */
  keys(): Iterable<string> {
    return new Set([...this.#below.keys(), ...(this.#overlays?.keys() ?? [])]);
  }

  /** The number given last, or what the base says of a collection that still has all of the base's rows. */
  counter(name: string): number | undefined {
    const own = this.#counters?.get(name);
    if (own !== undefined) return own;
    return this.#overlays?.get(name)?.lacksRows === true ? this.#below.ownCounter?.(name) : this.#below.counter?.(name);
  }

  /** The number given last, whatever the base says. */
  ownCounter(name: string): number | undefined {
    return this.#counters?.get(name) ?? this.#below.ownCounter?.(name);
  }

  setCounter(name: string, value: number): void {
    this.#counters ??= new FewEntries();
    this.#counters.set(name, value);
  }

  put(collection: string, key: Key, row: Row, isFree = false): void {
    this.#overlay(collection).put(key, row, isFree);
  }

  remove(collection: string, key: Key): boolean {
    if (this.get(collection)?.has(key) !== true) return false;
    return this.#overlay(collection).remove(key);
  }

  /** Another layer with the same content; from now on each goes its own way. */
  share(): Layer {
    const twin = new Layer(this.#below);
    if (this.#overlays !== undefined)
      twin.#overlays = new FewEntries(new Map(Array.from(this.#overlays, ([name, overlay]) => [name, overlay.share()])));
    twin.#counters = this.#counters?.copy();
    return twin;
  }

  /** What leads from the layer below to this one: removals and changed rows of a collection, then added ones in order. */
  changes(base: Base): readonly WorldChange[] {
    if (this.#overlays === undefined && this.#counters === undefined) return NO_CHANGES;
    const changes: WorldChange[] = [];
    this.#overlays?.forEach((overlay, collection) => {
      overlay.differences((key, row) => {
        if (row === undefined) changes.push({ kind: 'remove', collection, key, seeded: base.get(collection)?.has(key) === true });
        else changes.push({ kind: 'put', collection, key, row });
      });
    });
    this.#counters?.forEach((value, counter) => changes.push({ kind: 'counter', counter, value }));
    return changes;
  }

  /** Takes over what a layer on top of this one has come to. */
  absorb(above: Layer): void {
    above.#overlays?.forEach((overlay, collection) => this.#overlay(collection).absorb(overlay));
    if (above.#counters !== undefined) above.#counters.setIn((this.#counters ??= new FewEntries()));
  }

  #overlay(collection: string): Overlay {
    this.#overlays ??= new FewEntries();
    const found = this.#overlays.get(collection);
    if (found !== undefined) return found;
    const overlay = new Overlay(this.#below.get(collection) ?? NO_ROWS);
    this.#overlays.set(collection, overlay);
    return overlay;
  }
}

const NO_ROWS: Rows = new Map<Key, Row>();
const NO_CHANGES: readonly WorldChange[] = [];

/** A layer as a world. Closed, it refuses every use: a transaction that has ended must not be read or written by code that goes on. */
export class LayerWorld implements World {
  readonly #layer: Layer;
  readonly #clock: number | (() => number);
  #isOver = false;
  #bytes = 0;
  #added = false;

  /** @param clock milliseconds since the epoch: one moment, or what tells it each time. */
  constructor(layer: Layer, clock: number | (() => number)) {
    this.#layer = layer;
    this.#clock = clock;
  }

  close(): void {
    this.#isOver = true;
  }

  /** What the rows take that were put into it, roughly. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether some of them were not there before. */
  get hasAdded(): boolean {
    return this.#added;
  }

  get(collection: string, key: Key): Row | undefined {
    return this.#open().get(collection)?.get(key);
  }

  rows(collection: string): Iterable<readonly [Key, Row]> {
    return new RowsView(this.#open().get(collection) ?? NO_ROWS);
  }

  size(collection: string): number {
    return this.#open().get(collection)?.size ?? 0;
  }

  put(collection: string, key: Key, row: Row, isFree = false): void {
    const layer = this.#open();
    const isNew = isFree || layer.get(collection)?.has(key) !== true;
    this.#bytes += freezeRow(row);
    layer.put(collection, key, row, isNew);
    this.#added ||= isNew;
  }

  remove(collection: string, key: Key): boolean {
    return this.#open().remove(collection, key);
  }

  isBeyond(collection: string, number: number): boolean {
    return number > highestNumber(this.#open().get(collection) ?? NO_ROWS);
  }

  next(counter: string, start: number): number {
    const last = this.#open().counter(counter);
    const value = last === undefined ? start : Math.max(start, last + 1);
    if (!Number.isSafeInteger(value))
      throw new StateError('counter-range', `The counter '${counter}' has no whole number after ${last ?? start}.`);
    this.#layer.setCounter(counter, value);
    return value;
  }

  now(): number {
    this.#open();
    return typeof this.#clock === 'number' ? this.#clock : this.#clock();
  }

  #open(): Layer {
    if (this.#isOver)
      throw new StateError('transaction-over', 'This transaction has ended: await everything that uses the state before you return.');
    return this.#layer;
  }
}

/** The rows of a collection, to be read. */
export class RowsView implements Iterable<readonly [Key, Row]> {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  [Symbol.iterator](): Iterator<readonly [Key, Row]> {
    return this.#rows[Symbol.iterator]();
  }

  /** See {@link scanRows}. */
  scan(visit: Visit): boolean {
    return scanRows(this.#rows, visit);
  }

  /** See {@link keysLike}. */
  keysLike(index: RowIndex, identity: string): readonly Key[] {
    return keysLike(this.#rows, index, identity);
  }

  /** See {@link excerptOf}. */
  excerpt(index: RowIndex, identity: string, fits: (row: Row) => boolean, from: number, size: number): Excerpt | undefined {
    return excerptOf(this.#rows, index, identity, fits, from, size);
  }
}
