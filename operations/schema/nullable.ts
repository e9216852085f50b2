import type { SchemaObject } from './schema.ts';

/** `nullable` of OpenAPI 3.0 (section 4.7.24), `x-nullable` of Swagger 2.0 documents. */
export function isNullable(given: Readonly<Record<string, unknown>>): boolean {
  return given['nullable'] === true || given['x-nullable'] === true;
}

/**
 * The same schema, null allowed. An `enum` without null is widened too, and so is a schema without `type` or with `allOf`: OpenAPI 3.0.3
 * says less, but that is what authors of `nullable` mean.
 * @param place told that the schema inside the result still stands for the one of the document.
 */
export function nullable(schema: SchemaObject, place: (schema: SchemaObject) => void): SchemaObject {
  const { type, enum: values, allOf, anyOf, oneOf, not, ...rest } = schema;
  if (allOf !== undefined || anyOf !== undefined || oneOf !== undefined || not !== undefined) {
    place(schema);
    const { default: preset, title, readOnly, writeOnly, examples } = schema;
    const annotations = Object.fromEntries(
      Object.entries({ default: preset, title, readOnly, writeOnly, examples }).filter(([, value]) => value !== undefined),
    );
    return { ...annotations, anyOf: [schema, { type: 'null' }] };
  }
  const widened: Record<string, unknown> = { ...rest };
  if (typeof type === 'string') widened['type'] = [type, 'null'];
  else if (Array.isArray(type)) widened['type'] = [...new Set([...(type as unknown[]), 'null'])];
  if (Array.isArray(values)) widened['enum'] = values.includes(null) ? values : [...(values as unknown[]), null];
  return widened;
}
