import { arraysOf, MOST_CANDIDATES, objectsOf } from './combinations.ts';
import type { Cookie, Cookies } from './cookies.ts';
import { ABSENT, value, type Decoded } from './decoded.ts';
import { compileText, cutCommas } from './delimited.ts';
import { decodePercent } from './percent.ts';
import { readNested } from './read-text.ts';
import { ARRAY, OBJECT } from './schema-types.ts';
import { compileQueryField, type QueryField } from './query.ts';

/** Reads one parameter out of the cookies of a request. */
export type ReadCookie = (cookies: Cookies) => Decoded;

/**
 * Compiles the reader of a cookie parameter (style form). Cookies are often not percent-encoded: text with a `%` that decodes has both
 * readings, text that does not is taken as it is, and `+` is a plus.
 */
export function compileCookie(field: QueryField): ReadCookie {
  const { name, shape, explode } = field;
  if (field.style === 'cookie') return compilePlainCookie(field);
  const decode = (raw: string): string => decodePercent(raw) ?? raw;
  const read = compileText(shape, { decode, cuts: cutCommas, assignments: false });
  const readPlain = compileText(shape, { decode: (raw) => raw, cuts: (raw) => [raw.split(',')], assignments: false });
  const readObject = explode && shape.types & OBJECT ? compileQueryField(field) : undefined;

  return (cookies) => {
    const given = cookies.all().filter((cookie) => cookie.name === name);
    const [first] = given;
    if (readObject !== undefined) {
      const object = readObject(asQuery(cookies.all()));
      if (first === undefined || object.kind === 'value') return object;
    }
    if (first === undefined) return ABSENT;

    // The first of several wins (RFC 6265 section 5.4 sends the most specific first), but an exploded array wants them all.
    const texts = explode && shape.types & ARRAY ? asQuery(given).values : [first.value];
    if (texts.length > 1) return value(arraysOf(texts.map((text, index) => readNested(decode(text), shape.item(index)))));
    const items = explode && shape.types & ARRAY ? arraysOf([readNested(decode(first.value), shape.item(0))]) : [];
    const decoded = [...items, ...(read(first.value) ?? [])];
    const candidates = decode(first.value) !== first.value ? [...decoded, ...(readPlain(first.value) ?? [])] : decoded;
    return value(candidates.slice(0, MOST_CANDIDATES));
  };
}

/**
 * Style `cookie` (OpenAPI 3.2, Style Values): as form, but values stand in the header as they are, neither percent-encoded nor joined by `&`; exploded ones in cookies of their own.
 */
function compilePlainCookie({ name, shape, explode }: QueryField): ReadCookie {
  const read = compileText(shape, { decode: (raw) => raw, cuts: (raw) => [raw.split(',')], assignments: false });
  const isList = explode && (shape.types & ARRAY) !== 0;
  return (cookies) => {
    const all = cookies.all();
    if (explode && shape.types & OBJECT) {
      const given = all.filter((cookie, at) => shape.declared.has(cookie.name) && all.findIndex((one) => one.name === cookie.name) === at);
      if (given.length > 0)
        return value(objectsOf(new Map(given.map((one) => [one.name, readNested(one.value, shape.property(one.name))]))));
    }
    const texts = all.filter((cookie) => cookie.name === name).map((cookie) => cookie.value);
    const [first] = texts;
    if (first === undefined) return ABSENT;
    return value(isList ? arraysOf(texts.map((text, index) => readNested(text, shape.item(index)))) : (read(first) ?? [first]));
  };
}

/** Exploded values stand in cookies of their own or, as the form style writes them, in one cookie joined by `&`. */
function asQuery(cookies: readonly Cookie[]): { names: string[]; values: string[]; text: string } {
  const names: string[] = [];
  const values: string[] = [];
  for (const cookie of cookies) {
    const [first = '', ...others] = cookie.value.split('&');
    const joined = others.length > 0 && others.every((piece) => piece.includes('='));
    names.push(cookie.name);
    values.push(joined ? first : cookie.value);
    for (const piece of joined ? others : []) {
      const equals = piece.indexOf('=');
      names.push(piece.slice(0, equals));
      values.push(piece.slice(equals + 1));
    }
  }
  return { names, values, text: '' };
}
