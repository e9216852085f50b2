import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A request was refused for a reason that what is known refutes. @param isOpen a server may be stricter than its document; it should say so there. */
export function validRequestRefused(
  trial: Trial,
  { error, because, isOpen = false }: { readonly error: string; readonly because: Iterable<number>; readonly isOpen?: boolean },
): void {
  tell(trial, {
    rule: 'valid-request-refused',
    message: isOpen
      ? `the request was refused as ${error}, but it keeps to its document, and the state file has no other reason for this answer`
      : `the request was refused as ${error}, but what is known says otherwise`,
    because,
    ...(isOpen ? { severity: 'warning' as const } : {}),
  });
}
