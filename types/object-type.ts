import { isSchemaObject } from '../operations/index.ts';
import type { SchemaObject } from '../operations/index.ts';
import { commentOf } from './comment.ts';
import { NEVER, union, UNDEFINED, UNKNOWN } from './type.ts';
import type { ObjectType, Property, Type } from './type.ts';

/**
 * The type of objects: properties by name, an index signature for all others that the schema allows (JSON Schema 2020-12 section 10.3.2).
 * @param isLeftOut true for the schema of a property that does not exist for the reader.
 */
export function objectType(schema: SchemaObject, inner: (part: unknown) => Type, isLeftOut: (part: unknown) => boolean): ObjectType {
  const declared = isSchemaObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? schema['required'].map(String) : []);
  const patterns = patternSchemas(schema['patternProperties']);
  const others = otherProperties(schema, inner);

  const properties: Property[] = [];
  for (const [name, part] of Object.entries(declared)) {
    if (!isLeftOut(part)) properties.push({ name, type: inner(part), optional: !required.has(name), comment: commentOf(part) });
    required.delete(name);
  }
  // Required, but not declared: of any type that other properties may have.
  const undeclared = patterns.length > 0 ? UNKNOWN : (others ?? UNKNOWN);
  for (const name of required) properties.push({ name, type: undeclared, optional: false, comment: '' });

  if (others === undefined && patterns.length === 0) {
    const isEmpty = properties.length === 0 && schema['additionalProperties'] === false;
    return { kind: 'object', properties, index: isEmpty ? NEVER : undefined };
  }
  // TypeScript holds every property to the index signature, JSON Schema only those that are not declared.
  const all = [...patterns.map(inner), ...properties.map((property) => property.type)];
  const missing = properties.some((property) => property.optional) ? [UNDEFINED] : [];
  return { kind: 'object', properties, index: union([...(others === undefined ? [] : [others]), ...all, ...missing]) };
}

/** A declared property `__proto__` is also there as a pattern, for the validator's sake. */
function patternSchemas(given: unknown): unknown[] {
  if (!isSchemaObject(given)) return [];
  return Object.entries(given).flatMap(([pattern, schema]) => (pattern === '^__proto__$' ? [] : [schema]));
}

/** The type of undeclared properties; `undefined` where there are none. */
function otherProperties(schema: SchemaObject, inner: (part: unknown) => Type): Type | undefined {
  if (schema['additionalProperties'] === false) return undefined;
  if (schema['additionalProperties'] !== undefined) return inner(schema['additionalProperties']);
  // Only what no part of a combination knows is unevaluated; a schema for it can't be put into an index signature.
  const isClosed = schema['unevaluatedProperties'] === false && isSchemaObject(schema['properties']);
  return isClosed ? undefined : UNKNOWN;
}
