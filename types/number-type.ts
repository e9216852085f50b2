import type { SchemaObject } from '../operations/index.ts';
import { union, word } from './type.ts';
import type { Type } from './type.ts';

const WIDE = new Set(['int64', 'uint64']);

/**
 * `number`, or `number | bigint` for an `int64` whose bounds leave room for integers that a number can't hold (beyond 2^53 - 1): those are
 * read and written as `bigint`.
 */
export function numberType(schema: SchemaObject): Type {
  if (!WIDE.has(String(schema['format']))) return word('number');
  const least = Math.max(...numbers(schema['minimum'], schema['exclusiveMinimum']), schema['format'] === 'uint64' ? 0 : -Infinity);
  const most = Math.min(...numbers(schema['maximum'], schema['exclusiveMaximum']));
  const isSafe = least >= Number.MIN_SAFE_INTEGER && most <= Number.MAX_SAFE_INTEGER;
  return isSafe ? word('number') : union([word('number'), word('bigint')]);
}

function numbers(...values: readonly unknown[]): number[] {
  return values.filter((value) => typeof value === 'number');
}
