import type { Part } from './conjunction.ts';
import { fakeNumber } from './json-schema-faker.ts';
import { numberAt, textAt } from './keywords.ts';
import { deriveSeed, intAt, unitAt } from './random.ts';

/** The numbers that all parts agree on. `step` is 0 where any fraction will do. */
interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
  readonly step: number;
}

/** Reads bounds and steps of the parts; `undefined` when no number is left. */
function rangeOf(parts: readonly Part[], integer: boolean): NumberRange | undefined {
  let low = -Infinity;
  let high = Infinity;
  let lowOpen = false;
  let highOpen = false;
  let step = integer ? 1 : 0;
  const raise = (bound: number | undefined, open: boolean): void => {
    if (bound === undefined || bound < low) return;
    lowOpen = bound === low ? lowOpen || open : open;
    low = bound;
  };
  const lower = (bound: number | undefined, open: boolean): void => {
    if (bound === undefined || bound > high) return;
    highOpen = bound === high ? highOpen || open : open;
    high = bound;
  };
  for (const { schema } of parts) {
    raise(numberAt(schema, 'minimum'), false);
    raise(numberAt(schema, 'exclusiveMinimum'), true);
    lower(numberAt(schema, 'maximum'), false);
    lower(numberAt(schema, 'exclusiveMaximum'), true);
    const format = textAt(schema, 'format');
    if (format === 'int32' || format === 'int64') {
      // Of int64 only what a double holds exactly.
      raise(format === 'int32' ? -(2 ** 31) : -Number.MAX_SAFE_INTEGER, false);
      lower(format === 'int32' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER, false);
      step = commonStep(step, 1);
    }
    const multiple = numberAt(schema, 'multipleOf');
    if (multiple !== undefined && multiple > 0) step = commonStep(step, multiple);
  }
  return low > high || (low === high && (lowOpen || highOpen)) ? undefined : { low, high, lowOpen, highOpen, step };
}

/** Decimal places of a number as it is written. */
function decimals(value: number): number {
  const [digits = '', exponent = '0'] = value.toString().split('e');
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
}

/** The least common multiple of two decimal steps. */
function commonStep(left: number, right: number): number {
  if (left === 0 || left === right) return right;
  const scale = 10 ** Math.max(decimals(left), decimals(right));
  const [a, b] = [Math.round(left * scale), Math.round(right * scale)];
  let [greater, rest] = [a, b];
  while (rest > 0) [greater, rest] = [rest, greater % rest];
  const common = (a / greater) * b;
  return Number.isSafeInteger(common) && common > 0 ? common / scale : Math.max(left, right);
}

/** `count * step`, as the decimal a person would write: 3 * 0.1 is 0.3. */
function multiple(step: number, count: number): number {
  const places = decimals(step);
  if (places === 0 || places > 15) return normal(step * count);
  const scale = 10 ** places;
  return normal((Math.round(step * scale) * count) / scale);
}

/** Zero without a sign. */
function normal(value: number): number {
  return value === 0 ? 0 : value;
}

function within(range: NumberRange, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return (range.lowOpen ? value > range.low : value >= range.low) && (range.highOpen ? value < range.high : value <= range.high);
}

/**
 * The plain number: 0 where it is allowed, else the number nearest to 0.
 * `undefined` when there is none.
 */
export function sampleNumber(parts: readonly Part[], integer: boolean): number | undefined {
  const range = rangeOf(parts, integer);
  return range === undefined ? undefined : nearestZero(range);
}

function nearestZero(range: NumberRange): number | undefined {
  if (within(range, 0)) return 0;
  const bound = range.low >= 0 ? range.low : range.high;
  const away = range.low >= 0 ? 1 : -1;
  if (range.step === 0) {
    const middle = Number.isFinite(range.low) && Number.isFinite(range.high) ? range.low / 2 + range.high / 2 : bound + away;
    return [bound, Math.floor(bound) + 1, Math.ceil(bound) - 1, middle].find((value) => within(range, value));
  }
  const start = Math.trunc(bound / range.step);
  for (let count = 0; count <= 3; count++) {
    const value = multiple(range.step, start + away * count);
    if (within(range, value) && Number.isInteger(value / range.step)) return value;
  }
  for (let count = -1; count <= 200; count++) {
    const value = multiple(range.step, start + away * count);
    if (within(range, value)) return value;
  }
  return undefined;
}

/** How many numbers {@link numbersInOrder} goes through. */
const MOST_IN_ORDER = 200;

/** The first numbers of the step, or whole ones, from the lower bound up, without one from the upper bound down: where a draw finds none that is not forbidden. */
export function* numbersInOrder(parts: readonly Part[], integer: boolean): Generator<number> {
  const range = rangeOf(parts, integer);
  if (range === undefined) return;
  const step = range.step === 0 ? 1 : range.step;
  const upward = Number.isFinite(range.low) || !Number.isFinite(range.high);
  const bound = upward ? Math.max(range.low, -Number.MAX_VALUE) : range.high;
  const start = Number.isFinite(range.low) || Number.isFinite(range.high) ? Math.trunc(bound / step) : 0;
  for (let count = 0; count < MOST_IN_ORDER; count++) {
    const value = multiple(step, start + (upward ? count : -count));
    if (within(range, value)) yield value;
  }
}

/** Without bounds of their own, numbers stay in this span. */
const USUAL_SPAN = 1000;

/**
 * How numbers are drawn. Whole numbers and fractions within bounds come out right by construction; those on another step are drawn by
 * json-schema-faker and brought onto the step.
 * @param usual the span that the name of the property suggests, used as far as the schema leaves it open.
 * @returns a function of the seed; it gives `undefined` when there is no number.
 */
export function numberDrawer(
  parts: readonly Part[],
  integer: boolean,
  usual: readonly [low: number, high: number] = [0, USUAL_SPAN],
): (seed: number) => number | undefined {
  const range = rangeOf(parts, integer);
  if (range === undefined) return () => undefined;
  const [low, high] = span(range, usual);
  if (range.step === 0) return (seed) => fractionWithin(range, low + unitAt(seed) * (high - low));
  const [first, last] = [Math.ceil(low / range.step), Math.floor(high / range.step)];
  if (first > last) return () => nearestZero(range);
  if (range.step === 1 && within(range, first) && within(range, last)) return (seed) => normal(intAt(seed, first, last));
  return (seed) => stepWithin(range, first, last, seed) ?? nearestZero(range);
}

/** With two decimals where that is enough. */
function fractionWithin(range: NumberRange, value: number): number | undefined {
  const short = normal(Math.round(value * 100) / 100);
  if (within(range, short)) return short;
  return within(range, value) ? normal(value) : nearestZero(range);
}

function stepWithin(range: NumberRange, first: number, last: number, seed: number): number | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const count = fakeNumber({ type: 'integer', minimum: first, maximum: last }, deriveSeed(seed, `step ${attempt}`));
    const value = typeof count === 'number' ? multiple(range.step, count) : Number.NaN;
    // Validators that divide doubles call some decimal multiples none; others can be had.
    if (within(range, value) && Number.isInteger(value / range.step)) return value;
  }
  return undefined;
}

function span(range: NumberRange, usual: readonly [low: number, high: number]): readonly [low: number, high: number] {
  const [low, high] = [Math.max(range.low, usual[0]), Math.min(range.high, usual[1])];
  if (low < high) return [low, high];
  const size = Math.max(USUAL_SPAN, range.step * USUAL_SPAN);
  if (Number.isFinite(range.low)) return [range.low, Math.min(range.high, range.low + size)];
  if (Number.isFinite(range.high)) return [range.high - size, range.high];
  return [0, size];
}
