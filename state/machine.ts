import { childPointer } from '../operations/index.ts';
import { same } from './compare.ts';
import { unknownKeys } from './flaws.ts';
import { listAt, objectAt, withMember } from './shape.ts';
import type { Scope } from './scope.ts';
import type { Template, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';
import type { Row } from './world.ts';

/** A status that moves along declared transitions. */
export interface Machine {
  readonly field: string;
  readonly initial: unknown;
  /** By the text of the status: the statuses it may become. */
  readonly transitions: ReadonlyMap<string, readonly unknown[]>;
  /** Transitions that time alone makes, by the text of the status they leave; done when the row is next looked at. */
  readonly timed: ReadonlyMap<string, readonly TimedTransition[]>;
  /** Every status that the transitions name, by its text, as it is written there; `undefined` where it is a key only. */
  readonly statuses: ReadonlyMap<string, unknown>;
}

interface TimedTransition {
  readonly to: unknown;
  /** When it is due. */
  readonly moment: (scope: Scope, row: Row) => number | undefined;
  readonly set: Template;
}

export const MACHINE_KEYS = ['field', 'initial', 'transitions', 'timed', 'x-assumption'] as const;
export const TIMED_KEYS = ['from', 'to', 'at', 'set'] as const;

/** Compiles `machine: { field, initial, transitions: { status: [statuses] }, timed: [{ from, to, at, set }] }`. */
export function compileMachine(given: Row, pointer: string, context: TemplateContext): Machine {
  unknownKeys(given, MACHINE_KEYS, 'a machine', pointer, context.problem);
  if (typeof given['field'] !== 'string') context.problem(pointer, 'a machine needs the field that holds the status');
  const transitions = new Map(Object.entries(objectAt(given['transitions'])).map(([from, to]) => [from, listAt(to)] as const));
  const { initial } = given;
  const statuses = new Map<string, unknown>([...transitions.keys()].map((from) => [from, undefined]));
  for (const status of [...transitions.values()].flat()) statuses.set(textOf(status), status);
  if (initial !== undefined) {
    knownStatus(statuses, initial, childPointer(pointer, 'initial'), context);
    if (statuses.size > 0) statuses.set(textOf(initial), initial);
  }
  const timed = new Map<string, TimedTransition[]>();
  for (const [index, entry] of listAt(given['timed']).entries()) {
    const at = `${pointer}/timed/${index}`;
    const rule = objectAt(entry);
    unknownKeys(rule, TIMED_KEYS, 'a timed transition', at, context.problem);
    if (rule['from'] === undefined || rule['at'] === undefined || rule['to'] === undefined)
      context.problem(at, 'a timed transition needs from, to and at');
    else knownStatus(statuses, rule['to'], childPointer(at, 'to'), context);
    const transition: TimedTransition = {
      to: rule['to'],
      moment: compileMoment(rule['at'], childPointer(at, 'at'), context),
      set: context.template(rule['set'] ?? {}, childPointer(at, 'set')),
    };
    for (const from of listAt(rule['from'])) {
      knownStatus(statuses, from, childPointer(at, 'from'), context);
      timed.set(textOf(from), [...(timed.get(textOf(from)) ?? []), transition]);
    }
  }
  return { field: textOf(given['field'], 'status'), initial, transitions, timed, statuses };
}

/** A status that the transitions do not name is a slip of the pen; where there are none, anything goes. */
export function knownStatus(
  statuses: Machine['statuses'],
  status: unknown,
  pointer: string,
  context: Pick<TemplateContext, 'problem'>,
): void {
  if (statuses.size > 0 && !statuses.has(textOf(status)))
    context.problem(pointer, `no transition knows the status "${textOf(status)}"; there are ${[...statuses.keys()].join(', ')}`);
}

/** A status as the transitions write it: a request may have the text of a number. */
export function statusOf({ statuses }: Machine, status: unknown): unknown {
  return statuses.get(textOf(status)) ?? status;
}

/** Whether a row may get a status: along a declared transition, or freely where none are declared. */
export function mayBecome(machine: Machine, before: unknown, after: unknown): boolean {
  if (machine.transitions.size === 0) return true;
  return (machine.transitions.get(textOf(before)) ?? []).some((status) => same(status, after));
}

/** True when fields would move the row along no declared transition. */
export function isIllegalMove(machine: Machine | undefined, before: Row, fields: Row): boolean {
  if (machine === undefined) return false;
  const [old, next] = [before[machine.field], fields[machine.field]];
  return next !== undefined && !same(next, old) && !mayBecome(machine, old, next);
}

/** What a row is now, and the moment of its last timed transition. */
export interface Settled {
  readonly row: Row;
  readonly changed: boolean;
}

/**
 * Does the transitions whose time has come, in the order of their moments, each at its own moment, however long ago that was: never before the one that led to it.
 * @param stamp what an update adds to the row.
 */
export function settle(machine: Machine, scope: Scope, row: Row, stamp: (scope: Scope, row: Row, before: Row) => Row): Settled {
  let current = row;
  let last = Number.NEGATIVE_INFINITY;
  // More steps than statuses would be a circle.
  for (let step = 0; step <= machine.timed.size; step += 1) {
    const rules = machine.timed.get(textOf(current[machine.field]));
    if (rules === undefined) break;
    const due = firstDue(rules, scope, current);
    if (due === undefined) break;
    last = Math.max(last, due.moment);
    const inner: Scope = { ...scope, row: current, before: current, now: last };
    const base = { ...withMember(current, machine.field, due.rule.to), ...objectAt(due.rule.set(inner)) };
    current = stamp(inner, base, current);
  }
  return { row: current, changed: current !== row };
}

function firstDue(
  rules: readonly TimedTransition[],
  scope: Scope,
  row: Row,
): { readonly rule: TimedTransition; readonly moment: number } | undefined {
  let first: { readonly rule: TimedTransition; readonly moment: number } | undefined;
  for (const rule of rules) {
    const moment = rule.moment(scope, row);
    if (moment !== undefined && moment <= scope.now && (first === undefined || moment < first.moment)) first = { rule, moment };
  }
  return first;
}

/** Operators that look at nothing but their arguments. */
const PURE = new Set(['$time', '$default', '$map', '$number', '$const']);

/** The moment of `at`. Rows never change in place, so a moment that is made of the row alone is made once for each row. */
function compileMoment(at: unknown, pointer: string, context: TemplateContext): TimedTransition['moment'] {
  const template = context.template(at, pointer);
  const read = (scope: Scope, row: Row): number | undefined => scope.clock.read(template({ ...scope, row, before: row }));
  if (!isOfRowAlone(at)) return read;
  const known = new WeakMap<Row, number | undefined>();
  return (scope, row) => {
    const found = known.get(row);
    if (found !== undefined || known.has(row)) return found;
    const moment = read(scope, row);
    known.set(row, moment);
    return moment;
  };
}

function isOfRowAlone(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('$') || /^\$row\b/.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, item]) => (!key.startsWith('$') || PURE.has(key)) && isOfRowAlone(item));
}
