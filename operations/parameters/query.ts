import { arraysOf, MOST_CANDIDATES, objectsOf } from './combinations.ts';
import { ABSENT, BROKEN_PERCENT, malformed, value, type Decoded } from './decoded.ts';
import { compileDeepObject } from './deep-object.ts';
import { compileText, cutsOf, type ReadText } from './delimited.ts';
import type { ParameterStyle } from './parameter.ts';
import { decodePercent, decodeQueryText, isPlainText } from './percent.ts';
import { valuesOf, type QueryString } from './query-string.ts';
import { readNested, readPrimitive } from './read-text.ts';
import { ARRAY, OBJECT, PRIMITIVE } from './schema-types.ts';
import type { Shape } from './shape.ts';

/** One name of a query string, or of a form body, which is written the same way. */
export interface QueryField {
  readonly name: string;
  readonly shape: Shape;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowEmptyValue: boolean;
  /** Names that belong to other fields; an exploded object that takes any name leaves these alone. */
  readonly siblings: ReadonlySet<string>;
  /** Of a URI, where RFC 3986 takes a plus for itself and forms for a space: the second reading of two. In the body of a form it is a space. */
  readonly ofUri?: true;
}

export type ReadQuery = (query: QueryString) => Decoded;

/** Compiles the reader of a query field (OpenAPI 3.1 section 4.8.12.3: form, spaceDelimited, pipeDelimited, deepObject). */
export function compileQueryField(field: QueryField): ReadQuery {
  const { shape, style, explode } = field;
  if (style === 'deepObject') return compileDeepObject(field.name, shape);
  if ((shape.types & (ARRAY | OBJECT)) === 0) return withEmptyValue(field, compilePrimitive(field));
  if (explode) return withEmptyValue(field, compileExploded(field));
  return withEmptyValue(field, compileDelimited(field));
}

function compilePrimitive({ name, shape: { types }, ofUri }: QueryField): ReadQuery {
  return ({ names, values }) => {
    const at = names.length === 0 ? -1 : names.indexOf(name);
    if (at === -1) return ABSENT;
    if (at + 1 < names.length && names.indexOf(name, at + 1) !== -1)
      return readRepeated(valuesOf({ names, values }, name), (text) => readPrimitive(text, types));
    const raw = values[at] ?? '';
    if (isPlainText(raw)) return value(readPrimitive(raw, types));
    const text = decodeQueryText(raw);
    if (text === undefined) return BROKEN_PERCENT;
    // A time with its offset, a telephone number.
    const plus = ofUri === true && raw.includes('+') ? decodePercent(raw) : undefined;
    return value(plus === undefined ? readPrimitive(text, types) : [...readPrimitive(text, types), ...readPrimitive(plus, types)]);
  };
}

/** A name given several times is an array, whatever the schema says: a schema that wants one value then says so. */
function readRepeated(raws: readonly string[], read: (text: string, index: number) => readonly unknown[]): Decoded {
  const items: (readonly unknown[])[] = [];
  for (const [index, raw] of raws.entries()) {
    const text = decodeQueryText(raw);
    if (text === undefined) return BROKEN_PERCENT;
    items.push(read(text, index));
  }
  return value(arraysOf(items));
}

/** `color=blue,black,brown` and its relatives: one text holds all. */
function compileDelimited({ name, shape, style }: QueryField): ReadQuery {
  const read = compileText(shape, { decode: decodeQueryText, cuts: cutsOf(style), assignments: false });
  return (query) => {
    const raws = valuesOf(query, name);
    const [raw] = raws;
    if (raw === undefined) return ABSENT;
    if (raws.length > 1) return malformed(`must be given once, with its values in one delimited text (style ${style}, explode false)`);
    const candidates = read(raw);
    return candidates === undefined ? BROKEN_PERCENT : value(candidates);
  };
}

/** `color=blue&color=black` for arrays, `R=100&G=200` for objects. */
function compileExploded(field: QueryField): ReadQuery {
  const { name, shape, style } = field;
  const readObject = shape.types & OBJECT ? compileExplodedObject(field) : undefined;
  const owned = !shape.declared.has(name);
  const delimited: ReadText | undefined =
    style === 'form' ? undefined : compileText(shape, { decode: decodeQueryText, cuts: cutsOf(style), assignments: false });

  return (query) => {
    const object = readObject?.(query);
    if (object !== undefined && (object.kind !== 'absent' || !(shape.types & ~OBJECT))) {
      return object.kind === 'absent' && owned ? readMisplaced(query, name) : object;
    }

    const raws = valuesOf(query, name);
    const [raw] = raws;
    if (raw === undefined) return ABSENT;
    if (raws.length > 1) return readRepeated(raws, (text, index) => readNested(text, shape.item(index)));
    const text = decodeQueryText(raw);
    if (text === undefined) return BROKEN_PERCENT;
    const primitives = shape.types & PRIMITIVE ? readPrimitive(text, shape.types) : [];
    const arrays = shape.types & ARRAY ? arraysOf([readNested(text, shape.item(0))]) : [];
    if (raw === '' && shape.types & ARRAY) arrays.push([]);
    const readings = [...primitives, ...arrays, ...(delimited?.(raw) ?? [])];
    return value(readings.length === 0 ? [text] : readings.slice(0, MOST_CANDIDATES));
  };
}

/** `color=...` where the properties of `color` should stand in the query by their own names: text, which is not an object. */
function readMisplaced(query: QueryString, name: string): Decoded {
  const at = query.names.indexOf(name);
  if (at === -1) return ABSENT;
  const text = decodeQueryText(query.values[at] ?? '');
  return text === undefined ? BROKEN_PERCENT : value([text]);
}

function compileExplodedObject(field: QueryField): ReadQuery {
  const { shape } = field;
  const isProperty = compileIsProperty(field);
  return (query) => {
    const raws = new Map<string, string[]>();
    for (const [at, name] of query.names.entries()) {
      if (!isProperty(name)) continue;
      const given = raws.get(name);
      if (given === undefined) raws.set(name, [query.values[at] ?? '']);
      else given.push(query.values[at] ?? '');
    }
    if (raws.size === 0) return ABSENT;

    const properties = new Map<string, readonly unknown[]>();
    for (const [name, given] of raws) {
      const texts = given.map((raw) => decodeQueryText(raw));
      const property = shape.property(name);
      const items: (readonly unknown[])[] = [];
      for (const [index, text] of texts.entries()) {
        if (text === undefined) return BROKEN_PERCENT;
        items.push(readNested(text, texts.length === 1 ? property : property.item(index)));
      }
      properties.set(name, items.length === 1 && items[0] !== undefined ? items[0] : arraysOf(items));
    }
    return value(objectsOf(properties));
  };
}

/**
 * Which names of a query a field reads, so that the rest can be called undocumented: its own name, `name[...]` for deepObject,
 * and the properties of an exploded object, with any other name where the schema speaks of additional properties.
 */
export function compileClaim(field: QueryField): (name: string) => boolean {
  const { name, shape, style, explode } = field;
  if (style === 'deepObject') return (given) => given === name || given.startsWith(`${name}[`);
  if (!explode || !(shape.types & OBJECT)) return (given) => given === name;
  const isProperty = compileIsProperty(field);
  return (given) => given === name || isProperty(given);
}

/** Which names of a query are properties of an exploded object. */
function compileIsProperty({ name, shape, siblings }: QueryField): (given: string) => boolean {
  // An object without a word about its properties takes them all; it could never be sent otherwise.
  const open = shape.open || shape.declared.size === 0;
  return (given) => {
    if (shape.declared.has(given)) return true;
    if (!open || given === name || siblings.has(given)) return false;
    const bracket = given.indexOf('[');
    return bracket === -1 || !siblings.has(given.slice(0, bracket));
  };
}

/** `?q=` of a parameter with `allowEmptyValue`: the empty text comes first and the caller accepts it as it is. */
function withEmptyValue(field: QueryField, read: ReadQuery): ReadQuery {
  if (!field.allowEmptyValue) return read;
  return (query) => {
    const [raw, second] = valuesOf(query, field.name);
    if (raw !== '' || second !== undefined) return read(query);
    const decoded = read(query);
    const others = decoded.kind === 'value' ? decoded.candidates.filter((candidate) => candidate !== '') : [];
    return value(['', ...others].slice(0, MOST_CANDIDATES));
  };
}
