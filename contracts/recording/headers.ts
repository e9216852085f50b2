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
export function readHeaders(value: unknown): ReadHeaders {
  const headers: Headers = {};
  const pseudo = new Map<string, string>();
  let lack: ReadHeaders['lack'] = value === undefined || value === null ? 'missing' : undefined;
  for (const [name, text] of fieldsOf(value)) {
    if (typeof name !== 'string' || name === '' || text === undefined) {
      lack = 'invalid';
      continue;
    }
    const plain = name.toLowerCase();
    if (plain.startsWith(':')) pseudo.set(plain, text);
    else addField(headers, plain, text);
  }
  if (value !== undefined && value !== null && typeof value !== 'object') lack = 'invalid';
  return { headers, pseudo, lack };
}

function* fieldsOf(value: unknown): Generator<readonly [name: unknown, value: string | undefined]> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const field of value as readonly unknown[]) {
      if (Array.isArray(field)) yield [field[0], textOf(field[1])];
      else if (typeof field === 'object' && field !== null && 'name' in field)
        yield [field.name, textOf('value' in field ? field.value : '')];
      else yield [undefined, undefined];
    }
    return;
  }
  for (const [name, given] of Object.entries(value)) {
    for (const one of Array.isArray(given) ? (given as readonly unknown[]) : [given]) yield [name, textOf(one)];
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Adds a field as it came; a value of several lines is several fields, as the debugging protocol of Chrome writes them. */
function addField(headers: Headers, name: string, value: string): void {
  const known = Object.hasOwn(headers, name) ? headers[name] : undefined;
  const values = value.includes('\n') ? value.split(/\r?\n/) : undefined;
  if (name === 'set-cookie') setField(headers, name, [...[known ?? []].flat(), ...(values ?? [value])]);
  else {
    const one = values === undefined ? value : values.join(', ');
    setField(
      headers,
      name,
      known === undefined
        ? one
        : [known]
            .flat()
            .concat(one)
            .join(name === 'cookie' ? '; ' : ', '),
    );
  }
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
