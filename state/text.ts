import { writeJson } from '../operations/index.ts';

/** The text of a key, a name or a status: scalars as they are written, anything else as JSON. Never throws: a client may send anything. */
export function textOf(value: unknown, preset = ''): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return preset;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : writeJson(value);
}
