import type { Doubt } from '../plan.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A request was accepted although a condition that the state file names surely does not hold. */
export function checkNotEnforced(
  trial: Trial,
  facts: { readonly why: string; readonly because: Iterable<number>; readonly document?: string; readonly doubt?: Doubt },
): void {
  const { why, because, document, doubt } = facts;
  tell(trial, {
    rule: 'check-not-enforced',
    message: `the request was accepted although ${why}`,
    because,
    ...(document === undefined ? {} : { document }),
    ...(doubt === undefined ? {} : { doubt }),
  });
}
