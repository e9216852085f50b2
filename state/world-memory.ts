import { StateError } from './state-error.ts';
import { Overlay } from './overlay.ts';
import type { Rows } from './overlay.ts';
import type { WorldChange } from './store.ts';
import type { Key, Row, World } from './world.ts';

/** The seed rows of a scenario, by collection, in order. Shared by all sessions: never changed. See `createBase`. */
export type Base = ReadonlyMap<string, ReadonlyMap<Key, Row>>;

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
  return worldOf(new Layer(base), clock);
}

/** What a layer lies on: a base, or another layer. */
interface Ground {
  readonly get: (collection: string) => Rows | undefined;
  readonly keys: () => Iterable<string>;
  readonly counter?: (name: string) => number | undefined;
}

/** Collections and counters, copy-on-write over a base (the world of a session) or over another layer (a transaction of it). */
export class Layer implements Ground {
  readonly #below: Ground;
  readonly #overlays = new Map<string, Overlay>();
  readonly #counters = new Map<string, number>();

  constructor(below: Ground) {
    this.#below = below;
  }

  /** The rows of a collection. */
  get(collection: string): Rows | undefined {
    return this.#overlays.get(collection) ?? this.#below.get(collection);
  }

  /** The names of all collections. */
  keys(): Iterable<string> {
    return new Set([...this.#below.keys(), ...this.#overlays.keys()]);
  }

  /** The number given last. */
  counter(name: string): number | undefined {
    return this.#counters.get(name) ?? this.#below.counter?.(name);
  }

  setCounter(name: string, value: number): void {
    this.#counters.set(name, value);
  }

  put(collection: string, key: Key, row: Row): void {
    this.#overlay(collection).put(key, row);
  }

  remove(collection: string, key: Key): boolean {
    if (this.get(collection)?.has(key) !== true) return false;
    return this.#overlay(collection).remove(key);
  }

  /** Another layer with the same content; from now on each goes its own way. */
  share(): Layer {
    const twin = new Layer(this.#below);
    for (const [name, overlay] of this.#overlays) twin.#overlays.set(name, overlay.share());
    for (const [name, value] of this.#counters) twin.#counters.set(name, value);
    return twin;
  }

  /** What leads from the layer below to this one: removals and changed rows of a collection, then added ones in order. */
  changes(base: Base): WorldChange[] {
    const changes: WorldChange[] = [];
    for (const [collection, overlay] of this.#overlays) {
      for (const [key, row] of overlay.differences()) {
        if (row === undefined) changes.push({ kind: 'remove', collection, key, seeded: base.get(collection)?.has(key) === true });
        else changes.push({ kind: 'put', collection, key, row });
      }
    }
    for (const [counter, value] of this.#counters) changes.push({ kind: 'counter', counter, value });
    return changes;
  }

  #overlay(collection: string): Overlay {
    const found = this.#overlays.get(collection);
    if (found !== undefined) return found;
    const overlay = new Overlay(this.#below.get(collection) ?? NO_ROWS);
    this.#overlays.set(collection, overlay);
    return overlay;
  }
}

const NO_ROWS: Rows = new Map<Key, Row>();

/**
 * A layer as a world.
 * @param isOver when true, every use is refused: a transaction that has ended must not be read or written by code that goes on.
 */
export function worldOf(layer: Layer, now: () => number, isOver: () => boolean = () => false): World {
  const open = (): Layer => {
    if (isOver())
      throw new StateError('transaction-over', 'This transaction has ended: await everything that uses the state before you return.');
    return layer;
  };
  return {
    get: (collection, key) => open().get(collection)?.get(key),
    rows: (collection) => {
      const rows = open().get(collection) ?? NO_ROWS;
      return { [Symbol.iterator]: () => rows[Symbol.iterator]() };
    },
    size: (collection) => open().get(collection)?.size ?? 0,
    put: (collection, key, row) => open().put(collection, key, frozen(row)),
    remove: (collection, key) => open().remove(collection, key),
    next: (counter, start) => {
      const last = open().counter(counter);
      const value = last === undefined ? start : Math.max(start, last + 1);
      if (!Number.isSafeInteger(value))
        throw new StateError('counter-range', `The counter '${counter}' has no whole number after ${last ?? start}.`);
      layer.setCounter(counter, value);
      return value;
    },
    now: () => {
      open();
      return now();
    },
  };
}

/** Freezes plain data through and through; what is frozen already is left alone. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const plain: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && plain !== Object.prototype && plain !== null) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
}
