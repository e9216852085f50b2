import { compare } from '../../compare.ts';
import { listAt, objectAt } from '../../shape.ts';
import { textOf } from '../../text.ts';
import { isNothing } from '../difference.ts';
import { evaluate, readRow } from '../evaluate.ts';
import type { Place } from '../evaluate.ts';
import { hasHole } from '../hole.ts';
import type { KnownRow } from '../knowledge.ts';
import { doubtOf } from '../plan.ts';
import type { Doubt } from '../plan.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

interface Column {
  readonly field: string;
  readonly down: boolean;
  /** Of an order that nobody asked for. */
  readonly doubt: Doubt;
}

/** Two rows of a page stand in another order than the request asks for, or the state file promises where it asks for none. */
export function judgeOrder(trial: Trial, rows: readonly { readonly row: KnownRow; readonly pointer: string }[], place: Place): void {
  const sort = trial.plan.pager?.['sort'];
  const column = columnOf(sort, place);
  if (column === undefined) return;
  const { field, down, doubt } = column;
  for (const [index, { row, pointer }] of rows.entries()) {
    const previous = rows[index - 1];
    if (previous === undefined) continue;
    const [left, right] = [readRow(previous.row, [field], trial), readRow(row, [field], trial)];
    if (hasHole(left) || hasHole(right) || isNothing(left) || isNothing(right) || !areComparable(left, right, trial)) continue;
    const order = compare(left, right, trial.eyes.clock);
    if (!(down ? order < 0 : order > 0)) continue;
    tell(trial, {
      rule: 'order-wrong',
      message: `the list is sorted by ${field}, ${down ? 'the greatest' : 'the least'} first, but ${nameOf(row)} stands behind ${nameOf(previous.row)}`,
      pointer,
      because: [],
      expected: left,
      actual: right,
      member: field,
      doubt,
    });
    return;
  }
}

/** On the first page of a sorted list a row is left out that surely stands before its last one. @param present rows that are there and fit. */
export function judgeFirstPage(
  trial: Trial,
  rows: readonly { readonly row: KnownRow; readonly pointer: string }[],
  present: readonly KnownRow[],
  place: Place,
): void {
  const column = columnOf(trial.plan.pager?.['sort'], place);
  const last = rows.at(-1);
  if (column === undefined || last === undefined) return;
  const { field, down, doubt } = column;
  const end = readRow(last.row, [field], trial);
  const listed = new Set(rows.map(({ row }) => row.key));
  if (hasHole(end) || isNothing(end)) return;
  for (const row of present) {
    if (row.key === undefined || listed.has(row.key)) continue;
    trial.because.clear();
    const value = readRow(row, [field], trial);
    if (hasHole(value) || isNothing(value) || !areComparable(value, end, trial)) continue;
    const order = compare(value, end, trial.eyes.clock);
    if (!(down ? order > 0 : order < 0)) continue;
    tell(trial, {
      rule: 'order-wrong',
      message: `the list is sorted by ${field}, ${down ? 'the greatest' : 'the least'} first, but it leaves out ${nameOf(row)}, which stands before ${nameOf(last.row)}`,
      pointer: last.pointer,
      because: [...trial.because, ...(row.presence === undefined ? [] : [row.presence.by])],
      expected: value,
      actual: end,
      member: field,
      doubt,
    });
    return;
  }
}

/** The first field that a list is sorted by; the direction has to be said by the request, or by the state file. */
function columnOf(sort: unknown, place: Place): Column | undefined {
  if (sort === undefined) return undefined;
  const options = typeof sort === 'string' ? { preset: sort } : objectAt(sort);
  const by = evaluate(options['by'] ?? '$absent', place);
  if (hasHole(by)) return undefined;
  const [asked] = namesIn(by);
  if (asked === undefined) {
    const [preset] = namesIn(options['preset']);
    return preset === undefined ? undefined : { field: preset.replace(/^-/, ''), down: preset.startsWith('-'), doubt: doubtOf(options) };
  }
  const direction = textOf(evaluate(options['direction'] ?? '$absent', place)).toUpperCase();
  if (direction !== 'ASC' && direction !== 'DESC') return undefined;
  return { field: asked.replace(/^-/, ''), down: asked.startsWith('-') !== (direction === 'DESC'), doubt: undefined };
}

function namesIn(value: unknown): string[] {
  return listAt(value)
    .flatMap((item) => textOf(item).split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Numbers and times; in which order texts stand is the collation's affair. */
function areComparable(left: unknown, right: unknown, { eyes: { clock } }: Trial): boolean {
  return [left, right].every((value) => typeof value === 'number' || typeof value === 'bigint' || clock.read(value) !== undefined);
}
