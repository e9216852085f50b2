import { utf8FromLatin1 } from './percent.ts';

/** One `name=value` of a Cookie header; the value without its quotes, not percent-decoded. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** The cookies of a request, parsed when first asked for. */
export interface Cookies {
  all(): readonly Cookie[];
}

/**
 * Parses a Cookie header (RFC 6265 sections 4.2.1 and 5.4): pairs in the order sent, which is the order of precedence.
 * @param header one header or several; bytes read as latin1 are taken as UTF-8. A piece without `=` is skipped.
 */
export function parseCookies(header: string | readonly string[] | undefined): Cookie[] {
  if (header === undefined || header.length === 0) return [];
  const source = utf8FromLatin1(typeof header === 'string' ? header : header.join('; '));
  const cookies: Cookie[] = [];
  for (const piece of source.split(';')) {
    const equals = piece.indexOf('=');
    if (equals === -1) continue;
    const name = piece.slice(0, equals).trim();
    if (name !== '') cookies.push({ name, value: unquote(piece.slice(equals + 1).trim()) });
  }
  return cookies;
}

/** Of a message without any. */
export const NO_COOKIES: Cookies = { all: () => [] };

/** Cookies that cost nothing until a cookie parameter asks for them. */
export function lazyCookies(header: string | readonly string[] | undefined): Cookies {
  let parsed: Cookie[] | undefined;
  return { all: () => (parsed ??= parseCookies(header)) };
}

function unquote(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
