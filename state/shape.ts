import type { Row } from './world.ts';

/** An object as it is, anything else as an empty one. */
export function objectAt(value: unknown): Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};
}

/** A list as it is, a single value as a list of one, nothing as none. */
export function listAt(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
