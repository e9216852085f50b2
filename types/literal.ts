import { union, UNKNOWN, word } from './type.ts';
import type { Type } from './type.ts';

/** The type that has this JSON value alone; what has no literal type gets the type of its kind. */
export function literalType(value: unknown): Type {
  if (value === null) return word('null');
  if (typeof value === 'string') return { kind: 'literal', of: 'string', value };
  if (typeof value === 'boolean') return { kind: 'literal', of: 'boolean', value: String(value) };
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { kind: 'literal', of: 'number', value: String(value) } : word('number');
  }
  // Only integers that a number can't hold are read as bigint.
  if (typeof value === 'bigint') return { kind: 'literal', of: 'bigint', value: `${value}n` };
  if (Array.isArray(value)) return { kind: 'tuple', items: value.map(literalType), required: value.length, rest: undefined };
  if (typeof value !== 'object') return UNKNOWN;
  const properties = Object.entries(value).map(([name, item]) => ({ name, type: literalType(item), optional: false, comment: '' }));
  return { kind: 'object', properties, index: properties.length === 0 ? word('never') : undefined };
}

/** One of the values. */
export function enumType(values: readonly unknown[]): Type {
  return union(values.map(literalType));
}
