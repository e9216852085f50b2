import { compilePattern } from '../schema/pattern.ts';
import { isSchemaObject, type Schema, type SchemaLookup, type SchemaObject } from '../schema/schema.ts';
import { matchesFormat } from './format.ts';
import { isRecord, namedSchemaAt, namedSchemasAt, namesAt, numberAt, sameJson, schemaAt, schemasAt, textAt, typesAt } from './keywords.ts';

/** What the check of one value needs to know. */
export interface Check {
  readonly lookup: SchemaLookup;
  /** Properties that are left out on purpose: `required` does not ask for them. */
  omitted: Set<string> | undefined;
  /** Steps left; when they run out the answer is `false`. */
  steps: number;
}

/** The properties and items that subschemas have looked at (JSON Schema 2020-12 core, section 11). */
interface Seen {
  readonly names: Set<string>;
  items: number;
  readonly contained: Set<number>;
}

/** Nesting of schemas and values together; deeper ones are left to the final judge. */
const MOST_NESTING = 400;

/**
 * Whether a value satisfies a normalised schema. It steers the search for a value at every level, where a compiled validator
 * can only judge the whole; what is malformed in the schema is ignored.
 */
export function satisfies(check: Check, schema: Schema, value: unknown): boolean {
  return holds(check, schema, value, undefined, 0);
}

function holds(check: Check, schema: Schema, value: unknown, outer: Seen | undefined, nesting: number): boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isSchemaObject(schema)) return true;
  if (--check.steps < 0) return false;
  if (nesting > MOST_NESTING) return true;

  const tracks = outer !== undefined || schema['unevaluatedProperties'] !== undefined || schema['unevaluatedItems'] !== undefined;
  const seen: Seen | undefined = tracks ? { names: new Set(), items: 0, contained: new Set() } : undefined;
  const deeper = (other: Schema, part: unknown): boolean => holds(check, other, part, undefined, nesting + 1);
  if (!hasType(schema, value) || !isListed(schema, value)) return false;
  if (!inPlace(check, schema, value, seen, nesting)) return false;
  if (typeof value === 'string' && !textHolds(schema, value)) return false;
  if ((typeof value === 'number' || typeof value === 'bigint') && !numberHolds(schema, value)) return false;
  if (Array.isArray(value) && !arrayHolds(schema, value, seen, deeper)) return false;
  if (isRecord(value) && !objectHolds(check, schema, value, seen, deeper)) return false;
  if (outer !== undefined && seen !== undefined) merge(outer, seen);
  return true;
}

function merge(outer: Seen, inner: Seen): void {
  for (const name of inner.names) outer.names.add(name);
  for (const index of inner.contained) outer.contained.add(index);
  outer.items = Math.max(outer.items, inner.items);
}

function hasType(schema: SchemaObject, value: unknown): boolean {
  const types = typesAt(schema);
  if (types === undefined) return true;
  return types.some((type) => {
    if (type === 'null') return value === null;
    if (type === 'array') return Array.isArray(value);
    if (type === 'object') return isRecord(value);
    if (type === 'integer') return typeof value === 'bigint' || Number.isInteger(value);
    return typeof value === type || (type === 'number' && typeof value === 'bigint');
  });
}

function isListed(schema: SchemaObject, value: unknown): boolean {
  if (schema['const'] !== undefined && !sameJson(schema['const'], value)) return false;
  const listed = schema['enum'];
  return !Array.isArray(listed) || listed.some((one) => sameJson(one, value));
}

/** The keywords that apply schemas to the same value. */
function inPlace(check: Check, schema: SchemaObject, value: unknown, seen: Seen | undefined, nesting: number): boolean {
  const here = (other: Schema): boolean => {
    if (seen === undefined) return holds(check, other, value, undefined, nesting + 1);
    const inner: Seen = { names: new Set(), items: 0, contained: new Set() };
    if (!holds(check, other, value, inner, nesting + 1)) return false;
    merge(seen, inner);
    return true;
  };
  const target = typeof schema.$ref === 'string' ? check.lookup(schema.$ref) : undefined;
  if (target !== undefined && !here(target)) return false;
  if (!schemasAt(schema, 'allOf').every(here)) return false;
  const anyOf = schemasAt(schema, 'anyOf');
  if (anyOf.length > 0 && !(seen === undefined ? anyOf.some(here) : anyOf.filter(here).length > 0)) return false;
  const oneOf = schemasAt(schema, 'oneOf');
  if (oneOf.length > 0 && oneOf.filter(here).length !== 1) return false;
  const not = schemaAt(schema, 'not');
  if (not !== undefined && holds(check, not, value, undefined, nesting + 1)) return false;
  const condition = schemaAt(schema, 'if');
  if (condition !== undefined) {
    const then = schemaAt(schema, here(condition) ? 'then' : 'else');
    if (then !== undefined && !here(then)) return false;
  }
  return (
    !isRecord(value) || namedSchemasAt(schema, 'dependentSchemas').every(([name, other]) => !Object.hasOwn(value, name) || here(other))
  );
}

/** The keywords of strings: length, `format`, `pattern`. */
export function textHolds(schema: SchemaObject, value: string): boolean {
  const minLength = numberAt(schema, 'minLength');
  const maxLength = numberAt(schema, 'maxLength');
  if (minLength !== undefined || maxLength !== undefined) {
    const length = codePoints(value);
    if (length < (minLength ?? 0) || length > (maxLength ?? Infinity)) return false;
  }
  const format = textAt(schema, 'format');
  if (format !== undefined && !matchesFormat(format, value)) return false;
  const pattern = textAt(schema, 'pattern');
  return pattern === undefined || matchesPattern(pattern, value);
}

/** Whether a text holds a match; a pattern that is no regular expression forbids nothing. */
export function matchesPattern(pattern: string, value: string): boolean {
  const compiled = compilePattern(pattern);
  return !compiled.ok || compiled.pattern.test(value);
}

/** The length of a text as JSON Schema counts it (2020-12 validation, section 6.3). */
export function codePoints(value: string): number {
  let length = value.length;
  for (let index = 0; index < value.length - 1; index++) {
    const unit = value.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff && (value.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      length--;
      index++;
    }
  }
  return length;
}

function numberHolds(schema: SchemaObject, value: number | bigint): boolean {
  if (value < (numberAt(schema, 'minimum') ?? -Infinity) || value > (numberAt(schema, 'maximum') ?? Infinity)) return false;
  if (value <= (numberAt(schema, 'exclusiveMinimum') ?? -Infinity) && schema['exclusiveMinimum'] !== undefined) return false;
  if (value >= (numberAt(schema, 'exclusiveMaximum') ?? Infinity) && schema['exclusiveMaximum'] !== undefined) return false;
  const format = textAt(schema, 'format');
  if (format !== undefined && !matchesFormat(format, value)) return false;
  const step = numberAt(schema, 'multipleOf');
  if (step === undefined || step <= 0) return true;
  return isMultiple(Number(value), step);
}

/** Decimal multiples: 19.99 is a multiple of 0.01, although the quotient of the two doubles is not whole. */
export function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Number.isInteger(quotient) || Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient) * 1e-6);
}

function arrayHolds(
  schema: SchemaObject,
  value: readonly unknown[],
  seen: Seen | undefined,
  deeper: (schema: Schema, item: unknown) => boolean,
): boolean {
  if (value.length < (numberAt(schema, 'minItems') ?? 0) || value.length > (numberAt(schema, 'maxItems') ?? Infinity)) return false;
  const prefix = schemasAt(schema, 'prefixItems');
  const items = schemaAt(schema, 'items');
  for (const [index, item] of value.entries()) {
    const applied = index < prefix.length ? prefix[index] : items;
    if (applied !== undefined && !deeper(applied, item)) return false;
  }
  if (seen !== undefined) seen.items = Math.max(seen.items, items === undefined ? Math.min(prefix.length, value.length) : value.length);
  if (schema['uniqueItems'] === true && !isUnique(value)) return false;

  const contains = schemaAt(schema, 'contains');
  if (contains !== undefined) {
    const found = value.flatMap((item, index) => (deeper(contains, item) ? [index] : []));
    if (found.length < (numberAt(schema, 'minContains') ?? 1) || found.length > (numberAt(schema, 'maxContains') ?? Infinity)) return false;
    for (const index of found) seen?.contained.add(index);
  }
  const rest = schemaAt(schema, 'unevaluatedItems');
  if (rest === undefined || seen === undefined) return true;
  const unseen = value.filter((_, index) => index >= seen.items && !seen.contained.has(index));
  seen.items = value.length;
  return unseen.every((item) => deeper(rest, item));
}

/** Whether no two values are equal; linear in the number of items. */
export function isUnique(values: readonly unknown[]): boolean {
  return new Set(values.map(canonical)).size === values.length;
}

/** A text that two JSON values share exactly when they are equal. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'bigint') return value.toString();
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function objectHolds(
  check: Check,
  schema: SchemaObject,
  value: Readonly<Record<string, unknown>>,
  seen: Seen | undefined,
  deeper: (schema: Schema, member: unknown) => boolean,
): boolean {
  const names = Object.keys(value);
  check.steps -= names.length;
  if (names.length < (numberAt(schema, 'minProperties') ?? 0) || names.length > (numberAt(schema, 'maxProperties') ?? Infinity))
    return false;
  const has = (name: string): boolean => Object.hasOwn(value, name) || check.omitted?.has(name) === true;
  if (!namesAt(schema, 'required').every(has)) return false;
  const dependencies = schema['dependentRequired'];
  if (isRecord(dependencies)) {
    for (const name of names) {
      if (Object.hasOwn(dependencies, name) && !namesAt(dependencies, name).every(has)) return false;
    }
  }
  const propertyNames = schemaAt(schema, 'propertyNames');
  if (propertyNames !== undefined && !names.every((name) => deeper(propertyNames, name))) return false;

  const patterns = namedSchemasAt(schema, 'patternProperties');
  const additional = schemaAt(schema, 'additionalProperties');
  for (const name of names) {
    const own = namedSchemaAt(schema, 'properties', name);
    const matching = patterns.filter(([pattern]) => matchesPattern(pattern, name));
    const applied = [...(own === undefined ? [] : [own]), ...matching.map(([, other]) => other)];
    const declared = applied.length > 0;
    if (!declared && additional !== undefined) applied.push(additional);
    if (!applied.every((other) => deeper(other, value[name]))) return false;
    if (applied.length > 0) seen?.names.add(name);
  }
  const rest = schemaAt(schema, 'unevaluatedProperties');
  if (rest === undefined || seen === undefined) return true;
  const unseen = names.filter((name) => !seen.names.has(name));
  for (const name of unseen) seen.names.add(name);
  return unseen.every((name) => deeper(rest, value[name]));
}
