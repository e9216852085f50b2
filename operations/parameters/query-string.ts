import { decodeQueryText, isPlainText, utf8FromLatin1 } from './percent.ts';

/** A query string cut at `&` and the first `=`, in order; names decoded, values not yet. */
export interface QueryString {
  /** Decoded names; a name with broken percent-encoding stays raw. */
  readonly names: readonly string[];
  /** Raw values, the partner of `names`; `''` where there is no `=`. */
  readonly values: readonly string[];
  /** All of it as it came, without its `?`: not everything there is a list of names and values. */
  readonly text: string;
}

export const EMPTY_QUERY: QueryString = Object.freeze({ names: [], values: [], text: '' });

/**
 * Parses a query string or an application/x-www-form-urlencoded body (WHATWG URL section 5.1).
 * @param text without its `?`; bytes read as latin1 are taken as UTF-8. Empty pairs (`a&&b`) are skipped.
 */
export function parseQueryString(text: string): QueryString {
  if (text === '') return EMPTY_QUERY;
  const isShort = isPlainText(text);
  const source = isShort ? text : utf8FromLatin1(text);
  const isPlain = isShort || (!source.includes('%') && !source.includes('+'));
  const names: string[] = [];
  const values: string[] = [];
  let start = 0;
  while (start <= source.length) {
    let end = source.indexOf('&', start);
    if (end === -1) end = source.length;
    if (end > start) {
      const equals = source.indexOf('=', start);
      const split = equals === -1 || equals > end ? end : equals;
      const rawName = source.slice(start, split);
      names.push(isPlain ? rawName : (decodeQueryText(rawName) ?? rawName));
      values.push(split === end ? '' : source.slice(split + 1, end));
    }
    start = end + 1;
  }
  return { names, values, text: source };
}

const NO_VALUES: readonly string[] = [];

/** The raw values given for a decoded name, in order. */
export function valuesOf(query: Pick<QueryString, 'names' | 'values'>, name: string): readonly string[] {
  const first = query.names.length === 0 ? -1 : query.names.indexOf(name);
  if (first === -1) return NO_VALUES;
  const found: string[] = [];
  for (let at = first; at !== -1; at = query.names.indexOf(name, at + 1)) found.push(query.values[at] ?? '');
  return found;
}
