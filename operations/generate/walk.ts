import type { Schema } from '../schema/schema.ts';
import type { Analysis, Conjunction, Target } from './conjunction.ts';
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
  /** Values that are most likely right are taken without a look at them; the judge of the whole value has the last word. */
  readonly trusting: boolean;
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
  readonly check: Check;
  /** Tells the walks apart. */
  readonly number: number;
  nodes: number;
  /** How often the search for a value of these schemas has failed. */
  failures: Map<Conjunction, number> | undefined;
  /** Characters of long strings left. */
  text: number;
  /** Why the attempt can't go on, once that is so. */
  stopped: string | undefined;
  /** Builds a value for schemas that have to hold together; handed down here so that objects and arrays need not import their caller. */
  readonly build: (schemas: readonly Schema[], place: Place) => unknown;
}

let walks = 0;

/** The number of another walk. */
export function nextWalk(): number {
  return ++walks;
}

/** Ends the attempt. */
export function stop(walk: Walk, reason: string): typeof NONE {
  walk.stopped = reason;
  return NONE;
}

export const OVER_TEXT = 'needs more text than is sensible';
export const OVER_BUDGET = 'needs more nodes than the budget allows';
/** Nesting beyond this is given up: a reader of such a value would run out of stack as well. */
const DEEPEST = 300;

/** Counts one more node at a depth; false when that is one too many or too deep. */
export function mayBuild(walk: Walk, depth: number): boolean {
  if (walk.stopped !== undefined) return false;
  if (--walk.nodes < 0) walk.stopped = OVER_BUDGET;
  else if (depth > DEEPEST) walk.stopped = `nests deeper than ${DEEPEST} levels`;
  return walk.stopped === undefined;
}

/** Whether building this would go round in a circle more often than the plan allows. */
export function isRecursive(walk: Walk, conjunction: Conjunction): boolean {
  for (const target of conjunction.targets) if (target.walk === walk.number && target.times > walk.plan.revisits) return true;
  return false;
}

/** Marks schemas as being built, until {@link leave}. */
export function enter(walk: Walk, targets: readonly Target[]): void {
  for (const target of targets) {
    if (target.walk !== walk.number) target.times = 0;
    target.walk = walk.number;
    target.times++;
  }
}

export function leave(targets: readonly Target[]): void {
  for (const target of targets) target.times--;
}
