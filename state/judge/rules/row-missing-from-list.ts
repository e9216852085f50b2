import type { KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A row that is there and fits is on no page of a listing that was seen to its end. */
export function rowMissingFromList(
  trial: Trial,
  { row, pointer, because }: { readonly row: KnownRow; readonly pointer: string; readonly because: Iterable<number> },
): void {
  tell(trial, {
    rule: 'row-missing-from-list',
    message: `${nameOf(row)} is on no page of the list, although it is there and fits what was asked for`,
    pointer,
    because,
  });
}
