/**
 * Seeded random numbers. Every place of a value gets its own seed, made from its parent's seed and its own name, so that adding a
 * property to a schema leaves the values of all others as they were.
 */

/** A stream of random numbers; the same shape as the one json-schema-faker hands to its formats. */
export interface Random {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly next: () => number;
  /** An integer between two bounds, both inclusive. */
  readonly int: (low: number, high: number) => number;
  /** One element of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T;
}

/** The key of a text, of which {@link childSeed} makes a seed (FNV-1a over UTF-16 units): what is drawn from again and again is hashed once. */
export function seedKey(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** The 32-bit seed of what has this key below what has this seed (the final mix of MurmurHash3). */
export function childSeed(seed: number, key: number): number {
  let hash = seed ^ key;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Derives a 32-bit seed from another seed and a text. */
export function deriveSeed(seed: number, text: string): number {
  return childSeed(seed, seedKey(text));
}

/** The state that follows a state, and the number from 0 to 1 that a state stands for (the mulberry32 generator). */
const STEP = 0x6d2b79f5;

function unitOf(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

function between(unit: number, low: number, high: number): number {
  return Math.min(high, low + Math.floor(unit * (high - low + 1)));
}

/** The first number of the stream of a seed, for what needs only one. */
export function unitAt(seed: number): number {
  return unitOf((seed + STEP) | 0);
}

/** The first integer of the stream of a seed; both bounds inclusive. */
export function intAt(seed: number, low: number, high: number): number {
  return high <= low ? low : between(unitAt(seed), low, high);
}

class Stream implements Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  next(): number {
    this.state = (this.state + STEP) | 0;
    return unitOf(this.state);
  }

  int(low: number, high: number): number {
    return high <= low ? low : between(this.next(), low, high);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }
}

/** Starts a stream from a 32-bit seed. */
export function randomFrom(seed: number): Random {
  return new Stream(seed);
}
