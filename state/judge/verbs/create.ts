import { matchAnswer } from '../answer.ts';
import { evaluate } from '../evaluate.ts';
import type { Place } from '../evaluate.ts';
import { HOLE } from '../hole.ts';
import type { KnownRow } from '../knowledge.ts';
import { unknownRow } from '../knowledge.ts';
import { learnPresence, noteWrite } from '../learn.ts';
import type { CollectionPlan } from '../plan.ts';
import { lookUp, presenceOf } from '../rows.ts';
import { uniqueBroken } from '../rules/unique-broken.ts';
import { findDuplicate } from '../unique-rows.ts';
import type { Trial } from '../trial.ts';
import { textOf } from '../../text.ts';
import { addedRow, fieldsMade } from '../write-row.ts';
import type { MadeFields } from '../write-row.ts';
import { keyIn, quiet } from './get.ts';

/** Does what comes with the operation, once its own row is known as far as it ever is before the answer is read. */
export type Effects = (row: KnownRow | undefined) => void;

/** An accepted create. */
export function judgeCreate(trial: Trial, target: CollectionPlan, place: Place, effects: Effects): void {
  const { given } = trial.plan;
  const set = given['set'] ?? (given['each'] === undefined ? '$request.body' : '$item');
  if (given['each'] !== undefined) {
    const items = evaluate(given['each'], place);
    for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries())
      addOne(trial, target, fieldsMade(set, { ...place, item, index }), undefined);
    effects(undefined);
    matchAnswer(place);
    return;
  }
  addOne(trial, target, fieldsMade(set, place), place, effects);
}

/**
 * One row that is added: by its key where the request or the answer tells one.
 * @param place where the answer shows the row; absent: it does not.
 */
export function addOne(
  trial: Trial,
  target: CollectionPlan,
  made: MadeFields,
  place: Place | undefined,
  effects: Effects = () => undefined,
): KnownRow {
  const { given } = trial.plan;
  const { conflict } = given;
  const asked = keyGiven(target, made.fields);
  const probe = unknownRow(target, undefined);
  if (asked === undefined && place !== undefined) matchAnswer({ ...place, trial: quiet(trial), row: probe });
  const key = asked ?? keyIn(probe);
  const row = addedRow(trial, target, made);
  if (key !== undefined) {
    const old = lookUp(trial, target, key);
    const presence = presenceOf(trial, old);
    if (conflict === 'skip') {
      if (presence !== 'absent') {
        const same = kept(trial, old, presence);
        effects(same);
        return same;
      }
    } else if (presence === 'present' && (conflict !== 'replace' || target.isServerKey))
      uniqueBroken(trial, { row: old, fields: [target.keyField] });
    row.key = key;
    row.writtenUntil = old.writtenUntil;
  }
  if (key === undefined) trial.knowledge.forgetAbsences(target);
  const duplicate = findDuplicate(trial, target, row);
  if (duplicate !== undefined && conflict === 'skip') {
    effects(duplicate.row);
    return duplicate.row;
  }
  if (duplicate !== undefined && conflict !== 'replace') uniqueBroken(trial, duplicate);
  effects(row);
  const until = row.writtenUntil;
  row.writtenUntil = Number.NEGATIVE_INFINITY;
  if (place !== undefined) matchAnswer({ ...place, row });
  row.writtenUntil = until;
  learnPresence(trial, row, 'present');
  trial.knowledge.put(row);
  noteWrite(trial, row, { kind: 'added', fields: Object.fromEntries(Array.from(row.fields, ([field, { value }]) => [field, value])) });
  return row;
}

/** A row that was perhaps there before, and is there now in any case. */
function kept(trial: Trial, row: KnownRow, presence: 'present' | undefined): KnownRow {
  if (presence === undefined) {
    row.fields.clear();
    learnPresence(trial, row, 'present');
  }
  noteWrite(trial, row);
  return row;
}

export function keyGiven(target: CollectionPlan, fields: MadeFields['fields']): string | undefined {
  const value = fields[target.keyField];
  return value === undefined || value === HOLE || value === null || value === '' || typeof value === 'object' ? undefined : textOf(value);
}
