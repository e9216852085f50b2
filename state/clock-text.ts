/** Times as text, in the module's own time zone and the forms that its documents use. */
export interface Clock {
  /** A moment in one of the forms: `iso` 2026-01-02T03:04:05.678Z, `ms`, `seconds`, `local` yyyy-MM-dd HH:mm:ss, `date` yyyy-MM-dd, `time` HH:mm. */
  readonly write: (milliseconds: number, form: TimeForm) => string | number;
  /** The moment that a text or number means; `undefined` when it is no time. Text without a zone is local. */
  readonly read: (value: unknown) => number | undefined;
}

export type TimeForm = 'iso' | 'ms' | 'seconds' | 'local' | 'date' | 'time';

/** The end of the year 9999: no form has room for more. */
const LAST_MOMENT = Date.UTC(9999, 11, 31) - 1;

/** RFC 3339 section 5.6, with its zone: what else Date.parse takes for a time (`2`, `Batch 12`) is none. */
const ZONED = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)$/;
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?$/;

/** @param offset minutes east of UTC; +08:00 is 480. */
export function createClock(offset: number): Clock {
  const shift = offset * 60_000;
  return {
    write(given, form) {
      // A number of a client may be no moment at all (ECMA-262 section 21.4.1.1); the ends of time have to do for it.
      const milliseconds = Math.min(Math.max(given, -LAST_MOMENT), LAST_MOMENT);
      if (form === 'ms') return milliseconds;
      if (form === 'seconds') return Math.floor(milliseconds / 1000);
      if (form === 'iso') return new Date(milliseconds).toISOString();
      const text = new Date(milliseconds + shift).toISOString();
      if (form === 'date') return text.slice(0, 10);
      if (form === 'time') return text.slice(11, 16);
      return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
    },
    read(value) {
      if (typeof value === 'number') return value;
      if (typeof value !== 'string') return undefined;
      const match = LOCAL.exec(value);
      if (match === null) {
        const parsed = ZONED.test(value) ? Date.parse(value) : Number.NaN;
        return Number.isNaN(parsed) ? undefined : parsed;
      }
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
        .slice(1, 7)
        .map((part) => (part === undefined ? undefined : Number(part)));
      const utc = Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? '0').padEnd(3, '0')));
      // 31 February is no day; Date would make it one of March.
      return new Date(utc).getUTCDate() === day ? utc - shift : undefined;
    },
  };
}

/** `+08:00` as minutes; `undefined` when it is no offset. */
export function parseOffset(text: string): number | undefined {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(text);
  if (match === null) return text === 'Z' ? 0 : undefined;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}
