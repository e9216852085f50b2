import { childPointer } from '../operations/index.ts';
import { objectOf, unknownKeys } from './flaws.ts';
import { refused } from './outcome.ts';
import type { Refused } from './outcome.ts';
import { compileFilter, OPERATORS } from './predicate.ts';
import { findRow, firstFitting } from './rows.ts';
import type { Scope } from './scope.ts';
import { listAt } from './shape.ts';
import { textOf } from './text.ts';
import type { OperationContext } from './verbs/verb.ts';
import type { Row } from './world.ts';

/** Something that has to hold before a verb does anything; the refusal where it does not. */
export type Check = (scope: Scope) => Refused | undefined;

export const CHECK_KINDS = ['exists', 'absent', 'that'] as const;
export const ROW_CHECK_KEYS = ['key', 'where', 'each', 'otherwise', 'x-assumption'] as const;
export const COMPARISON_KEYS = ['otherwise', 'x-assumption'] as const;

/**
 * Compiles the `checks` of an operation, done in order:
 *
 * - `{ exists: collection, key, where, otherwise }` the row that a value refers to; `each: list` for several (`$item`, `$index`); a value that is not given refers to nothing;
 * - `{ absent: collection, key, where, otherwise }` no row fits;
 * - `{ that: value, equal | not | in | from | to | contains ..., otherwise }` a comparison; a value that is not given is not compared.
 *
 * `otherwise` is the name of the error, default INVALID.
 */
export function compileChecks(given: unknown, pointer: string, context: OperationContext): Check[] {
  return listAt(given).map((entry, index) => {
    const at = childPointer(pointer, index);
    const check = objectOf(entry, 'a check', at, context.problem);
    const kinds = CHECK_KINDS.filter((kind) => check[kind] !== undefined);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
      context.problem(at, `a check has one of ${CHECK_KINDS.join(', ')}`);
      return () => undefined;
    }
    const otherwise = context.error(check['otherwise'], 'INVALID', childPointer(at, 'otherwise'));
    return kind === 'that' ? compileComparison(check, at, context, otherwise) : compileRowCheck(check, kind, at, context, otherwise);
  });
}

function compileComparison(given: Row, pointer: string, context: OperationContext, otherwise: string): Check {
  const { that, otherwise: _otherwise, 'x-assumption': _assumption, ...comparison } = given;
  unknownKeys(comparison, [...OPERATORS, ...COMPARISON_KEYS], 'a comparison', pointer, context.problem);
  if (Object.keys(comparison).length === 0) context.problem(pointer, `compared with what? A comparison has ${OPERATORS.join(', ')}`);
  const value = context.template(that, childPointer(pointer, 'that'));
  // What is wrong inside is told where it stands: the comparison is no member of a filter in the file.
  const holds = compileFilter({ value: comparison }, pointer, {
    ...context,
    problem: (at, message) => context.problem(at.replace(`${pointer}/value`, pointer), message),
  });
  return (scope) => {
    const found = value(scope);
    return found === undefined || holds.bind(scope)({ value: found }) ? undefined : refused(otherwise);
  };
}

function compileRowCheck(given: Row, kind: 'exists' | 'absent', pointer: string, context: OperationContext, otherwise: string): Check {
  unknownKeys(given, [kind, ...ROW_CHECK_KEYS], 'a check', pointer, context.problem);
  const target = context.collectionModel(given[kind]);
  if (target === undefined) {
    context.problem(childPointer(pointer, kind), `there is no collection "${textOf(given[kind])}"`);
    return () => undefined;
  }
  const template = (key: string) => (given[key] === undefined ? undefined : context.template(given[key], childPointer(pointer, key)));
  const key = template('key');
  const each = template('each');
  const where = compileFilter(given['where'], childPointer(pointer, 'where'), context.withVariables({ row: target.name }));
  if (key === undefined && given['where'] === undefined) context.problem(pointer, 'which row? A check has a key, or where');
  // Of a module that is not served nobody knows which rows there are.
  if (target.isElsewhere === true) return () => undefined;

  const isThere = (scope: Scope): boolean | undefined => {
    if (key === undefined) return firstFitting(scope, target, where) !== undefined;
    const asked = key(scope);
    if (asked === undefined || asked === null) return undefined;
    const row = findRow(scope, target, textOf(asked));
    return row !== undefined && where.bind(scope)(row);
  };

  return (scope) => {
    const items = each === undefined ? [undefined] : each(scope);
    for (const [index, item] of (Array.isArray(items) ? (items as unknown[]) : []).entries()) {
      const there = isThere(each === undefined ? scope : { ...scope, item, index });
      if (there !== undefined && there !== (kind === 'exists')) return refused(otherwise);
    }
    return undefined;
  };
}
