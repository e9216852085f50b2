import { childPointer } from '../pointer.ts';
import type { Failure } from './failure.ts';
import { holds, isOfType, lengthOf } from './interpret.ts';
import { isMultipleOf, isUnique } from './keywords.ts';
import { isMereReference } from './plan.ts';
import type { AnyPlan, ListPlan, NumberPlan, ObjectPlan, Plan, TextPlan } from './plan.ts';
import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaLookup, SchemaObject } from './schema.ts';

interface Search {
  readonly lookup: SchemaLookup;
  readonly most: number;
  readonly found: Failure[];
}

/** A value that a schema is held against, and how it was come by: the pointer is written only where there is something to say. */
interface Place {
  readonly schema: SchemaObject;
  readonly data: unknown;
  readonly above: Place | undefined;
  /** The value's name or index in the one above; `undefined` for that one itself, by a part of its schema. */
  readonly token: string | number | undefined;
  readonly depth: number;
}

/** So far down a list or an object is asked as a whole first: most are valid, and it is seldom that each level is looked through twice. */
const ASKED_WHOLE = 4;

/**
 * Everything that a value breaks of a schema: what the compiled schema reports, in the same order. A failed `oneOf` or `anyOf` is one failure, whatever its branches say.
 * Like interpret.ts it is a few functions that all schemas share.
 * @param plan that of the schema.
 * @param most further failures are not looked for.
 * @throws RangeError where `holds` does.
 */
export function explain(plan: Plan, schema: Schema, value: unknown, lookup: SchemaLookup, most: number): readonly Failure[] {
  const search: Search = { lookup, most, found: [] };
  look(search, plan, schema, value, undefined, undefined);
  return search.found;
}

/** The same of a part of a schema, which may be a mere reference: `plan` is that of what it refers to then. */
export function explainPart(plan: Plan, part: Schema, value: unknown, lookup: SchemaLookup, most: number): readonly Failure[] {
  return explain(plan, isMereReference(part) ? referredTo(lookup, part) : part, value, lookup, most);
}

function look(search: Search, plan: Plan, schema: Schema, data: unknown, above: Place | undefined, token: Place['token']): void {
  if (search.found.length >= search.most) return;
  if (!isSchemaObject(schema)) {
    if (!schema) search.found.push({ keyword: 'false schema', instancePath: pointerOf(above, token), params: NO_PARAMS, schema, data });
    return;
  }
  const place: Place = { schema, data, above, token, depth: above === undefined ? 0 : above.depth + 1 };
  const wrong = isOfType(plan.types, data) ? undefined : groupOfType(schema);
  if (wrong === 'none') fail(search, place, 'type');
  lookAtAny(search, plan, place);
  if (wrong === 'number') fail(search, place, 'type');
  if (typeof data === 'number' || typeof data === 'bigint') lookAtNumber(search, plan.numbers, data, place);
  if (wrong === 'string') fail(search, place, 'type');
  if (typeof data === 'string') lookAtText(search, plan.texts, data, place);
  if (wrong === 'array') fail(search, place, 'type');
  if (Array.isArray(data)) lookAtList(search, plan.lists, data, place);
  if (wrong === 'object') fail(search, place, 'type');
  if (typeof data === 'object' && data !== null && !Array.isArray(data))
    lookAtObject(search, plan.objects, data as Readonly<Record<string, unknown>>, place);
}

type Group = keyof typeof GROUPS;

/** Keywords by the kind of value that they are asked of. */
const GROUPS = {
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  array: ['items', 'minItems', 'maxItems'],
  object: ['properties', 'additionalProperties', 'required', 'minProperties', 'maxProperties'],
};

/** With which keywords a wrong type is told: with those of the type, where there is but one and it has some. */
function groupOfType(schema: SchemaObject): Group | 'none' {
  const [type, ...others] = [schema['type']].flat();
  const group = others.length === 0 ? (Object.keys(GROUPS) as Group[]).find((name) => name === type) : undefined;
  return group !== undefined && GROUPS[group].some((keyword) => schema[keyword] !== undefined) ? group : 'none';
}

function lookByPart(search: Search, plan: Plan, part: Schema, data: unknown, above: Place, token: Place['token']): void {
  if (isFine(plan, data, above)) return;
  look(search, plan, isMereReference(part) ? referredTo(search.lookup, part) : part, data, above, token);
}

/** Whether there is nothing to say, where that is soon known. */
function isFine(plan: Plan, data: unknown, above: Place): boolean {
  return (above.depth < ASKED_WHOLE || typeof data !== 'object') && holds(plan, data);
}

function lookAtText(search: Search, plan: TextPlan | undefined, text: string, place: Place): void {
  if (plan === undefined) return;
  const length = lengthOf(text);
  if (length > plan.maxLength) fail(search, place, 'maxLength');
  if (length < plan.minLength) fail(search, place, 'minLength');
  if (plan.pattern !== undefined && !plan.pattern(text)) fail(search, place, 'pattern');
  if (plan.format !== undefined && !plan.format(text)) fail(search, place, 'format');
}

function lookAtNumber(search: Search, plan: NumberPlan | undefined, value: number | bigint, place: Place): void {
  if (plan === undefined) return;
  if (value > plan.maximum) fail(search, place, 'maximum');
  if (value < plan.minimum) fail(search, place, 'minimum');
  if (value >= plan.exclusiveMaximum) fail(search, place, 'exclusiveMaximum');
  if (value <= plan.exclusiveMinimum) fail(search, place, 'exclusiveMinimum');
  if (plan.format !== undefined && !plan.format(value)) fail(search, place, 'format');
}

/** Keywords that are asked of every value; and `multipleOf` and `uniqueItems`, which stand with them (keywords.ts). */
function lookAtAny(search: Search, { any, numbers, lists }: Plan, place: Place): void {
  const { data } = place;
  if (any !== undefined) lookAtParts(search, any.allOf, place);
  if (any !== undefined) lookAtValues(search, any.values, place);
  if (
    numbers?.multipleOf !== undefined &&
    (typeof data === 'number' || typeof data === 'bigint') &&
    !isMultipleOf(data, numbers.multipleOf)
  )
    fail(search, place, 'multipleOf');
  if (lists?.isUnique === true && Array.isArray(data) && !isUnique(data)) fail(search, place, 'uniqueItems');
  if (any?.oneOf !== undefined) {
    const passing = any.oneOf.flatMap((branch, at) => (holds(branch, data) ? [at] : []));
    if (passing.length !== 1) fail(search, place, 'oneOf', { passingSchemas: passing.length === 0 ? null : passing.slice(0, 2) });
  }
  if (any?.anyOf !== undefined && !any.anyOf.some((branch) => holds(branch, data))) fail(search, place, 'anyOf');
}

/** What the schema itself refers to stands before its `allOf`. */
function lookAtParts(search: Search, plans: readonly Plan[], place: Place): void {
  const { schema, data } = place;
  const all = (schema['allOf'] ?? []) as readonly Schema[];
  for (const [at, part] of plans.entries()) {
    const own = all[at - plans.length + all.length];
    if (own !== undefined) lookByPart(search, part, own, data, place, undefined);
    else look(search, part, referredTo(search.lookup, schema), data, place, undefined);
  }
}

function lookAtValues(search: Search, values: AnyPlan['values'], place: Place): void {
  const keywords = Array.isArray(place.schema['enum']) ? ['enum', 'const'] : ['const'];
  for (const [at, keyword] of keywords.entries()) if (values[at]?.(place.data) === false) fail(search, place, keyword);
}

function lookAtList(search: Search, plan: ListPlan | undefined, list: readonly unknown[], place: Place): void {
  if (plan === undefined) return;
  if (list.length > plan.maxItems) fail(search, place, 'maxItems');
  if (list.length < plan.minItems) fail(search, place, 'minItems');
  if (plan.items === undefined) return;
  const part = place.schema['items'] as Schema;
  for (let at = 0; at < list.length && search.found.length < search.most; at += 1)
    lookByPart(search, plan.items, part, list[at], place, at);
}

function lookAtObject(search: Search, plan: ObjectPlan | undefined, object: Readonly<Record<string, unknown>>, place: Place): void {
  if (plan === undefined) return;
  const { schema } = place;
  const count = plan.minProperties > 0 || plan.maxProperties < Infinity ? Object.keys(object).length : 0;
  if (count > plan.maxProperties) fail(search, place, 'maxProperties');
  if (count < plan.minProperties) fail(search, place, 'minProperties');
  for (const name of (schema['required'] ?? []) as readonly string[]) {
    if (valueOf(object, name) === undefined) fail(search, place, 'required', { missingProperty: name });
  }
  const described = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  if (plan.rest !== undefined) lookAtRest(search, plan.rest, described, object, place);
  for (let at = 0; at < plan.names.length; at += 1) {
    const name = plan.names[at] ?? '';
    const part = plan.plans[at];
    if (part === undefined || object[name] === undefined || isFine(part, object[name], place)) continue;
    const [data, asked] = [valueOf(object, name), valueOf(described, name)];
    if (data !== undefined && asked !== undefined) lookByPart(search, part, asked, data, place, name);
  }
}

/** The properties that are not described. */
function lookAtRest(
  search: Search,
  plan: Plan,
  described: Readonly<Record<string, Schema>>,
  object: Readonly<Record<string, unknown>>,
  place: Place,
): void {
  const schema = place.schema['additionalProperties'] as Schema;
  for (const name in object) {
    if (Object.hasOwn(described, name)) continue;
    if (search.found.length >= search.most) return;
    if (schema === false) fail(search, place, 'additionalProperties', { additionalProperty: name });
    else lookByPart(search, plan, schema, object[name], place, name);
  }
}

function valueOf<Value>(object: Readonly<Record<string, Value>>, name: string): Value | undefined {
  const value = object[name];
  return value !== undefined && Object.hasOwn(object, name) ? value : undefined;
}

function referredTo(lookup: SchemaLookup, { $ref }: SchemaObject): Schema {
  return ($ref === undefined ? undefined : lookup($ref)) ?? true;
}

const NO_PARAMS: Failure['params'] = {};

function fail({ found, most }: Search, place: Place, keyword: string, params: Failure['params'] = NO_PARAMS): void {
  if (found.length >= most) return;
  const { schema: parentSchema, data, above, token } = place;
  found.push({ keyword, instancePath: pointerOf(above, token), params, schema: parentSchema[keyword], parentSchema, data });
}

function pointerOf(above: Place | undefined, token: Place['token']): string {
  if (above === undefined) return '';
  const pointer = pointerOf(above.above, above.token);
  return token === undefined ? pointer : childPointer(pointer, token);
}
