import { childPointer, pointerTokens } from '../operations/index.ts';
import { follow } from './expression.ts';
import type { Scope } from './scope.ts';
import type { TemplateContext } from './template-context.ts';
import type { Row } from './world.ts';

/** Whether a row is asked for. */
export type Predicate = (row: Row, scope: Scope) => boolean;

const OPERATORS = ['equal', 'not', 'contains', 'startsWith', 'in', 'from', 'to', 'on', 'anyOf'] as const;
type Operator = (typeof OPERATORS)[number];

/**
 * Compiles a filter: fields (or JSON pointers into the row) with what they have to be. A value that the request does not give is not asked for, so the
 * filter lets everything through there.
 *
 * - `field: value` equal; numbers and their texts are equal (`7` and `"7"`), since a path or query has only texts for ids
 * - `{ contains }`, `{ startsWith }` parts of a text; `{ in: list | comma text }`; `{ not: value }`
 * - `{ from, to }` a range, both ends included; times and texts by their order, dates by day; `{ on: date }` the day of a time
 * - `$any: { fields: [a, b], contains: text }` one of several fields
 * - `$some: { in: collection, where, asked: [value, ...] }` a row of another collection fits (`$outer` is the row looked at); not asked unless one of the values of `asked` is given
 */
export function compilePredicate(given: unknown, pointer: string, context: TemplateContext): Predicate {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    context.problem(pointer, 'a filter is an object of fields');
    return () => true;
  }
  const parts = Object.entries(given).map(([field, wanted]) =>
    field === '$any'
      ? compileAny(wanted, childPointer(pointer, field), context)
      : field === '$some'
        ? compileSome(wanted, childPointer(pointer, field), context)
        : compileField(field, wanted, childPointer(pointer, field), context),
  );
  return (row, scope) => parts.every((part) => part(row, scope));
}

function compileField(field: string, wanted: unknown, pointer: string, context: TemplateContext): Predicate {
  const read = reader(field);
  const operators = operatorsOf(wanted);
  if (operators === undefined) {
    const value = context.template(wanted, pointer);
    return (row, scope) => {
      const asked = value(scope);
      return asked === undefined || same(read(row), asked);
    };
  }
  const tests = operators.map(([operator, operand]) => {
    const value = context.template(operand, childPointer(pointer, operator));
    return (row: Row, scope: Scope): boolean => {
      const asked = value(scope);
      return asked === undefined || asked === null || asked === '' || holds(operator, read(row), asked, scope);
    };
  });
  return (row, scope) => tests.every((test) => test(row, scope));
}

function compileAny(wanted: unknown, pointer: string, context: TemplateContext): Predicate {
  const { fields, ...rest } = (typeof wanted === 'object' && wanted !== null ? wanted : {}) as Row;
  if (!Array.isArray(fields) || fields.length === 0) {
    context.problem(pointer, '$any needs "fields" and what one of them has to be, such as contains');
    return () => true;
  }
  const tests = fields.map((field: unknown) => compileField(String(field), rest, pointer, context));
  return (row, scope) => tests.some((test) => test(row, scope));
}

function compileSome(wanted: unknown, pointer: string, context: TemplateContext): Predicate {
  const { in: name, where, asked } = (typeof wanted === 'object' && wanted !== null ? wanted : {}) as Row;
  const collection = typeof name === 'string' ? context.collection(name) : undefined;
  if (collection === undefined) {
    context.problem(childPointer(pointer, 'in'), `there is no collection "${String(name)}"`);
    return () => true;
  }
  const fits = compilePredicate(where ?? {}, childPointer(pointer, 'where'), context);
  const reasons = Array.isArray(asked)
    ? asked.map((value: unknown, index) => context.template(value, childPointer(`${pointer}/asked`, index)))
    : undefined;
  return (row, scope) => {
    if (reasons !== undefined && !reasons.some((reason) => isGiven(reason(scope)))) return true;
    const inner = { ...scope, outer: row };
    for (const other of context.rows(scope, collection)) if (fits(other, inner)) return true;
    return false;
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function operatorsOf(wanted: unknown): [Operator, unknown][] | undefined {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return undefined;
  const entries = Object.entries(wanted);
  const known = entries.filter((entry): entry is [Operator, unknown] => OPERATORS.includes(entry[0] as Operator));
  return known.length === entries.length && known.length > 0 ? known : undefined;
}

function holds(operator: Operator, value: unknown, asked: unknown, scope: Scope): boolean {
  switch (operator) {
    case 'equal':
      return same(value, asked);
    case 'not':
      return !same(value, asked);
    case 'contains':
      return Array.isArray(value) ? value.some((item) => same(item, asked)) : typeof value === 'string' && value.includes(String(asked));
    case 'startsWith':
      return typeof value === 'string' && value.startsWith(String(asked));
    case 'in':
      return listOf(asked).some((item) => same(value, item));
    case 'anyOf':
      return Array.isArray(value) && listOf(asked).some((item) => value.some((own) => same(own, item)));
    case 'from':
      return compare(value, asked, scope) >= 0;
    case 'to':
      return compare(value, asked, scope) <= 0;
    case 'on':
      return day(value, scope) === day(asked, scope);
  }
}

/** Ids travel as numbers and as texts. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const scalar = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string';
  return scalar(a) && scalar(b) && typeof a !== typeof b && String(a) === String(b);
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return String(value)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Order of two values; NaN, which no comparison is true of, where there is none. */
export function compare(a: unknown, b: unknown, scope: Scope): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    const [left, right] = [scope.clock.read(a), scope.clock.read(b)];
    // A date alone, as the upper end of a range, is the whole day.
    if (left !== undefined && right !== undefined) return b.length === 10 ? compareText(day(a, scope), b) : left - right;
    return compareText(a, b);
  }
  const [left, right] = [Number(a), Number(b)];
  return left - right;
}

function compareText(a: string | undefined, b: string): number {
  return a === undefined ? Number.NaN : a < b ? -1 : a > b ? 1 : 0;
}

function day(value: unknown, scope: Scope): string | undefined {
  const moment = scope.clock.read(value);
  return moment === undefined ? undefined : String(scope.clock.write(moment, 'date'));
}

/** Reads a field by name or, beginning with `/`, by JSON pointer. */
export function reader(field: string): (row: Row) => unknown {
  const tokens = field.startsWith('/') ? (pointerTokens(field) ?? [field]) : [field];
  return (row) => follow(row, tokens);
}
