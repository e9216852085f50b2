import { textOf } from '../../text.ts';
import { matchAnswer } from '../answer.ts';
import type { Place } from '../evaluate.ts';
import { evaluate } from '../evaluate.ts';
import { judgeFilter } from '../fits.ts';
import { hasHole } from '../hole.ts';
import type { KnownRow } from '../knowledge.ts';
import { unknownRow } from '../knowledge.ts';
import { learnPresence } from '../learn.ts';
import type { CollectionPlan } from '../plan.ts';
import { keyOf, lookUp, presenceOf, readerOf } from '../rows.ts';
import { createdRowMissing } from '../rules/created-row-missing.ts';
import { deletedRowServed } from '../rules/deleted-row-served.ts';
import { filterIgnored } from '../rules/filter-ignored.ts';
import { transitionOverdue } from '../rules/transition-overdue.ts';
import type { Trial } from '../trial.ts';

/** An accepted get: its row is there, fits what was asked for, and holds what is known of it. */
export function judgeGet(trial: Trial, target: CollectionPlan, place: Place): void {
  const { given } = trial.plan;
  const isNullable = Object.hasOwn(given, 'missing');
  const asked = given['key'] === undefined ? undefined : keyOf(given['key'], place);
  // An answer without the row tells nothing of it but that it is not there.
  const probe = unknownRow(target, undefined);
  matchAnswer({ ...place, trial: quiet(trial), row: probe });
  const key = asked ?? keyIn(probe);
  if (key === undefined) return;
  const row = lookUp(trial, target, key);
  if (isNullable && probe.fields.size === 0) {
    if (presenceOf(trial, row) === 'present' && given['where'] === undefined) createdRowMissing(trial, row);
    return;
  }
  const isGone = presenceOf(trial, row) === 'absent';
  if (isGone) deletedRowServed(trial, row);
  transitionOverdue(trial, row, probe);
  matchAnswer({ ...place, row });
  // Whether a row is there of which both has been said, nobody knows any more.
  if (isGone) row.presence = undefined;
  else learnPresence(trial, row, 'present');
  judgeWhere(trial, row, place);
}

/** A row that an answer shows has to fit the filter. */
export function judgeWhere(trial: Trial, row: KnownRow, place: Place, pointer = ''): void {
  const { where } = trial.plan.given;
  if (where === undefined) return;
  trial.because.clear();
  const outcome = judgeFilter(where, readerOf(trial, row), (asked) => evaluate(asked, { ...place, row }), trial.eyes);
  if (typeof outcome === 'object' && !hasHole(outcome.value)) filterIgnored(trial, { row, ...outcome, pointer, because: trial.because });
}

/** The same exchange looked at without a word. */
export function quiet(trial: Trial): Trial {
  return { ...trial, found: [], because: new Set() };
}

export function keyIn(row: KnownRow): string | undefined {
  const value = row.fields.get(row.collection.keyField)?.value;
  return value === undefined || value === null || value === '' || typeof value === 'object' ? undefined : textOf(value);
}
