import type { Key, Row } from './world.ts';

type Entries = Iterable<readonly [Key, Row]>;

/** No number is a key: lower than every number that keys are counted by. */
export const NO_NUMBER = -1;

/** Digits of the largest number that keys are counted by, 2^53 - 1. */
const MOST_DIGITS = 16;
const [ZERO, NINE] = [48, 57];

/** The number that a key is, written as numbers are; {@link NO_NUMBER} for any other text, and for what is beyond the numbers of the mock's own making. */
export function numberOf(key: Key): number {
  if (key.length > MOST_DIGITS || key === '' || (key.charCodeAt(0) === ZERO && key.length > 1)) return NO_NUMBER;
  let number = 0;
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    if (code < ZERO || code > NINE) return NO_NUMBER;
    number = number * 10 + (code - ZERO);
  }
  // Beyond 2^53 several keys would be one number.
  return number <= Number.MAX_SAFE_INTEGER ? number : NO_NUMBER;
}

const highest = new WeakMap<Entries, number>();

/** The highest number among the keys of rows that never change: those of a scenario. The first call looks at every key. */
export function highestNumberOf(rows: Entries): number {
  let found = highest.get(rows);
  if (found !== undefined) return found;
  found = NO_NUMBER;
  for (const [key] of rows) found = Math.max(found, numberOf(key));
  highest.set(rows, found);
  return found;
}
