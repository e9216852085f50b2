import type { SchemaObject } from '../operations/index.ts';

/** The JSON Schema types that a value may have; `undefined`: nothing is said, any. */
export type JsonTypes = ReadonlySet<string> | undefined;

const OBJECT_KEYWORDS = [
  'properties',
  'additionalProperties',
  'patternProperties',
  'required',
  'propertyNames',
  'minProperties',
  'maxProperties',
];
const ARRAY_KEYWORDS = ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems'];

/**
 * The types a schema allows: its own `type` within what the schema around it allows. Where both are silent, keywords of objects and
 * arrays show what an author who left `type` out meant.
 */
export function jsonTypes(schema: SchemaObject, around: JsonTypes): JsonTypes {
  const { type } = schema;
  const own = typeof type === 'string' ? new Set([type]) : Array.isArray(type) ? new Set(type.map(String)) : undefined;
  if (own !== undefined) return around === undefined ? own : common(own, around);
  if (around !== undefined) return around;
  if (OBJECT_KEYWORDS.some((keyword) => keyword in schema)) return new Set(['object']);
  return ARRAY_KEYWORDS.some((keyword) => keyword in schema) ? new Set(['array']) : undefined;
}

/** An integer is a number: of the two, the narrower is what both allow. */
function common(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  const both = [...one].filter((type) => other.has(type));
  const integer = (one.has('integer') && other.has('number')) || (one.has('number') && other.has('integer'));
  return new Set(integer && !both.includes('number') ? [...both, 'integer'] : both);
}

/** Whether a JSON value has one of the types. */
export function hasJsonType(value: unknown, types: JsonTypes): boolean {
  if (types === undefined) return true;
  if (value === null) return types.has('null');
  if (Array.isArray(value)) return types.has('array');
  if (typeof value === 'bigint') return types.has('integer') || types.has('number');
  if (typeof value === 'number') return types.has('number') || (types.has('integer') && Number.isInteger(value));
  return types.has(typeof value);
}
