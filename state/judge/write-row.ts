import { listAt, objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import { isNothing } from './difference.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { HOLE, OPEN } from './hole.ts';
import type { Known, KnownRow } from './knowledge.ts';
import { unknownRow } from './knowledge.ts';
import { learnPresence, learnWritten, noteWrite } from './learn.ts';
import type { CollectionPlan } from './plan.ts';
import { isOver, taught } from './trial.ts';
import type { Trial } from './trial.ts';

/** What `set` makes of a request: fields with values, parts of which may be holes. */
export interface MadeFields {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Any further field may have been set. */
  readonly isOpen: boolean;
}

export function fieldsMade(template: unknown, place: Place): MadeFields {
  const made = evaluate(template, { ...place, isSet: true });
  if (typeof made !== 'object' || made === null || Array.isArray(made)) return { fields: {}, isOpen: made === HOLE };
  return { fields: made as Record<string, unknown>, isOpen: Object.hasOwn(made, OPEN) };
}

/** A row that an accepted request adds. What the server makes of it by itself is not known before it is read. */
export function addedRow(trial: Trial, plan: CollectionPlan, made: MadeFields): KnownRow {
  const row = unknownRow(plan, undefined);
  for (const [field, value] of Object.entries(made.fields)) {
    if (value !== HOLE && value !== undefined && field !== plan.keyField) row.fields.set(field, taught(trial, value, true));
  }
  row.sent = sentBesides(trial, plan);
  expectStamps(trial, row, plan.createStamps);
  return row;
}

/** A change of a row that an accepted request made: what is set is known, what the server may have set along is not any more. */
export function changeKnown(trial: Trial, row: KnownRow, made: MadeFields, given: Readonly<Record<string, unknown>> = {}): void {
  const { collection } = row;
  const isPatch = given['patch'] === true;
  // Of two writes at once nobody knows which came last.
  const isAlone = isOver(trial, row.writtenUntil);
  if (!isAlone) for (const [field, known] of row.fields) if (!isOver(trial, known.until)) row.fields.delete(field);
  if (made.isOpen) row.fields.clear();
  expectStamps(trial, row, collection.updateStamps);
  for (const stamp of collection.updateStamps.keys()) row.fields.delete(stamp);
  for (const name of listAt(given['replaces'])) if (!Object.hasOwn(made.fields, textOf(name))) row.fields.delete(textOf(name));
  for (const [field, value] of Object.entries(made.fields)) {
    if (field === collection.keyField) continue;
    const isMerged = isPatch && (isNothing(value) || typeof value === 'object');
    if (value === HOLE || isMerged || !isAlone) row.fields.delete(field);
    else if (value !== undefined) learnWritten(trial, row, field, value);
  }
  learnPresence(trial, row, 'present');
  noteWrite(trial, row, { kind: 'changed', fields: made.isOpen ? Object.fromEntries(row.fields) : made.fields });
}

/** The server notes the moment of a write in these fields, which an answer will show. */
function expectStamps(trial: Trial, row: KnownRow, stamps: ReadonlyMap<string, unknown>): void {
  if (!Number.isFinite(trial.started) || !Number.isFinite(trial.ended)) return;
  for (const [field, template] of stamps) {
    if (typeof template !== 'string' || !template.startsWith('$now')) continue;
    row.stamps.set(field, { from: trial.started, to: trial.ended, by: trial.observation.index, stale: row.fields.get(field) });
  }
}

/** Members of the body that no template of the operation takes, though the collection has fields of these names, which the server makes. */
function sentBesides(trial: Trial, plan: CollectionPlan): ReadonlyMap<string, Known> | undefined {
  const body = objectAt(trial.request.body);
  const own = [...Object.keys(plan.defaults), ...plan.createStamps.keys(), ...plan.updateStamps.keys()];
  const sent = own.filter((field) => Object.hasOwn(body, field) && !plan.written.has(field) && !plan.isOpen);
  if (sent.length === 0) return undefined;
  return new Map(sent.map((field) => [field, taught(trial, body[field], true)] as const));
}
