import { childPointer } from '../../operations/index.ts';
import { same } from '../compare.ts';
import { unknownKeys } from '../flaws.ts';
import { knownStatus, mayBecome, statusOf } from '../machine.ts';
import type { Machine } from '../machine.ts';
import { refused } from '../outcome.ts';
import { changeRow, findRow } from '../rows.ts';
import { listAt, objectAt, withMember } from '../shape.ts';
import type { Template } from '../template-context.ts';
import { textOf } from '../text.ts';
import { illegalError, missingError, part, setOf } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const TRANSITION_KEYS = ['key', 'from', 'to', 'set', 'otherwise', 'illegal'] as const;
export const WAY_KEYS = ['from', 'to'] as const;

/** A status and those it may be reached from; `from` absent: those the machine declares. */
interface Way {
  readonly from: readonly unknown[] | undefined;
  readonly to: Template;
}

/**
 * `do: transition`: moves the status of the row of `key` to `to`. Allowed from the statuses in `from`, else from those the collection's machine declares; from any other
 * it is refused with `illegal` (default ILLEGAL_STATE) and nothing changes. `to` may be a list of `{ from, to }` where the way depends on where the row stands.
 */
export function compileTransition(context: VerbContext): Verb {
  const { target, given, pointer, problem } = context;
  const { machine } = target;
  const key = part(context, 'key');
  if (key === undefined) problem(pointer, 'a transition needs a key');
  const set = setOf(context, {}, { row: target.name, before: target.name });
  const otherwise = missingError(context);
  const illegal = illegalError(context);
  if (given['to'] === undefined) problem(pointer, 'a transition needs the status that it leads to');
  if (machine === undefined) {
    problem(pointer, `a transition needs a machine; the collection ${target.name} has none`);
    return () => refused(illegal);
  }
  const ways = Array.isArray(given['to'])
    ? given['to'].map((entry: unknown, index) => {
        const at = `${pointer}/to/${index}`;
        unknownKeys(objectAt(entry), WAY_KEYS, 'a way', at, problem);
        return compileWay(objectAt(entry)['from'] ?? [], objectAt(entry)['to'], at, machine, context);
      })
    : [compileWay(given['from'], given['to'], pointer, machine, context)];
  return (scope) => {
    const asked = textOf(key?.(scope));
    const before = findRow(scope, target, asked);
    if (before === undefined) return refused(otherwise);
    const inner = { ...scope, row: before, before };
    const status = before[machine.field];
    for (const way of ways) {
      const to = statusOf(machine, way.to(inner));
      if (!(way.from === undefined ? mayBecome(machine, status, to) : way.from.some((from) => same(from, status)))) continue;
      return { ok: true, before, row: changeRow(scope, target, asked, before, withMember(objectAt(set(inner)), machine.field, to)) };
    }
    return refused(illegal);
  };
}

function compileWay(from: unknown, to: unknown, pointer: string, machine: Machine, context: VerbContext): Way {
  const statuses = from === undefined ? undefined : listAt(from);
  for (const status of statuses ?? []) knownStatus(machine.statuses, status, childPointer(pointer, 'from'), context);
  const at = childPointer(pointer, 'to');
  if (typeof to === 'number' || (typeof to === 'string' && !to.startsWith('$'))) knownStatus(machine.statuses, to, at, context);
  const { name } = context.target;
  return { from: statuses, to: context.withVariables({ row: name, before: name }).template(to, at) };
}
