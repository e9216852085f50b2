import { identityOf } from '../compare.ts';
import { evaluate } from './evaluate.ts';
import { fits } from './fits.ts';
import { hasHole } from './hole.ts';
import type { KnownRow } from './knowledge.ts';
import type { CollectionPlan, UniquePlan } from './plan.ts';
import { presenceOf, readerOf } from './rows.ts';
import type { Trial } from './trial.ts';

/** Two rows of which one may not be. */
export interface Duplicate {
  readonly row: KnownRow;
  readonly fields: readonly string[];
  readonly unique?: UniquePlan;
}

/** The row that is surely there and has what a new one repeats. */
export function findDuplicate(trial: Trial, plan: CollectionPlan, row: KnownRow): Duplicate | undefined {
  for (const unique of plan.uniques) {
    const identity = identityIn(trial, unique, row);
    if (identity === undefined) continue;
    for (const other of trial.knowledge.collection(plan).rows.values()) {
      if (other === row || other.key === row.key || presenceOf(trial, other) !== 'present') continue;
      if (identityIn(trial, unique, other) === identity) return { row: other, fields: unique.fields, unique };
    }
  }
  return undefined;
}

/** What no two rows may share; `undefined` where it is not known, or the row takes no part. */
export function identityIn(trial: Trial, unique: UniquePlan, row: KnownRow): string | undefined {
  const read = readerOf(trial, row);
  const values = unique.fields.map((field) => read([field]));
  if (values.some((value) => value === undefined || value === null || hasHole(value))) return undefined;
  const verdict = unique.where === undefined ? true : fits(unique.where, read, (asked) => evaluate(asked, { trial, row }), trial.eyes);
  return verdict === true ? JSON.stringify(values.map(identityOf)) : undefined;
}
