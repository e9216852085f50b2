import { findDuplicate, findRow, insertRow, objectAt } from '../collection.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { Scope } from '../scope.ts';
import type { Row } from '../world.ts';
import { part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';
import { textOf } from '../text.ts';

/**
 * `do: create`: adds a row made by `set` (default: the body), or one for each element of `each`.
 * A row whose key is taken or that repeats a `unique` one is refused (`conflict: CONFLICT` or another error's name) or left out (`conflict: skip`); with `conflict: replace` it takes
 * the place of the row of its key, of which nothing stays. Of a batch either all rows are added or none.
 */
export function compileCreate(context: VerbContext): Verb {
  const set = part(context, 'set') ?? ((scope: Scope) => scope.item ?? scope.request.body);
  const each = part(context, 'each');
  const conflict = typeof context.given['conflict'] === 'string' ? context.given['conflict'] : 'CONFLICT';
  const { target } = context;

  function one(scope: Scope): Outcome {
    const given = objectAt(set(scope));
    const key = given[target.key.field];
    const taken = key === undefined || key === null ? undefined : findRow(scope, target, textOf(key));
    const replaces = conflict === 'replace' && taken !== undefined;
    const duplicate = replaces ? findDuplicate(scope, target, given, textOf(key)) : (taken ?? findDuplicate(scope, target, given));
    if (duplicate === undefined) return { ok: true, row: insertRow(scope, target, withoutNullKey(given, target.key.field)).row };
    return conflict === 'skip' ? { ok: true, row: duplicate } : refused(conflict === 'replace' ? 'CONFLICT' : conflict);
  }

  return (scope) => {
    if (each === undefined) return one(scope);
    const items = each(scope);
    const rows: Row[] = [];
    for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) {
      const outcome = one({ ...scope, item, index });
      // The transaction around the operation takes back what was added before.
      if (!outcome.ok) return outcome;
      if (outcome.row !== undefined) rows.push(outcome.row);
    }
    return { ok: true, rows, total: rows.length };
  };
}

function withoutNullKey(given: Row, field: string): Row {
  if (given[field] !== null && given[field] !== '') return given;
  const { [field]: _key, ...rest } = given;
  return rest;
}
