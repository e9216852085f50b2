import { childPointer } from '../../operations/index.ts';
import type { Clock } from '../clock-text.ts';
import { HOLE } from './hole.ts';

/** Where a value differs from what is known of it. */
export interface Difference {
  /** JSON pointer inside the value. */
  readonly pointer: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface Eyes {
  readonly clock: Clock;
  readonly masked: (value: string) => boolean;
}

/**
 * The first difference that can't be a matter of representation; `undefined` where there is none. Holes are equal to anything, so are masked values; `1`, `1n` and `"1"` are one value, texts that mean
 * the same moment too; null, absence and emptiness are not told apart; scalars of other types are left to the schema; lists of scalars may stand in another order.
 */
export function differenceOf(known: unknown, actual: unknown, eyes: Eyes, pointer = ''): Difference | undefined {
  if (known === HOLE || known === actual) return undefined;
  const difference = { pointer, expected: known, actual };
  if (isEmpty(known)) {
    if (isEmpty(actual) || typeof actual === 'object') return undefined;
    // An empty value says nothing of what a server makes of it, but a text where there was none comes from somewhere.
    return isNothing(known) && !isMasked(actual, eyes) ? difference : scalarDifference(known, actual, eyes) ? difference : undefined;
  }
  if (isNothing(actual)) return isMasked(known, eyes) ? undefined : difference;
  if (Array.isArray(known)) return Array.isArray(actual) ? listDifference(known, actual, eyes, difference) : undefined;
  if (typeof known === 'object') {
    if (typeof actual !== 'object' || Array.isArray(actual)) return undefined;
    for (const [key, value] of Object.entries(known as object)) {
      const found = differenceOf(
        value,
        Object.hasOwn(actual, key) ? (actual as Record<string, unknown>)[key] : undefined,
        eyes,
        childPointer(pointer, key),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof actual === 'object') return undefined;
  return scalarDifference(known, actual, eyes) ? difference : undefined;
}

function listDifference(known: readonly unknown[], actual: readonly unknown[], eyes: Eyes, whole: Difference): Difference | undefined {
  if (known.length !== actual.length) return known.includes(HOLE) ? undefined : whole;
  const differences = known.map((value, index) => differenceOf(value, actual[index], eyes, childPointer(whole.pointer, index)));
  const first = differences.find((one) => one !== undefined);
  if (first === undefined) return undefined;
  const isSameSet = known.every((value) => actual.some((other) => differenceOf(value, other, eyes) === undefined));
  return isSameSet ? undefined : first;
}

/** Whether two scalars are surely not the same. */
function scalarDifference(known: unknown, actual: unknown, eyes: Eyes): boolean {
  if (isMasked(known, eyes) || isMasked(actual, eyes)) return false;
  if (typeof known === 'boolean' || typeof actual === 'boolean') return typeof known === typeof actual && known !== actual;
  if (String(known) === String(actual)) return false;
  if (typeof known === 'number' && typeof actual === 'number')
    return (
      (Number.isInteger(known) && Number.isInteger(actual)) || Math.abs(known - actual) > 1e-9 * Math.max(Math.abs(known), Math.abs(actual))
    );
  const [left, right] = [numberOf(known), numberOf(actual)];
  // Of two texts only decimals are compared as numbers: 007 is no 7.
  if (left !== undefined && right !== undefined) return left !== right;
  if (typeof known === 'string' && typeof actual === 'string') return !isSameMoment(known, actual, eyes.clock);
  // A number beside a text that is none is another form of the value, which the schema judges.
  return false;
}

/** `1.50` and `1.5` are one number; integers keep every digit, as `bigint`. */
function numberOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'string') return undefined;
  if (/^-?(?:0|[1-9]\d*)$/.test(value)) return value.length > 40 ? undefined : BigInt(value);
  return /^-?(?:0|[1-9]\d*)\.\d{1,15}$/.test(value) ? Number(value) : undefined;
}

function isSameMoment(known: string, actual: string, clock: Clock): boolean {
  const moment = clock.read(known);
  return moment !== undefined && moment === clock.read(actual);
}

export function isMasked(value: unknown, { masked }: Pick<Eyes, 'masked'>): boolean {
  // Two stars: the server itself hides the value.
  return typeof value === 'string' && (value.includes('**') || masked(value));
}

export function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** What documents use without a difference for "not set". */
export function isEmpty(value: unknown): boolean {
  if (isNothing(value) || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
