import { matchAnswer } from '../answer.ts';
import { evaluate } from '../evaluate.ts';
import type { Place } from '../evaluate.ts';
import { fits } from '../fits.ts';
import type { KnownRow } from '../knowledge.ts';
import { copyOf } from '../knowledge.ts';
import { learnPresence, noteChange, noteWrite } from '../learn.ts';
import type { CollectionPlan } from '../plan.ts';
import { keyOf, lookUp, readerOf } from '../rows.ts';
import { isOver } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { addressed } from './change.ts';
import type { Changed } from './change.ts';

/** An accepted delete: its rows are gone. */
export function judgeDelete(trial: Trial, target: CollectionPlan, place: Place): Changed {
  const { given } = trial.plan;
  noteChange(trial, target);
  const isIgnored = given['missing'] === 'ignore';
  const items = given['each'] === undefined ? [undefined] : evaluate(given['each'], place);
  let last: KnownRow | undefined;
  for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) {
    const at = given['each'] === undefined ? place : { ...place, item, index };
    const key = keyOf(given['key'] ?? '$item', at);
    if (key === undefined) {
      trial.knowledge.forgetCollection(target);
      continue;
    }
    const row = isIgnored ? lookUp(trial, target, key) : addressed(trial, target, key, at);
    const verdict =
      isIgnored && given['where'] !== undefined
        ? fits(given['where'], readerOf(trial, row), (asked) => evaluate(asked, at), trial.eyes)
        : true;
    last = copyOf(row);
    // Of two writes at once nobody knows which came last.
    if (verdict === true && isOver(trial, row.writtenUntil)) learnPresence(trial, row, 'absent', true);
    else if (verdict !== false) row.presence = undefined;
    noteWrite(trial, row);
  }
  const before = given['each'] === undefined ? last : undefined;
  matchAnswer({ ...place, before, row: before });
  return { before, row: before };
}
