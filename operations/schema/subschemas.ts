import { isSchemaObject } from './schema.ts';
import type { Schema, SchemaObject } from './schema.ts';

/** Keywords of JSON Schema 2020-12 that hold one schema. */
export const SCHEMA_KEYWORDS = [
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'items',
  'unevaluatedItems',
  'contains',
  'not',
  'if',
  'then',
  'else',
] as const;
/** Keywords that hold a list of schemas. */
export const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
/** Keywords that hold schemas by name. There a name such as `default` is a name, not a keyword. */
export const SCHEMA_MAPS = ['properties', 'patternProperties', 'dependentSchemas'] as const;

/** The schemas directly inside a normalised schema; nothing that is data (`enum`, `default`, `examples`) is taken for one. */
export function subschemas(schema: SchemaObject): Schema[] {
  const found: unknown[] = [];
  for (const keyword of SCHEMA_KEYWORDS) if (schema[keyword] !== undefined) found.push(schema[keyword]);
  for (const keyword of SCHEMA_LISTS) if (Array.isArray(schema[keyword])) found.push(...(schema[keyword] as unknown[]));
  for (const keyword of SCHEMA_MAPS) if (isSchemaObject(schema[keyword])) found.push(...Object.values(schema[keyword]));
  return found.filter((item): item is Schema => typeof item === 'boolean' || isSchemaObject(item));
}

/** A schema object and every one inside it, without following references. */
export function schemasWithin(schema: Schema): SchemaObject[] {
  if (!isSchemaObject(schema)) return [];
  const found = [schema];
  for (let index = 0; index < found.length; index += 1) {
    const next = found[index];
    if (next !== undefined) found.push(...subschemas(next).filter(isSchemaObject));
  }
  return found;
}
