import type { SchemaLookup } from '../../operations/index.ts';

/** What reading the normalised schemas of one operation needs, and how much of it may be done. */
export interface SchemaWalk {
  readonly lookup: SchemaLookup;
  /** Schemas that may still be looked at. A schema of schemas of schemas is a tree too large for anybody. */
  budget: number;
}

const MAX_SCHEMAS = 10_000;
/** Schemas within schemas at one place in a value: references, `allOf` and alternatives. */
const MAX_STEPS = 40;

export function createWalk(lookup: SchemaLookup): SchemaWalk {
  return { lookup, budget: MAX_SCHEMAS };
}

/**
 * Takes one schema from the budget.
 * @param trail the steps to it.
 * @returns false when it is not to be looked at: the budget is used up, or it lies too deep.
 */
export function spend(walk: SchemaWalk, trail: readonly string[]): boolean {
  walk.budget -= 1;
  return walk.budget >= 0 && trail.length <= MAX_STEPS;
}

/** A list as it is, a single value as a list of one, nothing as none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
