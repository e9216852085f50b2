import { childPointer } from '../operations/index.ts';
import { findRow, liveRows, listAt, objectAt } from './collection.ts';
import type { Collection } from './collection.ts';
import { refused } from './outcome.ts';
import type { Refused } from './outcome.ts';
import { compilePredicate } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import type { Scope } from './scope.ts';
import type { TemplateContext } from './template-context.ts';
import type { Row } from './world.ts';
import { textOf } from './text.ts';

/** Something that has to hold before a verb does anything; the refusal where it does not. */
export type Check = (scope: Scope) => Refused | undefined;

/**
 * Compiles the `checks` of an operation, done in order:
 *
 * - `{ exists: collection, key, where, otherwise }` the row that a value refers to; `each: list` for several (`$item`); a value that is not given refers to nothing;
 * - `{ absent: collection, where, otherwise }` no row fits;
 * - `{ that: value, equal | not | in | from | to | contains ..., otherwise }` a comparison; a value that is not given is not compared.
 */
export function compileChecks(
  given: unknown,
  pointer: string,
  context: TemplateContext,
  collection: (name: string) => Collection | undefined,
): Check[] {
  return listAt(given).map((entry, index) => compileCheck(objectAt(entry), childPointer(pointer, index), context, collection));
}

function compileCheck(given: Row, pointer: string, context: TemplateContext, collection: (name: string) => Collection | undefined): Check {
  const otherwise = typeof given['otherwise'] === 'string' ? given['otherwise'] : 'INVALID';
  if (given['that'] !== undefined) {
    const { that, otherwise: _otherwise, ...comparison } = given;
    const value = context.template(that, childPointer(pointer, 'that'));
    const holds = compilePredicate({ value: comparison }, pointer, context);
    return (scope) => {
      const found = value(scope);
      return found === undefined || holds({ value: found }, scope) ? undefined : refused(otherwise);
    };
  }
  const wanted = given['exists'] !== undefined;
  const name = String(given['exists'] ?? given['absent']);
  const target = collection(name);
  if (target === undefined) {
    context.problem(pointer, `there is no collection "${name}"; a check has exists, absent or that`);
    return () => undefined;
  }
  // What a module that is not served remembers is not known: a developer may serve one module alone.
  if (target.unserved === true) return () => undefined;
  const key = given['key'] === undefined ? undefined : context.template(given['key'], childPointer(pointer, 'key'));
  const where: Predicate =
    given['where'] === undefined ? () => true : compilePredicate(given['where'], childPointer(pointer, 'where'), context);
  const each = given['each'] === undefined ? undefined : context.template(given['each'], childPointer(pointer, 'each'));

  function found(scope: Scope): boolean | undefined {
    if (key !== undefined) {
      const asked = key(scope);
      if (asked === undefined || asked === null) return undefined;
      const row = findRow(scope, target as Collection, textOf(asked));
      return row !== undefined && where(row, { ...scope, row });
    }
    for (const [, row] of liveRows(scope, target as Collection)) if (where(row, { ...scope, row })) return true;
    return false;
  }

  return (scope) => {
    const items = each === undefined ? [undefined] : each(scope);
    for (const item of Array.isArray(items) ? (items as unknown[]) : []) {
      const there = found(each === undefined ? scope : { ...scope, item });
      if (there !== undefined && there !== wanted) return refused(otherwise);
    }
    return undefined;
  };
}
