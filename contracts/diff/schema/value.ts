import { writeJson } from '../../../operations/index.ts';

/** The types of JSON (RFC 8259); an integer is a number. */
export const TYPES = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const;
export type TypeName = (typeof TYPES)[number];

export function typeOf(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'object';
}

/** A text that two JSON values share exactly where they are equal: members in any order, `1` and `1.0` alike. */
export function valueKey(value: unknown): string {
  return writeJson(ordered(value, 0));
}

const MAX_DEPTH = 200;

function ordered(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return 'too deep to compare';
  if (Array.isArray(value)) return value.map((item) => ordered(item, depth + 1));
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // A list of pairs: a member named __proto__ is data like any other.
  return { members: members.map(([name, item]) => [name, ordered(item, depth + 1)]) };
}

const MAX_SHOWN = 60;

/** A value as a sentence shows it. */
export function show(value: unknown): string {
  const written = (typeof value === 'string' ? JSON.stringify(value) : writeJson(value)).toWellFormed();
  return written.length > MAX_SHOWN ? `${written.slice(0, MAX_SHOWN).replace(/[\uD800-\uDBFF]$/, '')}…` : written;
}

/** At most eight values, the rest counted. */
export function showList(values: readonly unknown[]): string {
  const shown = values.slice(0, 8).map(show).join(', ');
  return values.length > 8 ? `${shown}, +${values.length - 8}` : shown;
}
