import { isSchemaObject, type Schema, type SchemaLookup, type SchemaObject } from '../schema/schema.ts';

/** A set of JSON types as bits; `integer` without `number` is the narrower of the two. */
export const STRING = 1;
export const NUMBER = 2;
export const INTEGER = 4;
export const BOOLEAN = 8;
export const NULL = 16;
export const ARRAY = 32;
export const OBJECT = 64;
export const NUMERIC = NUMBER | INTEGER;
export const PRIMITIVE = STRING | NUMERIC | BOOLEAN | NULL;
export const ANY = PRIMITIVE | ARRAY | OBJECT;

const BITS: ReadonlyMap<unknown, number> = new Map([
  ['string', STRING],
  ['number', NUMERIC],
  ['integer', INTEGER],
  ['boolean', BOOLEAN],
  ['null', NULL],
  ['array', ARRAY],
  ['object', OBJECT],
]);

/** Keywords that say nothing about other types, so that an author who left `type` out shows what was meant. */
const HINTS: readonly (readonly [bit: number, keywords: readonly string[]])[] = [
  [OBJECT, ['properties', 'additionalProperties', 'patternProperties', 'required', 'minProperties', 'maxProperties', 'propertyNames']],
  [ARRAY, ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains']],
  [NUMERIC, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  [STRING, ['pattern', 'minLength', 'maxLength', 'format', 'contentMediaType', 'contentEncoding']],
];

/**
 * The JSON types that a value of this schema may have, through `$ref`, `allOf`, `anyOf`, `oneOf`, `if`, `enum` and `const`.
 * Where no keyword speaks of types the hints do; where these are silent too, the answer is `ANY`.
 */
export function typesOf(schema: Schema | undefined, lookup: SchemaLookup): number {
  const hints = { bits: 0 };
  const types = collect(schema, lookup, new Map(), hints) ?? ANY;
  return types === ANY && hints.bits !== 0 ? hints.bits : types;
}

/** `undefined`: a reference cycle came back to a schema that is being read; it adds nothing to the answer. */
type Types = number | undefined;

function collect(schema: unknown, lookup: SchemaLookup, known: Map<SchemaObject, Types>, hints: { bits: number }): Types {
  if (schema === false) return 0;
  if (!isSchemaObject(schema)) return ANY;
  if (known.has(schema)) return known.get(schema);
  known.set(schema, undefined);

  const read = (part: unknown): Types => collect(part, lookup, known, hints);
  let types = ownTypes(schema);
  for (const [bit, keywords] of HINTS) if (keywords.some((keyword) => keyword in schema)) hints.bits |= bit;
  const referred = typeof schema.$ref === 'string' ? read(lookup(schema.$ref)) : ANY;
  types &= referred ?? ANY;
  for (const part of listOf(schema['allOf'])) types &= read(part) ?? ANY;
  for (const keyword of ['anyOf', 'oneOf']) types &= union(listOf(schema[keyword]).map(read));
  if ('if' in schema) types &= union([read(schema['then']), read(schema['else'])]);

  // A reference back to what is being read, and nothing beside it, says nothing: as a branch of `anyOf` it must not offer everything.
  const result = referred === undefined && types === ANY ? undefined : types;
  known.set(schema, result);
  return result;
}

function ownTypes(schema: SchemaObject): number {
  let types = ANY;
  const { type } = schema;
  if (typeof type === 'string') types &= BITS.get(type) ?? ANY;
  if (Array.isArray(type)) types &= union(type.map((name) => BITS.get(name)));
  if (Array.isArray(schema['enum'])) types &= union(schema['enum'].map(typeOfValue));
  if ('const' in schema) types &= typeOfValue(schema['const']);
  return types;
}

function union(parts: readonly Types[]): number {
  let types = 0;
  for (const part of parts) types |= part ?? 0;
  return types === 0 ? ANY : types;
}

function typeOfValue(value: unknown): number {
  if (value === null) return NULL;
  if (Array.isArray(value)) return ARRAY;
  if (typeof value === 'number' || typeof value === 'bigint') return NUMERIC;
  if (typeof value === 'boolean') return BOOLEAN;
  return typeof value === 'object' ? OBJECT : STRING;
}

/** A keyword's list of schemas; empty where the keyword is absent or broken. */
export function listOf(keyword: unknown): readonly unknown[] {
  return Array.isArray(keyword) ? keyword : [];
}
