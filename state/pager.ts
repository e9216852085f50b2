import { childPointer } from '../operations/index.ts';
import { compare, reader } from './predicate.ts';
import type { Scope } from './scope.ts';
import type { Template, TemplateContext } from './template-context.ts';
import type { Row } from './world.ts';
import { textOf } from './text.ts';

/** One page of rows and the numbers that a response tells about it. */
export interface Page {
  readonly rows: readonly Row[];
  /** What `$page` names: `current size total pages number offset from to first last next previous paged`. */
  readonly page: Readonly<Record<string, unknown>>;
}

export interface Pager {
  readonly cut: (rows: readonly Row[], scope: Scope) => Page;
  /** Makes the part of the response that holds the rows. */
  readonly out: Template;
}

const KEYS = new Set(['page', 'offset', 'first', 'size', 'preset', 'most', 'unpaged', 'sort', 'out']);

/**
 * Compiles a pager:
 *
 * - `page` (a page number, the first one is `first`: 0 or 1, default 0) or `offset` (the number of rows to skip): where the page begins;
 * - `size`: rows per page, an expression or a number; `preset` where the request gives none (default 20), `most` at the most;
 * - `unpaged: true`: without a page number everything is one page;
 * - `sort: { by, direction, nulls, preset }`: field names (one, or several as a list or with commas), ASC or DESC, NULLS_FIRST or NULLS_LAST; `preset` such as `-id` where the request names none;
 * - `out`: the template of the answer's part, with `$rows`, `$total` and `$page`.
 */
export function compilePager(given: Row, pointer: string, context: TemplateContext): Pager {
  for (const key of Object.keys(given))
    if (!KEYS.has(key)) context.problem(childPointer(pointer, key), `a pager has no "${key}"; it has ${[...KEYS].join(', ')}`);
  const value = (key: string, preset: unknown): Template => context.template(given[key] ?? preset, childPointer(pointer, key));
  const byPage = given['offset'] === undefined;
  const start = value(byPage ? 'page' : 'offset', undefined);
  const size = value('size', undefined);
  const preset = numberOr(given['preset'], 20);
  const most = numberOr(given['most'], Number.MAX_SAFE_INTEGER);
  const first = numberOr(given['first'], 0);
  const unpaged = given['unpaged'] === true;
  const sort = compileSort(given['sort'], childPointer(pointer, 'sort'), context);

  return {
    out: value('out', { rows: '$rows', total: '$total' }),
    cut(matches, scope) {
      const sorted = sort(matches, scope);
      const asked = start(scope);
      const total = sorted.length;
      const paged = !(unpaged && (asked === undefined || asked === null));
      const perPage = paged ? Math.max(1, Math.min(most, numberOr(size(scope), preset))) : Math.max(total, 1);
      const begin = numberOr(asked, byPage ? first : 0);
      const index = byPage ? Math.max(0, begin - first) : Math.floor(Math.max(0, begin) / perPage);
      const offset = paged ? (byPage ? index * perPage : Math.max(0, begin)) : 0;
      const rows = sorted.slice(offset, offset + perPage);
      const pages = Math.ceil(total / perPage);
      const current = first + (paged ? index : 0);
      return {
        rows,
        page: {
          current,
          size: paged ? perPage : total,
          total,
          pages,
          number: index,
          offset,
          count: rows.length,
          from: rows.length === 0 ? null : offset + 1,
          to: rows.length === 0 ? null : offset + rows.length,
          first: offset === 0,
          last: offset + rows.length >= total,
          next: offset + rows.length < total ? current + 1 : null,
          previous: offset > 0 ? current - 1 : null,
          lastPage: Math.max(pages, 1) - 1 + first,
          empty: rows.length === 0,
          paged,
          unpaged: !paged,
        },
      };
    },
  };
}

type Sort = (rows: readonly Row[], scope: Scope) => readonly Row[];

function compileSort(given: unknown, pointer: string, context: TemplateContext): Sort {
  if (given === undefined) return (rows) => rows;
  const { by, direction, nulls, preset } = (typeof given === 'object' && given !== null ? given : { preset: given }) as Row;
  const fields = context.template(by, childPointer(pointer, 'by'));
  const order = context.template(direction, childPointer(pointer, 'direction'));
  const place = context.template(nulls, childPointer(pointer, 'nulls'));
  return (rows, scope) => {
    const names = listOf(fields(scope));
    const wanted = names.length > 0 ? names : listOf(preset);
    if (wanted.length === 0) return rows;
    const down = textOf(order(scope), 'ASC').toUpperCase() === 'DESC';
    const nullsFirst = place(scope) === 'NULLS_FIRST';
    const keys = wanted.map((name) => ({
      read: reader(name.replace(/^-/, '')),
      down: name.startsWith('-') !== (down && names.length > 0),
    }));
    return rows.toSorted((a, b) => {
      for (const key of keys) {
        const [left, right] = [key.read(a) ?? null, key.read(b) ?? null];
        if (left === null || right === null) {
          if (left === right) continue;
          return (left === null) === nullsFirst ? -1 : 1;
        }
        const result = compare(left, right, scope);
        if (result !== 0 && !Number.isNaN(result)) return key.down ? -result : result;
      }
      return 0;
    });
  };
}

function listOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const items = Array.isArray(value) ? value.map(String) : textOf(value).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

function numberOr(value: unknown, preset: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : preset;
}
