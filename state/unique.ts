import { childPointer } from '../operations/index.ts';
import { unknownKeys } from './flaws.ts';
import { compileFilter } from './predicate.ts';
import { listAt, objectAt } from './shape.ts';
import type { Filter, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';

/** Fields of which no two live rows may have the same values. A row in which one of them is absent or null takes no part. */
export interface Unique {
  readonly fields: readonly string[];
  /** Only rows that fit take part. */
  readonly where: Filter;
}

export const UNIQUE_KEYS = ['fields', 'where', 'x-assumption'] as const;

export function compileUnique(given: unknown, pointer: string, context: TemplateContext): Unique {
  const { fields, where, ...rest } = Array.isArray(given) ? { fields: given as unknown[], where: undefined } : objectAt(given);
  unknownKeys(rest, UNIQUE_KEYS, 'unique', pointer, context.problem);
  if (!Array.isArray(fields) || fields.length === 0) context.problem(pointer, 'unique needs a list of fields');
  const names = listAt(fields).map((field) => textOf(field));
  for (const [index, name] of names.entries())
    context.reads(context.variables.row, name, childPointer(Array.isArray(given) ? pointer : childPointer(pointer, 'fields'), index));
  return { fields: names, where: compileFilter(where, childPointer(pointer, 'where'), context) };
}
