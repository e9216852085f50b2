import { MOST_CANDIDATES } from './combinations.ts';
import { ABSENT, value, type Decoded } from './decoded.ts';
import { compileText, plainDelimiterOf } from './delimited.ts';
import type { ParameterStyle } from './parameter.ts';
import { decodePercent, utf8FromLatin1 } from './percent.ts';
import { ARRAY } from './schema-types.ts';
import type { Shape } from './shape.ts';

/** Reads one header out of lower-cased names, request or response. */
export type ReadHeader = (headers: NodeJS.Dict<string | string[]>) => Decoded;

/**
 * Compiles the reader of a header (style simple). Header text is not percent-encoded; where it looks so, the decoded text is a
 * later reading. Several headers of one name are one list (RFC 9110 section 5.3).
 * @param style Swagger 2.0 has lists cut at pipes, spaces and tabs.
 */
export function compileHeader(name: string, shape: Shape, explode: boolean, style: ParameterStyle = 'simple'): ReadHeader {
  const key = name.toLowerCase();
  const delimiter = plainDelimiterOf(style);
  const cuts = (raw: string): string[][] => [delimiter === undefined ? cutList(raw) : raw.split(delimiter)];
  const read = compileText(shape, { decode: (raw) => raw.trim(), cuts, assignments: explode });

  return (headers) => {
    const given: unknown = headers[key];
    // Not just any property: a header named `constructor` must not find the one every object has.
    if (typeof given !== 'string' && !isList(given)) return ABSENT;
    // Set-Cookie is the one header that is not a list: its values hold commas (RFC 9110 section 5.3).
    if (key === 'set-cookie' && typeof given !== 'string') return readSetCookie(given, shape);
    const raw = utf8FromLatin1(typeof given === 'string' ? given : given.join(', '));
    const candidates = read(raw) ?? [raw];
    const decoded = raw.includes('%') ? decodePercent(raw) : undefined;
    if (decoded === undefined || decoded === raw) return value(candidates);
    return value([...candidates, ...(read(decoded) ?? [])].slice(0, MOST_CANDIDATES));
  };
}

function isList(given: unknown): given is readonly string[] {
  return Array.isArray(given);
}

function readSetCookie(given: readonly string[], shape: Shape): Decoded {
  if (shape.types & ARRAY) return value([[...given]]);
  return given.length === 0 ? ABSENT : value([...given].slice(0, MOST_CANDIDATES));
}

/** Cuts a list at its commas, leaving those inside quoted strings alone (RFC 9110 section 5.6.1). */
function cutList(raw: string): string[] {
  if (!raw.includes('"')) return raw.split(',');
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at];
    if (char === '\\' && quoted) at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      pieces.push(raw.slice(start, at));
      start = at + 1;
    }
  }
  // A lone quote quotes nothing.
  if (quoted) return raw.split(',');
  pieces.push(raw.slice(start));
  return pieces;
}
