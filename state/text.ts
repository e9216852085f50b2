/** The text of a key, a name or a status: scalars as they are written, anything else as JSON. */
export function textOf(value: unknown, preset = ''): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return preset;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
