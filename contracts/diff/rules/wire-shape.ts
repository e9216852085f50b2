import { isSchemaObject } from '../../../operations/index.ts';
import type { SchemaLookup } from '../../../operations/index.ts';

/** Whether the values of a schema are plain texts and numbers, and whether they may be objects. */
export interface WireShape {
  readonly scalar: boolean;
  readonly object: boolean;
}

/** Looks for lists and objects through references and alternatives; a schema without a word about types is taken for a scalar. */
export function isScalar(schema: unknown, lookup: SchemaLookup): WireShape {
  const seen = new Set<unknown>();
  const pending: unknown[] = [schema];
  let list = false;
  let object = false;
  while (pending.length > 0) {
    const next = pending.pop();
    if (!isSchemaObject(next) || seen.has(next)) continue;
    seen.add(next);
    const types: readonly unknown[] = Array.isArray(next['type']) ? next['type'] : [next['type']];
    list ||= types.includes('array') || next['items'] !== undefined;
    object ||= types.includes('object') || next['properties'] !== undefined;
    if (next.$ref !== undefined) pending.push(lookup(next.$ref));
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(next[keyword])) pending.push(...(next[keyword] as unknown[]));
  }
  return { scalar: !list && !object, object };
}
