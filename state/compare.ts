import type { Clock } from './clock-text.ts';
import { textOf } from './text.ts';

/** Ids travel as numbers and as texts: `7`, `7n` and `"7"` are the same. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return isScalar(a) && isScalar(b) && typeof a !== typeof b && String(a) === String(b);
}

/** A text that two values share exactly where they are {@link same}; objects and lists share it where they are written alike. */
export function identityOf(value: unknown): string {
  return isScalar(value) ? `=${String(value)}` : `${typeof value} ${textOf(value)}`;
}

function isScalar(value: unknown): value is string | number | bigint {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string';
}

/**
 * The order of two values: negative, 0 or positive; NaN, which no comparison is true of, where there is none. Numbers by value (every digit counts), texts that are
 * times by their moment, other texts by their characters, a text beside a number as a number.
 */
export function compare(a: unknown, b: unknown, clock: Clock): number {
  if (typeof a === 'string' && typeof b === 'string') {
    const [left, right] = [clock.read(a), clock.read(b)];
    return left !== undefined && right !== undefined ? left - right : orderOf(a, b);
  }
  const [left, right] = [numberOf(a), numberOf(b)];
  return left === undefined || right === undefined ? Number.NaN : orderOf(left, right);
}

/** The order of a value and the end of a range: a date alone is the whole day. */
export function compareToEnd(value: unknown, end: unknown, clock: Clock): number {
  if (typeof value !== 'string' || typeof end !== 'string' || end.length !== 10 || clock.read(end) === undefined)
    return compare(value, end, clock);
  const day = dayOf(value, clock);
  return day === undefined ? compare(value, end, clock) : orderOf(day, end);
}

/** The day of a time, `yyyy-MM-dd` in the clock's zone; `undefined` when it is no time. */
export function dayOf(value: unknown, clock: Clock): string | undefined {
  const moment = clock.read(value);
  return moment === undefined ? undefined : String(clock.write(moment, 'date'));
}

function orderOf<T extends string | number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A number for comparison; a `bigint` keeps its digits, so does the text of a long integer. */
function numberOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value !== 'string' || !/^-?\d+(?:\.\d+)?$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^-?\d+$/.test(value) ? BigInt(value) : number;
}
