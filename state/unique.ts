import { childPointer } from '../operations/index.ts';
import { identityOf } from './compare.ts';
import { unknownKeys } from './flaws.ts';
import { compileFilter } from './predicate.ts';
import type { RowIndex } from './row-index.ts';
import { listAt, objectAt } from './shape.ts';
import type { Filter, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';
import type { Row } from './world.ts';

/** Fields of which no two live rows may have the same values. A row in which one of them is absent or null takes no part. */
export interface Unique {
  readonly fields: readonly string[];
  /** Only rows that fit take part. */
  readonly where: Filter;
  /** By the values of the fields, whether a row fits or not. */
  readonly index: RowIndex;
}

export const UNIQUE_KEYS = ['fields', 'where', 'x-assumption'] as const;

export function compileUnique(given: unknown, pointer: string, context: TemplateContext): Unique {
  const { fields, where, ...rest } = Array.isArray(given) ? { fields: given as unknown[], where: undefined } : objectAt(given);
  unknownKeys(rest, UNIQUE_KEYS, 'unique', pointer, context.problem);
  if (!Array.isArray(fields) || fields.length === 0) context.problem(pointer, 'unique needs a list of fields');
  const names = listAt(fields).map((field) => textOf(field));
  for (const [index, name] of names.entries())
    context.reads(context.variables.row, name, childPointer(Array.isArray(given) ? pointer : childPointer(pointer, 'fields'), index));
  return {
    fields: names,
    index: { identity: (row) => identityIn(row, names) },
    where: compileFilter(where, childPointer(pointer, 'where'), context),
  };
}

function identityIn(row: Row, fields: readonly string[]): string | undefined {
  const values = fields.map((field) => (Object.hasOwn(row, field) ? row[field] : undefined));
  if (values.some((value) => value === undefined || value === null)) return undefined;
  return JSON.stringify(values.map(identityOf));
}
