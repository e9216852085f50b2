import { deleteRow, findRow } from '../collection.ts';
import { refused } from '../outcome.ts';
import type { Row } from '../world.ts';
import { missingError, part, filter } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';
import { textOf } from '../text.ts';

/** `do: delete`: the row of `key`, or of each key of `each`. An unknown key is refused, or passed over with `missing: ignore`. */
export function compileDelete(context: VerbContext): Verb {
  const key = part(context, 'key');
  const each = part(context, 'each');
  const where = filter(context);
  const { target } = context;
  const otherwise = missingError(context);
  const illegal = typeof context.given['illegal'] === 'string' ? context.given['illegal'] : 'ILLEGAL_STATE';
  const ignore = context.given['missing'] === 'ignore';
  return (scope) => {
    const items = each === undefined ? [undefined] : each(scope);
    const rows: Row[] = [];
    for (const item of Array.isArray(items) ? (items as unknown[]) : []) {
      const asked = textOf(key === undefined ? item : key({ ...scope, item }));
      const row = findRow(scope, target, asked);
      if (row === undefined) {
        if (ignore) continue;
        return refused(otherwise);
      }
      if (!where(row, { ...scope, row })) return refused(illegal);
      deleteRow(scope, target, asked, row);
      rows.push(row);
    }
    return { ok: true, before: rows[0], row: rows[0], rows, total: rows.length };
  };
}
