import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** A request was refused for a reason that what is known refutes. */
export function validRequestRefused(
  trial: Trial,
  { error, because }: { readonly error: string; readonly because: Iterable<number> },
): void {
  tell(trial, {
    rule: 'valid-request-refused',
    message: `the request was refused as ${error}, but what is known says otherwise`,
    because,
  });
}
