import { findRow, liveRows } from '../collection.ts';
import { refused } from '../outcome.ts';
import { filter, missingError, part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';
import { textOf } from '../text.ts';

/** `do: get`: the row of `key`, or the first one that fits `where`. None is refused, unless `missing: null`: then `$row` is absent. */
export function compileGet(context: VerbContext): Verb {
  const key = part(context, 'key');
  const where = filter(context);
  const { target } = context;
  const otherwise = missingError(context);
  const nullable = context.given['missing'] === null || context.given['missing'] === 'null';
  return (scope) => {
    if (key !== undefined) {
      const row = findRow(scope, target, textOf(key(scope)));
      if (row !== undefined && where(row, { ...scope, row })) return { ok: true, row };
    } else {
      for (const [, row] of liveRows(scope, target)) if (where(row, { ...scope, row })) return { ok: true, row };
    }
    return nullable ? { ok: true } : refused(otherwise);
  };
}
