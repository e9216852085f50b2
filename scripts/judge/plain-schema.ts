import { list, members } from './document.ts';
import type { Members } from './document.ts';

/** Who reads the value: `readOnly` members are no part of a request, `writeOnly` ones no part of a response; `both`: all are. */
export type View = 'request' | 'response' | 'both';

export interface PlainSchemaOptions {
  readonly view: View;
  /** OpenAPI 2.0 and 3.0 ignore what stands beside a `$ref`. */
  readonly loneReferences: boolean;
  /** Gives the `$ref` under which the target of a reference is found. */
  readonly refer: (reference: string) => string;
  /** Follows references, to see whether a property is `readOnly` or `writeOnly`. */
  readonly follow: (value: unknown) => unknown;
}

const NUMBERS = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength']);
const COUNTS = new Set(['minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains']);
const SCHEMAS = new Set(['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);

/**
 * Rewrites a Schema Object of any dialect as JSON Schema 2020-12 for plain AJV: only keywords that assert something are kept, `nullable`,
 * boolean bounds and tuple `items` take their modern form. A keyword whose value is nonsense is left out.
 */
export function plainSchema(schema: unknown, options: PlainSchemaOptions): Members | boolean {
  if (typeof schema === 'boolean') return schema;
  const given = members(schema);
  const reference = given['$ref'] ?? given['$dynamicRef'];
  if (typeof reference === 'string' && options.loneReferences) return { $ref: options.refer(reference) };
  const plain: Record<string, unknown> = {};
  if (typeof reference === 'string') plain['$ref'] = options.refer(reference);
  for (const [keyword, value] of Object.entries(given)) Object.assign(plain, assertion(keyword, value, given, options));
  hideMembers(plain, given, options);
  const nullable = given['nullable'] === true || given['x-nullable'] === true;
  return nullable ? { anyOf: [{ type: 'null' }, plain] } : plain;
}

function assertion(keyword: string, value: unknown, given: Members, options: PlainSchemaOptions): Members {
  const nested = (item: unknown): unknown => plainSchema(item, options);
  if (NUMBERS.has(keyword) || COUNTS.has(keyword)) return bound(keyword, value, given);
  if (SCHEMAS.has(keyword)) return { [keyword]: nested(value) };
  if (LISTS.has(keyword)) return Array.isArray(value) && value.length > 0 ? { [keyword]: value.map(nested) } : {};
  if (MAPS.has(keyword)) return { [keyword]: mapMembers(value, nested) };
  switch (keyword) {
    case 'type': {
      const types = (Array.isArray(value) ? value : [value]).filter((type) => TYPES.has(String(type)));
      return types.length > 0 ? { type: types.length === 1 ? types[0] : types } : {};
    }
    case 'items':
      return Array.isArray(value) ? { prefixItems: value.map(nested) } : { items: nested(value) };
    case 'additionalItems':
      return Array.isArray(given['items']) ? { items: nested(value) } : {};
    case 'additionalProperties':
      return { additionalProperties: nested(value) };
    case 'required':
      return Array.isArray(value) ? { required: [...new Set(value.map(String))] } : {};
    case 'enum':
      return Array.isArray(value) ? { enum: value } : {};
    case 'const':
      return { const: value };
    case 'pattern':
    case 'format':
      return typeof value === 'string' ? { [keyword]: value } : {};
    case 'uniqueItems':
      return typeof value === 'boolean' ? { uniqueItems: value } : {};
    case 'dependentRequired':
      return { dependentRequired: mapMembers(value, (names) => list(names).map(String)) };
    default:
      return {};
  }
}

/** Boolean `exclusiveMinimum` and `exclusiveMaximum` (OpenAPI 2.0 and 3.0) say how `minimum` and `maximum` are meant. */
function bound(keyword: string, value: unknown, given: Members): Members {
  if (typeof value !== 'number') return {};
  if (keyword === 'minimum' && given['exclusiveMinimum'] === true) return { exclusiveMinimum: value };
  if (keyword === 'maximum' && given['exclusiveMaximum'] === true) return { exclusiveMaximum: value };
  return { [keyword]: value };
}

/** Members that the other side owns are not required and must not be there (OpenAPI 3.0 section 4.7.24, `readOnly` and `writeOnly`). */
function hideMembers(plain: Record<string, unknown>, given: Members, options: PlainSchemaOptions): void {
  if (options.view === 'both') return;
  const mark = options.view === 'request' ? 'readOnly' : 'writeOnly';
  const properties = Object.entries(members(given['properties']));
  const hidden = new Set(properties.filter(([, property]) => members(options.follow(property))[mark] === true).map(([name]) => name));
  if (hidden.size === 0) return;
  plain['properties'] = { ...members(plain['properties']), ...Object.fromEntries([...hidden].map((name) => [name, false])) };
  if (Array.isArray(plain['required'])) plain['required'] = plain['required'].filter((name) => !hidden.has(String(name)));
}

function mapMembers(value: unknown, change: (item: unknown) => unknown): Members {
  return Object.fromEntries(Object.entries(members(value)).map(([name, item]) => [name, change(item)]));
}
