import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';

/** An accepted request is answered the way refused ones are, or the other way round. */
export function wrongEnvelope(trial: Trial, { accepted, names }: { readonly accepted: boolean; readonly names: readonly string[] }): void {
  tell(trial, {
    rule: 'wrong-envelope',
    message: accepted
      ? `the status says that the request was accepted, but the body has the members of a failure: ${names.join(', ')}`
      : `the answer says that the request was refused, but the body has the members of a success: ${names.join(', ')}`,
    because: [],
  });
}
