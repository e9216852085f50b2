import { childPointer } from '../../../operations/index.ts';
import { matchAnswer, newList } from '../answer.ts';
import type { Place } from '../evaluate.ts';
import type { KnownRow } from '../knowledge.ts';
import { copyOf, unknownRow } from '../knowledge.ts';
import { learnPresence } from '../learn.ts';
import { judgeListing } from '../listing.ts';
import type { Listings } from '../listings.ts';
import { match } from '../match.ts';
import type { ToldList } from '../match.ts';
import { pageOf } from '../page.ts';
import { judgePage } from '../judge-page.ts';
import type { CollectionPlan } from '../plan.ts';
import { lookUp, presenceOf, shownKey } from '../rows.ts';
import { deletedRowListed } from '../rules/deleted-row-listed.ts';
import { duplicateNotSkipped } from '../rules/duplicate-not-skipped.ts';
import { judgeOrder } from '../rules/order-wrong.ts';
import { transitionOverdue } from '../rules/transition-overdue.ts';
import { taught } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { identityIn } from '../unique-rows.ts';
import { evaluate } from '../evaluate.ts';
import { objectAt } from '../../shape.ts';
import { judgeWhere, keyIn, quiet } from './get.ts';

/** A row as a list shows it. */
export interface ListedRow {
  /** What is known of it with what the list shows over it. */
  readonly row: KnownRow;
  readonly pointer: string;
}

/** An accepted list: each of its rows, the page, and what pages of one listing are together. */
export function judgeList(trial: Trial, target: CollectionPlan, place: Place, listings: Listings): void {
  const told = newList();
  matchAnswer({ ...place, told });
  const shown = rowsOf(trial, told);
  if (shown === undefined) return;
  const rows = shown.map(({ value, pointer }) => judgeListed(trial, target, place, value, pointer));
  judgeDoubles(trial, rows);
  judgeOrder(trial, rows, place);
  const page = pageOf(trial, place);
  judgePage(trial, rows, told, page);
  judgeListing({ trial, target, place, rows, told, page, listings });
}

function rowsOf({ plan }: Trial, told: ToldList): { readonly value: unknown; readonly pointer: string }[] | undefined {
  const { rows, first } = told;
  if (rows !== undefined)
    return Array.isArray(rows.value)
      ? rows.value.map((value: unknown, index) => ({ value, pointer: childPointer(rows.pointer, index) }))
      : undefined;
  // One row alone is a page of one.
  if (first === undefined || plan.pager?.['size'] !== 1) return undefined;
  return first.value === undefined || first.value === null ? [] : [first];
}

function judgeListed(trial: Trial, target: CollectionPlan, place: Place, value: unknown, pointer: string): ListedRow {
  const show = trial.plan.given['show'] ?? '$row';
  const key = shownKey(value, trial.plan.keyPath);
  const probe = unknownRow(target, key);
  if (key === undefined) {
    match(show, value, { ...place, row: probe }, pointer);
    judgeWhere(trial, probe, place, pointer);
    return { row: probe, pointer };
  }
  const row = lookUp(trial, target, key);
  const isGone = presenceOf(trial, row) === 'absent';
  if (isGone) deletedRowListed(trial, row, pointer);
  if (target.machine !== undefined && target.machine.timed.length > 0) {
    match(show, value, { ...place, trial: quiet(trial), row: probe }, pointer);
    transitionOverdue(trial, row, probe);
  }
  match(show, value, { ...place, row }, pointer);
  // Whether a row is there of which both has been said, nobody knows any more.
  if (isGone) row.presence = undefined;
  else learnPresence(trial, row, 'present');
  const seen = withShown(trial, show, value, place, row);
  judgeWhere(trial, seen, place, pointer);
  learnAsked(trial, row, place);
  return { row: seen, pointer };
}

/** The row with what the answer shows over what is known: while somebody else was changing it, that is not kept. */
function withShown(trial: Trial, show: unknown, value: unknown, place: Place, row: KnownRow): KnownRow {
  if (row.presence === undefined || row.presence.by === trial.observation.index) return row;
  const probe = unknownRow(row.collection, row.key);
  match(show, value, { ...place, trial: quiet(trial), row: probe }, '');
  const seen = copyOf(row);
  for (const [field, known] of probe.fields) seen.fields.set(field, known);
  return seen;
}

/** A row that is listed where a field is asked for plainly has that value, shown or not. */
function learnAsked(trial: Trial, row: KnownRow, place: Place): void {
  if (row.presence?.by !== trial.observation.index) return;
  for (const [field, wanted] of Object.entries(objectAt(trial.plan.given['where']))) {
    if (typeof wanted !== 'string' || !wanted.startsWith('$request.') || row.fields.has(field)) continue;
    const asked = evaluate(wanted, place);
    if (asked !== undefined && asked !== null && asked !== '' && typeof asked !== 'object')
      row.fields.set(field, taught(trial, asked, false));
  }
}

/** No row stands in a page twice, nor two of which one may not be. */
function judgeDoubles(trial: Trial, rows: readonly ListedRow[]): void {
  const seen = new Map<string, ListedRow>();
  const once = (identity: string, listed: ListedRow): ListedRow | undefined => {
    const other = seen.get(identity);
    if (other === undefined) seen.set(identity, listed);
    return other;
  };
  for (const listed of rows) {
    const { row, pointer } = listed;
    const key = row.key ?? keyIn(row);
    if (key === undefined) continue;
    const other = once(`key ${key}`, listed);
    if (other !== undefined) {
      duplicateNotSkipped(trial, { row: other.row, fields: [row.collection.keyField] }, pointer, []);
      continue;
    }
    for (const unique of row.collection.uniques) {
      const identity = identityIn(trial, unique, row);
      const twin = identity === undefined ? undefined : once(`${unique.pointer} ${identity}`, listed);
      if (twin !== undefined) duplicateNotSkipped(trial, { row: twin.row, fields: unique.fields, unique }, pointer, trial.because);
    }
  }
}
