import { childPointer } from '../../operations/index.ts';
import { refused } from '../outcome.ts';
import { deleteRow, findRow } from '../rows.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { filterOf, missingError, part, unfitError } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const DELETE_KEYS = ['key', 'each', 'where', 'missing', 'otherwise', 'illegal'] as const;

/**
 * `do: delete`: the row of `key`, or of each key of `each` (`$rows` are the rows then). An unknown key is refused, or passed over with `missing: ignore`; a row that does not fit `where` is refused
 * with `illegal`, or is as good as unknown where that is not given.
 */
export function compileDelete(context: VerbContext): Verb {
  const { target, given, pointer, problem } = context;
  const each = part(context, 'each');
  const key = part(context, 'key') ?? (each === undefined ? undefined : context.template('$item', pointer));
  if (key === undefined) problem(pointer, 'a delete needs a key, or each');
  const where = filterOf(context);
  const otherwise = missingError(context);
  const unfit = unfitError(context);
  const { missing } = given;
  if (missing !== undefined && missing !== 'ignore') problem(childPointer(pointer, 'missing'), 'a delete has missing: ignore, or none');
  return (scope) => {
    const fits = where.bind(scope);
    const items = each === undefined ? [undefined] : each(scope);
    const rows: Row[] = [];
    for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) {
      const asked = textOf(key?.({ ...scope, item, index }));
      const row = findRow(scope, target, asked);
      const isFit = row !== undefined && fits(row);
      if (row === undefined || (!isFit && given['illegal'] === undefined)) {
        if (missing === 'ignore') continue;
        return refused(otherwise);
      }
      if (!isFit) return refused(unfit);
      deleteRow(scope, target, asked, row);
      rows.push(row);
    }
    if (each !== undefined) return { ok: true, rows, total: rows.length };
    return { ok: true, before: rows[0], row: rows[0], rows, total: rows.length };
  };
}
