import type { KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A row that is there is answered as if it were not. */
export function createdRowMissing(trial: Trial, row: KnownRow): void {
  tell(trial, {
    rule: 'created-row-missing',
    message: `the answer says that there is no ${nameOf(row)}, which was there before and which nothing has deleted`,
    because: row.presence === undefined ? [] : [row.presence.by],
  });
}
