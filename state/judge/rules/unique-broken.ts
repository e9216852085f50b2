import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import type { Duplicate } from '../unique-rows.ts';
import { nameOf } from './update-lost.ts';

/** A second row with a key, or with values that only one may have. */
export function uniqueBroken(trial: Trial, { row, fields, unique }: Duplicate, pointer = ''): void {
  tell(trial, {
    rule: 'unique-broken',
    message: `the request made a second row with the ${fields.join(', ')} of ${nameOf(row)}`,
    pointer,
    document: unique?.pointer ?? row.collection.address,
    because: row.presence === undefined ? [] : [row.presence.by],
    doubt: unique?.doubt,
  });
}
