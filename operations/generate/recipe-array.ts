import type { Schema } from '../schema/schema.ts';
import { buildArray, buildDistinct, rulesOf, schemasOfItem, usualLength } from './array.ts';
import { conjoin, type Conjunction } from './conjunction.ts';
import type { Hint } from './name-hints.ts';
import { childSeed, seedKey } from './random.ts';
import { placeAt, type Cookbook, type Recipe } from './recipe.ts';
import { canonical } from './satisfies.ts';
import { isRecursive, NONE, stop, type Walk } from './walk.ts';

interface Item {
  readonly schemas: readonly Schema[];
  readonly conjunction: Conjunction;
  readonly recipe: Recipe;
}

/** Distinct items are compared one by one up to so many. */
const MOST_COMPARED = 32;

/** Lists and tuples; those that have to contain something are searched for. */
export function arrayRecipe(book: Cookbook, conjunction: Conjunction, hint: Hint): Recipe {
  const { least, most, unique, prefix, wanted } = rulesOf(conjunction);
  if (wanted.length > 0 || least > most || (unique && least > MOST_COMPARED))
    return (walk, seed, depth, bare) => buildArray(walk, conjunction, placeAt(hint, seed, depth, bare));

  const items: Item[] = [];
  /** The item at an index; behind a tuple all are alike. */
  const itemAt = (index: number): Item => (items[Math.min(index, prefix)] ??= itemOf(Math.min(index, prefix)));
  const itemOf = (index: number): Item => {
    const schemas = schemasOfItem(conjunction, index);
    const own = conjoin(book.analysis, schemas);
    return { schemas, conjunction: own, recipe: book.recipeOf(own, hint) };
  };
  const lengthFor = (walk: Walk, seed: number, depth: number, bare: boolean): number => {
    if (bare || depth >= walk.plan.optionalDepth) return least;
    const preferred = Math.min(most, Math.max(least, prefix > 0 ? prefix : usualLength(seed)));
    if (preferred === least) return least;
    const next = itemAt(least).conjunction;
    return next.impossible || isRecursive(walk, next) ? least : preferred;
  };

  return (walk, seed, depth, bare) => {
    if (least > walk.nodes) return stop(walk, `needs at least ${least} items`);
    const count = lengthFor(walk, seed, depth, bare);
    const values: unknown[] = [];
    for (let index = 0; index < count; index++) {
      const item = itemAt(index);
      const itemSeed = childSeed(seed, keyOf(index));
      let value = item.recipe(walk, itemSeed, depth + 1, bare);
      // Of objects it takes a search to tell whether they are distinct.
      if (unique && index > 0 && ((typeof value === 'object' && value !== null) || values.includes(value)))
        value = buildDistinct(walk, item.schemas, placeAt(hint, itemSeed, depth + 1, bare), new Set(values.map(canonical)));
      if (value === NONE) return values.length >= least && walk.stopped === undefined ? values : NONE;
      values.push(value);
    }
    return values;
  };
}

const KEYS = Array.from({ length: 64 }, (_, index) => seedKey(`${index}`));

function keyOf(index: number): number {
  return KEYS[index] ?? seedKey(`${index}`);
}
