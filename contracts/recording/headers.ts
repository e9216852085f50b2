/** Header fields as messages hold them: names in lower case. */
export type Headers = NodeJS.Dict<string | string[]>;

/** What recorders write for header fields, read as well as it can be. */
export interface ReadHeaders {
  readonly headers: Headers;
  /** HTTP/2 pseudo-headers (RFC 9113 section 8.3): `:authority`, `:path`. */
  readonly pseudo: ReadonlyMap<string, string>;
  /** `missing`: nothing was recorded. `invalid`: some of it is no header field. */
  readonly lack: 'missing' | 'invalid' | undefined;
}

/**
 * Reads header fields: HAR's list of `{ name, value }`, pairs, or an object. Names get lower case; a repeated field is joined by `, ` (RFC 9110 section 5.3), `cookie` by
 * `; ` (RFC 6265 section 5.4); `set-cookie` stays a list (RFC 9110 section 5.3).
 */
export function readHeaders(fields: unknown): ReadHeaders {
  const reading: Reading = { headers: {}, pseudo: undefined, repeated: undefined, isInvalid: false };
  if (fields === undefined || fields === null) return { headers: reading.headers, pseudo: NO_PSEUDO, lack: 'missing' };
  if (Array.isArray(fields)) readList(fields, reading);
  else if (typeof fields === 'object') readMembers(fields, reading);
  else reading.isInvalid = true;
  const { headers, pseudo = NO_PSEUDO, repeated, isInvalid } = reading;
  if (repeated !== undefined) for (const [name, values] of repeated) setField(headers, name, joined(name, values));
  return { headers, pseudo, lack: isInvalid ? 'invalid' : undefined };
}

interface Reading {
  readonly headers: Headers;
  pseudo: Map<string, string> | undefined;
  /** Fields that have, or may get, more than one value: joined at the end, so that a field that is repeated often costs no more than its text. */
  repeated: Map<string, string[]> | undefined;
  isInvalid: boolean;
}

const NO_PSEUDO: ReadonlyMap<string, string> = new Map();

function readList(fields: readonly unknown[], reading: Reading): void {
  for (const field of fields) {
    if (Array.isArray(field)) readField(reading, field[0], field[1]);
    else if (typeof field === 'object' && field !== null && 'name' in field)
      readField(reading, field.name, 'value' in field ? field.value : undefined);
    else reading.isInvalid = true;
  }
}

function readMembers(fields: object, reading: Reading): void {
  for (const [name, given] of Object.entries(fields)) {
    for (const one of Array.isArray(given) ? (given as readonly unknown[]) : [given]) readField(reading, name, one);
  }
}

function readField(reading: Reading, name: unknown, given: unknown): void {
  const text = textOf(given);
  if (typeof name !== 'string' || name === '' || text === undefined) {
    reading.isInvalid = true;
    return;
  }
  const plain = name.toLowerCase();
  // A number may be how somebody wrote a length; it is never a media type.
  if (plain === 'content-type' && typeof given !== 'string') reading.isInvalid = true;
  else if (plain.startsWith(':')) (reading.pseudo ??= new Map()).set(plain, text);
  else addField(reading, plain, text);
}

/** The text of a field; `undefined` for what is none. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** Adds a field as it came; a value of several lines is several fields, as the debugging protocol of Chrome writes them. */
function addField(reading: Reading, name: string, value: string): void {
  const { headers } = reading;
  const isFirst = !Object.hasOwn(headers, name);
  const isOne = name !== 'set-cookie' && !value.includes('\n');
  if (isFirst) setField(headers, name, value);
  if (isFirst && isOne) return;
  reading.repeated ??= new Map();
  let values = reading.repeated.get(name);
  if (values === undefined) reading.repeated.set(name, (values = isFirst ? [] : [fieldOf(headers, name) ?? '']));
  if (isOne || !value.includes('\n')) values.push(value);
  else for (const line of value.split(/\r?\n/)) values.push(line);
}

/** All fields of one name as one, where that can be. */
function joined(name: string, values: string[]): string | string[] {
  if (name === 'set-cookie') return values;
  return values.join(name === 'cookie' ? '; ' : ', ');
}

/** A field named `__proto__` is data like any other. */
export function setField(headers: Headers, name: string, value: string | string[]): void {
  if (name === '__proto__') Object.defineProperty(headers, name, { value, enumerable: true, configurable: true, writable: true });
  else headers[name] = value;
}

/** The first value of a field. */
export function fieldOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** HAR's `cookies` of a request as a Cookie field; `undefined` where there are none. */
export function cookieField(cookies: unknown): string | undefined {
  const pairs = cookiesOf(cookies).map(({ name, value }) => `${name}=${value}`);
  return pairs.length === 0 ? undefined : pairs.join('; ');
}

/** HAR's `cookies` of a response as Set-Cookie fields, with what HAR keeps of their attributes (HAR 1.2, section "cookies"). */
export function setCookieFields(cookies: unknown): string[] {
  return cookiesOf(cookies).map(({ name, value, given }) => {
    const attribute = (key: string, label: string): string =>
      typeof given[key] === 'string' && given[key] !== '' ? `; ${label}=${given[key]}` : '';
    const flags = `${given['httpOnly'] === true ? '; HttpOnly' : ''}${given['secure'] === true ? '; Secure' : ''}`;
    return `${name}=${value}${attribute('path', 'Path')}${attribute('domain', 'Domain')}${flags}${attribute('sameSite', 'SameSite')}`;
  });
}

function cookiesOf(cookies: unknown): { name: string; value: string; given: Readonly<Record<string, unknown>> }[] {
  if (!Array.isArray(cookies)) return [];
  return (cookies as readonly unknown[]).flatMap((cookie) => {
    if (typeof cookie !== 'object' || cookie === null) return [];
    const given = cookie as Readonly<Record<string, unknown>>;
    const [name, value] = [given['name'], textOf(given['value'])];
    return typeof name === 'string' && value !== undefined ? [{ name, value, given }] : [];
  });
}
