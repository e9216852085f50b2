import type { Schema } from '../schema/schema.ts';
import { asList, conjoin, type Conjunction, type Part } from './conjunction.ts';
import { numberAt, schemaAt, schemasAt } from './keywords.ts';
import { isWithin } from './members.ts';
import { childSeed, deriveSeed, intAt, seedKey } from './random.ts';
import { canonical, satisfies } from './satisfies.ts';
import { isRecursive, NONE, stop, type Place, type Walk } from './walk.ts';

/** How many of which items the parts ask for. */
export interface ArrayRules {
  readonly least: number;
  readonly most: number;
  readonly unique: boolean;
  readonly prefix: number;
  readonly wanted: readonly { readonly schema: Schema; readonly least: number; readonly most: number }[];
}

export function rulesOf(conjunction: Conjunction): ArrayRules {
  let least = 0;
  let most = Infinity;
  let unique = false;
  let prefix = 0;
  const wanted: { schema: Schema; least: number; most: number }[] = [];
  for (const { schema } of conjunction.parts) {
    least = Math.max(least, Math.ceil(numberAt(schema, 'minItems') ?? 0));
    most = Math.min(most, Math.floor(numberAt(schema, 'maxItems') ?? Infinity));
    unique ||= schema['uniqueItems'] === true;
    prefix = Math.max(prefix, schemasAt(schema, 'prefixItems').length);
    const contains = schemaAt(schema, 'contains');
    if (contains === undefined) continue;
    wanted.push({ schema: contains, least: numberAt(schema, 'minContains') ?? 1, most: numberAt(schema, 'maxContains') ?? Infinity });
  }
  return { least, most, unique, prefix, wanted };
}

/** Builds an array: the tuple, what it has to contain, then as many items as are asked for. `NONE` when it can't reach `minItems`. */
export function buildArray(walk: Walk, conjunction: Conjunction, place: Place): unknown {
  const rules = rulesOf(conjunction);
  if (rules.least > rules.most) return NONE;
  const asked = rules.wanted.reduce((sum, one) => sum + one.least, rules.least);
  if (asked > walk.nodes) return stop(walk, `needs at least ${asked} items`);
  const slots = new Map<number, unknown>();
  if (!placeContained(walk, conjunction, rules, place, slots)) return NONE;

  const count = Math.max(slots.size === 0 ? 0 : Math.max(...slots.keys()) + 1, lengthFor(walk, conjunction, rules, place));
  const items: unknown[] = [];
  const taken = new Set<string>(rules.unique ? [...slots.values()].map(canonical) : []);
  for (let index = 0; index < count; index++) {
    const item = slots.has(index) ? slots.get(index) : buildItem(walk, conjunction, rules, place, index, taken);
    if (item === NONE) {
      if (walk.plan.lenient) break;
      const later = [...slots.keys()].some((slot) => slot > index);
      return items.length >= rules.least && !later && walk.stopped === undefined ? items : NONE;
    }
    items.push(item);
  }
  return items;
}

function lengthFor(walk: Walk, conjunction: Conjunction, rules: ArrayRules, place: Place): number {
  const least = Math.max(rules.least, 0);
  if (place.bare || place.depth >= walk.plan.optionalDepth) return least;
  const usual = place.mode === 'fake' ? usualLength(place.seed) : 1;
  const preferred = Math.min(rules.most, Math.max(least, rules.prefix > 0 ? rules.prefix : usual));
  if (preferred === least) return least;
  const next = conjoin(walk.analysis, schemasOfItem(conjunction, least));
  return next.impossible || isRecursive(walk, next) ? least : preferred;
}

const LENGTH = seedKey('length');

/** One to three items, as the seed wants. */
export function usualLength(seed: number): number {
  return intAt(childSeed(seed, LENGTH), 1, 3);
}

/** Puts items that satisfy each `contains` where they fit: behind the tuple first, then inside it. */
function placeContained(walk: Walk, conjunction: Conjunction, rules: ArrayRules, place: Place, slots: Map<number, unknown>): boolean {
  const end = Math.min(rules.most, rules.prefix + rules.wanted.reduce((sum, one) => sum + Math.min(one.least, walk.nodes), 0));
  for (const { schema, least } of rules.wanted) {
    let missing = least - [...slots.values()].filter((item) => satisfies(walk.check, schema, item)).length;
    for (let turn = 0; turn < end && missing > 0; turn++) {
      const index = turn < end - rules.prefix ? rules.prefix + turn : turn - Math.max(0, end - rules.prefix);
      if (slots.has(index)) continue;
      const taken = new Set<string>(rules.unique ? [...slots.values()].map(canonical) : []);
      const item = buildDistinct(walk, [...schemasOfItem(conjunction, index), schema], itemPlace(place, index), taken);
      if (item === NONE) continue;
      slots.set(index, item);
      missing--;
    }
    if (missing > 0) return false;
  }
  return true;
}

function buildItem(walk: Walk, conjunction: Conjunction, rules: ArrayRules, place: Place, index: number, taken: Set<string>): unknown {
  let schemas = schemasOfItem(conjunction, index);
  const limited = rules.wanted.filter((one) => Number.isFinite(one.most)).map((one): Schema => ({ not: one.schema }));
  if (limited.length > 0) {
    const apart = walk.build([...schemas, ...limited], itemPlace(place, index));
    if (apart !== NONE && !(rules.unique && taken.has(canonical(apart)))) {
      if (rules.unique) taken.add(canonical(apart));
      return apart;
    }
    schemas = [...schemas];
  }
  if (!rules.unique) return walk.build(schemas, itemPlace(place, index));
  return buildDistinct(walk, schemas, itemPlace(place, index), taken);
}

const DISTINCT_ATTEMPTS = 30;

/** An item that is not among those taken; enumerations are gone through, everything else is drawn again. */
export function buildDistinct(walk: Walk, schemas: readonly Schema[], place: Place, taken: Set<string>): unknown {
  const take = (item: unknown): boolean => {
    const text = item === NONE ? '' : canonical(item);
    if (item === NONE || taken.has(text)) return false;
    taken.add(text);
    return true;
  };
  const first = walk.build(schemas, place);
  if (first === NONE || take(first)) return first;
  const conjunction = conjoin(walk.analysis, schemas);
  const { types } = conjunction;
  const few = conjunction.allowed ?? (types.every((type) => type === 'boolean' || type === 'null') ? [true, false, null] : []);
  for (const value of few) {
    if (!taken.has(canonical(value)) && schemas.every((schema) => satisfies(walk.check, schema, value)) && take(value)) return value;
  }
  if (conjunction.allowed !== undefined) return NONE;
  if (typeof first === 'number') {
    // In a narrow span chance alone would miss the last few numbers.
    const step = Math.max(...conjunction.parts.map(({ schema }) => numberAt(schema, 'multipleOf') ?? 0)) || 1;
    for (let offset = 1; offset <= taken.size + 1; offset++) {
      for (const value of [first + offset * step, first - offset * step]) {
        if (!taken.has(canonical(value)) && schemas.every((schema) => satisfies(walk.check, schema, value)) && take(value)) return value;
      }
    }
  }
  // Of lists and objects the barest is rarely drawn.
  const barest = walk.build(schemas, { ...place, bare: true });
  if (take(barest)) return barest;
  for (let attempt = 0; attempt < DISTINCT_ATTEMPTS && walk.stopped === undefined; attempt++) {
    const item = walk.build(schemas, { ...place, mode: 'fake', seed: deriveSeed(place.seed, `again ${attempt}`) });
    if (take(item)) return item;
  }
  return NONE;
}

const itemPlace = (place: Place, index: number): Place => ({ ...place, seed: deriveSeed(place.seed, `${index}`), depth: place.depth + 1 });

const remembered = new WeakMap<Conjunction, Map<number, readonly Schema[]>>();

/** The schemas that the item at an index has to satisfy. */
export function schemasOfItem(conjunction: Conjunction, index: number): readonly Schema[] {
  const known = remembered.get(conjunction) ?? new Map<number, readonly Schema[]>();
  remembered.set(conjunction, known);
  // Behind every tuple all items are alike.
  const key = Math.min(index, Math.max(0, ...conjunction.parts.map(({ schema }) => schemasAt(schema, 'prefixItems').length)));
  const found = known.get(key);
  if (found !== undefined) return found;
  const schemas = conjunction.parts.map(({ schema }) => ownItem(schema, key)).filter((item) => item !== undefined);
  for (const part of conjunction.parts) {
    const rest = schemaAt(part.schema, 'unevaluatedItems');
    if (rest !== undefined && !conjunction.parts.some((other) => isWithin(other, part) && ownItem(other.schema, key) !== undefined))
      schemas.push(rest);
  }
  const list = asList(schemas);
  known.set(key, list);
  return list;
}

function ownItem(schema: Part['schema'], index: number): Schema | undefined {
  return schemasAt(schema, 'prefixItems')[index] ?? schemaAt(schema, 'items');
}
