import { childPointer } from '../operations/index.ts';
import { compare } from './compare.ts';
import { objectOf, unknownKeys } from './flaws.ts';
import type { PAGE_MEMBERS } from './expression.ts';
import { reader } from './read-field.ts';
import type { Excerpt } from './overlay.ts';
import type { Scope } from './scope.ts';
import type { Template, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';
import type { Row } from './world.ts';

/** A part of the rows and their number in all. @param from how many to leave out. */
type Take = (from: number, size: number) => Excerpt;

/** One page of rows and the numbers that a response tells about it. */
export interface Page {
  readonly rows: readonly Row[];
  /** What `$page` names. */
  readonly page: Readonly<Record<(typeof PAGE_MEMBERS)[number], unknown>> & { readonly total: number };
}

export interface Pager {
  readonly cut: (rows: readonly Row[], scope: Scope) => Page;
  /** The same of rows that are not all at hand: where they are not sorted, those of the page are enough. */
  readonly cutFrom: (take: Take, scope: Scope) => Page;
  /** Makes the part of the response that holds the rows. */
  readonly out: Template;
  /** The fields that it sorts by when the request names none. */
  readonly sortedBy: readonly { readonly field: string; readonly pointer: string }[];
}

export const PAGER_KEYS = ['page', 'offset', 'first', 'size', 'preset', 'most', 'unpaged', 'sort', 'out', 'x-assumption'] as const;
export const SORT_KEYS = ['by', 'direction', 'nulls', 'preset', 'x-assumption'] as const;

/** Rows per page where neither the request nor the pager says. */
const PRESET_SIZE = 20;

/**
 * Compiles a pager:
 *
 * - `page` (a page number, the first one is `first`: 0 or 1, default 0) or `offset` (the number of rows to skip): where the page begins; a number below that is the first page, one too high an empty page, anything else the first page;
 * - `size`: rows per page, an expression or a number; `preset` where the request gives none (default 20), `most` at the most;
 * - `unpaged: true`: without a page number everything is one page;
 * - `sort: { by, direction, nulls, preset }`: field names (one, or several as a list or with commas; `-` before a name turns it round), ASC or DESC, NULLS_FIRST or NULLS_LAST (default);
 *   `preset` such as `-id` where the request names none. Rows that are alike keep their order;
 * - `out`: the template of the answer's part, with `$rows`, `$total` and `$page`.
 */
export function compilePager(value: unknown, pointer: string, context: TemplateContext): Pager {
  const given = objectOf(value, 'a pager', pointer, context.problem);
  unknownKeys(given, PAGER_KEYS, 'a pager', pointer, context.problem);
  if (given['page'] !== undefined && given['offset'] !== undefined)
    context.problem(pointer, 'a pager begins by page or by offset, not by both');
  const template = (key: string, preset: unknown): Template => context.template(given[key] ?? preset, childPointer(pointer, key));
  const number = (key: string, preset: number): number => {
    if (given[key] !== undefined && !Number.isSafeInteger(given[key]))
      context.problem(childPointer(pointer, key), `${key} is a whole number`);
    return wholeNumber(given[key], preset);
  };
  const byPage = given['offset'] === undefined;
  const start = template(byPage ? 'page' : 'offset', '$absent');
  const size = template('size', '$absent');
  const preset = number('preset', PRESET_SIZE);
  const most = number('most', Number.MAX_SAFE_INTEGER);
  const first = number('first', 0);
  const unpaged = given['unpaged'] === true;
  const sort = compileSort(given['sort'], childPointer(pointer, 'sort'), context);

  return {
    out: template('out', { rows: '$rows', total: '$total' }),
    sortedBy: sort.presets,
    cut: (matches, scope) => cutFrom((from, count) => ({ rows: matches.slice(from, from + count), total: matches.length }), scope),
    cutFrom,
  };

  function cutFrom(take: Take, scope: Scope): Page {
    const sortBy = sort.bind(scope);
    const asked = start(scope);
    const paged = !(unpaged && (asked === undefined || asked === null));
    const wanted = paged ? Math.max(1, Math.min(most, wholeNumber(size(scope), preset))) : undefined;
    const begin = wholeNumber(asked, byPage ? first : 0);
    // A page number of a client may be as great as numbers get.
    const highest = Math.floor(Number.MAX_SAFE_INTEGER / (wanted ?? 1)) - 1;
    const index =
      !paged || wanted === undefined ? 0 : Math.min(highest, byPage ? Math.max(0, begin - first) : Math.floor(Math.max(0, begin) / wanted));
    const offset = !paged || wanted === undefined ? 0 : byPage ? index * wanted : Math.max(0, begin);
    const end = wanted ?? Number.POSITIVE_INFINITY;
    const found = sortBy === undefined ? take(offset, end) : take(0, Number.POSITIVE_INFINITY);
    const rows = sortBy === undefined ? found.rows : sortBy(found.rows).slice(offset, offset + end);
    const { total } = found;
    const perPage = wanted ?? Math.max(total, 1);
    const pages = Math.ceil(total / perPage);
    const current = first + index;
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
        previous: offset > 0 ? Math.max(first, current - 1) : null,
        lastPage: Math.max(pages, 1) - 1 + first,
        empty: rows.length === 0,
        paged,
        unpaged: !paged,
      },
    };
  }
}

interface Sort {
  /** What sorts the rows for one request; `undefined`: they keep their order. */
  readonly bind: (scope: Scope) => ((rows: readonly Row[]) => readonly Row[]) | undefined;
  readonly presets: Pager['sortedBy'];
}

function compileSort(given: unknown, pointer: string, context: TemplateContext): Sort {
  if (given === undefined) return { bind: () => undefined, presets: [] };
  const options: Row = typeof given === 'string' ? { preset: given } : objectOf(given, 'sort', pointer, context.problem);
  unknownKeys(options, SORT_KEYS, 'sort', pointer, context.problem);
  const template = (key: string): Template => context.template(options[key] ?? '$absent', childPointer(pointer, key));
  const [by, direction, nulls] = [template('by'), template('direction'), template('nulls')];
  const preset = listOf(options['preset']);
  const at = typeof given === 'string' ? pointer : childPointer(pointer, 'preset');
  return {
    presets: preset.map((name) => ({ field: name.replace(/^-/, ''), pointer: at })),
    bind(scope) {
      const names = listOf(by(scope));
      const wanted = names.length > 0 ? names : preset;
      if (wanted.length === 0) return undefined;
      const down = names.length > 0 && textOf(direction(scope)).toUpperCase() === 'DESC';
      const keys = wanted.map((name) => ({ read: reader(name.replace(/^-/, '')), down: name.startsWith('-') !== down }));
      const nullsFirst = nulls(scope) === 'NULLS_FIRST';
      return (rows) => sorted(rows, keys, nullsFirst, scope);
    },
  };
}

interface SortKey {
  readonly read: (row: Row) => unknown;
  readonly down: boolean;
}

function sorted(rows: readonly Row[], keys: readonly SortKey[], nullsFirst: boolean, { clock }: Scope): readonly Row[] {
  // What is sorted by is read once for each row, times as numbers: reading a time is dearer than comparing it.
  const lines = rows.map((row) => ({ row, values: keys.map(({ read }) => read(row) ?? null) }));
  for (const column of keys.keys()) {
    const moments = lines.map(({ values }) => (typeof values[column] === 'string' ? clock.read(values[column]) : undefined));
    const areTimes = lines.every(({ values }, index) => values[column] === null || moments[index] !== undefined);
    if (areTimes) for (const [index, { values }] of lines.entries()) values[column] = moments[index] ?? null;
  }
  lines.sort((a, b) => {
    for (const [column, key] of keys.entries()) {
      const [left, right] = [a.values[column] ?? null, b.values[column] ?? null];
      if (left === null || right === null) {
        if (left === right) continue;
        return (left === null) === nullsFirst ? -1 : 1;
      }
      const result = compare(left, right, clock);
      if (result !== 0 && !Number.isNaN(result)) return key.down ? -result : result;
    }
    return 0;
  });
  return lines.map(({ row }) => row);
}

function listOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map((item) => textOf(item)) : textOf(value).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** A whole number that a client wrote, as number or text, within what is exact; anything else is the preset. */
function wholeNumber(value: unknown, preset: number): number {
  if (typeof value === 'string' && !/^\s*[-+]?\d+\s*$/.test(value)) return preset;
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') return preset;
  const number = Math.trunc(Number(value));
  return Number.isNaN(number) ? preset : Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
