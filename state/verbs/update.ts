import { findDuplicates } from '../duplicates.ts';
import { isIllegalMove } from '../machine.ts';
import { refused } from '../outcome.ts';
import { changeRow, findRow } from '../rows.ts';
import { objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import { compileRevision } from './revision.ts';
import { filterOf, illegalError, missingError, part, setOf, unfitError } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const UPDATE_KEYS = ['key', 'set', 'where', 'otherwise', 'illegal', 'patch', 'replaces'] as const;

/**
 * `do: update`: changes the row of `key` by `set` (default: the body). A row that does not fit `where` is refused with `illegal`, or as missing (`otherwise`) where that is not given.
 * A status that `set` changes has to move along a declared transition, else `illegal`. `patch: true` and `replaces`: see compileRevision.
 */
export function compileUpdate(context: VerbContext): Verb {
  const { target, problem, pointer } = context;
  const key = part(context, 'key');
  if (key === undefined) problem(pointer, 'an update needs a key');
  const set = setOf(context, '$request.body', { row: target.name, before: target.name });
  const where = filterOf(context);
  const revise = compileRevision(context);
  const otherwise = missingError(context);
  const unfit = unfitError(context);
  const illegal = illegalError(context);
  return (scope) => {
    const asked = textOf(key?.(scope));
    const before = findRow(scope, target, asked);
    if (before === undefined) return refused(otherwise);
    if (!where.bind(scope)(before)) return refused(unfit);
    const made = objectAt(set({ ...scope, row: before, before }));
    if (isIllegalMove(target.machine, before, made)) return refused(illegal);
    const { kept, fields } = revise(scope, before, made);
    if (findDuplicates(scope, target).find({ ...kept, ...fields }, asked) !== undefined) return refused('CONFLICT');
    return { ok: true, before, row: changeRow(scope, target, asked, kept, fields) };
  };
}
