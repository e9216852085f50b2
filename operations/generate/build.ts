import type { Schema } from '../schema/schema.ts';
import { annotatedValues, pickAnnotated, withoutOmitted } from './annotated.ts';
import { buildArray } from './array.ts';
import { choose, conjoin, settle, type Choice, type Conjunction } from './conjunction.ts';
import { callFaker } from './faker.ts';
import { heightOf } from './height.ts';
import { fakeBoolean } from './json-schema-faker.ts';
import { copyJson, type TypeName } from './keywords.ts';
import { numberHint } from './name-hints.ts';
import { negate, rankNegations } from './negate.ts';
import { drawNumber, sampleNumber } from './number.ts';
import { buildObject } from './object.ts';
import { deriveSeed, randomFrom } from './random.ts';
import { satisfies } from './satisfies.ts';
import { drawString, sampleString } from './string.ts';
import { isRecursive, NONE, whileActive, type Place, type Walk } from './walk.ts';

/** Nesting beyond this is given up: a reader of such a value would run out of stack as well. */
const DEEPEST = 300;
const OVER_BUDGET = 'needs more nodes than the budget allows';
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
  if (walk.stopped !== undefined) return NONE;
  if (--walk.nodes < 0) return stop(walk, OVER_BUDGET);
  if (place.depth > DEEPEST) return stop(walk, `nests deeper than ${DEEPEST} levels`);
  const conjunction = conjoin(walk.analysis, schemas);
  if (conjunction.impossible) return NONE;
  if (place.mode === 'sample' && walk.plan.annotated) {
    const annotated = pickAnnotated(walk, conjunction, schemas);
    if (annotated !== NONE) return annotated;
  }
  const failures = walk.failures.get(conjunction) ?? 0;
  if (failures >= MOST_FAILURES) return NONE;
  const value = solve(walk, conjunction, { schemas, exact: conjunction.exact, tries: MOST_TRIES, settled: 0, decided: 0 }, place);
  if (value === NONE && !place.bare) walk.failures.set(conjunction, failures + 1);
  return value;
}

function stop(walk: Walk, reason: string): typeof NONE {
  walk.stopped = reason;
  return NONE;
}

/** Decides the open choices one after the other, then tries values. */
function solve(walk: Walk, conjunction: Conjunction, goal: Goal, outer: Place): unknown {
  if (conjunction.impossible || goal.tries <= 0 || walk.stopped !== undefined) return NONE;
  const recursive = isRecursive(walk, conjunction);
  // Without a finite way there is no use in looking for one.
  if (recursive && conjunction.targets.some((target) => heightOf(walk.analysis, target) === Infinity)) return NONE;
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

/** The order in which branches are tried: as declared, by seed when faking, the shortest first where it has to end. */
function branchOrder(walk: Walk, choice: Choice, place: Place): readonly number[] {
  const order = choice.alternatives.map((_, index) => index);
  const free = choice.keyword === 'anyOf' || choice.keyword === 'oneOf';
  if (free && place.mode === 'fake' && order.length > 1) {
    const first = randomFrom(deriveSeed(place.seed, choice.keyword)).int(0, order.length - 1);
    order.push(...order.splice(0, first));
  }
  if (!free || (!place.bare && !choice.alternatives.some((schema) => isRecursive(walk, conjoin(walk.analysis, listOf(schema))))))
    return order;
  const heights = choice.alternatives.map((schema) => heightOf(walk.analysis, schema));
  return order.sort((left, right) => (heights[left] ?? 0) - (heights[right] ?? 0) || left - right);
}

const lists = new WeakMap<object, readonly Schema[]>();

/** The list of one schema, always the same one, so that its conjunction is remembered. */
export function listOf(schema: Schema): readonly Schema[] {
  if (typeof schema === 'boolean') return schema ? ALWAYS : NEVER;
  const known = lists.get(schema);
  if (known !== undefined) return known;
  const list = [schema];
  lists.set(schema, list);
  return list;
}

const ALWAYS: readonly Schema[] = [true];
const NEVER: readonly Schema[] = [false];

function tryTypes(walk: Walk, conjunction: Conjunction, goal: Goal, place: Place): unknown {
  const good = (value: unknown): boolean => goal.exact || goal.schemas.every((schema) => satisfies(walk.check, schema, value));
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
      const value = whileActive(walk, conjunction.targets, () => make(walk, conjunction, type, drawn));
      if (value === NONE) break;
      if (good(value)) return value;
      if (type === 'null') break;
      // Another scalar costs little; of objects and arrays the part that is wrong is put right instead.
      if (draw !== (SCALARS.has(type) ? DRAWS - 1 : 0)) continue;
      const settled = settleBroken(walk, conjunction, goal, place, value);
      if (settled !== NONE) return settled;
    }
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
  const first = place.mode === 'fake' ? randomFrom(place.seed).int(0, allowed.length - 1) : 0;
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

const BARE_ORDER: readonly TypeName[] = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];

/** The order in which types are tried: `null` last, except where it ends a recursion or the seed wants it. */
function typeOrder(conjunction: Conjunction, place: Place): readonly TypeName[] {
  const { types } = conjunction;
  if (types.length < 2) return types;
  if (place.bare && conjunction.targets.length > 0) return BARE_ORDER.filter((type) => types.includes(type));
  const others = types.filter((type) => type !== 'null');
  if (!types.includes('null')) return types;
  const nullFirst = place.mode === 'fake' && randomFrom(deriveSeed(place.seed, 'null')).next() < 0.1;
  return nullFirst ? ['null', ...others] : [...others, 'null'];
}

function make(walk: Walk, conjunction: Conjunction, type: TypeName, place: Place): unknown {
  const { parts } = conjunction;
  if (type === 'null') return null;
  if (type === 'object') return buildObject(walk, conjunction, place);
  if (type === 'array') return buildArray(walk, conjunction, place);
  if (type === 'boolean') return place.mode === 'fake' ? fakeBoolean(place.seed) : true;
  const examples = place.mode === 'fake' && walk.plan.annotated ? annotatedValues(conjunction) : [];
  if (type === 'string') {
    const texts = examples.filter((example) => typeof example === 'string');
    if (walk.analysis.hopeless.has(conjunction)) return NONE;
    const text = place.mode === 'fake' ? drawString(parts, place.seed, place.name, texts) : sampleString(parts);
    if (text === undefined) {
      walk.analysis.hopeless.add(conjunction);
      return NONE;
    }
    walk.text -= text.length;
    return walk.text < 0 ? stop(walk, 'needs more text than is sensible') : text;
  }
  const integer = type === 'integer';
  if (place.mode === 'sample') return sampleNumber(parts, integer) ?? NONE;
  const example = examples.find((value) => typeof value === 'number');
  return drawNumber(parts, integer, place.seed, example === undefined ? numberHint(place.name) : spanAround(example)) ?? NONE;
}

/** Numbers of the size that the document shows; 0 and 1 are taken for a flag. */
function spanAround(example: number): readonly [low: number, high: number] {
  if (example === 0 || example === 1) return [0, 1];
  const [near, far] = [example * 0.5, example * 1.5];
  return example > 0 ? [near, far] : [far, near];
}
