import type { KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A row that was deleted, or that there was none of, is listed though nothing made it. */
export function deletedRowListed(trial: Trial, row: KnownRow, pointer: string): void {
  const { presence } = row;
  if (presence === undefined) return;
  tell(trial, {
    rule: 'deleted-row-listed',
    message: presence.deleted
      ? `${nameOf(row)} is listed although it was deleted`
      : `${nameOf(row)} is listed although there was none and nothing made it`,
    pointer,
    because: [presence.by],
  });
}
