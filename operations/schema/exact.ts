import type { Schema } from './schema.ts';
import { isSchemaObject } from './schema.ts';
import { SCHEMA_KEYWORDS, SCHEMA_LISTS, SCHEMA_MAPS, schemasWithin } from './subschemas.ts';

const ONE = new Set<string>(SCHEMA_KEYWORDS);
const LISTS = new Set<string>(SCHEMA_LISTS);
const MAPS = new Set<string>(SCHEMA_MAPS);

/**
 * A copy of a normalised schema for values that hold `bigint`: `type` becomes `exactType` and the integer formats become
 * `exactFormat`, which know integers beyond 2^53 (the stock `type` takes a `bigint` for no JSON at all); bounds that a double can't hold are
 * written out.
 * @param alias told of each copied object and its original, so that violations still find their place in the document.
 */
export function exactSchema(schema: Schema, alias: (copy: object, original: object) => void): Schema {
  if (typeof schema === 'boolean') return schema;
  const copy: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'type') copy['exactType'] = Array.isArray(value) ? value : [value];
    else if (keyword === 'format' && (value === 'int32' || value === 'int64')) copy['exactFormat'] = value;
    else if (ONE.has(keyword)) copy[keyword] = exactValue(value, alias);
    else if (LISTS.has(keyword) && Array.isArray(value)) copy[keyword] = value.map((item: unknown) => exactValue(item, alias));
    else if (MAPS.has(keyword) && isSchemaObject(value))
      copy[keyword] = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, exactValue(item, alias)]));
    else copy[keyword] = value;
  }
  if (isSchemaObject(copy['exactBounds'])) Object.assign(copy, copy['exactBounds']);
  alias(copy, schema);
  return copy;
}

function exactValue(value: unknown, alias: (copy: object, original: object) => void): unknown {
  return isSchemaObject(value) ? exactSchema(value, alias) : value;
}

/**
 * Whether the ordinary dialect could take a value that holds a `bigint` for valid though it is not. Where a `type` stands it can not: no stock
 * type takes a `bigint`, so the value is refused and judged again by the exact dialect. But a bound without a type passes over it, and a schema that
 * must not match, or must match alone, is met the wrong way round.
 */
export function isBlindToBigint(schema: Schema): boolean {
  return schemasWithin(schema).some((item) => {
    if (TURNING.some((keyword) => item[keyword] !== undefined)) return true;
    return item['type'] === undefined && BLIND.some((keyword) => item[keyword] !== undefined);
  });
}

const TURNING = ['not', 'oneOf', 'if', 'contains', 'dependentSchemas', 'unevaluatedItems', 'unevaluatedProperties'];
const BLIND = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'format'];
