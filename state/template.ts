import { childPointer } from '../operations/index.ts';
import type { TimeForm } from './clock-text.ts';
import { compileExpression } from './expression.ts';
import type { Expression } from './expression.ts';
import { compilePredicate } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import type { Scope } from './scope.ts';
import type { Template, TemplateContext } from './template-context.ts';
import type { Row } from './world.ts';

const NOTHING: Template = () => undefined;
const TIME_FORMS = new Set(['iso', 'ms', 'seconds', 'local', 'date', 'time']);

/**
 * Compiles a template of a state file. Plain JSON stands for itself; a text that begins with `$` is an expression (`$$` for a literal `$`), `{$...}` inside a text is replaced by
 * its value, and a text with a null or absent value inside is null. An object whose first key is `...` starts from that value; one whose first key is an operator is what the operator makes:
 *
 * - `{ $count: collection | list, where }`, `{ $sum: collection | list, of: field, where }`
 * - `{ $list: collection, where, show }`, `{ $first: collection, where, show }`
 * - `{ $each: list, show }`, `{ $size: list | text }`, `{ $number: text }`, `{ $default: [a, b, ...] }` the first that is neither absent nor null (null where one of them is null)
 * - `{ $time: value, as: iso|ms|seconds|local|date|time, at: HH:mm:ss, plus: seconds }`
 */
export function compileTemplate(value: unknown, pointer: string, context: TemplateContext): Template {
  if (typeof value === 'string') return compileText(value, pointer, context);
  if (Array.isArray(value)) {
    const parts = value.map((item: unknown, index) => compileTemplate(item, childPointer(pointer, index), context));
    return (scope) => parts.map((part) => part(scope)).filter((part) => part !== undefined);
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const [first] = Object.keys(value);
  if (first !== undefined && first.startsWith('$')) return compileOperator(first, value as Row, pointer, context);
  return compileObject(value as Row, pointer, context);
}

function compileObject(value: Row, pointer: string, context: TemplateContext): Template {
  const parts = Object.entries(value).map(([key, item]) => [key, compileTemplate(item, childPointer(pointer, key), context)] as const);
  return (scope) => {
    const filled: Record<string, unknown> = {};
    for (const [key, part] of parts) {
      const made = part(scope);
      if (key === '...') {
        if (typeof made === 'object' && made !== null) Object.assign(filled, made);
      } else if (made !== undefined) {
        filled[key] = made;
      } else if (Object.hasOwn(filled, key)) {
        // Named after a spread and absent: taken out of it.
        delete filled[key];
      }
    }
    return filled;
  };
}

function compileText(text: string, pointer: string, context: TemplateContext): Template {
  if (text.startsWith('$$')) return () => text.slice(1);
  if (text.startsWith('$')) return expression(text, pointer, context);
  if (!text.includes('{$')) return () => text;
  const parts = text.split(/(\{\$[^{}]*\})/).map((part): string | Expression => (part.startsWith('{$') ? expression(part.slice(1, -1), pointer, context) : part));
  return (scope) => {
    let made = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : part(scope);
      if (value === undefined || value === null) return null;
      made += typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean | bigint);
    }
    return made;
  };
}

/** One expression, or a problem and nothing. */
export function expression(text: string, pointer: string, context: TemplateContext): Expression {
  const compiled = compileExpression(text);
  if (compiled.ok) return compiled.expression;
  context.problem(pointer, compiled.reason);
  return NOTHING;
}

function compileOperator(name: string, value: Row, pointer: string, context: TemplateContext): Template {
  const part = (key: string): Template => compileTemplate(value[key], childPointer(pointer, key), context);
  const argument = value[name];
  const at = childPointer(pointer, name);
  switch (name) {
    case '$count': {
      const source = compileSource(argument, at, value['where'], childPointer(pointer, 'where'), context);
      return (scope) => count(source(scope));
    }
    case '$sum': {
      const source = compileSource(argument, at, value['where'], childPointer(pointer, 'where'), context);
      const field = String(value['of']);
      return (scope) => sum(source(scope), field);
    }
    case '$list':
    case '$first': {
      const source = compileSource(argument, at, value['where'], childPointer(pointer, 'where'), context);
      const show = value['show'] === undefined ? undefined : part('show');
      const shown = (scope: Scope, row: unknown): unknown => (show === undefined ? row : show({ ...scope, outer: scope.row, row: row as Row }));
      if (name === '$list') return (scope) => Array.from(source(scope), (row) => shown(scope, row));
      return (scope) => {
        for (const row of source(scope)) return shown(scope, row);
        return undefined;
      };
    }
    case '$each': {
      const list = compileTemplate(argument, at, context);
      const show = part('show');
      return (scope) => {
        const items = list(scope);
        return Array.isArray(items) ? items.map((item: unknown) => show({ ...scope, item })) : undefined;
      };
    }
    case '$size': {
      const list = compileTemplate(argument, at, context);
      return (scope) => {
        const made = list(scope);
        return Array.isArray(made) ? made.length : typeof made === 'string' ? Array.from(made).length : undefined;
      };
    }
    case '$default': {
      const choices = Array.isArray(argument) ? argument.map((item: unknown, index) => compileTemplate(item, childPointer(at, index), context)) : [];
      return (scope) => {
        let empty: null | undefined;
        for (const choice of choices) {
          const made = choice(scope);
          if (made !== undefined && made !== null) return made;
          if (made === null) empty = null;
        }
        return empty;
      };
    }
    case '$number': {
      const text = compileTemplate(argument, at, context);
      return (scope) => {
        const made = text(scope);
        return typeof made === 'string' && made.trim() !== '' && Number.isFinite(Number(made)) ? Number(made) : made;
      };
    }
    case '$time':
      return compileTime(value, pointer, context);
    default:
      context.problem(at, `there is no operator ${name}; there are $count, $sum, $list, $first, $each, $size, $default, $number, $time`);
      return NOTHING;
  }
}

/** Rows of a collection by its name, or the list that an expression leads to; both filtered. */
function compileSource(argument: unknown, at: string, where: unknown, whereAt: string, context: TemplateContext): (scope: Scope) => Iterable<unknown> {
  const predicate: Predicate = where === undefined ? () => true : compilePredicate(where, whereAt, context);
  const inside = (scope: Scope): Scope => ({ ...scope, outer: scope.row });
  if (typeof argument === 'string' && argument.startsWith('$')) {
    const list = expression(argument, at, context);
    return (scope) => {
      const items = list(scope);
      return Array.isArray(items) ? items.filter((row) => predicate(row as Row, inside(scope))) : [];
    };
  }
  const collection = typeof argument === 'string' ? context.collection(argument) : undefined;
  if (collection === undefined) {
    context.problem(at, `there is no collection "${String(argument)}"`);
    return () => [];
  }
  return function* (scope) {
    const inner = inside(scope);
    for (const row of context.rows(scope, collection)) if (predicate(row, inner)) yield row;
  };
}

function compileTime(value: Row, pointer: string, context: TemplateContext): Template {
  const source = compileTemplate(value['$time'], childPointer(pointer, '$time'), context);
  const form = String(value['as'] ?? 'local');
  if (!TIME_FORMS.has(form)) context.problem(childPointer(pointer, 'as'), `a time is written as one of ${[...TIME_FORMS].join(', ')}`);
  const at = typeof value['at'] === 'string' ? value['at'] : undefined;
  const plus = compileTemplate(value['plus'] ?? 0, childPointer(pointer, 'plus'), context);
  return (scope) => {
    let moment = scope.clock.read(source(scope));
    if (moment === undefined) return undefined;
    if (at !== undefined) moment = scope.clock.read(`${String(scope.clock.write(moment, 'date'))} ${at}`) ?? moment;
    const seconds = plus(scope);
    return scope.clock.write(moment + (typeof seconds === 'number' ? seconds * 1000 : 0), form as TimeForm);
  };
}

function count(rows: Iterable<unknown>): number {
  let total = 0;
  for (const _row of rows) total += 1;
  return total;
}

function sum(rows: Iterable<unknown>, field: string): number {
  let total = 0;
  for (const row of rows) {
    const value = typeof row === 'object' && row !== null ? (row as Row)[field] : undefined;
    if (typeof value === 'number') total += value;
  }
  return total;
}
