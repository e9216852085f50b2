import type { Schema } from '../schema/schema.ts';
import type { Analysis, Conjunction } from './conjunction.ts';
import type { Check } from './satisfies.ts';

/** Stands for "no value": `undefined` and `null` would do as well as values of a careless caller. */
export const NONE = Symbol('no value');

export type Mode = 'sample' | 'fake';

/** How much of the optional to fill in. One value is tried with several plans, from lavish to bare. */
export interface Plan {
  /** Optional properties and items are left out below this nesting. */
  readonly optionalDepth: number;
  /** How often a schema may come again inside itself before only the required is filled in. */
  readonly revisits: number;
  /** Whether `default` and `examples` may be used. */
  readonly annotated: boolean;
  /** Nodes this attempt may build. */
  readonly nodes: number;
  /** A missing value is replaced by a stand-in instead of giving up: only for the best attempt at the impossible. */
  readonly lenient: boolean;
}

/** One place of the value. */
export interface Place {
  readonly seed: number;
  readonly depth: number;
  readonly mode: Mode;
  /** The name of the nearest property, which hints at what is meant. */
  readonly name: string;
  /** Only the required, by the shortest way: inside a recursion or below the depth of the plan. */
  readonly bare: boolean;
}

/** One attempt at a value. */
export interface Walk {
  readonly analysis: Analysis;
  readonly plan: Plan;
  readonly omit: 'writeOnly' | 'readOnly' | undefined;
  readonly check: Check & { readonly omitted: Set<string> };
  /** How often each schema is being built at the moment, along the path from the root. */
  readonly active: Map<Schema, number>;
  nodes: number;
  /** How often the search for a value of these schemas has failed. */
  readonly failures: Map<Conjunction, number>;
  /** Characters of long strings left. */
  text: number;
  /** Why the attempt can't go on, once that is so. */
  stopped: string | undefined;
  /** Builds a value for schemas that have to hold together; handed down here so that objects and arrays need not import their caller. */
  readonly build: (schemas: readonly Schema[], place: Place) => unknown;
}

/** Whether building this would go round in a circle more often than the plan allows. */
export function isRecursive(walk: Walk, conjunction: Conjunction): boolean {
  return conjunction.targets.some((target) => (walk.active.get(target) ?? 0) > walk.plan.revisits);
}

/** Marks schemas as being built for the time of a call. */
export function whileActive<Result>(walk: Walk, targets: readonly Schema[], build: () => Result): Result {
  for (const target of targets) walk.active.set(target, (walk.active.get(target) ?? 0) + 1);
  const result = build();
  for (const target of targets) walk.active.set(target, (walk.active.get(target) ?? 1) - 1);
  return result;
}
