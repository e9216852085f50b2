import type { Collection } from './collection.ts';
import type { Duplicates } from './duplicates.ts';
import { refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { findRow, givenKey, insertRow, withDefaults } from './rows.ts';
import type { Scope } from './scope.ts';
import type { Row } from './world.ts';

/**
 * Adds a row, unless its key is taken or it repeats a `unique` one.
 * @param conflict what happens then: `skip` leaves the row that is there, `replace` puts the new one in the place of the row of its key, of which nothing stays; anything else is the name of the
 *   error to refuse with.
 */
export function addRow(scope: Scope, target: Collection, given: Row, conflict: string, duplicates: Duplicates): Outcome {
  const key = givenKey(target, given);
  const taken = key === undefined ? undefined : findRow(scope, target, key);
  const candidate = target.unique.length === 0 ? given : withDefaults(scope, target, given);
  const replaces = conflict === 'replace' && taken !== undefined;
  const duplicate = replaces ? duplicates.find(candidate, key) : (taken ?? duplicates.find(candidate));
  if (duplicate !== undefined)
    return conflict === 'skip' ? { ok: true, row: duplicate } : refused(conflict === 'replace' ? 'CONFLICT' : conflict);
  const added = insertRow(scope, target, given);
  duplicates.add(added.key, added.row);
  return { ok: true, row: added.row };
}
