import { childPointer } from '../operations/index.ts';
import { objectOf, unknownKeys } from './flaws.ts';
import { compileMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { mentionsRow } from './predicate.ts';
import { listAt, objectAt } from './shape.ts';
import type { Template, TemplateContext } from './template-context.ts';
import { textOf } from './text.ts';
import { compileUnique } from './unique.ts';
import type { Unique } from './unique.ts';
import type { Row } from './world.ts';

/** `like`: keys that look like a given one, counted up in its last letters and digits. */
export const STRATEGIES = ['sequence', 'uuid', 'hex32', 'given', 'like'] as const;
export type KeyStrategy = (typeof STRATEGIES)[number];

/** A collection of a state file, compiled. */
export interface Collection {
  /** `module/name`. */
  readonly name: string;
  readonly key: { readonly field: string; readonly strategy: KeyStrategy; readonly start: number; readonly like?: string };
  /** What a row has that nobody gave it; these three are `undefined` where the file says nothing. */
  readonly defaults: Template | undefined;
  readonly onCreate: Template | undefined;
  readonly onUpdate: Template | undefined;
  /** What `onCreate` makes may depend on the new row. */
  readonly stampsSeeRow: boolean;
  /** What marks a row as deleted; `undefined`: deleted rows are gone. */
  readonly softDelete: Row | undefined;
  readonly unique: readonly Unique[];
  readonly machine: Machine | undefined;
  readonly seed: readonly SeedEntry[];
  /** Of a module that is not served: referred to, but nobody knows its rows. */
  readonly isElsewhere?: boolean;
}

/** One row to begin with, or several of one form: `$item` counts from 1. */
export interface SeedEntry {
  readonly repeat: number;
  readonly row: Template;
}

export const COLLECTION_KEYS = ['key', 'fields', 'defaults', 'stamps', 'softDelete', 'unique', 'machine', 'seed'] as const;
export const KEY_KEYS = ['field', 'strategy', 'start', 'like'] as const;
export const STAMP_KEYS = ['create', 'update'] as const;
/** More rows of one form than any list needs: each is made at every start. */
const MOST_REPEATED = 100_000;

export const EMPTY_COLLECTION: Collection = {
  name: '',
  key: { field: 'id', strategy: 'given', start: 1 },
  defaults: undefined,
  onCreate: undefined,
  onUpdate: undefined,
  stampsSeeRow: false,
  softDelete: undefined,
  unique: [],
  machine: undefined,
  seed: [],
};

/** @param context one whose `$row` is a row of this collection. */
export function compileCollection(name: string, given: Row, pointer: string, context: TemplateContext): Collection {
  const at = (key: string): string => childPointer(pointer, key);
  const object = (key: string): Row => objectOf(given[key], key, at(key), context.problem);
  unknownKeys(given, COLLECTION_KEYS, 'a collection', pointer, context.problem);
  const key = object('key');
  unknownKeys(key, KEY_KEYS, 'a key', at('key'), context.problem);
  const strategy = STRATEGIES.find((known) => known === (key['strategy'] ?? 'sequence'));
  if (strategy === undefined) context.problem(`${at('key')}/strategy`, `a key's strategy is one of ${STRATEGIES.join(', ')}`);
  const start = key['start'] ?? 1;
  if (!Number.isSafeInteger(start)) context.problem(`${at('key')}/start`, 'a key starts at a whole number within 2^53');
  const stamps = object('stamps');
  unknownKeys(stamps, STAMP_KEYS, 'stamps', at('stamps'), context.problem);
  return {
    name,
    key: {
      field: textOf(key['field'], 'id'),
      strategy: strategy ?? 'sequence',
      start: Number(start),
      ...(strategy === 'like' ? { like: textOf(key['like'], '1') } : {}),
    },
    defaults: given['defaults'] === undefined ? undefined : context.template(object('defaults'), at('defaults')),
    onCreate: stamps['create'] === undefined ? undefined : context.template(stamps['create'], `${at('stamps')}/create`),
    onUpdate: stamps['update'] === undefined ? undefined : context.template(stamps['update'], `${at('stamps')}/update`),
    stampsSeeRow: mentionsRow(stamps['create']),
    softDelete: given['softDelete'] === undefined ? undefined : object('softDelete'),
    unique: listAt(given['unique']).map((entry, index) => compileUnique(entry, childPointer(at('unique'), index), context)),
    machine: given['machine'] === undefined ? undefined : compileMachine(object('machine'), at('machine'), context),
    seed: compileSeed(given['seed'], at('seed'), context, textOf(key['field'], 'id')),
  };
}

/** Seed entries: rows, or `{ repeat: n, row: template }`. Two rows of one key are a flaw. */
export function compileSeed(given: unknown, pointer: string, context: TemplateContext, keyField: string): SeedEntry[] {
  const lines = new Set<string>();
  // No row stands around a seed.
  const bare = context.withVariables({});
  return listAt(given).map((entry, index) => {
    const at = childPointer(pointer, index);
    const { repeat, row, ...rest } = objectOf(entry, 'a row', at, context.problem);
    if (repeat !== undefined && row !== undefined && Object.keys(rest).length === 0) {
      const isCount = typeof repeat === 'number' && Number.isInteger(repeat) && repeat >= 0 && repeat <= MOST_REPEATED;
      if (!isCount) context.problem(childPointer(at, 'repeat'), `repeat is a number of rows up to ${MOST_REPEATED}`);
      return { repeat: isCount ? repeat : 0, row: bare.template(row, childPointer(at, 'row')) };
    }
    const key = objectAt(entry)[keyField];
    if (typeof key === 'number' || typeof key === 'bigint' || (typeof key === 'string' && !key.includes('$'))) {
      if (lines.has(String(key))) context.problem(childPointer(at, keyField), `there is a row of the key ${String(key)} already`);
      lines.add(String(key));
    }
    return { repeat: 1, row: bare.template(entry, at) };
  });
}
