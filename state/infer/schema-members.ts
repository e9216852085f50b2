import { isSchemaObject } from '../../operations/index.ts';
import type { Schema, SchemaLookup, SchemaObject } from '../../operations/index.ts';

/** The schemas that have a say about one value, references followed. */
export type Sayings = readonly SchemaObject[];

/** More than any honest composition has. */
const MOST = 500;

/** A schema with everything that it is composed of: `$ref`, `allOf`, `anyOf`, `oneOf`. */
export function sayingsOf(schema: unknown, lookup: SchemaLookup): Sayings {
  const found = new Set<SchemaObject>();
  const pending: unknown[] = [schema];
  for (let next = pending.pop(); next !== undefined && found.size < MOST; next = pending.pop()) {
    if (!isSchemaObject(next) || found.has(next)) continue;
    found.add(next);
    if (next.$ref !== undefined) pending.push(lookup(next.$ref));
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const branches = next[keyword];
      if (Array.isArray(branches)) pending.push(...(branches as Schema[]).toReversed());
    }
  }
  return [...found];
}

/** The properties that are named anywhere, each with all that is said about it. */
export function membersOf(sayings: Sayings, lookup: SchemaLookup): ReadonlyMap<string, Sayings> {
  const found = new Map<string, SchemaObject[]>();
  for (const { properties } of sayings) {
    if (!isSchemaObject(properties)) continue;
    for (const [name, schema] of Object.entries(properties)) found.set(name, [...(found.get(name) ?? []), ...sayingsOf(schema, lookup)]);
  }
  return found;
}

/** What is said about the value at a path; `*` is an element of a list. */
export function sayingsAt(schema: unknown, lookup: SchemaLookup, path: readonly string[]): Sayings {
  let sayings = sayingsOf(schema, lookup);
  for (const token of path) {
    sayings = token === '*' ? sayings.flatMap(({ items }) => sayingsOf(items, lookup)) : (membersOf(sayings, lookup).get(token) ?? []);
  }
  return sayings;
}

/** True when an annotation such as `readOnly` is set anywhere. */
export function isMarked(sayings: Sayings, annotation: 'readOnly' | 'writeOnly'): boolean {
  return sayings.some((schema) => schema[annotation] === true);
}

/** The first value that a keyword has. */
export function keyword(sayings: Sayings, name: string): unknown {
  return sayings.find((schema) => schema[name] !== undefined)?.[name];
}

/** True when a type is allowed; where none is named, all are. */
export function allowsType(sayings: Sayings, type: string): boolean {
  const named = sayings.flatMap((schema) => (schema['type'] === undefined ? [] : [schema['type']].flat()));
  return named.length === 0 || named.includes(type) || (type === 'integer' && named.includes('number'));
}
