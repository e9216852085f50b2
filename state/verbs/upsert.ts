import { changeRow, findDuplicate, findRow, insertRow, objectAt } from '../collection.ts';
import { refused } from '../outcome.ts';
import type { Scope } from '../scope.ts';
import { compileRevision } from './revision.ts';
import { missingError, part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';
import { textOf } from '../text.ts';

/**
 * `do: upsert`: changes the row of `key` where the request gives a key, adds one where it does not. A key that is given but unknown
 * adds a row of that key, or is refused with `missing: error`. `patch: true` and `replaces`: see compileRevision.
 */
export function compileUpsert(context: VerbContext): Verb {
  const key = part(context, 'key');
  const set = part(context, 'set') ?? ((scope: Scope) => scope.request.body);
  const { target } = context;
  const otherwise = missingError(context);
  const revise = compileRevision(context);
  return (scope) => {
    const given = key?.(scope);
    const asked = given === undefined || given === null || given === '' ? undefined : textOf(given);
    const before = asked === undefined ? undefined : findRow(scope, target, asked);
    const inner = { ...scope, row: before, before };
    if (asked !== undefined && before !== undefined) {
      const { kept, fields } = revise(scope, before, objectAt(set(inner)));
      if (findDuplicate(scope, target, { ...kept, ...fields }, asked) !== undefined) return refused('CONFLICT');
      return { ok: true, before, row: changeRow(scope, target, asked, kept, fields) };
    }
    if (asked !== undefined && context.given['missing'] === 'error') return refused(otherwise);
    const fields = objectAt(set(inner));
    if (findDuplicate(scope, target, fields) !== undefined) return refused('CONFLICT');
    return { ok: true, row: insertRow(scope, target, asked === undefined ? fields : { ...fields, [target.key.field]: given }).row };
  };
}
