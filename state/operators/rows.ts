import { childPointer } from '../../operations/index.ts';
import { compare } from '../compare.ts';
import { follow } from '../expression.ts';
import { compileFilter } from '../predicate.ts';
import { reference } from '../reference.ts';
import type { Scope } from '../scope.ts';
import type { Template, TemplateContext } from '../template-context.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { member } from './operator.ts';
import type { Operator } from './operator.ts';

/**
 * Operators over the rows of a collection (by its name) or the elements of a list (an expression), those that fit `where`. Inside `where`, `show` and `of`, `$row` is the row in turn and
 * `$outer` the row around.
 *
 * - `{ $count: rows, where }`, `{ $sum: rows, of: field | template, where }`
 * - `{ $list: rows, where, show }`, `{ $first: rows, where, show }` absent where there is none
 * - `{ $max: rows, of: field, where }`, `{ $max: [a, b, ...] }` the greatest number, time or text; absent where there is none
 */
export const ROW_OPERATORS: Readonly<Record<string, Operator>> = {
  $count: {
    keys: ['where'],
    compile(given, pointer, context) {
      const { rows, count } = sourceOf('$count', given, pointer, context);
      if (count !== undefined) return count;
      return (scope) => {
        let total = 0;
        for (const _row of rows(scope)) total += 1;
        return total;
      };
    },
  },
  $sum: {
    keys: ['of', 'where'],
    compile(given, pointer, context) {
      const { rows, inner } = sourceOf('$sum', given, pointer, context);
      const addend = typeof given['of'] === 'object' ? member(given, 'of', pointer, inner) : fieldOf(given, pointer, inner);
      return (scope) => {
        let total = 0;
        for (const row of rows(scope)) {
          const value = addend(around(scope, row));
          if (typeof value === 'number' || typeof value === 'bigint') total += Number(value);
        }
        return total;
      };
    },
  },
  $list: {
    keys: ['where', 'show'],
    compile(given, pointer, context) {
      const { rows, show } = shownRows('$list', given, pointer, context);
      return (scope) => Array.from(rows(scope), (row) => show(scope, row)).filter((shown) => shown !== undefined);
    },
  },
  $first: {
    keys: ['where', 'show'],
    compile(given, pointer, context) {
      const { rows, show } = shownRows('$first', given, pointer, context);
      return (scope) => {
        for (const row of rows(scope)) return show(scope, row);
        return undefined;
      };
    },
  },
  $max: {
    keys: ['of', 'where'],
    compile(given, pointer, context) {
      if (Array.isArray(given['$max'])) {
        const values = member(given, '$max', pointer, context);
        return (scope) => greatest(values(scope) as unknown[], scope);
      }
      const { rows, inner } = sourceOf('$max', given, pointer, context);
      const field = fieldOf(given, pointer, inner);
      return (scope) =>
        greatest(
          Array.from(rows(scope), (row) => field(around(scope, row))),
          scope,
        );
    },
  },
};

interface Rows {
  readonly rows: (scope: Scope) => Iterable<unknown>;
  /** How many they are, where that is known without them. */
  readonly count?: ((scope: Scope) => number) | undefined;
  /** The context of what is made of each row. */
  readonly inner: TemplateContext;
}

/** Rows of a collection by its name, or the list that an expression leads to; both filtered. */
function sourceOf(name: string, given: Row, pointer: string, context: TemplateContext): Rows {
  const argument = given[name];
  const isList = typeof argument === 'string' && argument.startsWith('$');
  const collection = typeof argument === 'string' && !isList ? context.collection(argument) : undefined;
  const inner = context.withVariables({ row: collection, outer: context.variables.row });
  const filter = compileFilter(given['where'], childPointer(pointer, 'where'), inner);
  const at = childPointer(pointer, name);
  if (isList) {
    const list = reference(argument, at, context);
    return {
      inner,
      rows: (scope) => {
        const items = list(scope);
        return Array.isArray(items) ? (items as Row[]).filter(filter.bind(inRows(scope))) : [];
      },
    };
  }
  if (collection === undefined) {
    context.problem(at, `there is no collection "${textOf(argument)}"`);
    return { inner, rows: () => [] };
  }
  const { rows, count } = context;
  return {
    inner,
    rows: (scope) => rows(inRows(scope), collection, filter),
    count: count === undefined ? undefined : (scope) => count(inRows(scope), collection, filter),
  };
}

/** Inside of a `where`, the row around is `$outer`. */
function inRows(scope: Scope): Scope {
  return { ...scope, outer: scope.row, row: undefined };
}

function shownRows(
  name: string,
  given: Row,
  pointer: string,
  context: TemplateContext,
): { readonly rows: Rows['rows']; readonly show: (scope: Scope, row: unknown) => unknown } {
  const { rows, inner } = sourceOf(name, given, pointer, context);
  if (given['show'] === undefined) return { rows, show: (_scope, row) => row };
  const show = member(given, 'show', pointer, inner);
  return { rows, show: (scope, row) => show(around(scope, row)) };
}

function around(scope: Scope, row: unknown): Scope {
  return { ...scope, outer: scope.row, row: row as Row };
}

/** The field that `of` names. */
function fieldOf(given: Row, pointer: string, context: TemplateContext): Template {
  const field = given['of'];
  const at = childPointer(pointer, 'of');
  if (typeof field !== 'string') {
    context.problem(pointer, 'of which field? Write of: and its name');
    return () => undefined;
  }
  if (field.startsWith('$')) return context.template(field, at);
  context.reads(context.variables.row, field, at);
  return (scope) => follow(scope.row, [field]);
}

function greatest(values: readonly unknown[], scope: Scope): unknown {
  let best: unknown;
  for (const value of values) {
    if (value === undefined || value === null) continue;
    if (best === undefined || compare(value, best, scope.clock) > 0) best = value;
  }
  return best;
}
