import { childPointer } from '../../operations/index.ts';
import { changeRow, findRow, listAt, objectAt } from '../collection.ts';
import { refused } from '../outcome.ts';
import { same } from '../predicate.ts';
import { missingError, part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';
import { textOf } from '../text.ts';

/**
 * `do: transition`: moves the status of the row of `key` to `to`. Allowed from the statuses in `from`, else from those the collection's machine declares; from any other
 * it is refused with `illegal` (default ILLEGAL_STATE) and nothing changes. `to` may be a list of `{ from, to }` where the way depends on where the row stands.
 */
export function compileTransition(context: VerbContext): Verb {
  const { target, given, pointer } = context;
  const { machine } = target;
  if (machine === undefined) {
    context.problem(pointer, `a transition needs a machine; the collection ${target.name} has none`);
    return () => refused('ILLEGAL_STATE');
  }
  const key = part(context, 'key');
  const set = part(context, 'set') ?? (() => ({}));
  const otherwise = missingError(context);
  const illegal = typeof given['illegal'] === 'string' ? given['illegal'] : 'ILLEGAL_STATE';
  const ways = Array.isArray(given['to'])
    ? given['to'].map((way: unknown, index) => ({
        from: listAt(objectAt(way)['from']),
        to: context.template(objectAt(way)['to'], childPointer(`${pointer}/to`, index)),
      }))
    : [
        {
          from: given['from'] === undefined ? undefined : listAt(given['from']),
          to: context.template(given['to'], childPointer(pointer, 'to')),
        },
      ];
  return (scope) => {
    const asked = textOf(key?.(scope));
    const before = findRow(scope, target, asked);
    if (before === undefined) return refused(otherwise);
    const status = before[machine.field];
    for (const way of ways) {
      const to = way.to({ ...scope, row: before, before });
      const allowed =
        way.from === undefined
          ? listAt(machine.transitions.get(textOf(status)) ?? []).some((next) => same(next, to))
          : way.from.some((from) => same(from, status));
      if (!allowed) continue;
      const fields = objectAt(set({ ...scope, row: before, before }));
      return { ok: true, before, row: changeRow(scope, target, asked, before, { ...fields, [machine.field]: to }) };
    }
    return refused(illegal);
  };
}
