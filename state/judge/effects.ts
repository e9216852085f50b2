import { listAt, objectAt } from '../shape.ts';
import type { Row } from '../world.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { fits } from './fits.ts';
import { addingEffects, learnGroup, referringField } from './groups.ts';
import type { KnownRow } from './knowledge.ts';
import { forgetRow, learnPresence, noteChange, noteWrite } from './learn.ts';
import type { CollectionPlan } from './plan.ts';
import { keyOf, lookUp, readerOf } from './rows.ts';
import type { Trial } from './trial.ts';
import { keyGiven } from './verbs/create.ts';
import { addedRow, changeKnown, fieldsMade } from './write-row.ts';
import type { MadeFields } from './write-row.ts';

/** What changes with an accepted operation beside its own row. */
export function applyEffects(trial: Trial, place: Place): void {
  if (trial.plan.given['also'] === undefined) return;
  for (const entry of listAt(trial.plan.given['also'])) {
    const effect = objectAt(entry);
    const kind = (['create', 'upsert', 'update', 'delete'] as const).find((known) => effect[known] !== undefined);
    const target = kind === undefined ? undefined : trial.plan.collection(effect[kind]);
    if (kind === undefined || target === undefined) continue;
    if (kind === 'create' || kind === 'upsert') addRows(trial, target, effect, place);
    else changeRows(trial, target, effect, place, kind === 'delete');
  }
  learnAdded(trial, place);
}

function addRows(trial: Trial, target: CollectionPlan, effect: Row, place: Place): void {
  const items = effect['each'] === undefined ? [undefined] : evaluate(effect['each'], place);
  for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) {
    const at = effect['each'] === undefined ? place : { ...place, item, index };
    const made = fieldsMade(effect['set'] ?? {}, at);
    const key = effect['key'] === undefined ? keyGiven(target, made.fields) : keyOf(effect['key'], at);
    noteChange(trial, target, made.isOpen ? undefined : { kind: 'added', fields: made.fields });
    // A key of the server's own making is learned when the row is read.
    if (key !== undefined) addKnown(trial, target, key, made, effect);
  }
  if (!Array.isArray(items)) noteChange(trial, target);
}

/** Rows that came into being together with the row that they refer to are all that refer to it: no other can have done so before. */
function learnAdded(trial: Trial, place: Place): void {
  const { given, collection, target: own } = trial.plan;
  const { row } = place;
  if (own === undefined || row?.key === undefined || trial.plan.verb !== 'create' || !own.isServerKey) return;
  const targets = new Set(listAt(given['also']).flatMap((effect) => collection(objectAt(effect)['create']) ?? []));
  for (const target of targets) {
    const rows: KnownRow[] = [];
    const fields = new Set<string | undefined>();
    let isKnown = target.isServerKey;
    for (const effect of addingEffects(given['also'], target, collection)) {
      const items = effect['each'] === undefined ? [undefined] : evaluate(effect['each'], place);
      fields.add(referringField(effect['set'], own.keyField));
      if (items !== undefined && !Array.isArray(items)) isKnown = false;
      for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries())
        rows.push(
          addedRow(trial, target, fieldsMade(effect['set'] ?? {}, effect['each'] === undefined ? place : { ...place, item, index })),
        );
    }
    const [field] = fields;
    if (isKnown && fields.size === 1 && field !== undefined) learnGroup(trial, target, field, row.key, rows, [trial.observation.index]);
  }
}

function addKnown(trial: Trial, target: CollectionPlan, key: string, made: MadeFields, effect: Row): void {
  const row = lookUp(trial, target, key);
  const isKept = effect['create'] !== undefined && effect['conflict'] === 'skip';
  if (effect['upsert'] !== undefined) {
    changeKnown(trial, row, made);
    return;
  }
  if (isKept && row.presence?.is === 'present') {
    noteWrite(trial, row);
    return;
  }
  const isNew = row.presence?.is === 'absent';
  row.fields.clear();
  // Whether it was there before is not known: then it may hold anything.
  if (isNew || !isKept) for (const [field, known] of addedRow(trial, target, made).fields) row.fields.set(field, known);
  learnPresence(trial, row, 'present');
  noteWrite(trial, row);
}

function changeRows(trial: Trial, target: CollectionPlan, effect: Row, place: Place, isDelete: boolean): void {
  const key = effect['key'] === undefined ? undefined : keyOf(effect['key'], place);
  // Rows that nobody has met may be changed as well.
  noteChange(trial, target, isDelete ? undefined : { kind: 'changed', fields: objectAt(effect['set']) });
  const rows = key === undefined ? [...trial.knowledge.collection(target).rows.values()] : [lookUp(trial, target, key)];
  for (const row of rows) {
    // Its own row stands around: the one of the effect is another.
    const at: Place = { ...place, outer: place.row, row, before: row };
    const verdict =
      effect['where'] === undefined
        ? true
        : fits(effect['where'], readerOf(trial, row), (asked) => evaluate(asked, { ...at, row: undefined }), trial.eyes);
    if (verdict === false) continue;
    if (isDelete) {
      if (verdict === true) learnPresence(trial, row, 'absent', true);
      else forgetRow(trial, row);
      noteWrite(trial, row);
      continue;
    }
    const made = fieldsMade(effect['set'] ?? {}, at);
    changeMaybe(trial, row, made, verdict);
    noteWrite(trial, row, made.isOpen ? undefined : { kind: 'changed', fields: made.fields });
  }
}

function changeMaybe(trial: Trial, row: KnownRow, made: MadeFields, verdict: true | undefined): void {
  const { machine, updateStamps } = row.collection;
  for (const stamp of updateStamps.keys()) row.fields.delete(stamp);
  for (const field of Object.keys(made.fields)) {
    row.fields.delete(field);
    if (field === machine?.field) row.isLoose = false;
  }
  if (verdict === true) for (const [field, known] of addedRow(trial, row.collection, made).fields) row.fields.set(field, known);
}
