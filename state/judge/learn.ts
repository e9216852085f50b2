import { textOf } from '../text.ts';
import { differenceOf } from './difference.ts';
import { hasHole } from './hole.ts';
import type { KnownRow } from './knowledge.ts';
import type { CollectionPlan } from './plan.ts';
import { mayLearn, taught } from './trial.ts';
import type { Trial } from './trial.ts';

/** What an answer shows of a row. */
export function learnField(trial: Trial, row: KnownRow, field: string, value: unknown): void {
  if (!mayLearn(trial, row)) return;
  const known = row.fields.get(field);
  // What a write put there, shown again, is still what the write put there.
  const isConfirmed = known?.written === true && staysAsWritten(row, field) && differenceOf(known.value, value, trial.eyes) === undefined;
  if (!isConfirmed) row.fields.set(field, taught(trial, value, false));
  if (field === row.collection.machine?.field) row.isLoose = false;
}

/**
 * Whether only another write changes a field: neither time, nor a deletion, nor whoever makes the rows that no operation makes. Fields that an operation sets by their
 * names need none of this: what is read of them is held against the next reading anyway.
 */
function staysAsWritten({ collection }: KnownRow, field: string): boolean {
  if (!collection.isOwned || collection.written.has(field) || collection.softDelete?.[field] !== undefined) return false;
  return collection.machine?.timedFields.has(field) !== true;
}

/** What an accepted write put there. */
export function learnWritten(trial: Trial, row: KnownRow, field: string, value: unknown): void {
  row.fields.set(field, taught(trial, value, true));
  if (field === row.collection.machine?.field) row.isLoose = false;
}

export function learnPresence(trial: Trial, row: KnownRow, is: 'present' | 'absent', deleted = false): void {
  if (!deleted && !mayLearn(trial, row)) return;
  row.presence = { is, by: trial.observation.index, until: trial.ended, who: trial.who, deleted };
  if (is === 'absent') row.fields.clear();
}

/** Told of each row that a write changed: exchanges that overlap with it see either. */
export function noteWrite(trial: Trial, row: KnownRow, made?: Parameters<typeof noteChange>[2]): void {
  row.writtenUntil = Math.max(row.writtenUntil, trial.ended);
  noteChange(trial, row.collection, made);
}

/**
 * Told of each collection that a write changed.
 * @param made what a row was added with, or what of a row was changed; absent: anything may have.
 */
export function noteChange(
  trial: Trial,
  plan: CollectionPlan,
  made?: { readonly kind: 'added' | 'changed'; readonly fields: Readonly<Record<string, unknown>> },
): void {
  const collection = trial.knowledge.collection(plan);
  for (const [name, { field, value }] of collection.groups) {
    const isOther =
      made?.kind === 'added' && !hasHole(made.fields[field]) && Object.hasOwn(made.fields, field) && textOf(made.fields[field]) !== value;
    if (!isOther && !(made?.kind === 'changed' && !Object.hasOwn(made.fields, field))) collection.groups.delete(name);
  }
  collection.version += 1;
  collection.writtenUntil = Math.max(collection.writtenUntil, trial.ended);
}

/** A row of which nobody knows any more what it holds, or whether it is there. */
export function forgetRow(trial: Trial, row: KnownRow): void {
  row.fields.clear();
  row.stamps.clear();
  row.presence = undefined;
  row.isLoose = false;
  noteWrite(trial, row);
}
