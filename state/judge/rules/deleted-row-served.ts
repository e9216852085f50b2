import type { KnownRow } from '../knowledge.ts';
import { tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** A row that was deleted, or that there was none of, is served though nothing made it. */
export function deletedRowServed(trial: Trial, row: KnownRow): void {
  const { presence } = row;
  if (presence === undefined) return;
  tell(trial, {
    rule: 'deleted-row-served',
    message: presence.deleted
      ? `${nameOf(row)} is served although it was deleted`
      : `${nameOf(row)} is served although there was none and nothing made it`,
    because: [presence.by],
  });
}
