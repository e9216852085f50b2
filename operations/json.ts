/**
 * JSON that keeps every digit.
 *
 * A JavaScript number holds integers exactly only up to 2^53 - 1; int64 ids of real APIs go further. An integer beyond that is
 * read as a `bigint`, also where it is written with an exponent or an empty fraction, and written back digit by digit. Everything else is ordinary JSON.
 */

/** The digits of the smallest integer that may not fit a double: only where a text has a run of them the slower, exact reader is used. */
const LONG = 16;
const INTEGER = /^-?\d+$/;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/**
 * Parses JSON text (RFC 8259); integers outside the safe range become `bigint`.
 * @throws SyntaxError with the engine's own message when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  return hasLongDigits(text) ? parseExactly(text) : JSON.parse(text);
}

/** A value that came from text, and whether it is certain that no `bigint` is in it. */
export interface ReadJson {
  readonly value: unknown;
  readonly isPlain: boolean;
}

/**
 * {@link parseJson}, told with what it knows about the value.
 * @param bytes of the text in UTF-8, where they are at hand: these are looked through sooner.
 */
export function readJson(text: string, bytes?: Uint8Array): ReadJson {
  const isLong = bytes === undefined ? hasLongDigits(text) : holdsLongDigits(bytes);
  return isLong ? { value: parseExactly(text), isPlain: false } : { value: JSON.parse(text), isPlain: true };
}

function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined) return value;
    return exactInteger(source) ?? value;
  });
}

/**
 * The integer that a JSON number literal (RFC 8259 section 6) stands for, every digit kept: `9.223372036854775807e18` is one. `undefined` for one with a
 * fraction, and for one written with an exponent beyond the largest double.
 */
export function exactInteger(source: string): bigint | undefined {
  if (INTEGER.test(source)) return BigInt(source);
  const [, sign = '', whole = '', fraction = '', power = '0'] = NUMBER.exec(source) ?? [];
  if (whole === '' || !Number.isFinite(Number(source))) return undefined;
  const shift = Number(power) - fraction.length;
  const digits = whole + fraction;
  if (shift >= 0) return BigInt(`${sign}${digits}${'0'.repeat(shift)}`);
  const isWhole = /^0*$/.test(digits.slice(shift));
  return isWhole ? BigInt(`${sign}${digits.slice(0, shift) || '0'}`) : undefined;
}

/**
 * Whether a text has a run of sixteen digits that may belong to a number: without one, parsing gives no `bigint`. Of every such run one digit stands at a multiple of
 * sixteen from where the last one was looked at, so no other character needs to be. An id that is text follows a quote, which no number does.
 */
function hasLongDigits(text: string): boolean {
  for (let index = LONG - 1; index < text.length; index += LONG) {
    if (!isDigit(text, index)) continue;
    let start = index;
    while (start > 0 && isDigit(text, start - 1)) start -= 1;
    let end = index + 1;
    while (isDigit(text, end)) end += 1;
    if (end - start >= LONG && (start === 0 || BEFORE_NUMBER.includes(text.charAt(start - 1)))) return true;
    index = end - 1;
  }
  return false;
}

/** What may stand before the digits of a number, or of its fraction or exponent. */
const BEFORE_NUMBER = ' \t\r\n,:[-+.eE';

/** Whether JSON that is bytes already has a run of sixteen digits, in a text or not. */
export function holdsLongDigits(bytes: Uint8Array): boolean {
  const { length } = bytes;
  for (let index = LONG - 1; index < length; index += LONG) {
    if (!isDigitCode(bytes[index] ?? 0)) continue;
    let start = index;
    while (start > 0 && isDigitCode(bytes[start - 1] ?? 0)) start -= 1;
    const wanted = start + LONG;
    if (wanted > length) return false;
    let end = index + 1;
    while (end < wanted && isDigitCode(bytes[end] ?? 0)) end += 1;
    if (end === wanted) return true;
  }
  return false;
}

/** Below zero a number without sign is very large: one comparison sees both ends. */
function isDigitCode(code: number): boolean {
  return (code - 48) >>> 0 <= 9;
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
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
