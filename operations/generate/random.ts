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

/** Derives a 32-bit seed from another seed and a text (FNV-1a over UTF-16 units, then a final mix). */
export function deriveSeed(seed: number, text: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Starts a stream from a 32-bit seed (the mulberry32 generator). */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number): number => (high <= low ? low : Math.min(high, low + Math.floor(next() * (high - low + 1))));
  return {
    next,
    int,
    pick: <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T,
  };
}
