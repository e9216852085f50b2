import { listAt, objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import type { Ask } from './fits.ts';
import { hasHole } from './hole.ts';
import type { Group, KnownRow } from './knowledge.ts';
import { isOver } from './trial.ts';
import type { Trial } from './trial.ts';
import type { CollectionPlan } from './plan.ts';

/** Groups remembered in each collection. */
const MOST = 200;

/** All rows that have a value in a field were seen, or made together with what they belong to. */
export function learnGroup(
  trial: Trial,
  plan: CollectionPlan,
  field: string,
  value: string,
  rows: readonly KnownRow[],
  by: Iterable<number>,
): void {
  const { groups } = trial.knowledge.collection(plan);
  groups.set(nameOf(field, value), { field, value, rows, by: [...new Set(by)], until: trial.ended, who: trial.who });
  if (groups.size <= MOST) return;
  for (const oldest of groups.keys()) {
    groups.delete(oldest);
    break;
  }
}

/** The group that a filter's condition names, if it is known and nothing has changed it since. */
export function groupIn(
  trial: Trial,
  plan: CollectionPlan,
  where: unknown,
  ask: Ask,
): { readonly group: Group; readonly rest: Row } | undefined {
  const { groups } = trial.knowledge.collection(plan);
  if (groups.size === 0 || trial.shared) return undefined;
  for (const [field, wanted] of Object.entries(objectAt(where))) {
    if (typeof wanted !== 'string' || field.startsWith('$')) continue;
    const value = ask(wanted);
    if (hasHole(value) || value === undefined || value === null || typeof value === 'object') continue;
    const group = groups.get(nameOf(field, textOf(value)));
    if (group === undefined || group.who !== trial.who || !isWhole(trial, group)) continue;
    return { group, rest: Object.fromEntries(Object.entries(objectAt(where)).filter(([name]) => name !== field)) };
  }
  return undefined;
}

function isWhole(trial: Trial, { until, rows, by }: Group): boolean {
  const isOwn = by.includes(trial.observation.index);
  return (isOwn || isOver(trial, until)) && rows.every((row) => !row.isForgotten && row.presence?.is !== 'absent');
}

function nameOf(field: string, value: string): string {
  return `${field}=${value}`;
}

/** The field of rows that an effect adds which refers to the key of the operation's own row: a row that is new has only those. */
export function referringField(set: unknown, keyField: string): string | undefined {
  return Object.entries(objectAt(set)).find(([, value]) => value === `$row#/${keyField}`)?.[0];
}

/** The effects of an operation that add rows to a collection. */
export function addingEffects(also: unknown, plan: CollectionPlan, collection: (name: unknown) => CollectionPlan | undefined): Row[] {
  return listAt(also)
    .map(objectAt)
    .filter((effect) => effect['create'] !== undefined && collection(effect['create']) === plan);
}
