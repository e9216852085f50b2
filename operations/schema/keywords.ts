import { hasColonInOffset, isPlainDate, isPlainDateTime, isWrittenStrictly } from './date-time.ts';
import type { Engine } from './ajv.ts';
import { isEmail } from './email.ts';
import { addInternationalFormats } from './international.ts';
import type { FormatTable } from './international.ts';
import { compilePattern } from './pattern.ts';
import { addPredicate } from './predicate.ts';
import { areUniqueTexts } from './unique-texts.ts';

/**
 * Keywords of JSON Schema whose stock implementation is wrong or slow on values of strangers, done again:
 * - `enum`, `const`: compare `bigint` too, and take a set look-up where all values are scalars;
 * - `multipleOf`: decimal arithmetic, so that 19.99 is a multiple of 0.01;
 * - `uniqueItems`: linear time, where the stock one compares every pair of objects;
 * - `oneOf`, `anyOf`, `contains`: report themselves only.
 *
 * The exact dialect adds `exactType` and bounds that know `bigint`; it is used only for values that hold one.
 */
export function addKeywords(ajv: Engine, exact: boolean): void {
  for (const keyword of ['enum', 'const', 'multipleOf', 'uniqueItems']) ajv.removeKeyword(keyword);
  addPredicate(ajv, {
    keyword: 'enum',
    schemaType: 'array',
    constants: (values: readonly unknown[]) => values,
    compile: oneOfValues,
  });
  addPredicate(ajv, {
    keyword: 'const',
    constants: (wanted: unknown) => [wanted],
    compile: theValue,
  });
  addPredicate(ajv, {
    keyword: 'multipleOf',
    schemaType: 'number',
    compile: (divisor: number) => (value) => (typeof value !== 'number' && typeof value !== 'bigint') || isMultipleOf(value, divisor),
  });
  addPredicate(ajv, {
    keyword: 'uniqueItems',
    schemaType: 'boolean',
    compile: (wanted: boolean) => (value) => !wanted || !Array.isArray(value) || isUnique(value),
  });
  for (const keyword of ['oneOf', 'anyOf', 'contains']) reportAlone(ajv, keyword);
  if (exact) addExactKeywords(ajv);
}

/** Judges as `enum` does. */
export function oneOfValues(values: readonly unknown[]): (value: unknown) => boolean {
  const scalars = new Set(values.filter((value) => typeof value !== 'object' || value === null).map(scalarKey));
  const others = new Set(values.filter((value) => typeof value === 'object' && value !== null).map(canonical));
  return (value) => {
    if (typeof value === 'string') return scalars.has(value);
    return typeof value === 'object' && value !== null ? others.size > 0 && others.has(canonical(value)) : scalars.has(scalarKey(value));
  };
}

/** Judges as `const` does. */
export function theValue(wanted: unknown): (value: unknown) => boolean {
  if (typeof wanted !== 'object' || wanted === null) {
    const key = scalarKey(wanted);
    return (value) => scalarKey(value) === key;
  }
  const text = canonical(wanted);
  return (value) => typeof value === 'object' && value !== null && canonical(value) === text;
}

/** Judges as `uniqueItems` does. */
export function isUnique(items: readonly unknown[]): boolean {
  if (items.length < 2) return true;
  if (areTexts(items)) return areUniqueTexts(items);
  return new Set(items.map(canonical)).size === items.length;
}

function areTexts(items: readonly unknown[]): items is readonly string[] {
  for (let index = 0; index < items.length; index += 1) if (typeof items[index] !== 'string') return false;
  return true;
}

/**
 * Makes a combining keyword report only itself when it fails, not every error of every branch before it: a list of a thousand items with ten
 * branches each would make a hundred thousand errors that nobody reads. errors.ts asks for those of the branch that matters.
 */
function reportAlone(ajv: Engine, keyword: string): void {
  const stock = ajv.getKeyword(keyword);
  if (typeof stock === 'boolean' || !('code' in stock)) return;
  ajv.removeKeyword(keyword);
  ajv.addKeyword({
    ...stock,
    keyword,
    code(context, type) {
      const report = context.error.bind(context);
      context.error = (...given) => {
        context.reset();
        report(...given);
      };
      // What is thrown away needs no more of a branch than whether it matches.
      const enter = context.subschema.bind(context);
      context.subschema = (branch, valid) => enter({ ...branch, createErrors: false, allErrors: false }, valid);
      stock.code(context, type);
    },
  });
}

/** The formats of numbers that OpenAPI names (OpenAPI 3.1 section 4.4) and the text formats that stock implementations lack or read too narrowly. */
export function addFormatsOfOpenApi(table: FormatTable, exact: boolean): void {
  table.addFormat('int32', exact ? true : { type: 'number', validate: isInt32 });
  table.addFormat('int64', exact ? true : { type: 'number', validate: isInt64 });
  // The stock expression takes quadratic time.
  table.addFormat('url', (text: string) => /^(?:https?|ftp):\/\/[^\s\\]+$/i.test(text) && URL.canParse(text));
  quickly(table, 'uri', (text) => PLAIN_URI.test(text));
  quickly(table, 'date', isPlainDate);
  quickly(table, 'date-time', isPlainDateTime, isWrittenStrictly);
  quickly(table, 'time', () => false, hasColonInOffset);
  table.addFormat('email', isEmail);
  addInternationalFormats(table);
  table.addFormat('float', true);
  table.addFormat('double', true);
  table.addFormat('password', true);
  table.addFormat('binary', true);
}

/** The ordinary address of something on the web; the stock expression for all URIs takes four times as long to say so. */
export const PLAIN_URI = /^https?:\/\/[a-z\d]+(?:[.-][a-z\d]+)*(?::\d+)?(?:\/[\w.~-]*)*$/;

/**
 * Asks the stock format only for texts that are not of the ordinary form.
 * @param isStrict what the stock format is too lenient about.
 */
function quickly(
  table: FormatTable,
  name: string,
  isPlain: (text: string) => boolean,
  isStrict: (text: string) => boolean = () => true,
): void {
  const stock = table.formats[name];
  const validate = typeof stock === 'object' && 'validate' in stock ? stock.validate : stock;
  if (typeof validate !== 'function') return;
  const isValid = validate as (text: string) => boolean;
  table.addFormat(name, (text: string) => isPlain(text) || (isStrict(text) && isValid(text)));
}

export function isInt32(value: number | bigint): boolean {
  return isWhole(value) && value >= -(2 ** 31) && value < 2 ** 31;
}

export function isInt64(value: number | bigint): boolean {
  return isWhole(value) && value >= -(2 ** 63) && value < 2 ** 63;
}

function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function addExactKeywords(ajv: Engine): void {
  for (const keyword of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) ajv.removeKeyword(keyword);
  const bounds: Record<string, (value: number | bigint, limit: number | bigint) => boolean> = {
    minimum: (value, limit) => value >= limit,
    maximum: (value, limit) => value <= limit,
    exclusiveMinimum: (value, limit) => value > limit,
    exclusiveMaximum: (value, limit) => value < limit,
  };
  for (const [keyword, holds] of Object.entries(bounds)) {
    addPredicate(ajv, {
      keyword,
      schemaType: ['number', 'string'],
      compile: (given: number | string) => {
        const limit = typeof given === 'string' ? BigInt(given) : given;
        return (value) => (typeof value !== 'number' && typeof value !== 'bigint') || holds(value, limit);
      },
    });
  }
  addPredicate(ajv, {
    keyword: 'exactType',
    schemaType: 'array',
    compile: (types: readonly string[]) => (value) => types.some((type) => hasType(value, type)),
  });
  addPredicate(ajv, {
    keyword: 'exactFormat',
    schemaType: 'string',
    compile: (format: string) => (value) => {
      if (typeof value !== 'bigint' && typeof value !== 'number') return true;
      const bits = format === 'int32' ? 31n : 63n;
      return hasType(value, 'integer') && value >= -(2n ** bits) && value < 2n ** bits;
    },
  });
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'number':
      return typeof value === 'bigint' || typeof value === 'number';
    default:
      return typeof value === type;
  }
}

/** One text per JSON value, whatever the order of its keys and however its integers are held. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
    return `{${entries.sort().join(',')}}`;
  }
  if (typeof value === 'bigint') return value.toString();
  return isLongInteger(value) ? BigInt(value).toString() : JSON.stringify(value);
}

/** `1e21` is an integer like any other, whatever its spelling. */
function isLongInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** A key by which a set finds equal scalars: integers that a double holds exactly as numbers, longer ones as `bigint`. */
function scalarKey(value: unknown): unknown {
  if (typeof value === 'bigint') return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  return isLongInteger(value) ? BigInt(value) : value;
}

/** Whether `value` is a whole multiple of `divisor`, in decimal: both are taken as the digits they are written with. */
export function isMultipleOf(value: number | bigint, divisor: number): boolean {
  if (typeof value === 'number' && Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const a = decimal(value);
  const b = decimal(divisor);
  if (a === undefined || b === undefined || b.digits === 0n) return false;
  const exponent = Math.min(a.exponent, b.exponent);
  // No two doubles are further apart than 10^640.
  if (a.exponent - exponent > 1_000 || b.exponent - exponent > 1_000) return false;
  return (a.digits * 10n ** BigInt(a.exponent - exponent)) % (b.digits * 10n ** BigInt(b.exponent - exponent)) === 0n;
}

function decimal(value: number | bigint): { digits: bigint; exponent: number } | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) return undefined;
  const fraction = match[3] ?? '';
  return { digits: BigInt(`${match[1] ?? ''}${match[2] ?? ''}${fraction}`), exponent: Number(match[4] ?? 0) - fraction.length };
}

/** A regular expression as AJV wants to be given one: guarded, see pattern.ts. */
export function patternEngine(source: string): { readonly test: (text: string) => boolean; readonly toString: () => string } {
  const compiled = compilePattern(source);
  const test = compiled.ok ? compiled.pattern.test : (): boolean => true;
  // AJV keeps one engine for each text that it prints as: without this all patterns of a document would be the first one.
  return { test, toString: () => `hufu ${source}` };
}
