import { childPointer } from '../operations/index.ts';
import { changeRow, deleteRow, findRow, insertRow, liveRows, listAt, objectAt } from './collection.ts';
import type { Collection } from './collection.ts';
import { compilePredicate } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import type { Scope } from './scope.ts';
import type { TemplateContext } from './template-context.ts';
import type { Key, Row } from './world.ts';
import { textOf } from './text.ts';

/** A change to another collection that comes with an operation. */
export type Effect = (scope: Scope) => void;

/**
 * Compiles the `also` of an operation, done after its verb: `{ create | upsert | update | delete: collection, each, key, where, set }`; a `create` with
 * `conflict: skip` leaves a row that has the key already as it is. With `each: list` it is done for each element (`$item`, `$index`). Inside, `$row` is the operation's row for `create` and
 * `upsert`; for `update` and `delete` it is the row that is changed and `$outer` the operation's.
 */
export function compileEffects(
  given: unknown,
  pointer: string,
  context: TemplateContext,
  collection: (name: string) => Collection | undefined,
): Effect[] {
  return listAt(given).map((entry, index) => compileEffect(objectAt(entry), childPointer(pointer, index), context, collection));
}

const KINDS = ['create', 'upsert', 'update', 'delete'] as const;

function compileEffect(
  given: Row,
  pointer: string,
  context: TemplateContext,
  collection: (name: string) => Collection | undefined,
): Effect {
  const kind = KINDS.find((known) => given[known] !== undefined);
  const target = kind === undefined ? undefined : collection(String(given[kind]));
  if (kind === undefined || target === undefined) {
    context.problem(
      pointer,
      kind === undefined ? `an effect is one of ${KINDS.join(', ')}` : `there is no collection "${String(given[kind])}"`,
    );
    return () => undefined;
  }
  const set = context.template(given['set'] ?? {}, childPointer(pointer, 'set'));
  const key = given['key'] === undefined ? undefined : context.template(given['key'], childPointer(pointer, 'key'));
  const each = given['each'] === undefined ? undefined : context.template(given['each'], childPointer(pointer, 'each'));
  const where: Predicate =
    given['where'] === undefined ? () => true : compilePredicate(given['where'], childPointer(pointer, 'where'), context);

  /** The rows that an update or delete is about. */
  function affected(scope: Scope): (readonly [Key, Row])[] {
    if (key !== undefined) {
      const asked = textOf(key(scope));
      const row = findRow(scope, target as Collection, asked);
      return row === undefined ? [] : [[asked, row]];
    }
    return Array.from(liveRows(scope, target as Collection)).filter(([, row]) => where(row, { ...scope, outer: scope.row }));
  }

  function run(scope: Scope): void {
    if (target === undefined) return;
    if (kind === 'create') {
      const fields = objectAt(set(scope));
      const taken = given['conflict'] === 'skip' && findRow(scope, target, textOf(fields[target.key.field])) !== undefined;
      if (!taken) insertRow(scope, target, fields);
    } else if (kind === 'upsert') {
      const asked = key === undefined ? undefined : textOf(key(scope));
      const before = asked === undefined ? undefined : findRow(scope, target, asked);
      if (asked !== undefined && before !== undefined) changeRow(scope, target, asked, before, objectAt(set({ ...scope, before })));
      else insertRow(scope, target, { ...objectAt(set(scope)), ...(asked === undefined ? {} : { [target.key.field]: asked }) });
    } else {
      for (const [found, row] of affected(scope)) {
        if (kind === 'delete') deleteRow(scope, target, found, row);
        else changeRow(scope, target, found, row, objectAt(set({ ...scope, outer: scope.row, row, before: row })));
      }
    }
  }

  return (scope) => {
    if (each === undefined) {
      run(scope);
      return;
    }
    const items = each(scope);
    for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) run({ ...scope, item, index });
  };
}
