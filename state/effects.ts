import { childPointer } from '../operations/index.ts';
import { addRow } from './add-row.ts';
import type { Collection } from './collection.ts';
import { findDuplicates } from './duplicates.ts';
import type { Duplicates } from './duplicates.ts';
import { objectOf, unknownKeys } from './flaws.ts';
import type { Refused } from './outcome.ts';
import { compileFilter } from './predicate.ts';
import { changeRow, deleteRow, findRow, fittingRows } from './rows.ts';
import type { Scope } from './scope.ts';
import { listAt, objectAt, withMember } from './shape.ts';
import type { Template, Variables } from './template-context.ts';
import { textOf } from './text.ts';
import type { OperationContext } from './verbs/verb.ts';
import type { Key, Row } from './world.ts';

/** A change to another collection that comes with an operation; a refusal takes the whole operation back. */
export type Effect = (scope: Scope) => Refused | undefined;

/** The kinds of effects with their members. */
export const EFFECT_KEYS = {
  create: ['each', 'set', 'conflict'],
  upsert: ['each', 'key', 'set'],
  update: ['each', 'key', 'where', 'set'],
  delete: ['each', 'key', 'where'],
} as const;
type Kind = keyof typeof EFFECT_KEYS;
const KINDS = Object.keys(EFFECT_KEYS) as Kind[];

/**
 * Compiles the `also` of an operation, done after its verb: `{ create | upsert | update | delete: collection, each, key, where, set, conflict }`. A row that `create` can't add is refused as
 * by the verb (`conflict: skip | replace | error`). With `each: list` it is done for each element (`$item`, `$index`). Inside, `$row` is the operation's row for `create` and
 * `upsert`; for `update` and `delete` it is the row that is changed and `$outer` the operation's.
 *
 * @param variables what stands around: the operation's row.
 */
export function compileEffects(given: unknown, pointer: string, context: OperationContext, variables: Variables): Effect[] {
  return listAt(given).map((entry, index) => {
    const at = childPointer(pointer, index);
    const effect = objectOf(entry, 'an effect', at, context.problem);
    const [kind, ...more] = KINDS.filter((known) => effect[known] !== undefined);
    if (kind === undefined || more.length > 0) {
      context.problem(at, `an effect is one of ${KINDS.join(', ')}`);
      return () => undefined;
    }
    unknownKeys(effect, [kind, ...EFFECT_KEYS[kind]], 'an effect', at, context.problem);
    const target = context.collectionModel(effect[kind]);
    if (target === undefined) {
      context.problem(childPointer(at, kind), `there is no collection "${textOf(effect[kind])}"`);
      return () => undefined;
    }
    return compileEffect({ given: effect, kind, target, pointer: at, context, variables });
  });
}

interface Parts {
  readonly given: Row;
  readonly kind: Kind;
  readonly target: Collection;
  readonly pointer: string;
  readonly context: OperationContext;
  readonly variables: Variables;
}

function compileEffect(parts: Parts): Effect {
  const { given, kind, target, pointer, context, variables } = parts;
  const around = context.withVariables(variables);
  const each = given['each'] === undefined ? undefined : around.template(given['each'], childPointer(pointer, 'each'));
  const key = given['key'] === undefined ? undefined : around.template(given['key'], childPointer(pointer, 'key'));
  const run = kind === 'create' || kind === 'upsert' ? compileAdding(parts, key) : compileChanging(parts, key);
  // Rows of a module that is not served are nobody's.
  if (target.isElsewhere === true) return () => undefined;
  return (scope) => {
    const duplicates = findDuplicates(scope, target);
    if (each === undefined) return run(scope, duplicates);
    const items = each(scope);
    for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) {
      const refusal = run({ ...scope, item, index }, duplicates);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
}

type Run = (scope: Scope, duplicates: Duplicates) => Refused | undefined;

function compileAdding({ given, kind, target, pointer, context, variables }: Parts, key: Template | undefined): Run {
  const { conflict: told } = given;
  const conflict = told === 'skip' || told === 'replace' ? told : context.error(told, 'CONFLICT', childPointer(pointer, 'conflict'));
  if (kind === 'upsert' && key === undefined) context.problem(pointer, 'an upsert needs a key');
  context.writes(target.name, given['set'] ?? {});
  const set = context
    .withVariables({ ...variables, ...(kind === 'upsert' ? { before: target.name } : {}) })
    .template(given['set'] ?? {}, childPointer(pointer, 'set'));
  return (scope, duplicates) => {
    const wanted = key?.(scope);
    const asked = wanted === undefined || wanted === null || wanted === '' ? undefined : textOf(wanted);
    const before = asked === undefined ? undefined : findRow(scope, target, asked);
    const fields = objectAt(set(kind === 'upsert' ? { ...scope, before } : scope));
    if (asked !== undefined && before !== undefined) {
      changeRow(scope, target, asked, before, fields);
      return undefined;
    }
    const outcome = addRow(
      scope,
      target,
      asked === undefined ? fields : withMember(fields, target.key.field, wanted),
      conflict,
      duplicates,
    );
    return outcome.ok ? undefined : outcome;
  };
}

function compileChanging({ given, kind, target, pointer, context, variables }: Parts, key: Template | undefined): Run {
  if (key === undefined && given['where'] === undefined)
    context.problem(pointer, `${kind} which rows? Give a key or where ({} for all of them)`);
  const inner = context.withVariables({ row: target.name, before: target.name, outer: variables.row });
  const where = compileFilter(given['where'], childPointer(pointer, 'where'), inner);
  if (kind === 'update') context.writes(target.name, given['set'] ?? {});
  const set = inner.template(given['set'] ?? {}, childPointer(pointer, 'set'));

  const affected = (scope: Scope, around: Scope): Iterable<readonly [Key, Row]> => {
    if (key === undefined) return Array.from(fittingRows(around, target, where));
    const asked = textOf(key(scope));
    const row = findRow(scope, target, asked);
    return row === undefined || !where.bind(around)(row) ? [] : [[asked, row]];
  };

  return (scope) => {
    const around: Scope = { ...scope, outer: scope.row, row: undefined };
    for (const [found, row] of affected(scope, around)) {
      if (kind === 'delete') deleteRow(scope, target, found, row);
      else changeRow(scope, target, found, row, objectAt(set({ ...around, row, before: row })));
    }
    return undefined;
  };
}
