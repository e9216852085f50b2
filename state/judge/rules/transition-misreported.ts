import type { Known, KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** The answer to a transition tells another status than the row had before, or has now. */
export function transitionMisreported(
  trial: Trial,
  facts: { readonly row: KnownRow; readonly pointer: string; readonly known: Known; readonly actual: unknown; readonly isBefore: boolean },
): void {
  const { row, pointer, known, actual, isBefore } = facts;
  tell(trial, {
    rule: 'transition-misreported',
    message: `the status of ${nameOf(row)} ${isBefore ? 'before' : 'after'} the request is told as ${String(actual)}, but it is ${String(known.value)}`,
    pointer,
    because: [known.by],
    expected: known.value,
    actual,
    doubt: row.collection.machine?.doubt,
  });
}
