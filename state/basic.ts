/** The two halves of Basic credentials. */
export interface BasicCredentials {
  readonly name: string;
  readonly password: string;
}

/** `Basic` in any case, then base64 in either alphabet. */
const HEADER = /^basic +([A-Za-z\d+/_-]+={0,2})\s*$/i;

/**
 * Reads the value of an `Authorization` header with Basic credentials (RFC 7617 section 2).
 * @returns `undefined` when it is something else. The name ends at the first colon, the password may hold more of them; both are UTF-8.
 */
export function readBasic(header: unknown): BasicCredentials | undefined {
  const encoded = typeof header === 'string' ? HEADER.exec(header)?.[1] : undefined;
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
