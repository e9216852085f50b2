import type { KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A token that works once was taken again. */
export function usedRefreshTokenAccepted(trial: Trial, { because }: { readonly row: KnownRow; readonly because: Iterable<number> }): void {
  tell(trial, {
    rule: 'used-refresh-token-accepted',
    message: 'the token was accepted although it had been used before and works only once',
    because,
  });
}
