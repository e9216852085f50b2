/** Times as text, in the module's own time zone and the forms that its documents use. */
export interface Clock {
  /** A moment in one of the forms: `iso` 2026-01-02T03:04:05.678Z, `ms`, `seconds`, `local` yyyy-MM-dd HH:mm:ss, `date` yyyy-MM-dd, `time` HH:mm. */
  readonly write: (milliseconds: number, form: TimeForm) => string | number;
  /** The moment that a text or number means; `undefined` when it is no time. Text without a zone is local. */
  readonly read: (value: unknown) => number | undefined;
}

export type TimeForm = 'iso' | 'ms' | 'seconds' | 'local' | 'date' | 'time';

const DAY = 86_400_000;
/** The year 0000 to the end of 9999, a day less on both sides for the zone: no form has room for more. */
const FIRST_MOMENT = Date.UTC(-1, 11, 31) + 2 * DAY;
const LAST_MOMENT = Date.UTC(9999, 11, 31) - 1;

/** RFC 3339 section 5.6, the zone, the time and its seconds optional: what else Date.parse takes for a time (`2`, `Batch 12`) is none. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?([Zz]|[+-]\d\d:?\d\d)?)?$/;

/** @param offset minutes east of UTC; +08:00 is 480. */
export function createClock(offset: number): Clock {
  const shift = offset * 60_000;
  const [universal, local] = [createWriter(), createWriter()];
  return {
    write(given, form) {
      // A number of a client may be no moment at all (ECMA-262 section 21.4.1.1); the ends of time have to do for it.
      const milliseconds = Math.min(Math.max(given, FIRST_MOMENT), LAST_MOMENT);
      if (form === 'ms') return milliseconds;
      if (form === 'seconds') return Math.floor(milliseconds / 1000);
      if (form === 'iso') return universal(milliseconds);
      const text = local(milliseconds + shift);
      if (form === 'date') return text.slice(0, 10);
      if (form === 'time') return text.slice(11, 16);
      return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
    },
    read(value) {
      if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
      if (typeof value === 'bigint') return Number(value);
      return typeof value === 'string' ? momentOf(value, offset) : undefined;
    },
  };
}

/** `Date.toISOString` in a tenth of its time: of a moment on the same day as the last one only the hour is written anew. Rows that are stamped in the same moment, as those of a batch, share one text. */
function createWriter(): (milliseconds: number) => string {
  let day = Number.NaN;
  let dayText = '';
  let last = Number.NaN;
  let lastText = '';
  return (given) => {
    const moment = Math.trunc(given);
    if (moment === last) return lastText;
    const its = Math.floor(moment / DAY);
    if (its !== day) {
      // Of what is no number there is no day, and Date says so.
      dayText = new Date(its * DAY).toISOString().slice(0, 'yyyy-MM-ddT'.length);
      day = its;
    }
    const seconds = Math.floor((moment - its * DAY) / 1000);
    const minutes = Math.floor(seconds / 60);
    const fraction = moment - its * DAY - seconds * 1000;
    lastText = `${dayText}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}:${digits(seconds % 60)}.${fraction < 100 ? '0' : ''}${digits(fraction)}Z`;
    last = moment;
    return lastText;
  };
}

/** At least two of them. */
function digits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

function momentOf(text: string, offset: number): number | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  const zone = match[8] === undefined ? offset : parseOffset(withColon(match[8]));
  // 24:00 is no time, neither is 12:60; of RFC 3339's leap second no Date knows.
  if (zone === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  // Date.UTC takes the year 50 for 1950.
  date.setUTCFullYear(year, month - 1, day);
  // 31 February is no day, month 13 no month; Date would make them one of March, and of the next year.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0'));
  return date.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + milliseconds;
}

function withColon(zone: string): string {
  if (/^z$/i.test(zone)) return 'Z';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/** `+08:00` as minutes, at most a day; `undefined` when it is no offset. */
export function parseOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const match = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? undefined : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}
