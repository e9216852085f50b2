/** Field lines as they stand on the wire: name, value, name, value, ... in their order and case (Node's `rawHeaders`). */
export type RawHeaders = readonly string[];

/** They mean the connection, not the message (RFC 9110 section 7.6.1). Transfer-Encoding is kept: the next connection is framed the same way. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'upgrade']);

/** The field lines that go on to the next connection; the ones that Connection names stay behind, too. */
export function endToEnd(raw: RawHeaders): string[] {
  const named = new Set(
    pairs(raw).flatMap(([name, value]) =>
      name.toLowerCase() === 'connection' ? value.split(',').map((option) => option.trim().toLowerCase()) : [],
    ),
  );
  return pairs(raw).flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower)) return [];
    // Who names the framing or the host among the options of the connection would break the next request.
    return named.has(lower) && lower !== 'host' && lower !== 'transfer-encoding' && lower !== 'content-length' ? [] : [name, value];
  });
}

/** Names and values by twos. */
export function pairs(raw: RawHeaders): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) found.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return found;
}

/** A copy in which one field has another value; every line of it. */
export function withField(raw: RawHeaders, name: string, change: (value: string) => string): string[] {
  return pairs(raw).flatMap(([given, value]) => [given, given.toLowerCase() === name ? change(value) : value]);
}

export function withoutField(raw: RawHeaders, name: string): string[] {
  return pairs(raw).flatMap((pair) => (pair[0].toLowerCase() === name ? [] : pair));
}

export function hasField(raw: RawHeaders, name: string): boolean {
  return pairs(raw).some(([given]) => given.toLowerCase() === name);
}

/**
 * Field lines as messages have them: names in lower case, lines of one name joined (RFC 9110 section 5.3), cookies with `; ` (RFC 6265 section 5.4), every
 * Set-Cookie by itself.
 */
export function headersOf(raw: RawHeaders): NodeJS.Dict<string | string[]> {
  const headers = new Map<string, string | string[]>();
  for (const [given, value] of pairs(raw)) {
    const name = given.toLowerCase();
    const known = headers.get(name);
    if (name === 'set-cookie') headers.set(name, [...(Array.isArray(known) ? known : []), value]);
    else headers.set(name, known === undefined ? value : `${String(known)}${name === 'cookie' ? '; ' : ', '}${value}`);
  }
  return Object.fromEntries(headers);
}
