import { childPointer } from '../../operations/index.ts';
import { addRow } from '../add-row.ts';
import { findDuplicates } from '../duplicates.ts';
import { isIllegalMove } from '../machine.ts';
import { refused } from '../outcome.ts';
import { changeRow, findRow } from '../rows.ts';
import { objectAt, withMember } from '../shape.ts';
import { textOf } from '../text.ts';
import { compileRevision } from './revision.ts';
import { illegalError, missingError, part, setOf } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const UPSERT_KEYS = ['key', 'set', 'missing', 'otherwise', 'illegal', 'patch', 'replaces'] as const;

/**
 * `do: upsert`: changes the row of `key` where the request gives a key, adds one where it does not. A key that is given but unknown
 * adds a row of that key, or is refused with `missing: error`. A status that `set` changes has to move along a declared transition, else `illegal`. `patch: true` and `replaces`: see compileRevision.
 */
export function compileUpsert(context: VerbContext): Verb {
  const { target, given, pointer, problem } = context;
  const key = part(context, 'key');
  if (key === undefined) problem(pointer, 'an upsert needs a key');
  const set = setOf(context, '$request.body', { row: target.name, before: target.name });
  const otherwise = missingError(context);
  const illegal = illegalError(context);
  const { missing } = given;
  if (missing !== undefined && missing !== 'error') problem(childPointer(pointer, 'missing'), 'an upsert has missing: error, or none');
  const revise = compileRevision(context);
  return (scope) => {
    const wanted = key?.(scope);
    const asked = wanted === undefined || wanted === null || wanted === '' ? undefined : textOf(wanted);
    const before = asked === undefined ? undefined : findRow(scope, target, asked);
    const made = objectAt(set({ ...scope, row: before, before }));
    const duplicates = findDuplicates(scope, target);
    if (asked === undefined) return addRow(scope, target, made, 'CONFLICT', duplicates);
    if (before === undefined) {
      if (missing === 'error') return refused(otherwise);
      return addRow(scope, target, withMember(made, target.key.field, wanted), 'CONFLICT', duplicates);
    }
    if (isIllegalMove(target.machine, before, made)) return refused(illegal);
    const { kept, fields } = revise(scope, before, made);
    if (duplicates.find({ ...kept, ...fields }, asked) !== undefined) return refused('CONFLICT');
    return { ok: true, before, row: changeRow(scope, target, asked, kept, fields) };
  };
}
