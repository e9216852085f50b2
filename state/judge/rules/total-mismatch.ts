import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** The total of a list is below what is known to be there, unlike its rows, or another than on the page before. */
export function totalMismatch(
  trial: Trial,
  facts: {
    readonly why: string;
    readonly pointer: string;
    readonly expected: number;
    readonly actual: number;
    readonly because: Iterable<number>;
  },
): void {
  const { why, pointer, expected, actual, because } = facts;
  tell(trial, { rule: 'total-mismatch', message: why, pointer, because, expected, actual });
}
