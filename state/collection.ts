import { childPointer } from '../operations/index.ts';
import { keyLike } from './key-like.ts';
import { compilePredicate, same } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import type { Scope } from './scope.ts';
import type { Template, TemplateContext } from './template-context.ts';
import type { Key, Row } from './world.ts';
import { textOf } from './text.ts';

/** `like`: keys that look like a given one, counted up in its last letters and digits. */
export type KeyStrategy = 'sequence' | 'uuid' | 'hex32' | 'given' | 'like';

/** A collection of a state file, compiled. */
export interface Collection {
  /** `module/name`. */
  readonly name: string;
  readonly key: { readonly field: string; readonly strategy: KeyStrategy; readonly start: number; readonly like?: string };
  readonly defaults: Template;
  readonly onCreate: Template;
  readonly onUpdate: Template;
  /** What marks a row as deleted; `undefined`: deleted rows are gone. */
  readonly softDelete: Row | undefined;
  readonly unique: readonly Unique[];
  readonly machine: Machine | undefined;
  readonly seed: readonly SeedEntry[];
  /** True for a collection of a module that is not served: it has no rows, and nothing can be said about what would be in it. */
  readonly unserved?: boolean;
}

export interface Unique {
  readonly fields: readonly string[];
  /** Only rows that fit take part. */
  readonly where: Predicate;
}

/** A status that moves along declared transitions. */
export interface Machine {
  readonly field: string;
  readonly initial: unknown;
  /** By the text of the status: the statuses it may become. */
  readonly transitions: ReadonlyMap<string, readonly unknown[]>;
  /** Transitions that time alone makes; done when the row is next looked at. */
  readonly timed: readonly TimedTransition[];
}

export interface TimedTransition {
  readonly from: readonly unknown[];
  readonly to: unknown;
  readonly at: Template;
  readonly set: Template;
}

/** One row to begin with, or several of one form: `$item` counts from 1. */
export interface SeedEntry {
  readonly repeat: number;
  readonly row: Template;
}

const KEYS = new Set(['key', 'defaults', 'stamps', 'softDelete', 'unique', 'machine', 'seed']);
const STRATEGIES: readonly KeyStrategy[] = ['sequence', 'uuid', 'hex32', 'given', 'like'];

export function compileCollection(name: string, given: Row, pointer: string, context: TemplateContext): Collection {
  for (const key of Object.keys(given))
    if (!KEYS.has(key)) context.problem(childPointer(pointer, key), `a collection has no "${key}"; it has ${[...KEYS].join(', ')}`);
  const keyGiven = objectAt(given['key']);
  const strategy = STRATEGIES.find((known) => known === (keyGiven['strategy'] ?? 'sequence'));
  if (strategy === undefined) context.problem(`${pointer}/key/strategy`, `a key's strategy is one of ${STRATEGIES.join(', ')}`);
  const stamps = objectAt(given['stamps']);
  return {
    name,
    key: {
      field: textOf(keyGiven['field'], 'id'),
      strategy: strategy ?? 'sequence',
      start: Number(keyGiven['start'] ?? 1),
      ...(strategy === 'like' ? { like: textOf(keyGiven['like'], '1') } : {}),
    },
    defaults: context.template(given['defaults'] ?? {}, childPointer(pointer, 'defaults')),
    onCreate: context.template(stamps['create'] ?? {}, `${pointer}/stamps/create`),
    onUpdate: context.template(stamps['update'] ?? {}, `${pointer}/stamps/update`),
    softDelete: given['softDelete'] === undefined ? undefined : objectAt(given['softDelete']),
    unique: listAt(given['unique']).map((entry, index) => compileUnique(entry, `${pointer}/unique/${index}`, context)),
    machine:
      given['machine'] === undefined ? undefined : compileMachine(objectAt(given['machine']), childPointer(pointer, 'machine'), context),
    seed: compileSeed(given['seed'], childPointer(pointer, 'seed'), context),
  };
}

/** Seed entries: rows, or `{ repeat: n, row: template }`. */
export function compileSeed(given: unknown, pointer: string, context: TemplateContext): SeedEntry[] {
  return listAt(given).map((entry, index) => {
    const at = childPointer(pointer, index);
    const { repeat, row } = objectAt(entry);
    if (typeof repeat === 'number' && row !== undefined) return { repeat, row: context.template(row, childPointer(at, 'row')) };
    return { repeat: 1, row: context.template(entry, at) };
  });
}

function compileUnique(given: unknown, pointer: string, context: TemplateContext): Unique {
  const { fields, where } = Array.isArray(given) ? { fields: given as unknown[], where: undefined } : objectAt(given);
  if (!Array.isArray(fields) || fields.length === 0) context.problem(pointer, 'unique needs a list of fields');
  return {
    fields: listAt(fields).map(String),
    where: where === undefined ? () => true : compilePredicate(where, childPointer(pointer, 'where'), context),
  };
}

function compileMachine(given: Row, pointer: string, context: TemplateContext): Machine {
  if (typeof given['field'] !== 'string') context.problem(pointer, 'a machine needs the field that holds the status');
  const transitions = new Map(Object.entries(objectAt(given['transitions'])).map(([from, to]) => [from, listAt(to)] as const));
  const timed = listAt(given['timed']).map((entry, index): TimedTransition => {
    const at = `${pointer}/timed/${index}`;
    const rule = objectAt(entry);
    if (rule['at'] === undefined || rule['to'] === undefined) context.problem(at, 'a timed transition needs from, to and at');
    return {
      from: listAt(rule['from']),
      to: rule['to'],
      at: context.template(rule['at'], childPointer(at, 'at')),
      set: context.template(rule['set'] ?? {}, childPointer(at, 'set')),
    };
  });
  return { field: textOf(given['field'], 'status'), initial: given['initial'], transitions, timed };
}

/** True when the row is there for the API: not marked as deleted. */
export function isLive(collection: Collection, row: Row): boolean {
  const marks = collection.softDelete;
  return marks === undefined || !Object.entries(marks).every(([field, mark]) => same(row[field], mark));
}

/** The row of a key as of now, timed transitions done; `undefined` when there is none or it is deleted. */
export function findRow(scope: Scope, collection: Collection, key: Key): Row | undefined {
  const row = scope.world.get(collection.name, key);
  return row === undefined || !isLive(collection, row) ? undefined : settle(scope, collection, key, row);
}

/** All rows as of now, in the order of their coming, with their keys. */
export function* liveRows(scope: Scope, collection: Collection): Iterable<readonly [Key, Row]> {
  for (const [key, row] of scope.world.rows(collection.name)) {
    if (isLive(collection, row)) yield collection.machine === undefined ? [key, row] : [key, settle(scope, collection, key, row)];
  }
}

/** Does the transitions whose time has come, each at its own moment, however long ago that was. */
function settle(scope: Scope, collection: Collection, key: Key, row: Row): Row {
  const machine = collection.machine;
  if (machine === undefined || machine.timed.length === 0) return row;
  let current = row;
  // More steps than rules would be a circle.
  for (let step = 0; step <= machine.timed.length; step += 1) {
    const due = machine.timed
      .filter((rule) => rule.from.some((status) => same(current[machine.field], status)))
      .map((rule) => ({ rule, moment: scope.clock.read(rule.at({ ...scope, row: current })) }))
      .filter(
        (candidate): candidate is { rule: TimedTransition; moment: number } =>
          candidate.moment !== undefined && candidate.moment <= scope.now,
      )
      .sort((a, b) => a.moment - b.moment)[0];
    if (due === undefined) break;
    const set = due.rule.set({ ...scope, row: current, before: current, now: due.moment });
    current = { ...current, [machine.field]: due.rule.to, ...objectAt(set) };
  }
  if (current !== row) scope.world.put(collection.name, key, current);
  return current;
}

/** Adds a row: defaults, what is given, key, first status, stamps. */
export function insertRow(scope: Scope, collection: Collection, given: Row): { readonly key: Key; readonly row: Row } {
  const { field } = collection.key;
  const value = given[field] ?? nextKey(scope, collection);
  const machine = collection.machine;
  const initial = machine === undefined || machine.initial === undefined ? {} : { [machine.field]: machine.initial };
  const base = { ...objectAt(collection.defaults({ ...scope, row: given })), ...initial, ...given, [field]: value };
  const row = { ...base, ...objectAt(collection.onCreate({ ...scope, row: base })) };
  const key = textOf(value);
  scope.world.put(collection.name, key, row);
  return { key, row };
}

/** Changes a row: what is given, stamps; the key stays. */
export function changeRow(scope: Scope, collection: Collection, key: Key, before: Row, given: Row): Row {
  const base = { ...before, ...given, [collection.key.field]: before[collection.key.field] };
  const row = { ...base, ...objectAt(collection.onUpdate({ ...scope, row: base, before })) };
  scope.world.put(collection.name, key, row);
  return row;
}

/** Removes a row, or marks it where the collection keeps deleted ones. */
export function deleteRow(scope: Scope, collection: Collection, key: Key, row: Row): void {
  if (collection.softDelete === undefined) scope.world.remove(collection.name, key);
  else
    scope.world.put(collection.name, key, {
      ...row,
      ...objectAt(collection.onUpdate({ ...scope, row, before: row })),
      ...collection.softDelete,
    });
}

/** The live row that a new one would repeat. */
export function findDuplicate(scope: Scope, collection: Collection, candidate: Row, except?: Key): Row | undefined {
  for (const unique of collection.unique) {
    if (!unique.where(candidate, scope)) continue;
    for (const [key, row] of liveRows(scope, collection)) {
      if (
        key !== except &&
        unique.where(row, scope) &&
        unique.fields.every((field) => candidate[field] !== undefined && same(row[field], candidate[field]))
      )
        return row;
    }
  }
  return undefined;
}

function nextKey(scope: Scope, { name, key: { strategy, start, like } }: Collection): string | number {
  for (;;) {
    const next =
      strategy === 'sequence'
        ? scope.world.next(name, start)
        : strategy === 'like'
          ? keyLike(like ?? '', scope.world.next(name, start))
          : randomKey(scope, strategy);
    // Seeds and given keys may hold it already.
    if (scope.world.get(name, String(next)) === undefined) return next;
  }
}

/** A key of a strategy that does not count. */
export function randomKey(scope: Scope, strategy: KeyStrategy): string {
  return strategy === 'hex32' ? scope.uuid().replaceAll('-', '') : scope.uuid();
}

export function objectAt(value: unknown): Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};
}

export function listAt(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
