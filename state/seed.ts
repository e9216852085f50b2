import { scopeOf } from './answer.ts';
import type { Collection } from './collection.ts';
import { keyLike } from './key-like.ts';
import type { StateModel } from './model.ts';
import { givenKey, nextKey, withDefaults } from './rows.ts';
import type { Scope, StateRequest } from './scope.ts';
import { objectAt } from './shape.ts';
import { textOf } from './text.ts';
import type { Key, Row, World } from './world.ts';

/** The rows that sessions of a scenario begin with: collections by full name, rows by key, in order. */
export interface SeedRows extends ReadonlyMap<string, ReadonlyMap<Key, Row>> {
  /**
   * The number up to which the keys of a collection that counts them are taken by these rows; `undefined` where the first one is free. Sessions count on from here:
   * looking past all of the rows would make the first new row of each session as dear as there are rows (`Base.counter`).
   */
  readonly counter: (collection: string) => number | undefined;
}

const NOT_YET: SeedRows = Object.assign(new Map<string, ReadonlyMap<Key, Row>>(), { counter: () => undefined });
const NO_REQUEST: StateRequest = { method: '', url: '', path: {}, query: {}, header: {}, cookie: {}, body: undefined };
/** Seeds are the same at every start: a `$now` among them is this moment. */
const SEED_MOMENT = Date.UTC(2026, 0, 1);

/**
 * The scenarios of several modules together: each name that any of them has. Collections of modules that don't know a scenario begin as in `default`.
 * The rows of each are made when the first session begins with it: a start makes none.
 */
export class SeedScenarios extends Map<string, SeedRows> {
  #models: readonly StateModel[] = [];

  constructor(models: readonly StateModel[]) {
    super();
    this.replace(models);
  }

  /** Sessions that begin from now on begin with the rows of these models. */
  replace(models: readonly StateModel[]): void {
    this.clear();
    this.#models = models;
    for (const name of ['default', ...models.flatMap((model) => [...model.scenarios.keys()])]) this.set(name, NOT_YET);
  }

  override get(name: string): SeedRows | undefined {
    if (super.get(name) === NOT_YET) this.set(name, seedRows(this.#models, name));
    return super.get(name);
  }
}

function seedRows(models: readonly StateModel[], scenario: string): SeedRows {
  const made = new Map<string, Map<Key, Row>>();
  const world = seedWorld(made);
  for (const model of models) {
    const scope = scopeOf(model, NO_REQUEST, world);
    for (const [name, entries] of model.scenarios.get(scenario) ?? model.scenarios.get('default') ?? []) {
      const collection = model.collections.get(name);
      if (collection === undefined) continue;
      const { field } = collection.key;
      for (const entry of entries) {
        for (let turn = 1; turn <= entry.repeat; turn += 1) {
          const fields = objectAt(entry.row({ ...scope, item: turn }));
          const key = givenKey(collection, fields) === undefined ? seedKey(scope, collection) : fields[field];
          world.put(name, textOf(key), { ...withDefaults(scope, collection, fields), [field]: key });
        }
      }
    }
  }
  return Object.assign(made, { counter: takenUpTo(made, models) });
}

/** See `SeedRows.counter`. Counted when first asked for, and once. */
function takenUpTo(made: ReadonlyMap<string, ReadonlyMap<Key, Row>>, models: readonly StateModel[]): SeedRows['counter'] {
  const known = new Map<string, number | undefined>();
  const count = (name: string): number | undefined => {
    const rows = made.get(name);
    const key = models.find(({ collections }) => collections.has(name))?.collections.get(name)?.key;
    if (rows === undefined || key === undefined || (key.strategy !== 'sequence' && key.strategy !== 'like')) return undefined;
    let taken = 0;
    while (taken < rows.size && rows.has(countedKey(key, key.start + taken))) taken += 1;
    return taken === 0 ? undefined : key.start + taken - 1;
  };
  return (name) => {
    if (!known.has(name)) known.set(name, count(name));
    return known.get(name);
  };
}

/** Keys that are counted go on from the number of rows before, past those that other rows have. */
function seedKey(scope: Scope, collection: Collection): string | number {
  const { start, strategy, like = '' } = collection.key;
  if (strategy !== 'sequence' && strategy !== 'like') return nextKey(scope, collection);
  for (let count = scope.world.size(collection.name); ; count += 1) {
    const key = strategy === 'sequence' ? start + count : keyLike(like, start + count);
    if (scope.world.get(collection.name, String(key)) === undefined) return key;
  }
}

function countedKey({ strategy, like = '' }: Collection['key'], count: number): Key {
  return strategy === 'like' ? keyLike(like, count) : String(count);
}

/** Just enough of a world for the templates of seeds. */
function seedWorld(made: Map<string, Map<Key, Row>>): World {
  const counters = new Map<string, number>();
  return {
    get: (collection, key) => made.get(collection)?.get(key),
    rows: (collection) => made.get(collection) ?? [],
    size: (collection) => made.get(collection)?.size ?? 0,
    put: (collection, key, row) => {
      const rows = made.get(collection) ?? new Map<Key, Row>();
      made.set(collection, rows);
      rows.set(key, row);
    },
    remove: (collection, key) => made.get(collection)?.delete(key) ?? false,
    next: (counter, start) => {
      const next = counters.get(counter) ?? start;
      counters.set(counter, next + 1);
      return next;
    },
    now: () => SEED_MOMENT,
  };
}
