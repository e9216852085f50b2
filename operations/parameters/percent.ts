/**
 * Percent-decoding (RFC 3986 section 2.1).
 * @returns `undefined` where a `%` is not followed by two hexadecimal digits or the bytes are not UTF-8.
 */
export function decodePercent(raw: string): string | undefined {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/** Percent-decoding of a query name or value, where `+` is a space (WHATWG URL, application/x-www-form-urlencoded). */
export function decodeQueryText(raw: string): string | undefined {
  return decodePercent(raw.includes('+') ? raw.replaceAll('+', ' ') : raw);
}

// oxlint-disable-next-line no-control-regex -- "one byte per character" is exactly what is asked
const BYTES = /^[\0-\u00ff]*$/;
// oxlint-disable-next-line no-control-regex
const ASCII = /^[\0-\u007f]*$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Undoes node:http's reading of header and URL bytes as latin1: text whose characters, taken as bytes, are UTF-8 beyond ASCII is
 * that UTF-8 text. Anything else (ASCII, true latin1, text that is Unicode already) stays as it is.
 */
export function utf8FromLatin1(text: string): string {
  if (isAscii(text) || !BYTES.test(text)) return text;
  try {
    return utf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

const [PERCENT, PLUS] = [0x25, 0x2b];

/** True for a short text that means what it says: ASCII, without `%` and `+`. False says nothing. */
export function isPlainText(text: string): boolean {
  if (text.length > SHORT) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f || code === PERCENT || code === PLUS) return false;
  }
  return true;
}

/** So short a text is looked through sooner than an expression is begun. */
const SHORT = 64;

function isAscii(text: string): boolean {
  if (text.length > SHORT) return ASCII.test(text);
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
