/**
 * JSON that keeps every digit.
 *
 * A JavaScript number holds integers exactly only up to 2^53 - 1; int64 ids of real APIs go further. An integer beyond that is
 * read as a `bigint` and written back digit by digit. Everything else is ordinary JSON.
 */

/** A digit run that may not fit a double: only then the slower, exact reader is used. */
const LONG_DIGITS = /\d{16}/;
const INTEGER = /^-?\d+$/;

/**
 * Parses JSON text (RFC 8259); integers outside the safe range become `bigint`.
 * @throws SyntaxError with the engine's own message when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined || !INTEGER.test(source)) return value;
    return BigInt(source);
  });
}

declare global {
  interface JSON {
    /** A value that is written as the given text (ECMAScript proposal "JSON.parse source text access", in V8). */
    rawJSON(text: string): unknown;
  }
}

const bigintAsDigits = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? JSON.rawJSON(value.toString()) : value);

/**
 * Writes a value as JSON; a `bigint` is written as an integer literal. `undefined` at the top is written as `null`.
 * @param indent spaces per level; 0 (default) writes one line.
 */
export function writeJson(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, undefined, indent) ?? 'null';
  } catch (error) {
    // The engine refuses bigint. A replacer costs every value a call, so only values that need it pay.
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, bigintAsDigits, indent) ?? 'null';
  }
}
