import { exactInteger, parseJson } from '../json.ts';
import { arraysOf } from './combinations.ts';
import { ARRAY, BOOLEAN, NULL, NUMERIC, OBJECT, PRIMITIVE, STRING } from './schema-types.ts';
import type { Shape } from './shape.ts';

/** A JSON number (RFC 8259 section 6). */
const NUMBER_LITERAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER_LITERAL = /^-?\d+$/;
/** Beyond the digits of the largest double nothing is an amount or an id any more, and big integers are slow to make. */
const MOST_DIGITS = 310;
/** So few digits are exact, and read one by one in no time. */
const MOST_SMALL = 9;

/**
 * Reads decoded text as a primitive of the given types, the typed reading before the string. Text that fits none of them stays
 * text, so that validation can say which type is missing.
 */
export function readPrimitive(text: string, types: number): readonly unknown[] {
  if ((types & PRIMITIVE) === STRING) return [text];
  const number = types & NUMERIC ? numberOf(text) : undefined;
  // A list that grows is made with room for many more.
  if (number !== undefined && (types & STRING) === 0) return [number];
  const readings: unknown[] = number === undefined ? [] : [number];
  if (types & BOOLEAN && (text === 'true' || text === 'false')) readings.push(text === 'true');
  if (types & NULL && text === 'null') readings.push(null);
  if (types & STRING) readings.push(text);
  if (types & NULL && text === '') readings.push(null);
  return readings.length === 0 ? [text] : readings;
}

/**
 * Reads decoded text in a place where the style knows no further structure: the item of an array, a property of an object.
 * Where the schema wants an object or array there, text can only be JSON or, for an array, its only item.
 */
export function readNested(text: string, shape: Shape): readonly unknown[] {
  const { types } = shape;
  if ((types & (ARRAY | OBJECT)) === 0) return readPrimitive(text, types);
  const readings: unknown[] = [];
  const json = mayBeJson(text, types) ? jsonOf(text) : undefined;
  if (json !== undefined) readings.push(json);
  if (types & PRIMITIVE) readings.push(...readPrimitive(text, types));
  if (types & ARRAY) readings.push(...(inner20(text, shape) ?? wrapped(text, shape)));
  return readings.length === 0 ? [text] : readings;
}

/** What cuts a list inside of a list (Swagger 2.0 Items Object, `collectionFormat`). */
const INNER_DELIMITERS: ReadonlyMap<unknown, string> = new Map([
  ['csv', ','],
  ['ssv', ' '],
  ['tsv', '\t'],
  ['pipes', '|'],
]);

/** A list inside of a list, as Swagger 2.0 writes it; `undefined` where the schema says nothing of that. */
function inner20(text: string, shape: Shape): unknown[] | undefined {
  const delimiter = INNER_DELIMITERS.get(shape.keyword('collectionFormat'));
  if (delimiter === undefined) return undefined;
  if (text === '') return [[]];
  return arraysOf(text.split(delimiter).map((piece, index) => readNested(piece, shape.item(index))));
}

function mayBeJson(text: string, types: number): boolean {
  const start = text.trimStart().charAt(0);
  return Boolean((types & OBJECT && start === '{') || (types & ARRAY && start === '['));
}

/** A one-item array. Only one level: the text of an array in an array would have no end in a recursive schema. */
export function wrapped(text: string, shape: Shape): unknown[] {
  return readPrimitive(text, shape.item(0).types).map((item) => [item]);
}

function numberOf(text: string): number | bigint | undefined {
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 48 && first <= 57) || first === 45;
  if (!mayBeNumber) return undefined;
  const small = smallNumber(text);
  if (small !== undefined) return small;
  if (!NUMBER_LITERAL.test(text)) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  if (text.length > MOST_DIGITS) return INTEGER_LITERAL.test(text) || !Number.isFinite(number) ? undefined : number;
  return exactInteger(text) ?? (Number.isFinite(number) ? number : undefined);
}

/** A few digits, as most numbers in a request are; `undefined` for any other text. */
function smallNumber(text: string): number | undefined {
  if (text.length > MOST_SMALL || (text.length > 1 && text.charCodeAt(0) === 48)) return undefined;
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

/** The value of JSON text; `undefined` where it is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
