import type { Doubt } from '../plan.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A token was refused although it was issued, has not ended and was not used up. @param isOpen it may have been ended for a reason that the standards allow. */
export function liveTokenRefused(
  trial: Trial,
  { by, doubt, what, isOpen }: { readonly by: Iterable<number>; readonly doubt: Doubt; readonly what: string; readonly isOpen: boolean },
): void {
  tell(trial, {
    rule: 'live-token-refused',
    message: `${what} was refused although it was issued before, has not expired and was not used up`,
    because: by,
    doubt,
    ...(isOpen ? { severity: 'warning' as const } : {}),
  });
}
