import { isSchemaObject, type Schema, type SchemaObject } from '../schema/schema.ts';

/** Reads keywords of a schema that may be malformed: what is not of the type its keyword asks for is as good as absent. */

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || isSchemaObject(value);
}

export function schemaAt(schema: SchemaObject, keyword: string): Schema | undefined {
  const value = schema[keyword];
  return isSchema(value) ? value : undefined;
}

export function schemasAt(schema: SchemaObject, keyword: string): readonly Schema[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value.filter(isSchema) : NO_SCHEMAS;
}

const NO_SCHEMAS: readonly Schema[] = [];
const NO_NAMES: readonly string[] = [];

/** The named subschemas of `properties`, `patternProperties` or `dependentSchemas`. */
export function namedSchemasAt(schema: SchemaObject, keyword: string): readonly (readonly [name: string, schema: Schema])[] {
  const value = schema[keyword];
  if (!isRecord(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1]));
}

/** One named subschema, without walking the others. */
export function namedSchemaAt(schema: SchemaObject, keyword: string, name: string): Schema | undefined {
  const value = schema[keyword];
  if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
  const found = value[name];
  return isSchema(found) ? found : undefined;
}

export function numberAt(schema: SchemaObject, keyword: string): number | undefined {
  const value = schema[keyword];
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
}

export function textAt(schema: SchemaObject, keyword: string): string | undefined {
  const value = schema[keyword];
  return typeof value === 'string' ? value : undefined;
}

export function namesAt(schema: SchemaObject, keyword: string): readonly string[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : NO_NAMES;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets a property also when it is called `__proto__`. */
export function setProperty(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

/** Deep equality of JSON values; a `bigint` equals the number of the same amount. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'bigint' || typeof right === 'bigint') return isAmount(left) && isAmount(right) && BigInt(left) === BigInt(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length && names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  );
}

function isAmount(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** A copy that shares nothing with the document. */
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) setProperty(copy, name, copyJson(member));
  return copy;
}

const typeNames = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
export type TypeName = (typeof typeNames)[number];

/** The `type` of a schema as a list; `undefined` when it says nothing that can be understood. */
export function typesAt(schema: SchemaObject): readonly TypeName[] | undefined {
  const type = schema['type'];
  const listed = (Array.isArray(type) ? type : [type]).filter((name): name is TypeName => typeNames.includes(name));
  return listed.length > 0 ? listed : undefined;
}

const HINTS: readonly (readonly [type: TypeName, keywords: readonly string[]])[] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'propertyNames',
      'minProperties',
      'maxProperties',
      'dependentRequired',
      'dependentSchemas',
      'unevaluatedProperties',
    ],
  ],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems', 'unevaluatedItems']],
  ['string', ['pattern', 'minLength', 'maxLength', 'contentEncoding', 'contentMediaType', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];
const NUMBER_FORMATS: ReadonlySet<unknown> = new Set(['int32', 'int64', 'float', 'double']);

/** The type that an author who left `type` out had in mind, told by the other keywords. */
export function hintedType(schema: SchemaObject): TypeName | undefined {
  if (NUMBER_FORMATS.has(schema['format'])) return 'number';
  return HINTS.find(([, keywords]) => keywords.some((keyword) => schema[keyword] !== undefined))?.[0];
}
