const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** What `Date.prototype.toISOString` writes, as most recorders do: taken as it is. */
const PLAIN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const ZONED = /(?:GMT|UTC|Z|[+-]\d{4})\s*(?:\(.*\))?$/;

/**
 * A recorded time in milliseconds since the epoch: ISO 8601 in the forms that recorders write (any number of decimals, `,` for `.`, offsets with and
 * without colon; without one it is taken for UTC), HTTP dates, numbers of seconds or milliseconds.
 * @returns `undefined` for anything else.
 */
export function startedAt(value: unknown): number | undefined {
  if (typeof value === 'number') return value > 0 && value < 8.64e15 ? (value < 1e11 ? value * 1_000 : value) : undefined;
  if (typeof value !== 'string' || value.length > 100) return undefined;
  if (PLAIN.test(value)) return finite(Date.parse(value));
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
