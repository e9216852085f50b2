/** Times as the published interfaces write them: `yyyy-MM-dd HH:mm:ss` at UTC+08:00, whatever the zone of this machine. */

const FORM = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const EIGHT_HOURS = 8 * 3_600_000;

/** @param ms milliseconds since 1970-01-01 UTC. */
export function localText(ms: number): string {
  return new Date(ms + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Whether a text has the form of a time, be there such a day or not. */
export function isTimeText(text: string): boolean {
  return FORM.test(text);
}

/** Milliseconds since 1970-01-01 UTC; undefined for a text of another form and for a day that does not exist. */
export function parseLocal(text: unknown): number | undefined {
  if (typeof text !== 'string' || !FORM.test(text)) return undefined;
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  return !Number.isNaN(ms) && localText(ms) === text ? ms : undefined;
}
