import type { KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A row stands on two pages of one listing, though nothing changed in between. */
export function pageOverlap(
  trial: Trial,
  { row, pointer, by }: { readonly row: KnownRow; readonly pointer: string; readonly by: number },
): void {
  tell(trial, {
    rule: 'page-overlap',
    message: `${nameOf(row)} stands on another page of the same listing too`,
    pointer,
    because: [by],
  });
}
