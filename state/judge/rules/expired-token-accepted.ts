import type { Doubt } from '../plan.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** An access token was accepted after its end, as the `expires_in` of its own answer tells it (RFC 6749 section 5.1), or after it was withdrawn. */
export function expiredTokenAccepted(
  trial: Trial,
  { by, why, doubt, isLate }: { readonly by: number; readonly why: string; readonly doubt: Doubt; readonly isLate: boolean },
): void {
  tell(trial, {
    rule: 'expired-token-accepted',
    message: `the access token was accepted although it ${why}`,
    because: [by],
    doubt,
    ...(isLate ? {} : { severity: 'warning' }),
  });
}
