import { childPointer, pointerTokens } from '../operations/index.ts';
import { compareToEnd, dayOf, identityOf, same } from './compare.ts';
import { unknownKeys } from './flaws.ts';
import { reader } from './read-field.ts';
import type { Read } from './read-field.ts';
import { indexOfField } from './row-index.ts';
import type { Scope } from './scope.ts';
import type { AskedRows, Filter, Template, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';
import type { Row } from './world.ts';

export const OPERATORS = ['equal', 'not', 'contains', 'startsWith', 'in', 'from', 'to', 'on', 'anyOf'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A test of one row; `undefined`: the request does not ask for it. */
type Bound = ((row: Row) => boolean) | undefined;
type Part = (scope: Scope) => Bound;

const every = (): boolean => true;
const EVERY: Filter = { bind: () => every, equal: new Map(), asked: () => ALL_ROWS };
const ALL_ROWS: AskedRows = { kind: 'all' };
const SOME_ROWS: AskedRows = { kind: 'some' };

/**
 * Compiles a filter: fields (or JSON pointers into the row) with what they have to be. A value that the request does not give is not asked for, so the
 * filter lets everything through there. Inside, `$row` is the row looked at and `$outer` the row around.
 *
 * - `field: value` equal; numbers and their texts are equal (`7` and `"7"`), since a path or query has only texts for ids
 * - `{ contains }`, `{ startsWith }` parts of a text; `{ in: list | comma text }`, `{ anyOf: list | comma text }` for fields that are lists; `{ not: value }`
 * - `{ from, to }` a range, both ends included; times and texts by their order, dates by day; `{ on: date }` the day of a time
 * - `$any: { fields: [a, b], contains: text }` one of several fields
 * - `$some: { in: collection, where, asked: [value, ...] }` a row of another collection fits (`$outer` is the row looked at); not asked unless one of the values of `asked` is given
 *
 * @param given absent: a filter that lets everything through.
 */
export function compileFilter(given: unknown, pointer: string, context: TemplateContext): Filter {
  if (given === undefined) return EVERY;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    context.problem(pointer, 'a filter is an object of fields');
    return EVERY;
  }
  const equal = new Map<string, Template>();
  const parts = Object.entries(given).map(([field, wanted]) => {
    const at = childPointer(pointer, field);
    if (field === '$any') return compileAny(wanted, at, context);
    if (field === '$some') return compileSome(wanted, at, context);
    if (field.startsWith('$')) {
      context.problem(at, `a filter has no "${field}"; it has $any, $some and fields`);
      return () => undefined;
    }
    if (isPlain(wanted)) equal.set(field, context.template(wanted, at));
    return compileField(field, wanted, at, context);
  });
  return {
    equal,
    bind(scope) {
      return all(parts.map((part) => part(scope))) ?? every;
    },
    asked: equal.size === parts.length ? (scope) => askedRows(equal, scope) : () => SOME_ROWS,
  };
}

/** Which rows a filter of nothing but plain values asks for. */
function askedRows(equal: Filter['equal'], scope: Scope): AskedRows {
  let found = ALL_ROWS;
  for (const [field, value] of equal) {
    const asked = value(scope);
    if (asked === undefined) continue;
    if (found !== ALL_ROWS || !hasIdentity(asked)) return SOME_ROWS;
    found = { kind: 'equal', index: indexOfField(field), identity: identityOf(asked) };
  }
  return found;
}

/** Whether exactly the values that are the same as this one share its identity. */
function hasIdentity(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'bigint' || (typeof value === 'number' && !Number.isNaN(value));
}

/** A value that is asked for as it is, and the same for all rows. */
function isPlain(wanted: unknown): boolean {
  return !mentionsRow(wanted) && (typeof wanted !== 'object' || wanted === null || Object.keys(wanted)[0]?.startsWith('$') === true);
}

function compileField(field: string, wanted: unknown, pointer: string, context: TemplateContext): Part {
  context.reads(context.variables.row, pointerTokens(field.startsWith('/') ? field : '')?.[0] ?? field, pointer);
  const read = reader(field);
  const operators = operatorsOf(wanted, pointer, context);
  if (operators === undefined) return test(wanted, pointer, context, (asked) => (asked === undefined ? undefined : equals(read, asked)));
  const tests = operators.map(([operator, operand]) =>
    test(operand, childPointer(pointer, operator), context, (asked, scope) =>
      isGiven(asked) ? holds(operator, read, asked, scope) : undefined,
    ),
  );
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (scope) => all(tests.map((one) => one(scope)));
}

/** The test of one value: made once, unless it is made of the row itself. */
function test(wanted: unknown, pointer: string, context: TemplateContext, make: (asked: unknown, scope: Scope) => Bound): Part {
  const value = context.template(wanted, pointer);
  if (!mentionsRow(wanted)) return (scope) => make(value(scope), scope);
  return (scope) => (row) => make(value({ ...scope, row }), scope)?.(row) ?? true;
}

/** Operators inside which `$outer` is the row looked at. */
const SOURCES = new Set(['$count', '$sum', '$list', '$first', '$max']);

/** Whether a value may differ from row to row. */
export function mentionsRow(value: unknown, inner = false): boolean {
  if (typeof value === 'string') return value.includes('$row') || (inner && value.includes('$outer'));
  if (typeof value !== 'object' || value === null) return false;
  const isSource = inner || Object.keys(value).some((key) => SOURCES.has(key));
  return Object.values(value).some((item) => mentionsRow(item, isSource));
}

function all(tests: readonly Bound[]): Bound {
  const asked = tests.filter((one) => one !== undefined);
  const [first, second] = asked;
  if (first === undefined || second === undefined) return first;
  if (asked.length === 2) return (row) => first(row) && second(row);
  return (row) => {
    for (const one of asked) if (!one(row)) return false;
    return true;
  };
}

function compileAny(wanted: unknown, pointer: string, context: TemplateContext): Part {
  const { fields, ...rest } = (typeof wanted === 'object' && wanted !== null ? wanted : {}) as Row;
  if (!Array.isArray(fields) || fields.length === 0 || Object.keys(rest).length === 0) {
    context.problem(pointer, '$any needs "fields" and what one of them has to be, such as contains');
    return () => undefined;
  }
  const tests = fields.map((field: unknown) => compileField(textOf(field), rest, pointer, context));
  return (scope) => {
    // The same is asked of each field, so either all are asked or none.
    const asked = tests.map((one) => one(scope)).filter((one) => one !== undefined);
    return asked.length === 0 ? undefined : (row) => asked.some((one) => one(row));
  };
}

function compileSome(wanted: unknown, pointer: string, context: TemplateContext): Part {
  const given = (typeof wanted === 'object' && wanted !== null ? wanted : {}) as Row;
  unknownKeys(given, ['in', 'where', 'asked'], '$some', pointer, context.problem);
  const { in: name, where, asked } = given;
  const collection = typeof name === 'string' ? context.collection(name) : undefined;
  if (collection === undefined) {
    context.problem(childPointer(pointer, 'in'), `there is no collection "${textOf(name)}"`);
    return () => undefined;
  }
  const inner = context.withVariables({ row: collection, outer: context.variables.row });
  const fits = compileFilter(where ?? {}, childPointer(pointer, 'where'), inner);
  const reasons = Array.isArray(asked)
    ? asked.map((value: unknown, index) => context.template(value, childPointer(`${pointer}/asked`, index)))
    : undefined;
  return (scope) => {
    if (reasons !== undefined && !reasons.some((reason) => isGiven(reason(scope)))) return undefined;
    return (row) => {
      for (const _other of context.rows({ ...scope, outer: row }, collection, fits)) return true;
      return false;
    };
  };
}

/** Whether a request asks for it: an empty value asks for nothing. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** `undefined`: a value to be equal to. */
function operatorsOf(wanted: unknown, pointer: string, context: TemplateContext): [Operator, unknown][] | undefined {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return undefined;
  const entries = Object.entries(wanted);
  if (entries[0]?.[0].startsWith('$') === true) return undefined;
  if (entries.length === 0) context.problem(pointer, `an empty object asks for nothing; a filter has ${OPERATORS.join(', ')}`);
  unknownKeys(wanted, OPERATORS, 'a filter', pointer, context.problem);
  return entries.filter((entry): entry is [Operator, unknown] => OPERATORS.includes(entry[0] as Operator));
}

function equals(read: Read, asked: unknown): (row: Row) => boolean {
  return (row) => same(read(row), asked);
}

/** The test of one operator. */
export function holds(operator: Operator, read: Read, asked: unknown, { clock }: Pick<Scope, 'clock'>): (row: Row) => boolean {
  switch (operator) {
    case 'equal':
      return equals(read, asked);
    case 'not':
      return (row) => !same(read(row), asked);
    case 'contains': {
      const text = textOf(asked);
      return (row) => {
        const value = read(row);
        return Array.isArray(value) ? value.some((item) => same(item, asked)) : typeof value === 'string' && value.includes(text);
      };
    }
    case 'startsWith': {
      const text = textOf(asked);
      return (row) => {
        const value = read(row);
        return typeof value === 'string' && value.startsWith(text);
      };
    }
    case 'in': {
      const wanted = new Set(listOf(asked).map(identityOf));
      return (row) => wanted.has(identityOf(read(row)));
    }
    case 'anyOf': {
      const wanted = new Set(listOf(asked).map(identityOf));
      return (row) => {
        const value = read(row);
        return Array.isArray(value) && value.some((own) => wanted.has(identityOf(own)));
      };
    }
    case 'from':
      return (row) => compareToEnd(read(row), asked, clock) >= 0;
    case 'to':
      return (row) => compareToEnd(read(row), asked, clock) <= 0;
    case 'on': {
      const day = dayOf(asked, clock);
      return (row) => day !== undefined && dayOf(read(row), clock) === day;
    }
  }
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return textOf(value)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
