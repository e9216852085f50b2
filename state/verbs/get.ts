import { childPointer } from '../../operations/index.ts';
import { refused } from '../outcome.ts';
import { findRow, firstFitting } from '../rows.ts';
import { textOf } from '../text.ts';
import { filterOf, missingError, part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const GET_KEYS = ['key', 'where', 'missing', 'otherwise'] as const;

/** `do: get`: the row of `key` if it fits `where`, or the first one that does. None is refused, unless `missing: null`: then `$row` is absent. */
export function compileGet(context: VerbContext): Verb {
  const { target, given, pointer, problem } = context;
  const key = part(context, 'key');
  if (key === undefined && given['where'] === undefined) problem(pointer, 'a get needs a key, or where');
  const where = filterOf(context);
  const otherwise = missingError(context);
  const { missing } = given;
  const nullable = missing === null || missing === 'null';
  if (missing !== undefined && !nullable) problem(childPointer(pointer, 'missing'), 'a get has missing: null, or none');
  return (scope) => {
    const found = key === undefined ? firstFitting(scope, target, where) : findRow(scope, target, textOf(key(scope)));
    const row = found !== undefined && (key === undefined || where.bind(scope)(found)) ? found : undefined;
    return row === undefined && !nullable ? refused(otherwise) : { ok: true, row };
  };
}
