import type { Schema } from '../schema/schema.ts';
import type { Analysis, Conjunction } from './conjunction.ts';
import type { Hint } from './name-hints.ts';
import type { Place, Walk } from './walk.ts';

/**
 * The straight way to a value in `fake` mode: what a conjunction asks for, worked out once into a function that only draws and puts together.
 *
 * A recipe goes the way of the search (build.ts) as long as nothing has to be tried and thrown away, and gives the value that the search gives; what
 * it can't make it leaves to the search. No one looks at its values but the judge of the whole.
 */
export type Recipe = (walk: Walk, seed: number, depth: number, bare: boolean) => unknown;

/** The recipes for the schemas of one document, each made when it is first needed. */
export interface Cookbook {
  readonly analysis: Analysis;
  /** Properties marked so are left out. */
  readonly omit: Walk['omit'];
  readonly recipeOf: (conjunction: Conjunction, hint: Hint) => Recipe;
  readonly recipeFor: (schemas: readonly Schema[], hint: Hint) => Recipe;
}

/** The place as the search knows it. */
export function placeAt(hint: Hint, seed: number, depth: number, bare: boolean): Place {
  return { seed, depth, mode: 'fake', name: hint.name, bare };
}
