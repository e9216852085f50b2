/**
 * The ordinary forms of `date` and `date-time` (RFC 3339 section 5.6), read digit by digit: several times as fast as an expression.
 * False does not mean that a text is none: the last days of months, leap seconds and rarer spellings are left to whoever knows all forms.
 */
export function isPlainDate(text: string): boolean {
  return text.length === 10 && isDateAt(text);
}

/** `2026-03-01T08:00:00Z`, with a fraction of a second, with an offset instead of `Z`. */
export function isPlainDateTime(text: string): boolean {
  if (text.length < 20 || text.charCodeAt(10) !== T || !isDateAt(text) || !isTimeAt(text)) return false;
  let at = 19;
  if (text.charCodeAt(at) === DOT) {
    at += 1;
    const start = at;
    while (isDigit(text.charCodeAt(at))) at += 1;
    if (at === start) return false;
  }
  if (at === text.length - 1) return text.charCodeAt(at) === Z;
  const sign = text.charCodeAt(at);
  return (
    text.length === at + 6 &&
    (sign === PLUS || sign === MINUS) &&
    text.charCodeAt(at + 3) === COLON &&
    pair(text, at + 1) <= 23 &&
    pair(text, at + 4) <= 59
  );
}

/**
 * What the grammar of a `date-time` (RFC 3339 section 5.6, which JSON Schema names) asks for beside its digits: `T` between date and time, where the prose lets applications agree on a space, and
 * a colon in the offset.
 */
export function isWrittenStrictly(text: string): boolean {
  const code = text.charCodeAt(10);
  return (code === T || code === SMALL_T) && hasColonInOffset(text.slice(11));
}

/** An offset is written with a colon (RFC 3339 section 5.6, `time-numoffset`); true for a time that ends in none. */
export function hasColonInOffset(time: string): boolean {
  return !/[+-]\d\d(?:\d\d)?$/.test(time);
}

const [T, SMALL_T, Z, DOT, PLUS, MINUS, COLON] = ['T', 't', 'Z', '.', '+', '-', ':'].map((one) => one.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
/** What two characters are worth that are not two digits: more than any limit. */
const NO_PAIR = 100;

function isDateAt(text: string): boolean {
  if (text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return false;
  const month = pair(text, 5);
  const day = pair(text, 8);
  return pair(text, 0) < NO_PAIR && pair(text, 2) < NO_PAIR && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

function isTimeAt(text: string): boolean {
  return (
    text.charCodeAt(13) === COLON && text.charCodeAt(16) === COLON && pair(text, 11) <= 23 && pair(text, 14) <= 59 && pair(text, 17) <= 59
  );
}

function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  // Below zero a number without sign is very large: one comparison sees both ends.
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : NO_PAIR;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
