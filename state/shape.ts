import type { Row } from './world.ts';

/** An object as it is, anything else as an empty one. */
export function objectAt(value: unknown): Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};
}

/** A list as it is, a single value as a list of one, nothing as none. */
export function listAt(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** A copy of an object with one member more, or another. Written as a computed key of a literal, it would take the engine several times as long. */
export function withMember(object: Row, name: string, value: unknown): Record<string, unknown> {
  const made = { ...object };
  setMember(made, name, value);
  return made;
}

/** Sets a member of an object in the making. A client's `__proto__` is a member like any other; assigned, it would become the prototype. */
export function setMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  else target[name] = value;
}
