import { childPointer } from '../../operations/index.ts';
import { liveRows } from '../collection.ts';
import type { Row } from '../world.ts';
import { filter, part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

/** `do: list`: the rows that fit `where`, each shown by `show`, cut by the pager `page`; without a pager all of them. */
export function compileList(context: VerbContext): Verb {
  const where = filter(context);
  const show = part(context, 'show');
  const pager =
    context.given['page'] === undefined ? undefined : context.pager(context.given['page'], childPointer(context.pointer, 'page'));
  const { target } = context;
  return (scope) => {
    const matches: Row[] = [];
    const inner = { ...scope };
    for (const [, row] of liveRows(scope, target)) if (where(row, inner)) matches.push(row);
    const cut = pager?.cut(matches, scope) ?? { rows: matches, page: {} };
    const listScope = { ...scope, matches, total: matches.length, page: cut.page };
    const rows = show === undefined ? cut.rows : cut.rows.map((row) => show({ ...listScope, row }));
    const listed = pager === undefined ? undefined : pager.out({ ...listScope, rows });
    return { ok: true, rows, matches, total: matches.length, page: cut.page, ...(listed === undefined ? {} : { listed }) };
  };
}
