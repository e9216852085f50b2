import { childPointer, writeJson } from '../operations/index.ts';
import { readBasic } from './basic.ts';
import type { TimeForm } from './clock-text.ts';
import { compileExpression, follow } from './expression.ts';
import type { Expression } from './expression.ts';
import { compare, compilePredicate } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import type { Scope } from './scope.ts';
import type { Template, TemplateContext } from './template-context.ts';
import type { Row } from './world.ts';
import { textOf } from './text.ts';

const NOTHING: Template = () => undefined;
const TIME_FORMS = new Set(['iso', 'ms', 'seconds', 'local', 'date', 'time']);

/**
 * Compiles a template of a state file. Plain JSON stands for itself; a text that begins with `$` is an expression (`$$` for a literal `$`), `{$...}` inside a text is replaced by
 * its value, and a text with a null or absent value inside is null. An object whose first key is `...` starts from that value; one whose first key is an operator is what the operator makes:
 *
 * - `{ $count: collection | list, where }`, `{ $sum: collection | list, of: field | template of each row, where }`
 * - `{ $list: collection, where, show }`, `{ $first: collection, where, show }`
 * - `{ $const: value }` a value in which nothing is an expression
 * - `{ $each: list, show }`, `{ $size: list | text }`, `{ $number: text }`, `{ $default: [a, b, ...] }` the first that is neither absent nor null (null where one of them is null)
 * - `{ $mask: value }` stars where there is a value, for secrets; `{ $uri: text }` a text whose `{$...}` are percent-encoded (RFC 6570 section 3.2.2)
 * - `{ $basic: header, part: name | password }` what a Basic `Authorization` header says (RFC 7617); null where it says nothing, so that a filter finds nothing
 * - `{ $map: value, to: { text: template } }` the entry of a table, absent where it has none; `{ $ratio: [part, whole] }` a fraction of at most four decimals, 0 of nothing
 * - `{ $max: collection | list, of: field, where }`, `{ $max: [a, b, ...] }` the greatest number, time or text; absent where there is none
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
  return compileMixedText(text, pointer, context, (value) => value);
}

/** A text with `{$...}` inside; `write` makes what stands for each. */
function compileMixedText(text: string, pointer: string, context: TemplateContext, write: (value: string) => string): Template {
  const parts = text
    .split(/(\{\$[^{}]*\})/)
    .map((part): string | Expression => (part.startsWith('{$') ? expression(part.slice(1, -1), pointer, context) : part));
  return (scope) => {
    let made = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : part(scope);
      if (value === undefined || value === null) return null;
      const shown = typeof value === 'object' ? writeJson(value) : textOf(value);
      made += typeof part === 'string' ? shown : write(shown);
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
      const of = value['of'];
      const addend = typeof of === 'object' ? part('of') : (scope: Scope): unknown => follow(scope.row, [textOf(of)]);
      return (scope) => sum(source(scope), (row) => addend({ ...scope, outer: scope.row, row: row as Row }));
    }
    case '$max':
      return compileMax(value, pointer, context);
    case '$map': {
      const key = compileTemplate(argument, at, context);
      const table = new Map(
        Object.entries((value['to'] ?? {}) as Row).map(
          ([name, entry]) => [name, compileTemplate(entry, childPointer(`${pointer}/to`, name), context)] as const,
        ),
      );
      if (table.size === 0) context.problem(pointer, '$map needs "to", a table of what each value becomes');
      return (scope) => table.get(textOf(key(scope)))?.(scope);
    }
    case '$ratio': {
      const [part, whole] = Array.isArray(argument)
        ? argument.map((item: unknown, index) => compileTemplate(item, childPointer(at, index), context))
        : [];
      if (part === undefined || whole === undefined) context.problem(at, '$ratio needs a list of two: the part and the whole');
      return (scope) => ratio(part?.(scope), whole?.(scope));
    }
    case '$list':
    case '$first': {
      const source = compileSource(argument, at, value['where'], childPointer(pointer, 'where'), context);
      const show = value['show'] === undefined ? undefined : part('show');
      const shown = (scope: Scope, row: unknown): unknown =>
        show === undefined ? row : show({ ...scope, outer: scope.row, row: row as Row });
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
        return Array.isArray(items) ? items.map((item: unknown, index) => show({ ...scope, item, index })) : undefined;
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
      const choices = Array.isArray(argument)
        ? argument.map((item: unknown, index) => compileTemplate(item, childPointer(at, index), context))
        : [];
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
    case '$const':
      return () => argument;
    case '$number': {
      const text = compileTemplate(argument, at, context);
      return (scope) => {
        const made = text(scope);
        return typeof made === 'string' && made.trim() !== '' && Number.isFinite(Number(made)) ? Number(made) : made;
      };
    }
    case '$mask': {
      const secret = compileTemplate(argument, at, context);
      return (scope) => {
        const made = secret(scope);
        return made === undefined || made === null ? made : '********';
      };
    }
    case '$uri':
      return typeof argument === 'string' ? compileMixedText(argument, at, context, encode) : compileTemplate(argument, at, context);
    case '$basic':
      return compileBasic(value, pointer, context);
    case '$time':
      return compileTime(value, pointer, context);
    default:
      context.problem(
        at,
        `there is no operator ${name}; there are $count, $sum, $max, $map, $ratio, $list, $first, $each, $size, $default, $number, $mask, $uri, $basic, $time`,
      );
      return NOTHING;
  }
}

/** Rows of a collection by its name, or the list that an expression leads to; both filtered. */
function compileSource(
  argument: unknown,
  at: string,
  where: unknown,
  whereAt: string,
  context: TemplateContext,
): (scope: Scope) => Iterable<unknown> {
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
    context.problem(at, `there is no collection "${textOf(argument)}"`);
    return () => [];
  }
  return function* (scope) {
    const inner = inside(scope);
    for (const row of context.rows(scope, collection)) if (predicate(row, inner)) yield row;
  };
}

function compileBasic(value: Row, pointer: string, context: TemplateContext): Template {
  const header = compileTemplate(value['$basic'], childPointer(pointer, '$basic'), context);
  const part = value['part'];
  if (part !== 'name' && part !== 'password') {
    context.problem(childPointer(pointer, 'part'), 'the part of Basic credentials is name or password');
    return NOTHING;
  }
  return (scope) => readBasic(header(scope))?.[part] ?? null;
}

function compileTime(value: Row, pointer: string, context: TemplateContext): Template {
  const source = compileTemplate(value['$time'], childPointer(pointer, '$time'), context);
  const form = textOf(value['as'], 'local');
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

function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

/** The greatest of some values, or of a field of some rows. */
function compileMax(value: Row, pointer: string, context: TemplateContext): Template {
  const argument = value['$max'];
  const at = childPointer(pointer, '$max');
  if (Array.isArray(argument)) {
    const values = compileTemplate(argument, at, context);
    return (scope) => greatest(values(scope) as unknown[], scope);
  }
  const source = compileSource(argument, at, value['where'], childPointer(pointer, 'where'), context);
  const field = textOf(value['of']);
  return (scope) =>
    greatest(
      Array.from(source(scope), (row) => follow(row, [field])),
      scope,
    );
}

function greatest(values: readonly unknown[], scope: Scope): unknown {
  let best: unknown;
  for (const value of values) {
    if (value === undefined || value === null) continue;
    if (best === undefined || compare(value, best, scope) > 0) best = value;
  }
  return best;
}

function ratio(part: unknown, whole: unknown): number {
  if (typeof part !== 'number' || typeof whole !== 'number' || whole === 0) return 0;
  return Math.round((part / whole) * 10_000) / 10_000;
}

function count(rows: Iterable<unknown>): number {
  let total = 0;
  for (const _row of rows) total += 1;
  return total;
}

function sum(rows: Iterable<unknown>, addend: (row: unknown) => unknown): number {
  let total = 0;
  for (const row of rows) {
    const value = addend(row);
    if (typeof value === 'number') total += value;
  }
  return total;
}
