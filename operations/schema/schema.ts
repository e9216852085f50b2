/**
 * A schema as the rest of the kit sees it: JSON Schema 2020-12, whatever dialect the document was written in.
 *
 * `normalise.ts` makes it from Swagger 2.0, OpenAPI 3.0 and 3.1. What differs from the document:
 * - `nullable`, boolean `exclusiveMinimum`, array `items`, `definitions`-style keywords are rewritten to their 2020-12 form;
 * - `$ref` holds an opaque key for {@link SchemaLookup}, never a pointer into a file;
 * - the annotations `default`, `examples`, `title`, `deprecated`, `readOnly`, `writeOnly`, `x-faker` stay; the rest is dropped;
 * - in a request view `readOnly` properties are not required, in a response view `writeOnly` properties are forbidden ground:
 *   not required, and left to the generator to omit.
 */
export type Schema = boolean | SchemaObject;

export interface SchemaObject {
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

/** Finds the normalised schema that a `$ref` key stands for; `undefined` when the reference dangles. */
export type SchemaLookup = (key: string) => Schema | undefined;

/** True for a schema that is an object of keywords (not `true`, `false` or a malformed value). */
export function isSchemaObject(schema: unknown): schema is SchemaObject {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema);
}
