import { isSchemaObject } from '../../operations/index.ts';
import type { Schema, SchemaLookup, SchemaObject } from '../../operations/index.ts';

/** What the document says about the values at one place. */
export interface SchemaSite {
  /** `moment`: a date or time. `made`: the server makes it up (readOnly and no enumeration, a UUID). `hidden`: a secret. */
  readonly kind: 'moment' | 'made' | 'hidden' | 'plain';
  readonly property: (name: string) => SchemaSite;
  readonly item: () => SchemaSite;
}

const MOMENTS = new Set(['date-time', 'date', 'time', 'duration']);
const LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const SINGLES = ['if', 'then', 'else'] as const;
const MAX_SCHEMAS = 500;

/** Follows a schema into values; every place is read once. */
export function schemaSite(schemas: readonly (Schema | undefined)[], lookup: SchemaLookup): SchemaSite {
  const applying = expand(schemas, lookup);
  const properties = new Map<string, SchemaSite>();
  let items: SchemaSite | undefined;
  return {
    kind: kindOf(applying),
    property(name) {
      const known = properties.get(name);
      if (known !== undefined) return known;
      const made = schemaSite(
        applying.flatMap((schema) => propertyOf(schema, name)),
        lookup,
      );
      if (properties.size < MAX_SCHEMAS) properties.set(name, made);
      return made;
    },
    item: () =>
      (items ??= schemaSite(
        applying.flatMap(({ items: one, prefixItems: first }) =>
          [one, ...(Array.isArray(first) ? (first as unknown[]) : [])].filter(isSchemaObject),
        ),
        lookup,
      )),
  };
}

function kindOf(schemas: readonly SchemaObject[]): SchemaSite['kind'] {
  if (schemas.some((schema) => schema['x-sensitive'] === true || schema['writeOnly'] === true || schema['format'] === 'password'))
    return 'hidden';
  if (schemas.some(({ format }) => typeof format === 'string' && MOMENTS.has(format))) return 'moment';
  const isListed = schemas.some((schema) => schema['enum'] !== undefined || schema['const'] !== undefined);
  return !isListed && schemas.some((schema) => schema['readOnly'] === true || schema['format'] === 'uuid') ? 'made' : 'plain';
}

function expand(schemas: readonly unknown[], lookup: SchemaLookup): SchemaObject[] {
  const found = new Set<SchemaObject>();
  const pending = [...schemas];
  for (let at = 0; at < pending.length && found.size < MAX_SCHEMAS; at += 1) {
    const next = pending[at];
    if (!isSchemaObject(next) || found.has(next)) continue;
    found.add(next);
    if (next.$ref !== undefined) pending.push(lookup(next.$ref));
    for (const key of LISTS) if (Array.isArray(next[key])) pending.push(...(next[key] as unknown[]));
    for (const key of SINGLES) pending.push(next[key]);
  }
  return [...found];
}

function propertyOf(schema: SchemaObject, name: string): Schema[] {
  const { properties, additionalProperties } = schema;
  const own = isSchemaObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return [own ?? additionalProperties].filter(isSchemaObject);
}
