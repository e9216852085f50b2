import { compilePattern } from '../../../operations/index.ts';
import type { SchemaObject } from '../../../operations/index.ts';
import type { Conjunction, SchemaReader } from './conjunction.ts';
import { isInteger } from './projection.ts';
import type { Choice, Projection } from './projection.ts';
import { typeOf, valueKey } from './value.ts';
import type { TypeName } from './value.ts';

/** A bound of numbers; `bigint` where a double does not hold it. */
export interface Bound {
  readonly value: number | bigint;
  readonly exclusive: boolean;
}

export interface NumberForm {
  readonly integer: boolean;
  readonly minimum: Bound | undefined;
  readonly maximum: Bound | undefined;
  /** Without 1, which is what `integer` says. */
  readonly multiples: ReadonlySet<number>;
  readonly formats: ReadonlySet<string>;
}

export interface StringForm {
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: ReadonlySet<string>;
  /** Formats, encodings and media types of the text. */
  readonly formats: ReadonlySet<string>;
}

/** The values of a type where the schema lists them, by {@link valueKey}; `undefined` where it does not. */
export type Values = ReadonlyMap<string, unknown> | undefined;

/** A choice whose branches are all lists of values is a list of values: what is left is `choices`. */
export interface Listed {
  readonly values: Values;
  readonly choices: readonly Choice[];
}

export function numberForm({ parts }: Pick<Projection, 'parts'>): NumberForm {
  const multiples = new Set(parts.flatMap((part) => (typeof part['multipleOf'] === 'number' ? [part['multipleOf']] : [])));
  const integer = parts.some(isInteger) || [...multiples].some(Number.isInteger);
  multiples.delete(1);
  let minimum: Bound | undefined;
  let maximum: Bound | undefined;
  for (const part of parts) {
    for (const exclusive of [false, true]) {
      minimum = stricter(minimum, boundOf(part, exclusive ? 'exclusiveMinimum' : 'minimum', exclusive, integer), 1);
      maximum = stricter(maximum, boundOf(part, exclusive ? 'exclusiveMaximum' : 'maximum', exclusive, integer), -1);
    }
  }
  return { integer, minimum, maximum, multiples, formats: formatsOf(parts, 'number') };
}

function boundOf(part: SchemaObject, keyword: string, exclusive: boolean, integer: boolean): Bound | undefined {
  const exact = part['exactBounds'];
  const digits = typeof exact === 'object' && exact !== null ? (exact as Readonly<Record<string, unknown>>)[keyword] : undefined;
  const value = typeof digits === 'string' ? BigInt(digits) : part[keyword];
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  if (!integer) return { value, exclusive };
  // Among whole numbers `> 0` is `>= 1`.
  const step = keyword.endsWith('inimum') ? 1 : -1;
  if (typeof value === 'bigint') return { value: exclusive ? value + BigInt(step) : value, exclusive: false };
  const whole = step > 0 ? Math.ceil(value) : Math.floor(value);
  return { value: exclusive && whole === value ? value + step : whole, exclusive: false };
}

/** The bound that lets fewer values through. @param sign 1 for lower bounds, -1 for upper ones. */
export function stricter(a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareBounds(a, b, sign) >= 0 ? a : b;
}

/** Positive where `a` lets fewer values through than `b`. No bound lets most through. */
export function compareBounds(a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  if (a.value > b.value) return sign;
  if (a.value < b.value) return -sign;
  return Number(a.exclusive) - Number(b.exclusive);
}

export function stringForm({ parts }: Projection, reader: SchemaReader): StringForm {
  const lengths = parts.filter((part) => !reader.hasImpliedLength(part));
  return {
    minLength: most(lengths, 'minLength'),
    maxLength: least(parts, 'maxLength'),
    patterns: new Set(parts.flatMap((part) => (typeof part['pattern'] === 'string' ? [part['pattern']] : []))),
    formats: formatsOf(parts, 'string'),
  };
}

export function most(parts: readonly SchemaObject[], keyword: string): number {
  return Math.max(0, ...parts.flatMap((part) => (typeof part[keyword] === 'number' ? [part[keyword]] : [])));
}

export function least(parts: readonly SchemaObject[], keyword: string): number {
  return Math.min(Infinity, ...parts.flatMap((part) => (typeof part[keyword] === 'number' ? [part[keyword]] : [])));
}

const NUMBER_FORMATS = new Set(['int32', 'int64', 'uint32', 'uint64', 'int8', 'uint8', 'int16', 'uint16', 'float', 'double', 'decimal']);

/**
 * `format: binary` of 3.0 and `contentMediaType: application/octet-stream` of 3.1 are the same, as are `byte` and `contentEncoding: base64` (OpenAPI 3.1
 * section 4.8.14.2). `password` only asks to hide the value.
 */
function formatsOf(parts: readonly SchemaObject[], type: 'number' | 'string'): Set<string> {
  const formats = new Set<string>();
  for (const part of parts) {
    const { format, contentEncoding, contentMediaType } = part;
    if (typeof format === 'string' && format !== 'password' && NUMBER_FORMATS.has(format) === (type === 'number'))
      formats.add(format === 'binary' ? 'application/octet-stream' : format === 'byte' ? 'base64' : format);
    if (type === 'number') continue;
    if (typeof contentEncoding === 'string') formats.add(contentEncoding);
    if (typeof contentMediaType === 'string') formats.add(contentMediaType);
  }
  return formats;
}

/**
 * The listed values of a type, in the order of the document.
 * @param listOf the values of a branch, `undefined` where it does not list them.
 */
export function listValues(projection: Projection, type: TypeName, listOf: (branch: Conjunction) => Values): Listed {
  let values: Map<string, unknown> | undefined = type === 'boolean' ? valuesBy([false, true], type) : undefined;
  const meet = (others: ReadonlyMap<string, unknown>): void => {
    values = values === undefined ? new Map(others) : new Map([...values].filter(([key]) => others.has(key)));
  };
  for (const part of projection.parts) {
    if (Array.isArray(part['enum'])) meet(valuesBy(part['enum'], type));
    if ('const' in part) meet(valuesBy([part['const']], type));
  }
  const choices: Choice[] = [];
  for (const choice of projection.choices) {
    const lists = choice.branches.map(listOf);
    const all = lists.flatMap((list) => (list === undefined ? [] : [...list]));
    if (lists.includes(undefined)) {
      choices.push(choice);
      continue;
    }
    const isOnce = (key: string): boolean => choice.kind === 'anyOf' || lists.filter((list) => list?.has(key)).length === 1;
    meet(new Map(all.filter(([key]) => isOnce(key))));
  }
  return { values: values === undefined ? undefined : within(values, projection, type), choices };
}

function valuesBy(values: readonly unknown[], type: TypeName): Map<string, unknown> {
  return new Map(values.filter((value) => typeOf(value) === type).map((value) => [valueKey(value), value]));
}

/** Within the precision of doubles, as `19.99` is a multiple of `0.01`. */
export function isMultiple(value: number, step: number): boolean {
  return Math.abs(value / step - Math.round(value / step)) < 1e-9;
}

/** Bounds beside a list only take values out of it. */
export function within(
  values: ReadonlyMap<string, unknown>,
  projection: Pick<Projection, 'parts'>,
  type: TypeName,
): ReadonlyMap<string, unknown> {
  if (type === 'number') {
    const { minimum, maximum, integer, multiples } = numberForm(projection);
    const isIn = (value: unknown): boolean =>
      (typeof value === 'number' || typeof value === 'bigint') &&
      (!integer || typeof value === 'bigint' || Number.isInteger(value)) &&
      [...multiples].every((step) => isMultiple(Number(value), step)) &&
      (minimum === undefined || value > minimum.value || (!minimum.exclusive && value >= minimum.value)) &&
      (maximum === undefined || value < maximum.value || (!maximum.exclusive && value <= maximum.value));
    return new Map([...values].filter(([, value]) => isIn(value)));
  }
  if (type !== 'string') return values;
  const [shortest, longest] = [most(projection.parts, 'minLength'), least(projection.parts, 'maxLength')];
  const patterns = projection.parts.flatMap((part) => (typeof part['pattern'] === 'string' ? [compilePattern(part['pattern'])] : []));
  return new Map(
    [...values].filter(([, value]) => {
      const text = typeof value === 'string' ? value : '';
      // Lengths count code points (JSON Schema 2020-12 validation section 6.3.1).
      const { length } = Array.from(text);
      return length >= shortest && length <= longest && patterns.every((one) => !one.ok || one.pattern.test(text));
    }),
  );
}
