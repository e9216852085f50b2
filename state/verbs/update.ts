import { changeRow, findDuplicate, findRow, objectAt } from '../collection.ts';
import { refused } from '../outcome.ts';
import { same } from '../predicate.ts';
import type { Scope } from '../scope.ts';
import { compileRevision } from './revision.ts';
import { filter, missingError, part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';
import { textOf } from '../text.ts';

/**
 * `do: update`: changes the row of `key` by `set` (default: the body). `where` is what the row has to be for that, else `otherwise`.
 * A status that `set` changes has to move along a declared transition. `patch: true` and `replaces`: see compileRevision.
 */
export function compileUpdate(context: VerbContext): Verb {
  const key = part(context, 'key');
  const set = part(context, 'set') ?? ((scope: Scope) => scope.request.body);
  const where = filter(context);
  const revise = compileRevision(context);
  const { target } = context;
  const otherwise = missingError(context);
  const illegal = typeof context.given['illegal'] === 'string' ? context.given['illegal'] : 'ILLEGAL_STATE';
  return (scope) => {
    const asked = textOf(key?.(scope));
    const before = findRow(scope, target, asked);
    if (before === undefined || !where(before, { ...scope, row: before })) return refused(otherwise);
    const fields = objectAt(set({ ...scope, row: before, before }));
    const { machine } = target;
    if (machine !== undefined && fields[machine.field] !== undefined && !same(fields[machine.field], before[machine.field])) {
      const allowed = machine.transitions.get(textOf(before[machine.field]));
      if (allowed !== undefined && !allowed.some((status) => same(status, fields[machine.field]))) return refused(illegal);
    }
    const revised = revise(scope, before, fields);
    if (findDuplicate(scope, target, { ...revised.kept, ...revised.fields }, asked) !== undefined) return refused('CONFLICT');
    return { ok: true, before, row: changeRow(scope, target, asked, revised.kept, revised.fields) };
  };
}
