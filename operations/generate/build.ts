import type { Schema } from '../schema/schema.ts';
import { pickAnnotated, withoutOmitted } from './annotated.ts';
import { buildArray } from './array.ts';
import { choose, conjoin, listOf, settle, type Choice, type Conjunction } from './conjunction.ts';
import { drawBoolean, numberDraw, sampleText, textDraw } from './draw.ts';
import { callFaker } from './faker.ts';
import { heightOf } from './height.ts';
import { copyJson, type TypeName } from './keywords.ts';
import { hintOf } from './name-hints.ts';
import { negate, rankNegations } from './negate.ts';
import { numbersInOrder, sampleNumber } from './number.ts';
import { buildObject } from './object.ts';
import { childSeed, deriveSeed, intAt, seedKey, unitAt } from './random.ts';
import { satisfies } from './satisfies.ts';
import { enter, isRecursive, leave, mayBuild, NONE, OVER_BUDGET, OVER_TEXT, stop, type Place, type Walk } from './walk.ts';

/** Attempts at one place of the value before it is given up. */
const MOST_TRIES = 300;
/** Searches for the same schemas, at different places, before they are taken to be unsatisfiable. */
const MOST_FAILURES = 3;
/** Values drawn for one type at one place. */
const DRAWS = 6;

/** Beyond this many `not` on top of each other the search goes round in circles. */
const MOST_SETTLED = 12;
/** Choices inside choices, beyond which no document of use goes. */
const MOST_DECIDED = 200;
const SCALARS: ReadonlySet<TypeName> = new Set(['string', 'number', 'integer', 'boolean', 'null']);

/** The search at one place: which schemas have to hold in the end, and how many attempts are left. */
interface Goal {
  readonly schemas: readonly Schema[];
  readonly exact: boolean;
  tries: number;
  /** How many `not` are being kept at the moment. */
  settled: number;
  /** How many choices have been made on the way here. */
  decided: number;
}

/** Builds a value that satisfies all the schemas, or `NONE`. */
export function build(walk: Walk, schemas: readonly Schema[], place: Place): unknown {
  if (!mayBuild(walk, place.depth)) return NONE;
  const conjunction = conjoin(walk.analysis, schemas);
  if (conjunction.impossible) return NONE;
  if (place.mode === 'sample' && walk.plan.annotated) {
    const annotated = pickAnnotated(walk, conjunction, schemas);
    if (annotated !== NONE) return annotated;
  }
  return search(walk, conjunction, schemas, place);
}

/** Looks for a value of a conjunction that satisfies the schemas, or `NONE`. */
export function search(walk: Walk, conjunction: Conjunction, schemas: readonly Schema[], place: Place): unknown {
  const failures = walk.failures?.get(conjunction) ?? 0;
  if (failures >= MOST_FAILURES) return NONE;
  const value = solve(walk, conjunction, { schemas, exact: conjunction.exact, tries: MOST_TRIES, settled: 0, decided: 0 }, place);
  if (value === NONE && !place.bare) (walk.failures ??= new Map<Conjunction, number>()).set(conjunction, failures + 1);
  return value;
}

/** Decides the open choices one after the other, then tries values. */
function solve(walk: Walk, conjunction: Conjunction, goal: Goal, outer: Place): unknown {
  if (conjunction.impossible || goal.tries <= 0 || walk.stopped !== undefined) return NONE;
  const recursive = isRecursive(walk, conjunction);
  // Without a finite way there is no use in looking for one.
  if (recursive && isEndless(walk, conjunction)) return NONE;
  const place = recursive || outer.depth > walk.plan.optionalDepth ? { ...outer, bare: true } : outer;

  const [choice] = conjunction.choices;
  if (choice === undefined) return tryTypes(walk, conjunction, goal, place);
  if (goal.decided >= MOST_DECIDED) return NONE;
  goal.decided++;
  for (const index of branchOrder(walk, choice, place)) {
    const value = solve(walk, choose(walk.analysis, conjunction, choice, index), goal, place);
    if (value !== NONE || walk.stopped !== undefined) return value;
  }
  goal.decided--;
  return NONE;
}

/** Whether a value would have to hold another one of the same kind without end. */
export function isEndless(walk: Walk, conjunction: Conjunction): boolean {
  return conjunction.targets.some(({ schema }) => heightOf(walk.analysis, schema) === Infinity);
}

/** The order in which branches are tried: as declared, by seed when faking, the shortest first where it has to end. */
export function branchOrder(walk: Walk, choice: Choice, place: Place): readonly number[] {
  const order = choice.alternatives.map((_, index) => index);
  const free = choice.keyword === 'anyOf' || choice.keyword === 'oneOf';
  if (free && place.mode === 'fake' && order.length > 1) {
    order.push(...order.splice(0, firstBranch(place.seed, choice)));
  }
  if (!free || (!place.bare && !choice.alternatives.some((schema) => isRecursive(walk, conjoin(walk.analysis, listOf(schema))))))
    return order;
  const heights = choice.alternatives.map((schema) => heightOf(walk.analysis, schema));
  return order.sort((left, right) => (heights[left] ?? 0) - (heights[right] ?? 0) || left - right);
}

/** The branch that the seed starts with, where the schema leaves the choice. */
export function firstBranch(seed: number, { keyword, alternatives }: Choice): number {
  return intAt(childSeed(seed, keyword === 'oneOf' ? ONE_OF : ANY_OF), 0, alternatives.length - 1);
}

const ONE_OF = seedKey('oneOf');
const ANY_OF = seedKey('anyOf');

function tryTypes(walk: Walk, conjunction: Conjunction, goal: Goal, place: Place): unknown {
  const good = (value: unknown): boolean =>
    goal.exact || walk.plan.trusting || goal.schemas.every((schema) => satisfies(walk.check, schema, value));
  if (conjunction.allowed !== undefined) return pickAllowed(walk, conjunction, goal, place);
  const own = ownValue(walk, conjunction, goal, place);
  if (own !== NONE) return own;
  for (const type of typeOrder(conjunction, place)) {
    for (let draw = 0; draw < DRAWS; draw++) {
      if (draw > 0 && --walk.nodes < 0) return stop(walk, OVER_BUDGET);
      if (--goal.tries < 0 || walk.stopped !== undefined) return NONE;
      const drawn: Place =
        draw === 0
          ? place
          : { ...place, mode: 'fake', seed: deriveSeed(place.seed, `draw ${draw}`), bare: place.bare || draw === DRAWS - 1 };
      enter(walk, conjunction.targets);
      const value = make(walk, conjunction, type, drawn);
      leave(conjunction.targets);
      if (value === NONE) break;
      if (good(value)) return value;
      if (type === 'null') break;
      // Another scalar costs little; of objects and arrays the part that is wrong is put right instead.
      if (draw !== (SCALARS.has(type) ? DRAWS - 1 : 0)) continue;
      const settled = settleBroken(walk, conjunction, goal, place, value);
      if (settled !== NONE) return settled;
    }
    if (type !== 'integer' && type !== 'number') continue;
    for (const value of numbersInOrder(conjunction.parts, type === 'integer')) if (good(value)) return value;
  }
  return NONE;
}

/** When the value breaks a `not` (or is right for two branches of a `oneOf`), goes through what would keep it from doing so. */
function settleBroken(walk: Walk, conjunction: Conjunction, goal: Goal, place: Place, value: unknown): unknown {
  const broken = conjunction.nots.filter((not) => satisfies(walk.check, not, value));
  const [first] = broken;
  if (first === undefined || goal.settled >= MOST_SETTLED) return NONE;
  goal.settled++;
  // The likeliest way for each of them at once, then every way for the first.
  const waysOut = (not: Schema, from: Conjunction): readonly Schema[] => rankNegations(negate(not, walk.analysis.lookup), from);
  const settledAll = broken.reduce(
    (settled, not) => settle(walk.analysis, settled, not, waysOut(not, conjunction)[0] ?? true),
    conjunction,
  );
  const all = broken.length > 1 ? solve(walk, settledAll, goal, place) : NONE;
  if (all !== NONE) return all;
  for (const by of waysOut(first, conjunction)) {
    if (--walk.nodes < 0) return stop(walk, OVER_BUDGET);
    const solved = solve(walk, settle(walk.analysis, conjunction, first, by), goal, place);
    if (solved !== NONE || walk.stopped !== undefined) return solved;
  }
  goal.settled--;
  return NONE;
}

function pickAllowed(walk: Walk, conjunction: Conjunction, goal: Goal, place: Place): unknown {
  const allowed = conjunction.allowed ?? [];
  const first = place.mode === 'fake' ? intAt(place.seed, 0, allowed.length - 1) : 0;
  for (let index = 0; index < allowed.length; index++) {
    const value = withoutOmitted(walk, goal.schemas, copyJson(allowed[(first + index) % allowed.length]), 0);
    if (goal.schemas.every((schema) => satisfies(walk.check, schema, value))) return value;
    if (walk.check.steps < 0) return NONE;
  }
  return NONE;
}

/** What the chosen branch itself gives: its `default` and `examples`, or `x-faker` when faking. */
function ownValue(walk: Walk, conjunction: Conjunction, goal: Goal, place: Place): unknown {
  if (place.mode === 'sample') {
    if (!walk.plan.annotated || goal.exact || conjoin(walk.analysis, goal.schemas) === conjunction) return NONE;
    return pickAnnotated(walk, conjunction, goal.schemas);
  }
  const annotation = conjunction.parts.find(({ schema }) => schema['x-faker'] !== undefined)?.schema['x-faker'];
  if (annotation === undefined) return NONE;
  const called = callFaker(annotation, place.seed);
  const wanted =
    conjunction.types.length === 1 && conjunction.types[0] === 'string' && typeof called === 'number' ? String(called) : called;
  return wanted !== undefined && goal.schemas.every((schema) => satisfies(walk.check, schema, wanted)) ? copyJson(wanted) : NONE;
}

export const BARE_ORDER: readonly TypeName[] = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];

/** The order in which types are tried: `null` last, except where it ends a recursion or the seed wants it. */
function typeOrder(conjunction: Conjunction, place: Place): readonly TypeName[] {
  const { types } = conjunction;
  if (types.length < 2) return types;
  if (place.bare && conjunction.targets.length > 0) return BARE_ORDER.filter((type) => types.includes(type));
  const others = types.filter((type) => type !== 'null');
  if (!types.includes('null')) return types;
  return place.mode === 'fake' && isNullFirst(place.seed) ? ['null', ...others] : [...others, 'null'];
}

const NULL = seedKey('null');

/** Every tenth value that may be null is. */
export function isNullFirst(seed: number): boolean {
  return unitAt(childSeed(seed, NULL)) < 0.1;
}

function make(walk: Walk, conjunction: Conjunction, type: TypeName, place: Place): unknown {
  if (type === 'null') return null;
  if (type === 'object') return buildObject(walk, conjunction, place);
  if (type === 'array') return buildArray(walk, conjunction, place);
  if (type === 'boolean') return place.mode === 'fake' ? drawBoolean(place.seed) : true;
  if (type === 'string') {
    if (walk.analysis.hopeless.has(conjunction)) return NONE;
    const text = place.mode === 'fake' ? textDraw(conjunction, hintOf(place.name))(place.seed) : sampleText(conjunction);
    if (text === undefined) {
      walk.analysis.hopeless.add(conjunction);
      return NONE;
    }
    walk.text -= text.length;
    return walk.text < 0 ? stop(walk, OVER_TEXT) : text;
  }
  const integer = type === 'integer';
  if (place.mode === 'sample') return sampleNumber(conjunction.parts, integer) ?? NONE;
  return numberDraw(conjunction, integer, hintOf(place.name))(place.seed) ?? NONE;
}
