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

/** A value that a schema is held against, and where it stands. */
interface Place {
  readonly schema: SchemaObject;
  readonly data: unknown;
  readonly pointer: string;
}

/**
 * Everything that a value breaks of a schema: what the compiled schema reports, the type first. A failed `oneOf` or `anyOf` is one failure, whatever its branches say.
 * Like interpret.ts it is a few functions that all schemas share.
 * @param plan that of the schema.
 * @param most further failures are not looked for.
 * @throws RangeError where `holds` does.
 */
export function explain(plan: Plan, schema: Schema, value: unknown, lookup: SchemaLookup, most: number): readonly Failure[] {
  const search: Search = { lookup, most, found: [] };
  look(search, plan, schema, value, '');
  return search.found;
}

/** The same of a part of a schema, which may be a mere reference: `plan` is that of what it refers to then. */
export function explainPart(plan: Plan, part: Schema, value: unknown, lookup: SchemaLookup, most: number): readonly Failure[] {
  const search: Search = { lookup, most, found: [] };
  lookByPart(search, plan, part, value, '');
  return search.found;
}

function look(search: Search, plan: Plan, schema: Schema, data: unknown, pointer: string): void {
  const { found, most } = search;
  // Of most values there is nothing to say.
  if (found.length >= most || ((typeof data !== 'object' || data === null) && holds(plan, data))) return;
  if (!isSchemaObject(schema)) {
    if (!schema) found.push({ keyword: 'false schema', instancePath: pointer, params: NO_PARAMS, schema, data });
    return;
  }
  const place: Place = { schema, data, pointer };
  if (!isOfType(plan.types, data)) fail(search, place, 'type');
  if (typeof data === 'string') lookAtText(search, plan.texts, data, place);
  else if (typeof data === 'number' || typeof data === 'bigint') lookAtNumber(search, plan.numbers, data, place);
  lookAtAny(search, plan.any, place);
  if (Array.isArray(data)) lookAtList(search, plan.lists, data, place);
  else if (typeof data === 'object' && data !== null) lookAtObject(search, plan.objects, data as Readonly<Record<string, unknown>>, place);
}

function lookByPart(search: Search, plan: Plan, part: unknown, data: unknown, pointer: string): void {
  const schema = part as Schema;
  const target = isSchemaObject(schema) && isMereReference(schema) ? schema.$ref : undefined;
  look(search, plan, target === undefined ? schema : (search.lookup(target) ?? true), data, pointer);
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
  if (plan.multipleOf !== undefined && !isMultipleOf(value, plan.multipleOf)) fail(search, place, 'multipleOf');
}

function lookAtList(search: Search, plan: ListPlan | undefined, list: readonly unknown[], place: Place): void {
  if (plan === undefined) return;
  if (list.length > plan.maxItems) fail(search, place, 'maxItems');
  if (list.length < plan.minItems) fail(search, place, 'minItems');
  if (plan.isUnique && !isUnique(list)) fail(search, place, 'uniqueItems');
  if (plan.items === undefined) return;
  for (let at = 0; at < list.length && search.found.length < search.most; at += 1) {
    lookByPart(search, plan.items, place.schema['items'], list[at], childPointer(place.pointer, at));
  }
}

function lookAtObject(search: Search, plan: ObjectPlan | undefined, object: Readonly<Record<string, unknown>>, place: Place): void {
  if (plan === undefined) return;
  const { schema, pointer } = place;
  const count = plan.minProperties > 0 || plan.maxProperties < Infinity ? Object.keys(object).length : 0;
  if (count > plan.maxProperties) fail(search, place, 'maxProperties');
  if (count < plan.minProperties) fail(search, place, 'minProperties');
  for (const name of (schema['required'] ?? []) as readonly string[]) {
    if (valueOf(object, name) === undefined) fail(search, place, 'required', { missingProperty: name });
  }
  const described = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  if (plan.rest !== undefined) lookAtRest(search, plan.rest, described, object, place);
  for (let at = 0; at < plan.names.length; at += 1) {
    const [name, part] = [plan.names[at], plan.plans[at]];
    if (name === undefined || part === undefined || !Object.hasOwn(described, name)) continue;
    const data = valueOf(object, name);
    if (data !== undefined) lookByPart(search, part, described[name], data, childPointer(pointer, name));
  }
}

/** The properties that are not described. */
function lookAtRest(
  search: Search,
  rest: Plan,
  described: Readonly<Record<string, Schema>>,
  object: Readonly<Record<string, unknown>>,
  place: Place,
): void {
  const schema = place.schema['additionalProperties'];
  for (const name in object) {
    if (Object.hasOwn(described, name)) continue;
    if (search.found.length >= search.most) return;
    if (schema === false) fail(search, place, 'additionalProperties', { additionalProperty: name });
    else lookByPart(search, rest, schema, object[name], childPointer(place.pointer, name));
  }
}

function lookAtAny(search: Search, plan: AnyPlan | undefined, place: Place): void {
  if (plan === undefined) return;
  const { schema, data, pointer } = place;
  const all = (schema['allOf'] ?? []) as readonly Schema[];
  // What the schema itself refers to stands before its allOf.
  const others = plan.allOf.length - all.length;
  for (const [at, part] of plan.allOf.entries()) {
    if (at >= others) lookByPart(search, part, all[at - others], data, pointer);
    else look(search, part, (schema.$ref === undefined ? undefined : search.lookup(schema.$ref)) ?? true, data, pointer);
  }
  const keywords = Array.isArray(schema['enum']) ? ['enum', 'const'] : ['const'];
  for (const [at, keyword] of keywords.entries()) if (plan.values[at]?.(data) === false) fail(search, place, keyword);
  if (plan.oneOf !== undefined) {
    const passing = plan.oneOf.flatMap((branch, at) => (holds(branch, data) ? [at] : []));
    if (passing.length !== 1) fail(search, place, 'oneOf', { passingSchemas: passing.length === 0 ? null : passing.slice(0, 2) });
  }
  if (plan.anyOf !== undefined && !plan.anyOf.some((branch) => holds(branch, data))) fail(search, place, 'anyOf');
}

function valueOf(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

const NO_PARAMS: Failure['params'] = {};

function fail({ found, most }: Search, { schema, data, pointer }: Place, keyword: string, params: Failure['params'] = NO_PARAMS): void {
  if (found.length >= most) return;
  found.push({ keyword, instancePath: pointer, params, schema: schema[keyword], parentSchema: schema, data });
}
