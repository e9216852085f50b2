import type { ToldList } from './match.ts';
import { numberOf } from './page.ts';
import type { AskedPage } from './page.ts';
import { derivedValueWrong } from './rules/derived-value-wrong.ts';
import { pageTooLarge } from './rules/page-too-large.ts';
import { totalMismatch } from './rules/total-mismatch.ts';
import type { Trial } from './trial.ts';

/** What one page says by itself: its rows, its size, the total, the numbers of the page. */
export function judgePage(trial: Trial, rows: readonly unknown[], told: ToldList, page: AskedPage | undefined): void {
  if (page === undefined) return;
  const { size, offset } = page;
  if (size !== undefined && rows.length > size) {
    pageTooLarge(trial, { rows: rows.length, size, isAsked: page.isAsked, pointer: told.rows?.pointer ?? '' });
    return;
  }
  const total = totalOf(told);
  if (total !== undefined && !trial.shared) {
    const { value, pointer } = total;
    // Rows come and go between the count and the page, while others write: then neither is held against the other.
    if (rows.length > 0 && value < offset + rows.length)
      totalMismatch(trial, {
        pointer,
        why: `the total is ${value}, but there are rows up to number ${offset + rows.length}`,
        expected: offset + rows.length,
        actual: value,
        because: [],
      });
    else if (isLast(rows, page) && value > offset + rows.length)
      totalMismatch(trial, {
        pointer,
        why: `the total is ${value}, but the page ends with number ${offset + rows.length} and has room for more`,
        expected: offset + rows.length,
        actual: value,
        because: [],
      });
  }
  judgeNumbers(trial, rows.length, told, page, total?.value);
}

/** Whether nothing comes behind this page: it is not full. An empty page behind the first may lie anywhere. */
export function isLast(rows: readonly unknown[], { size, offset }: AskedPage): boolean {
  return (size === undefined || rows.length < size) && (rows.length > 0 || offset === 0);
}

export function totalOf(told: ToldList): { readonly value: number; readonly pointer: string } | undefined {
  const total = told.total ?? told.page.get('total');
  const value = numberOf(total?.value);
  return value === undefined || total === undefined ? undefined : { value, pointer: total.pointer };
}

/** The numbers that a page tells of itself follow from what was asked and from the total. */
function judgeNumbers(trial: Trial, count: number, told: ToldList, page: AskedPage, total: number | undefined): void {
  const { size, offset, number, first } = page;
  const pages = size === undefined || total === undefined ? undefined : Math.ceil(total / size);
  const isPaged = size !== undefined;
  const expected: Readonly<Record<string, unknown>> = {
    current: isPaged && number !== undefined ? first + number : undefined,
    number: isPaged ? number : undefined,
    size: page.isAsked ? size : undefined,
    offset: isPaged ? offset : undefined,
    count,
    empty: count === 0,
    pages,
    first: isPaged ? offset === 0 : undefined,
    last: isPaged && total !== undefined && count > 0 ? offset + count >= total : undefined,
    from: count > 0 && isPaged ? offset + 1 : undefined,
    to: count > 0 && isPaged ? offset + count : undefined,
    lastPage: pages === undefined || pages === 0 ? undefined : pages - 1 + first,
    total,
  };
  for (const [name, { value, pointer }] of told.page) {
    const wanted = expected[name];
    if (wanted === undefined || typeof wanted !== typeof value || wanted === value) continue;
    derivedValueWrong(trial, { template: `$page.${name}`, pointer, expected: wanted, actual: value, because: [] });
  }
}
