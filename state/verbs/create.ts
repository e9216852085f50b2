import { addRow } from '../add-row.ts';
import { findDuplicates } from '../duplicates.ts';
import { objectAt } from '../shape.ts';
import type { Row } from '../world.ts';
import { childPointer } from '../../operations/index.ts';
import { part, setOf } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const CREATE_KEYS = ['set', 'each', 'conflict'] as const;

/**
 * `do: create`: adds a row made by `set` (default: the body), or one for each element of `each` (default: the element; `$item`, `$index`).
 * A row whose key is taken or that repeats a `unique` one is refused (`conflict: CONFLICT` or another error's name) or left out (`conflict: skip`); with `conflict: replace` it takes
 * the place of the row of its key, of which nothing stays. Of a batch either all rows are added or none.
 */
export function compileCreate(context: VerbContext): Verb {
  const { target, given, pointer } = context;
  const each = part(context, 'each');
  const set = setOf(context, each === undefined ? '$request.body' : '$item');
  const isWord = given['conflict'] === 'skip' || given['conflict'] === 'replace';
  const conflict = isWord ? String(given['conflict']) : context.error(given['conflict'], 'CONFLICT', childPointer(pointer, 'conflict'));

  return (scope) => {
    const duplicates = findDuplicates(scope, target);
    if (each === undefined) return addRow(scope, target, objectAt(set(scope)), conflict, duplicates);
    const items = each(scope);
    const rows: Row[] = [];
    for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) {
      const outcome = addRow(scope, target, objectAt(set({ ...scope, item, index })), conflict, duplicates);
      // The transaction around the operation takes back what was added before.
      if (!outcome.ok) return outcome;
      if (outcome.row !== undefined) rows.push(outcome.row);
    }
    return { ok: true, rows, total: rows.length };
  };
}
