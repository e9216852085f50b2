/** Stands for a value, or a part of one, that nobody knows. */
export const HOLE: unique symbol = Symbol('unknown');
/** Marks an object that may hold more members than those that are known. */
export const OPEN: unique symbol = Symbol('open');

/** Whether a part of a value is unknown. */
export function hasHole(value: unknown): boolean {
  if (value === HOLE) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasHole);
  return Object.hasOwn(value, OPEN) || Object.values(value).some(hasHole);
}

/** The value at tokens of one that may have holes: what is beyond a hole is a hole. */
export function followKnown(value: unknown, tokens: readonly string[]): unknown {
  let current = value;
  for (const token of tokens) {
    if (current === HOLE) return HOLE;
    if (typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, token)) return Object.hasOwn(current, OPEN) ? HOLE : undefined;
    if (Array.isArray(current) && token === 'length') return undefined;
    current = (current as Record<string, unknown>)[token];
  }
  return current;
}
