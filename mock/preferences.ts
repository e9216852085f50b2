import { decodeQueryText, parseQueryString, valuesOf } from '../operations/index.ts';

/** What the client asks of the mock itself (RFC 7240 `Prefer`, or `__` query parameters). */
export interface Preferences {
  readonly code?: string;
  readonly example?: string;
  readonly dynamic?: boolean;
  readonly seed?: string;
}

export const NO_PREFERENCES: Preferences = Object.freeze({});

export type ReadPreferences = { readonly ok: true; readonly preferences: Preferences } | { readonly ok: false; readonly reason: string };

const NONE: ReadPreferences = { ok: true, preferences: NO_PREFERENCES };
const NAMES = ['code', 'example', 'dynamic', 'seed'] as const;

/**
 * Reads `Prefer: code=404, example=cat, dynamic=true, seed=7` (commas or semicolons, one header or several) or `?__code=404&__example=cat`.
 * A Prefer header that names any of them switches the query forms off. Preferences with other names (`return=minimal`) are other people's.
 * A status 1xx can't be asked for: it is no final answer (RFC 9110 section 15.2), and a client would wait for one for ever.
 */
export function readPreferences(prefer: string | string[] | undefined, query: string): ReadPreferences {
  if (prefer === undefined && !query.includes('__')) return NONE;
  const asked = prefer === undefined ? {} : fromHeader(Array.isArray(prefer) ? prefer.join(',') : prefer);
  const given = Object.keys(asked).length > 0 ? asked : fromQuery(query);
  const { code, dynamic, example, seed } = given;
  if (code !== undefined && !/^[2-5]\d\d$/.test(code))
    return { ok: false, reason: `The preferred code must be a final status, 200 to 599, not "${code}".` };
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false')
    return { ok: false, reason: `The preference "dynamic" must be true or false, not "${dynamic}".` };
  return {
    ok: true,
    preferences: {
      ...(code === undefined ? {} : { code }),
      ...(example === undefined ? {} : { example }),
      ...(dynamic === undefined ? {} : { dynamic: dynamic === 'true' }),
      ...(seed === undefined ? {} : { seed }),
    },
  };
}

type Given = Partial<Record<(typeof NAMES)[number], string>>;

function fromHeader(header: string): Given {
  const given: Given = {};
  for (const part of splitPreferences(header)) {
    const equals = part.indexOf('=');
    const token = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    const name = NAMES.find((known) => known === token);
    // RFC 7240 section 2: the first of several with one name counts.
    if (name === undefined || given[name] !== undefined) continue;
    given[name] = equals < 0 ? '' : unquoted(part.slice(equals + 1).trim());
  }
  return given;
}

/** Splits at commas and semicolons outside of quoted strings, in one pass. A header is latin1 to Node; clients write UTF-8 in it. */
function splitPreferences(header: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < header.length; index += 1) {
    const character = header[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || character === ';')) {
      parts.push(header.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(header.slice(start));
  return parts.map(asUtf8);
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
}

/** The text that the bytes of a header spell in UTF-8; as it is where they spell none. */
function asUtf8(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

function fromQuery(query: string): Given {
  const given: Given = {};
  const parsed = parseQueryString(query);
  for (const name of NAMES) {
    const raw = valuesOf(parsed, `__${name}`)[0];
    if (raw === undefined) continue;
    given[name] = decodeQueryText(raw) ?? raw;
  }
  return given;
}
