/** A value that says nothing but itself: below this many bits, two equal ones may be equal by accident. */
export const ENOUGH_BITS = 20;

const DATE = /^\d{4}-?\d{2}-?\d{2}(?:[T ]?\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?$/;
/** 2000-01-01 to 2100-01-01, in seconds. */
const [FIRST_SECOND, LAST_SECOND] = [946_684_800, 4_102_444_800];
const HEX = /^[\da-f]+$/i;

/**
 * How many bits a text holds beyond what is common: words count nothing, digits and letters drawn together by their alphabet and by how evenly they are
 * used, moments nothing at all. A rough lower bound: `1` and `200` have few, `ciq-2001` has, a UUID has more than 100.
 */
export function entropyBits(text: string): number {
  if (text.length < 6 || text.length > 4_096 || !/^[\w.~+/=:-]+$/.test(text) || isMoment(text)) return 0;
  return text.split(/[-_.:/~]+/).reduce((bits, token) => bits + tokenBits(token), 0);
}

/** True for a date, a time, or the seconds or milliseconds of one. */
export function isMoment(text: string): boolean {
  if (DATE.test(text) || TIME.test(text)) return true;
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return false;
  const seconds = Number(text.slice(0, 10));
  return seconds >= FIRST_SECOND && seconds < LAST_SECOND;
}

function tokenBits(token: string): number {
  if (/^\d+$/.test(token)) return token.length * Math.min(Math.log2(10), evenness(token));
  if (/^[A-Za-z]+$/.test(token)) {
    // Letters alone are a word, unless capitals stand where no word has them.
    return token.length >= 12 && /[a-z][A-Z]+[a-z]*[A-Z]/.test(token) ? token.length * Math.min(4, evenness(token)) : 0;
  }
  // A name with a number behind it is a name: `client1`, `store2001`.
  const named = /^([A-Za-z]+)(\d+)$/.exec(token);
  if (named !== null && !(HEX.test(token) && token.length >= 8)) return tokenBits(named[2] ?? '');
  const alphabet = HEX.test(token) ? 4 : 5.9;
  return token.length * Math.min(alphabet, evenness(token));
}

/** Shannon's entropy of the characters, in bits a character. */
function evenness(token: string): number {
  const counts = new Map<string, number>();
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / token.length) * Math.log2(count / token.length);
  return bits;
}
