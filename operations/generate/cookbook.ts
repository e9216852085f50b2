import { BARE_ORDER, branchOrder, firstBranch, isEndless, isNullFirst, search } from './build.ts';
import { choose, conjoin, listOf, type Analysis, type Choice, type Conjunction } from './conjunction.ts';
import { drawBoolean, numberDraw, textDraw } from './draw.ts';
import type { TypeName } from './keywords.ts';
import type { Hint } from './name-hints.ts';
import { intAt } from './random.ts';
import { arrayRecipe } from './recipe-array.ts';
import { objectRecipe } from './recipe-object.ts';
import { placeAt, type Cookbook, type Recipe } from './recipe.ts';
import { satisfies } from './satisfies.ts';
import { enter, isRecursive, leave, mayBuild, NONE, OVER_TEXT, stop, type Walk } from './walk.ts';

const cookbooks = new WeakMap<Analysis, Map<Walk['omit'], Cookbook>>();

/** The cookbook that belongs to an analysis, shared by all calls with it. */
export function cookbookOf(analysis: Analysis, omit: Walk['omit']): Cookbook {
  const byOmit = cookbooks.get(analysis) ?? new Map<Walk['omit'], Cookbook>();
  cookbooks.set(analysis, byOmit);
  const known = byOmit.get(omit);
  if (known !== undefined) return known;
  const book = createCookbook(analysis, omit);
  byOmit.set(omit, book);
  return book;
}

function createCookbook(analysis: Analysis, omit: Walk['omit']): Cookbook {
  const recipes = new WeakMap<Conjunction, Map<Hint, Recipe>>();
  const book: Cookbook = {
    analysis,
    omit,
    recipeFor: (schemas, hint) => book.recipeOf(conjoin(analysis, schemas), hint),
    recipeOf: (conjunction, hint) => {
      const byHint = recipes.get(conjunction) ?? new Map<Hint, Recipe>();
      recipes.set(conjunction, byHint);
      const known = byHint.get(hint);
      if (known !== undefined) return known;
      const made = placed(conjunction, recipeOf(book, conjunction, hint));
      byHint.set(hint, made);
      return made;
    },
  };
  return book;
}

/** What has to be seen to at every place: the budget, and how the plan and a recursion end. */
function placed(conjunction: Conjunction, recipe: Recipe): Recipe {
  if (conjunction.targets.length === 0)
    return (walk, seed, depth, bare) => (mayBuild(walk, depth) ? recipe(walk, seed, depth, bare || depth > walk.plan.optionalDepth) : NONE);
  return (walk, seed, depth, bare) => {
    if (!mayBuild(walk, depth)) return NONE;
    const recursive = isRecursive(walk, conjunction);
    if (recursive && isEndless(walk, conjunction)) return NONE;
    return recipe(walk, seed, depth, bare || recursive || depth > walk.plan.optionalDepth);
  };
}

function recipeOf(book: Cookbook, conjunction: Conjunction, hint: Hint): Recipe {
  if (conjunction.impossible) return () => NONE;
  if (conjunction.parts.some(({ schema }) => schema['x-faker'] !== undefined)) return searched(conjunction, hint);
  const [choice] = conjunction.choices;
  if (choice !== undefined) return choiceRecipe(book, conjunction, choice, hint);
  if (conjunction.allowed !== undefined) return listRecipe(book, conjunction, conjunction.allowed, hint);
  return typesRecipe(book, conjunction, hint);
}

function searched(conjunction: Conjunction, hint: Hint): Recipe {
  const schemas = conjunction.parts.map(({ schema }) => schema);
  return (walk, seed, depth, bare) => search(walk, conjunction, schemas, placeAt(hint, seed, depth, bare));
}

/** The branch that the seed wants, or the next one that gives a value. */
function choiceRecipe(book: Cookbook, conjunction: Conjunction, choice: Choice, hint: Hint): Recipe {
  const { analysis } = book;
  const { alternatives, keyword } = choice;
  const count = alternatives.length;
  const free = keyword === 'anyOf' || keyword === 'oneOf';
  // Inside a recursion the way out comes first.
  const circular = free ? alternatives.map((schema) => conjoin(analysis, listOf(schema))).filter(({ targets }) => targets.length > 0) : [];
  const branches: Recipe[] = [];
  const branchAt = (index: number): Recipe => (branches[index] ??= book.recipeOf(choose(analysis, conjunction, choice, index), hint));

  return (walk, seed, depth, bare) => {
    const ordered =
      free && (bare || circular.some((branch) => isRecursive(walk, branch)))
        ? branchOrder(walk, choice, placeAt(hint, seed, depth, bare))
        : undefined;
    const first = free ? firstBranch(seed, choice) : 0;
    for (let turn = 0; turn < count; turn++) {
      const value = branchAt(ordered?.[turn] ?? (first + turn) % count)(walk, seed, depth, bare);
      if (value !== NONE || walk.stopped !== undefined) return value;
    }
    return NONE;
  };
}

/** One of the listed values. Whether one is allowed by everything else is looked at when it is first drawn. */
function listRecipe(book: Cookbook, conjunction: Conjunction, listed: readonly unknown[], hint: Hint): Recipe {
  if (listed.some((value) => typeof value === 'object' && value !== null)) return searched(conjunction, hint);
  const good: (boolean | undefined)[] = listed.map(() => undefined);
  const isGood = (value: unknown): boolean => {
    const check = { lookup: book.analysis.lookup, omitted: undefined, steps: MOST_STEPS };
    return conjunction.parts.every(({ schema }) => satisfies(check, schema, value));
  };
  return (_, seed) => {
    const first = intAt(seed, 0, listed.length - 1);
    for (let turn = 0; turn < listed.length; turn++) {
      const index = (first + turn) % listed.length;
      if ((good[index] ??= isGood(listed[index]))) return listed[index];
    }
    return NONE;
  };
}

const MOST_STEPS = 100_000;

/** The first type that gives a value, in the order that the place asks for. */
function typesRecipe(book: Cookbook, conjunction: Conjunction, hint: Hint): Recipe {
  const { types, targets } = conjunction;
  const [only, second] = types;
  if (only !== undefined && second === undefined) return typeRecipe(book, conjunction, only, hint);
  const made = new Map<TypeName, Recipe>();
  const recipes = (order: readonly TypeName[]): Recipe => {
    return (walk, seed, depth, bare) => {
      for (const type of order) {
        const recipe = made.get(type) ?? typeRecipe(book, conjunction, type, hint);
        made.set(type, recipe);
        const value = recipe(walk, seed, depth, bare);
        if (value !== NONE || walk.stopped !== undefined) return value;
      }
      return NONE;
    };
  };
  const bareOrder = targets.length === 0 ? undefined : recipes(BARE_ORDER.filter((type) => types.includes(type)));
  const nullable = types.includes('null');
  const usual = recipes(nullable ? [...types.filter((type) => type !== 'null'), 'null'] : types);
  return (walk, seed, depth, bare) => {
    if (bare && bareOrder !== undefined) return bareOrder(walk, seed, depth, bare);
    return nullable && isNullFirst(seed) ? null : usual(walk, seed, depth, bare);
  };
}

function typeRecipe(book: Cookbook, conjunction: Conjunction, type: TypeName, hint: Hint): Recipe {
  if (type === 'null') return () => null;
  if (type === 'boolean') return (_, seed) => drawBoolean(seed);
  if (type === 'string') return textRecipe(conjunction, hint);
  if (type === 'object') return inside(conjunction, objectRecipe(book, conjunction, hint));
  if (type === 'array') return inside(conjunction, arrayRecipe(book, conjunction, hint));
  const draw = numberDraw(conjunction, type === 'integer', hint);
  return (_, seed) => draw(seed) ?? NONE;
}

function textRecipe(conjunction: Conjunction, hint: Hint): Recipe {
  const draw = textDraw(conjunction, hint);
  return (walk, seed) => {
    if (walk.analysis.hopeless.has(conjunction)) return NONE;
    const text = draw(seed);
    if (text === undefined) {
      walk.analysis.hopeless.add(conjunction);
      return NONE;
    }
    walk.text -= text.length;
    return walk.text < 0 ? stop(walk, OVER_TEXT) : text;
  };
}

/** Marks the schemas of the conjunction as being built meanwhile. */
function inside({ targets }: Conjunction, recipe: Recipe): Recipe {
  if (targets.length === 0) return recipe;
  return (walk, seed, depth, bare) => {
    enter(walk, targets);
    const value = recipe(walk, seed, depth, bare);
    leave(targets);
    return value;
  };
}
