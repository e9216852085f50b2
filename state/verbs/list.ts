import { childPointer } from '../../operations/index.ts';
import type { Excerpt } from '../overlay.ts';
import { excerptOfRows } from '../rows.ts';
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
  // What an effect changes must not show in `$matches` afterwards.
  const isEager = given['also'] !== undefined;
  return (scope) => {
    const take = (from: number, size: number): Excerpt => excerptOfRows(scope, target, where, from, size);
    const cut = pager?.cutFrom(take, scope);
    const whole = cut === undefined || isEager ? take(0, Number.POSITIVE_INFINITY) : undefined;
    const found = cut?.rows ?? whole?.rows ?? [];
    const page = cut?.page ?? {};
    const total = cut?.page.total ?? found.length;
    const matches = whole?.rows ?? later(() => take(0, Number.POSITIVE_INFINITY).rows);
    const listScope = { ...scope, matches, total, page };
    const rows = show === undefined ? found : found.map((row) => show({ ...listScope, row })).filter((shown) => shown !== undefined);
    const listed = pager === undefined ? undefined : pager.out({ ...listScope, rows });
    return { ok: true, rows, matches, total, page, listed };
  };
}

/** What few ask for, made when somebody does, and once. */
function later<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
