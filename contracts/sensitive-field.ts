import { isSchemaObject } from '../operations/index.ts';
import type { Schema, SchemaLookup, SchemaObject } from '../operations/index.ts';

/** What a document says about the value at one place: whether it must not be shown, and what stands below it. */
export interface Field {
  /** Marked `x-sensitive`, `writeOnly` or `format: password` by any schema that may apply. */
  readonly sensitive: boolean;
  readonly property: (name: string) => Field;
  readonly item: (index: number) => Field;
  /** Names of all sensitive properties at any depth, for formats whose structure is not followed. */
  readonly sensitiveNames: () => ReadonlySet<string>;
}

const MAX_SCHEMAS = 1_000;
const LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const SINGLES = ['if', 'then', 'else'] as const;

/** @param schemas everything that may apply to the value; whether a branch really does is not asked, so too much is hidden rather than too little. */
export function fieldOf(schemas: readonly (Schema | undefined)[], lookup: SchemaLookup): Field {
  const applying = expand(schemas, lookup);
  return {
    sensitive: applying.some(isSensitive),
    property: (name) =>
      fieldOf(
        applying.flatMap((schema) => propertySchemas(schema, name)),
        lookup,
      ),
    item: (index) =>
      fieldOf(
        applying.flatMap((schema) => itemSchemas(schema, index)),
        lookup,
      ),
    sensitiveNames: () => namesBelow(applying, lookup),
  };
}

function isSensitive(schema: SchemaObject): boolean {
  return schema['x-sensitive'] === true || schema['writeOnly'] === true || schema['format'] === 'password';
}

/** Every schema object that applies to the same value, through references and combinations. */
function expand(schemas: readonly unknown[], lookup: SchemaLookup): SchemaObject[] {
  const found = new Set<SchemaObject>();
  const pending: unknown[] = [...schemas];
  for (let next = pending.shift(); pending.length > 0 || next !== undefined; next = pending.shift()) {
    if (!isSchemaObject(next) || found.has(next) || found.size >= MAX_SCHEMAS) continue;
    found.add(next);
    if (next.$ref !== undefined) pending.push(lookup(next.$ref));
    for (const key of LISTS) pending.push(...listOf(next[key]));
    for (const key of SINGLES) pending.push(next[key]);
    pending.push(...Object.values(mapOf(next['dependentSchemas'])));
  }
  return [...found];
}

function propertySchemas(schema: SchemaObject, name: string): Schema[] {
  const declared = mapOf(schema['properties']);
  const own = Object.hasOwn(declared, name) ? [declared[name]] : [];
  const patterned = Object.entries(mapOf(schema['patternProperties'])).flatMap(([pattern, sub]) => (matches(pattern, name) ? [sub] : []));
  const rest = own.length + patterned.length > 0 ? [] : [schema['additionalProperties'], schema['unevaluatedProperties']];
  return [...own, ...patterned, ...rest].filter(isSchemaObject);
}

function itemSchemas(schema: SchemaObject, index: number): Schema[] {
  const first = listOf(schema['prefixItems'])[index];
  return [first ?? schema['items'], schema['contains'], schema['unevaluatedItems']].filter(isSchemaObject);
}

function namesBelow(roots: readonly SchemaObject[], lookup: SchemaLookup): Set<string> {
  const names = new Set<string>();
  const seen = new Set<SchemaObject>();
  const pending = [...roots];
  for (let schema = pending.pop(); schema !== undefined && seen.size < MAX_SCHEMAS; schema = pending.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    for (const [name, sub] of Object.entries(mapOf(schema['properties']))) {
      const applying = expand([sub], lookup);
      if (applying.some(isSensitive)) names.add(name);
      pending.push(...applying);
    }
    pending.push(...expand([schema['additionalProperties'], ...itemSchemas(schema, 0), ...listOf(schema['prefixItems'])], lookup));
  }
  return names;
}

function matches(pattern: string, name: string): boolean {
  // A long name is no property that a pattern was written for, and patterns of strangers may take their time over it.
  if (name.length > 256) return false;
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return false;
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isSchemaObject(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
