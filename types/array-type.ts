import type { SchemaObject } from '../operations/index.ts';
import { isWord, UNKNOWN } from './type.ts';
import type { Type } from './type.ts';

/**
 * The type of arrays: a tuple where items are given by position (JSON Schema 2020-12 section 10.3.1). Positions are there for sure only up to `minItems`.
 */
export function tupleOrArray(schema: SchemaObject, inner: (part: unknown) => Type): Type {
  const rest = 'items' in schema ? inner(schema['items']) : UNKNOWN;
  const prefix: readonly unknown[] = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const most = countOf(schema['maxItems']) ?? Infinity;
  if (prefix.length === 0 && !isWord(rest, 'never')) return { kind: 'array', item: rest };
  const items = prefix.slice(0, most).map(inner);
  const isClosed = isWord(rest, 'never') || most <= prefix.length;
  return {
    kind: 'tuple',
    items,
    required: Math.min(items.length, countOf(schema['minItems']) ?? 0),
    rest: isClosed ? undefined : rest,
  };
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
