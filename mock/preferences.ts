import { parseQueryString, valuesOf } from '../operations/index.ts';

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
 * As with Prism, a Prefer header that names any of them switches the query forms off. Preferences with other names (`return=minimal`) are other people's.
 */
export function readPreferences(prefer: string | string[] | undefined, query: string): ReadPreferences {
  if (prefer === undefined && !query.includes('__')) return NONE;
  const given = prefer === undefined ? fromQuery(query) : fromHeader(Array.isArray(prefer) ? prefer.join(',') : prefer);
  const { code, dynamic } = given;
  if (code !== undefined && !/^[1-5]\d\d$/.test(code))
    return { ok: false, reason: `the preferred code must be a status from 100 to 599, not "${code}"` };
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false') {
    return { ok: false, reason: `the preference "dynamic" must be true or false, not "${dynamic}"` };
  }
  return {
    ok: true,
    preferences: {
      ...(code === undefined ? {} : { code }),
      ...(given.example === undefined ? {} : { example: given.example }),
      ...(dynamic === undefined ? {} : { dynamic: dynamic === 'true' }),
      ...(given.seed === undefined ? {} : { seed: given.seed }),
    },
  };
}

type Given = Partial<Record<(typeof NAMES)[number], string>>;

function fromHeader(header: string): Given {
  const given: Given = {};
  for (const part of header.match(/(?:[^,;"]|"(?:[^"\\]|\\.)*")+/g) ?? []) {
    const equals = part.indexOf('=');
    const name = NAMES.find(
      (known) =>
        known ===
        part
          .slice(0, equals < 0 ? undefined : equals)
          .trim()
          .toLowerCase(),
    );
    // RFC 7240 section 2: the first of several with one name counts.
    if (name === undefined || given[name] !== undefined) continue;
    given[name] =
      equals < 0
        ? ''
        : part
            .slice(equals + 1)
            .trim()
            .replace(/^"(.*)"$/s, '$1');
  }
  return given;
}

function fromQuery(query: string): Given {
  const given: Given = {};
  const parsed = parseQueryString(query);
  for (const name of NAMES) {
    const raw = valuesOf(parsed, `__${name}`)[0];
    if (raw === undefined) continue;
    try {
      given[name] = decodeURIComponent(raw.replaceAll('+', ' '));
    } catch {
      given[name] = raw;
    }
  }
  return given;
}
