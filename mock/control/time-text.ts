import { Refusal } from './refusal.ts';

const MOMENT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/i;
const PARTS = /(\d{1,15}(?:\.\d{1,9})?)(ms|s|m|h|d|w)/gy;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A moment in milliseconds since the epoch: a date-time with its zone (RFC 3339 section 5.6), or the milliseconds themselves.
 * Without a zone it would mean another moment on another machine.
 * @throws Refusal `INVALID_TIME`
 */
export function readMoment(given: string | number): number {
  if (typeof given === 'number') return given;
  const day = MOMENT.exec(given)?.[1];
  const moment = day === undefined || !isDay(day) ? Number.NaN : Date.parse(given);
  if (!Number.isNaN(moment)) return moment;
  throw new Refusal(
    'INVALID_TIME',
    `${shown(given)} is no moment: give a date and time with its zone, such as 2026-01-31T08:00:00+08:00, or milliseconds.`,
  );
}

/**
 * A duration in milliseconds: `1h30m`, `-2d`, `1.5s`; units are w d h m s ms.
 * @throws Refusal `INVALID_TIME`
 */
export function readDuration(given: string | number): number {
  if (typeof given === 'number') return given;
  const text = given.slice(0, 200);
  const digits = text.replace(/^[+-]/, '');
  const parts = [...digits.matchAll(PARTS)];
  const whole = parts.reduce((length, part) => length + part[0].length, 0) === digits.length;
  if (parts.length === 0 || !whole || text !== given) {
    throw new Refusal('INVALID_TIME', `${shown(given)} is no duration: give milliseconds, or text such as 1h30m, 45s or 7d.`);
  }
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  return Math.round(text.startsWith('-') ? -total : total);
}

/** 31 February is no day; Date.parse would make it one of March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
