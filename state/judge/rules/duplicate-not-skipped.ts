import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import type { Duplicate } from '../unique-rows.ts';
import { nameOf } from './update-lost.ts';

/** A list shows two rows of which the second should have been left out when it was sent. */
export function duplicateNotSkipped(trial: Trial, { row, fields, unique }: Duplicate, pointer: string, because: Iterable<number>): void {
  const { skipsDuplicates, address } = row.collection;
  tell(trial, {
    rule: skipsDuplicates ? 'duplicate-not-skipped' : 'unique-broken',
    message: `the list holds a second row with the ${fields.join(', ')} of ${nameOf(row)}`,
    pointer,
    document: unique?.pointer ?? address,
    because,
    doubt: unique?.doubt,
  });
}
