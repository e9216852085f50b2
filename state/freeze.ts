import { MEMBER_BYTES, OBJECT_BYTES, rowBytes } from './room.ts';
import { StateError } from './state-error.ts';
import type { Row } from './world.ts';

/** What nests deeper than this could be kept but never shown: writing and judging an answer take stack for each level. */
const DEEPEST_ROW = 1_000;

/**
 * Freezes plain data through and through; what is frozen already is left alone.
 * @throws StateError `rows-invalid` for what nests too deeply.
 */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) freeze(value, 0);
  return value;
}

/**
 * Freezes a row as {@link frozen} does, and weighs it on the way: what is new is looked at once.
 * @returns what it takes in memory, as `rowBytes` of room.ts counts it.
 */
export function freezeRow(row: Row): number {
  const bytes = freeze(row, 0);
  return Number.isNaN(bytes) ? rowBytes(row) : bytes;
}

/** @returns NaN where something is frozen already: a part of another row, as an update has them, or one that is there many times. How often it counts is for `rowBytes` to say. */
function freeze(value: object, depth: number): number {
  if (Object.isFrozen(value)) return Number.NaN;
  if (depth > DEEPEST_ROW)
    throw new StateError('rows-invalid', `A row nests deeper than ${DEEPEST_ROW} levels, which no answer could show.`);
  if (Array.isArray(value)) return freezeList(value, depth);
  const plain: unknown = Object.getPrototypeOf(value);
  if (plain !== Object.prototype && plain !== null) return Number.NaN;
  Object.freeze(value);
  const members = value as Readonly<Record<string, unknown>>;
  let bytes = OBJECT_BYTES;
  for (const name in members) bytes += MEMBER_BYTES + freezeMember(members[name], depth);
  return bytes;
}

function freezeList(list: readonly unknown[], depth: number): number {
  Object.freeze(list);
  let bytes = OBJECT_BYTES;
  for (const item of list) bytes += MEMBER_BYTES + freezeMember(item, depth);
  return bytes;
}

/** @returns what it takes beside its place. */
function freezeMember(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length * 2;
  return typeof value === 'object' && value !== null ? freeze(value, depth + 1) : 0;
}
