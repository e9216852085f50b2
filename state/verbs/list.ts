import { childPointer } from '../../operations/index.ts';
import { fittingRows } from '../rows.ts';
import { filterOf, part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const LIST_KEYS = ['where', 'page'] as const;

/** `do: list`: the rows that fit `where`, each shown by `show`, cut by the pager `page`; without a pager all of them. */
export function compileList(context: VerbContext): Verb {
  const { target, given, pointer } = context;
  const where = filterOf(context);
  const show = part(context, 'show', { row: target.name });
  const pager = given['page'] === undefined ? undefined : context.pager(given['page'], childPointer(pointer, 'page'));
  for (const { field, pointer: at } of pager?.sortedBy ?? []) context.reads(target.name, field, at);
  return (scope) => {
    const matches = Array.from(fittingRows(scope, target, where), ([, row]) => row);
    const cut = pager?.cut(matches, scope) ?? { rows: matches, page: {} };
    const listScope = { ...scope, matches, total: matches.length, page: cut.page };
    const rows = show === undefined ? cut.rows : cut.rows.map((row) => show({ ...listScope, row })).filter((shown) => shown !== undefined);
    const listed = pager === undefined ? undefined : pager.out({ ...listScope, rows });
    return { ok: true, rows, matches, total: matches.length, page: cut.page, ...(listed === undefined ? {} : { listed }) };
  };
}
