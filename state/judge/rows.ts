import { textOf } from '../text.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { followKnown, hasHole, HOLE } from './hole.ts';
import type { KnownRow } from './knowledge.ts';
import { loosen } from './status.ts';
import { isOver } from './trial.ts';
import type { Trial } from './trial.ts';
import type { CollectionPlan } from './plan.ts';
import type { ReadField } from './fits.ts';
import { readRow } from './evaluate.ts';

/** The key that a template names; `undefined`: the request gives none, or nobody knows it. */
export function keyOf(template: unknown, place: Place): string | undefined {
  const value = evaluate(template, place);
  return hasHole(value) || value === undefined || value === null || value === '' || typeof value === 'object' ? undefined : textOf(value);
}

/** The row of a key as it is known when this exchange looks at it. */
export function lookUp(trial: Trial, plan: CollectionPlan, key: string): KnownRow {
  const row = trial.knowledge.row(plan, key);
  loosen(trial, row);
  return row;
}

/** The key that a shown row tells. */
export function shownKey(shown: unknown, path: readonly string[] | undefined): string | undefined {
  if (path === undefined) return undefined;
  const value = followKnown(shown, path);
  return value === undefined || value === null || value === '' || typeof value === 'object' || value === HOLE ? undefined : textOf(value);
}

/** Whether a row is surely there, or surely not, for whoever sent this request. */
export function presenceOf(trial: Trial, row: KnownRow): 'present' | 'absent' | undefined {
  const { presence } = row;
  if (presence === undefined || trial.shared || !isOver(trial, Math.max(presence.until, row.writtenUntil))) return undefined;
  // What one is not shown may be there for another.
  if (presence.who !== trial.who && !presence.deleted) return undefined;
  // Rows that no operation makes come and go by other ways.
  if (!presence.deleted && !row.collection.isOwned) return undefined;
  return presence.is;
}

/** The fields of a row as filters read them. */
export function readerOf(trial: Trial, row: KnownRow): ReadField {
  return (tokens) => readRow(row, tokens, trial);
}
