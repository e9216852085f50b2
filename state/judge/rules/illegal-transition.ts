import type { Known, KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A status that no declared transition leads to from the one that is known: shown by an answer, or left by an accepted request. */
export function illegalTransition(
  trial: Trial,
  facts: { readonly row: KnownRow; readonly pointer: string; readonly known: Pick<Known, 'by' | 'value'>; readonly actual: unknown },
): void {
  const { row, pointer, known, actual } = facts;
  tell(trial, {
    rule: 'illegal-transition',
    message: `the status of ${nameOf(row)} was ${String(known.value)} and is ${String(actual)}, though no accepted request and no declared transition made it so`,
    pointer,
    document: trial.plan.address,
    because: [known.by],
    expected: known.value,
    actual,
    doubt: row.collection.machine?.doubt,
  });
}
