import type { Schema } from './schema.ts';

const SCHEMA_HOLDERS = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const DATA = new Set(['default', 'examples', 'enum', 'const', 'xml', 'discriminator', 'dependentRequired', 'required']);

/**
 * A copy of a normalised schema for values that hold `bigint`: `type` becomes `exactType` and the integer formats become
 * `exactFormat`, which know integers beyond 2^53 (the stock `type` takes a `bigint` for no JSON at all).
 * @param alias told of each copied object and its original, so that violations still find their place in the document.
 */
export function exactSchema(schema: Schema, alias: (copy: object, original: object) => void): Schema {
  if (typeof schema === 'boolean') return schema;
  const copy: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'type') copy['exactType'] = Array.isArray(value) ? value : [value];
    else if (keyword === 'format' && (value === 'int32' || value === 'int64')) copy['exactFormat'] = value;
    else if (DATA.has(keyword)) copy[keyword] = value;
    else if (SCHEMA_HOLDERS.has(keyword))
      copy[keyword] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([name, item]) => [name, exactSchema(item, alias)]),
      );
    else if (Array.isArray(value)) copy[keyword] = value.map((item: unknown) => exactValue(item, alias));
    else copy[keyword] = exactValue(value, alias);
  }
  alias(copy, schema);
  return copy;
}

function exactValue(value: unknown, alias: (copy: object, original: object) => void): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? exactSchema(value as Schema, alias) : value;
}
