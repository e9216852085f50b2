const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const ZONED = /(?:GMT|UTC|Z|[+-]\d{4})\s*(?:\(.*\))?$/;

/**
 * A recorded time in milliseconds since the epoch: ISO 8601 in the forms that recorders write (any number of decimals, `,` for `.`, offsets with and
 * without colon; without one it is taken for UTC), HTTP dates, numbers of seconds or milliseconds.
 * @returns `undefined` for anything else.
 */
export function startedAt(value: unknown): number | undefined {
  if (typeof value === 'number') return value > 0 && value < 8.64e15 ? (value < 1e11 ? value * 1_000 : value) : undefined;
  if (typeof value !== 'string' || value.length > 100) return undefined;
  const plain = plainTime(value);
  if (plain !== undefined) return plain;
  const [all, day, time = '00:00', zone = 'Z'] = ISO.exec(value.trim()) ?? [];
  if (all === undefined) return ZONED.test(value.trim()) ? finite(Date.parse(value)) : undefined;
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase();
  return finite(Date.parse(`${day}T${time.replace(',', '.')}${offset}`));
}

/** A duration in milliseconds; HAR writes -1 where it does not know. */
export function duration(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function finite(time: number): number | undefined {
  return Number.isFinite(time) ? time : undefined;
}

/**
 * What `Date.prototype.toISOString` writes, as most recorders do, read digit by digit: a fraction of what an expression and the engine's reader of all forms take. `undefined` for any other text,
 * and for the last days of months, which the engine knows.
 */
function plainTime(text: string): number | undefined {
  if (text.length !== 24 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return undefined;
  if (text[13] !== ':' || text[16] !== ':' || text[19] !== '.' || text[23] !== 'Z') return undefined;
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const days = daysBefore(digits(text, 0, 4), month) + day - 1;
  return finite(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000 + digits(text, 20, 3));
}

/** From 1970-01-01 to the first of a month; years are counted from March, so that a leap day is the last of its year. */
function daysBefore(year: number, month: number): number {
  const from = month <= 2 ? year - 1 : year;
  const months = month <= 2 ? month + 9 : month - 3;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return from * 365 + leaps + Math.floor((months * 153 + 2) / 5) - 719_468;
}

/** NaN where not all of them are digits: no limit holds it. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
