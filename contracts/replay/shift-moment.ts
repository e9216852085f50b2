import type { Site } from './site.ts';

const DAY = 86_400_000;
const DATE = /^(\d{4})(-?)(\d{2})-?(\d{2})(?=$|[T ])/;
const MOMENT_NAME = /time|date|day|begin|start|end|until|expir|(?:at|from|to)$/i;

/** Whole days between two moments: what is moved by them keeps its hour. Milliseconds since the epoch. */
export function daysBetween(recorded: number, now: number): number {
  return Math.floor((now - recorded) / DAY);
}

/**
 * A date, a date and time, or under the name of a moment the seconds or milliseconds since the epoch, moved by whole days; `undefined` for every other value.
 */
export function shiftMoment({ text, name, spelling }: Pick<Site, 'text' | 'name' | 'spelling'>, days: number): string | undefined {
  const date = DATE.exec(text);
  if (date !== null && spelling !== 'json-number') {
    const [whole, year, dash = '', month, day] = date;
    const moment = Date.UTC(Number(year), Number(month) - 1, Number(day));
    // A day that does not exist was sent for the sake of the mistake.
    if (new Date(moment).getUTCDate() !== Number(day) || Number(month) > 12) return undefined;
    const moved = new Date(moment + days * DAY);
    if (Number.isNaN(moved.getTime()) || moved.getUTCFullYear() > 9999 || moved.getUTCFullYear() < 1) return undefined;
    return `${moved.toISOString().slice(0, 10).replaceAll('-', dash)}${text.slice(whole.length)}`;
  }
  if (!MOMENT_NAME.test(name) || !/^1\d{9}(?:\d{3})?$/.test(text)) return undefined;
  return String(Number(text) + (text.length === 10 ? DAY / 1_000 : DAY) * days);
}
