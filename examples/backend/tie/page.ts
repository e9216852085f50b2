import type { SQLInputValue } from 'node:sqlite';
import type { Context } from '../context.ts';
import type { Row } from '../database.ts';

/** One condition of a list; it is not asked for where its value is undefined. */
export type Condition = readonly [sql: string, value: SQLInputValue | undefined];

const SIZE = 20;

/** At most 20 rows from the record `start` on, and the number of all that fit. */
export function pageOf(
  { database, defect }: Context,
  table: 'tie' | 'apply',
  conditions: readonly Condition[],
  start: number,
): { rows: readonly Row[]; count: number } {
  const asked = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const where = asked.map(({ sql }) => sql).join(' AND ') || '1';
  const values = asked.map(({ value }) => value);
  const count = Number(database.get(`SELECT count(*) AS count FROM ${table} WHERE ${where}`, ...values)?.['count']);

  let offset = defect('tie-start-is-page') ? start * SIZE : start;
  if (defect('tie-last-page-repeated') && offset >= count) offset = Math.max(count - SIZE, 0);
  const limit = defect('tie-page-21') ? SIZE + 1 : SIZE;
  const rows = database.all(`SELECT * FROM ${table} WHERE ${where} ORDER BY id LIMIT ? OFFSET ?`, ...values, limit, offset);
  return { rows, count: defect('tie-count-of-page') ? rows.length : count };
}

/** A condition for a part of a text, letter by letter: LIKE would take `a` for `A`. */
export function contains(column: string, part: string | undefined): Condition {
  return [`instr(${column}, ?) > 0`, part];
}
