import { listAt, objectAt } from '../shape.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { forgetRow, noteChange } from './learn.ts';
import { keyOf } from './rows.ts';
import type { Trial } from './trial.ts';

const READS = new Set(['get', 'list', '']);

/** Nobody knows what became of a request: what it may have changed is not known any more. */
export function forgetTouched(trial: Trial, place: Place): void {
  const { given, target, verb, collection } = trial.plan;
  if (target !== undefined && !READS.has(verb)) {
    noteChange(trial, target);
    const keys = given['each'] === undefined ? [given['key'] ?? objectAt(given['set'])[target.keyField] ?? '$absent'] : undefined;
    if (keys === undefined) forgetEach(trial, place);
    else for (const template of keys) forgetKey(trial, keyOf(template, place));
  }
  for (const entry of listAt(given['also'])) {
    for (const name of Object.values(objectAt(entry)).slice(0, 1)) {
      const other = collection(name);
      if (other === undefined) continue;
      trial.knowledge.forgetCollection(other);
      noteChange(trial, other);
    }
  }
  for (const grant of Object.values(objectAt(given['grants']))) {
    const spent = collection(objectAt(grant)['spend']);
    const key = spent === undefined ? undefined : keyOf(objectAt(grant)['key'] ?? '$absent', place);
    const row = spent === undefined || key === undefined ? undefined : trial.knowledge.find(spent, key);
    if (row !== undefined) forgetRow(trial, row);
  }
}

function forgetKey(trial: Trial, key: string | undefined): void {
  const { target, verb } = trial.plan;
  if (target === undefined) return;
  const row = key === undefined ? undefined : trial.knowledge.find(target, key);
  if (row !== undefined) forgetRow(trial, row);
  if (key !== undefined) return;
  // A row that was perhaps added takes nothing from those that are there; a change of nobody knows which may be one of any.
  if (verb === 'create' || verb === 'upsert') trial.knowledge.forgetAbsences(target);
  else trial.knowledge.forgetCollection(target);
}

function forgetEach(trial: Trial, place: Place): void {
  const { given, target, verb } = trial.plan;
  if (target === undefined) return;
  if (verb === 'create') {
    trial.knowledge.forgetAbsences(target);
    return;
  }
  const items = evaluate(given['each'], place);
  for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries())
    forgetKey(trial, keyOf(given['key'] ?? '$item', { ...place, item, index }));
}
