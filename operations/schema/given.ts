import { record } from '../document.ts';
import type { Dialect } from '../document.ts';

/** A Schema Object with what other spellings of its dialect mean. */
export function readGiven(given: Readonly<Record<string, unknown>>, dialect: Dialect): Readonly<Record<string, unknown>> {
  if (dialect === '2.0') return typeof given['in'] === 'string' && given['in'] !== 'body' ? parameter20(withInnerLists(given)) : given;
  if (dialect === '3.0' || typeof given['$dynamicRef'] !== 'string') return given;
  // A reference to its anchor first of all (JSON Schema 2020-12 section 8.2.3.2).
  const { $dynamicRef, ...rest } = given;
  if (rest['$ref'] === undefined) return { ...rest, $ref: $dynamicRef };
  return { ...rest, allOf: [...(Array.isArray(rest['allOf']) ? (rest['allOf'] as unknown[]) : []), { $dynamicRef }] };
}

/** Lists inside of a parameter's list are cut at commas unless they say otherwise (Swagger 2.0 Items Object, `collectionFormat`). */
function withInnerLists(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const items = record(given['items']);
  if (items['type'] !== 'array') return given;
  return { ...given, items: withInnerLists({ collectionFormat: 'csv', ...items }) };
}

/**
 * A Swagger 2.0 parameter read as a schema. A query or form parameter may be sent with an empty value only where `allowEmptyValue` says so;
 * OpenAPI 3 leaves that to the schema: an empty string is a string, and its style table writes one as `color=`.
 */
function parameter20(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (given['in'] !== 'query' && given['in'] !== 'formData') return given;
  if (given['type'] === 'file') return { ...given, type: 'string', format: 'binary' };
  const decided = given['allowEmptyValue'] === true || given['minLength'] !== undefined || given['enum'] !== undefined;
  return given['type'] === 'string' && !decided ? { ...given, minLength: 1 } : given;
}
