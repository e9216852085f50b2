import type { Schema } from '../schema/schema.ts';
import { conjoin, type Conjunction } from './conjunction.ts';
import { numberAt, schemaAt, setProperty } from './keywords.ts';
import { membersOf, schemasOfMember, type Members } from './members.ts';
import { prepareTextPattern, textFor } from './pattern-text.ts';
import { deriveSeed, randomFrom } from './random.ts';
import { satisfies } from './satisfies.ts';
import { isRecursive, NONE, type Place, type Walk } from './walk.ts';

/** Builds an object: what is declared in the order of the document, then what the counts ask for. `NONE` when a required property can't be had. */
export function buildObject(walk: Walk, conjunction: Conjunction, place: Place): unknown {
  const members = membersOf(conjunction);
  const [least, most] = countsOf(conjunction);
  const value: Record<string, unknown> = {};
  const left = new Set<string>();
  let optionalRoom = most - members.required.size;

  for (const name of members.names) {
    const required = members.required.has(name);
    if (!required && (place.bare || optionalRoom <= 0 || place.depth >= walk.plan.optionalDepth)) {
      left.add(name);
      continue;
    }
    const schemas = schemasOfMember(walk.analysis, conjunction, members, name);
    if (isOmitted(walk, schemas)) {
      (walk.check.omitted ??= new Set<string>()).add(name);
      continue;
    }
    if (!required && !isWorthwhile(walk, schemas, place)) {
      left.add(name);
      continue;
    }
    const member = namesHold(walk, members, name) ? walk.build(schemas, below(place, name)) : NONE;
    if (walk.stopped !== undefined && !walk.plan.lenient) return NONE;
    if (member !== NONE) {
      setProperty(value, name, member);
      if (!required) optionalRoom--;
    } else if (required) {
      if (!walk.plan.lenient) return NONE;
      setProperty(value, name, null);
    }
  }
  if (!place.bare && members.names.length === 0) addEntries(walk, conjunction, members, value, place, Math.min(most, 2));
  if (Object.keys(value).length < least) addUpTo(walk, conjunction, members, value, place, least, left);
  dropLonely(members, value);
  return value;
}

function countsOf(conjunction: Conjunction): readonly [least: number, most: number] {
  let least = 0;
  let most = Infinity;
  for (const { schema } of conjunction.parts) {
    least = Math.max(least, numberAt(schema, 'minProperties') ?? 0);
    most = Math.min(most, numberAt(schema, 'maxProperties') ?? Infinity);
  }
  return [least, most];
}

const below = (place: Place, name: string): Place => ({ ...place, seed: deriveSeed(place.seed, name), depth: place.depth + 1, name });

/** `writeOnly` has no business in a response, `readOnly` none in a request (OpenAPI 3.0 section 4.7.24.2). */
function isOmitted(walk: Walk, schemas: readonly Schema[]): boolean {
  const { omit } = walk;
  if (omit === undefined) return false;
  return conjoin(walk.analysis, schemas).parts.some((part) => part.schema[omit] === true);
}

function isWorthwhile(walk: Walk, schemas: readonly Schema[], place: Place): boolean {
  if (place.depth >= walk.plan.optionalDepth) return false;
  const conjunction = conjoin(walk.analysis, schemas);
  return !conjunction.impossible && !isRecursive(walk, conjunction);
}

function namesHold(walk: Walk, members: Members, name: string): boolean {
  return members.propertyNames.every((schema) => satisfies(walk.check, schema, name));
}

/** A map without declared names gets an entry or two, so that its reader sees what the values look like. */
function addEntries(
  walk: Walk,
  conjunction: Conjunction,
  members: Members,
  value: Record<string, unknown>,
  place: Place,
  count: number,
): void {
  const described = conjunction.parts.some(({ schema }) => {
    const additional = schemaAt(schema, 'additionalProperties');
    return typeof additional === 'object' && Object.keys(additional).length > 0;
  });
  if (described || members.patterns.length > 0)
    addUpTo(walk, conjunction, members, value, place, described ? count : Math.min(count, 1), new Set(), true);
}

/** Adds properties until there are `count`: declared ones that were left out, then new names. */
function addUpTo(
  walk: Walk,
  conjunction: Conjunction,
  members: Members,
  value: Record<string, unknown>,
  place: Place,
  count: number,
  left: ReadonlySet<string>,
  asExample = false,
): void {
  let missing = count - Object.keys(value).length;
  if (missing > walk.nodes) {
    walk.stopped = `needs at least ${count} properties`;
    return;
  }
  let failures = 0;
  for (const name of [...left, ...freshNames(walk, members, place, count)]) {
    if (missing <= 0 || failures > 50 || walk.stopped !== undefined) return;
    if (Object.hasOwn(value, name) || !namesHold(walk, members, name)) continue;
    const schemas = schemasOfMember(walk.analysis, conjunction, members, name);
    if (isOmitted(walk, schemas) || (asExample && !isWorthwhile(walk, schemas, place))) continue;
    const member = walk.build(schemas, { ...below(place, name), bare: place.bare || !asExample });
    if (member === NONE) {
      failures++;
      continue;
    }
    setProperty(value, name, member);
    missing--;
  }
}

function* freshNames(walk: Walk, members: Members, place: Place, count: number): Generator<string> {
  const random = randomFrom(deriveSeed(place.seed, 'names'));
  const tries = Math.min(2 * count + 10, 5000);
  if (members.propertyNames.length > 0) {
    for (let index = 0; index < tries; index++) {
      const drawn: Place = {
        ...place,
        seed: deriveSeed(place.seed, `name ${index}`),
        depth: place.depth + 1,
        mode: 'fake',
        bare: true,
        name: '',
      };
      const name = walk.build([...members.propertyNames, STRING], drawn);
      if (typeof name === 'string') yield name;
    }
  }
  for (const pattern of members.patterns) {
    const prepared = prepareTextPattern(pattern);
    if (prepared === undefined) continue;
    for (let index = 0; index < tries; index++) {
      const { least } = prepared.span;
      yield textFor(prepared, least + (index === 0 ? 0 : random.int(0, 8)), random);
    }
  }
  for (let index = 1; index <= tries; index++) yield `property${index}`;
}

const STRING: Schema = { type: 'string' };

/** Removes optional properties whose dependents could not be had. */
function dropLonely(members: Members, value: Record<string, unknown>): void {
  if (members.dependents.size === 0) return;
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, dependents] of members.dependents) {
      if (!Object.hasOwn(value, name) || members.required.has(name) || dependents.every((dependent) => Object.hasOwn(value, dependent)))
        continue;
      delete value[name];
      changed = true;
    }
  }
}
