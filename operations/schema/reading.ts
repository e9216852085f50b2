import { holds } from './interpret.ts';
import type { Plan } from './plan.ts';

/**
 * A schema is judged by its plan (plan.ts) until it is worth compiling: until it was asked for so many values, and for one in so many of all that plans have judged. Most operations of a large
 * document are never asked for more often, and of a thousand that come in turn each would need a function of its own: made, then made faster once it is warm, at the same moment for all of them,
 * which takes more than a gigabyte, and slower to run than the few functions that all plans share.
 */
const AFTER_VALUES = 32;
const ONE_IN = 32;

/** @returns asked for each value that a plan is to judge, whether compiling is worth it; `own`: how many values of the schema that makes, this one included. One for a document. */
export function createTraffic(): (own: number) => boolean {
  let all = 0;
  return (own) => {
    all += 1;
    return own > AFTER_VALUES && own * ONE_IN > all;
  };
}

/** A schema as its plan reads it: one object, which is all that a value that is asked for takes of it beside the plan. */
export interface Reading {
  plan: Plan | undefined;
  readings: number;
  isOver: boolean;
  readonly isWorthCompiling: (own: number) => boolean;
  readonly planOf: () => Plan | undefined;
}

export function createReading(planOf: () => Plan | undefined, isWorthCompiling: (own: number) => boolean): Reading {
  return { plan: undefined, readings: 0, isOver: false, isWorthCompiling, planOf };
}

/** @returns what the plan says of a value; `undefined` where it says nothing, and always once the schema is worth compiling. */
export function readBy(reading: Reading, value: unknown): boolean | undefined {
  // `undefined` is no JSON.
  if (reading.isOver || value === undefined) return undefined;
  if (reading.readings === 0) reading.plan = reading.planOf();
  reading.readings += 1;
  const { plan } = reading;
  if (plan === undefined || reading.isWorthCompiling(reading.readings)) {
    reading.isOver = true;
    return undefined;
  }
  try {
    return holds(plan, value);
  } catch {
    return undefined;
  }
}
