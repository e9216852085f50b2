import { scopeOf } from './answer.ts';
import type { Collection, SeedEntry } from './collection.ts';
import { keyLike } from './key-like.ts';
import type { StateModel } from './model.ts';
import { givenKey, isTimed, nextKey, withDefaults } from './rows.ts';
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
 * The rows of each module are made when somebody first asks for them: a start makes none.
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
    if (super.get(name) === NOT_YET) this.set(name, new StartingRows(this.#models, name));
    return super.get(name);
  }
}

/**
 * The rows that a scenario begins with, those of a module when somebody first asks for them. They are what they would be if all were made in the order of the modules: templates see the rows of
 * modules before their own and may settle them (timed transitions), and UUIDs go on from those that earlier modules took.
 */
class StartingRows implements SeedRows {
  readonly counter: SeedRows['counter'];
  readonly #models: readonly StateModel[];
  readonly #scenario: string;
  readonly #made = new Map<string, Map<Key, Row>>();
  readonly #counters = new Map<string, number>();
  readonly #finished = new Set<number>();
  /** What was asked for, found without looking for its module again. */
  readonly #shown = new Map<string, ReadonlyMap<Key, Row> | undefined>();
  #all: ReadonlyMap<string, ReadonlyMap<Key, Row>> | undefined;

  constructor(models: readonly StateModel[], scenario: string) {
    this.#models = models;
    this.#scenario = scenario;
    this.counter = takenUpTo(this, models);
  }

  get(name: string): ReadonlyMap<Key, Row> | undefined {
    const shown = this.#shown.get(name);
    return shown !== undefined || this.#shown.has(name) ? shown : this.#show(name);
  }

  #show(name: string): ReadonlyMap<Key, Row> | undefined {
    const collections = this.#models.flatMap((model) => model.collections.get(name) ?? []);
    if (collections.length === 0) return undefined;
    const module = name.slice(0, name.indexOf('/'));
    // Who looks at rows that time changes, changes them.
    const isSettled = collections.some(isTimed);
    for (const [index, model] of this.#models.entries())
      if (model.collections.has(name) || (isSettled && model.seedsMention(module))) this.#make(index);
    const rows = this.#made.get(name);
    this.#shown.set(name, rows);
    return rows;
  }

  #make(index: number): void {
    const model = this.#models[index];
    if (model === undefined || this.#finished.has(index)) return;
    const scope = scopeOf(model, NO_REQUEST, this.#worldOf(index, model));
    for (const [name, entries] of this.#seedsOf(model)) {
      const collection = model.collections.get(name);
      if (collection !== undefined) for (const entry of entries) addSeed(scope, collection, entry);
    }
    this.#finished.add(index);
  }

  #seedsOf({ scenarios }: StateModel): ReadonlyMap<string, readonly SeedEntry[]> {
    return scenarios.get(this.#scenario) ?? scenarios.get('default') ?? new Map<string, readonly SeedEntry[]>();
  }

  /** Just enough of a world for the templates of seeds: that of the moment at which a module has its turn. */
  #worldOf(index: number, own: StateModel): World {
    const makeEarlier = (): void => {
      for (let earlier = 0; earlier < index; earlier += 1) this.#make(earlier);
    };
    const rowsOf = (name: string): ReadonlyMap<Key, Row> | undefined => {
      if (own.collections.has(name)) return this.#made.get(name);
      makeEarlier();
      return this.#models.slice(0, index).some(({ collections }) => collections.has(name)) ? this.#made.get(name) : undefined;
    };
    return {
      get: (collection, key) => rowsOf(collection)?.get(key),
      rows: (collection) => rowsOf(collection) ?? [],
      size: (collection) => rowsOf(collection)?.size ?? 0,
      put: (collection, key, row) => {
        const rows = this.#made.get(collection) ?? new Map<Key, Row>();
        this.#made.set(collection, rows);
        rows.set(key, row);
      },
      remove: (collection, key) => this.#made.get(collection)?.delete(key) ?? false,
      next: (counter, start) => {
        makeEarlier();
        const next = this.#counters.get(counter) ?? start;
        this.#counters.set(counter, next + 1);
        return next;
      },
      now: () => SEED_MOMENT,
    };
  }

  /** Those of all modules, in their order. */
  #everything(): ReadonlyMap<string, ReadonlyMap<Key, Row>> {
    if (this.#all !== undefined) return this.#all;
    const all = new Map<string, ReadonlyMap<Key, Row>>();
    for (const [index, model] of this.#models.entries()) {
      this.#make(index);
      for (const name of this.#seedsOf(model).keys()) {
        const rows = this.#made.get(name);
        if (rows !== undefined) all.set(name, rows);
      }
    }
    this.#all = all;
    return all;
  }

  get size(): number {
    return this.#everything().size;
  }

  has(name: string): boolean {
    return this.#everything().has(name);
  }

  keys(): MapIterator<string> {
    return this.#everything().keys();
  }

  values(): MapIterator<ReadonlyMap<Key, Row>> {
    return this.#everything().values();
  }

  entries(): MapIterator<[string, ReadonlyMap<Key, Row>]> {
    return this.#everything().entries();
  }

  [Symbol.iterator](): MapIterator<[string, ReadonlyMap<Key, Row>]> {
    return this.entries();
  }

  forEach(visit: (rows: ReadonlyMap<Key, Row>, name: string, map: ReadonlyMap<string, ReadonlyMap<Key, Row>>) => void): void {
    for (const [name, rows] of this.entries()) visit(rows, name, this);
  }
}

function addSeed(scope: Scope, collection: Collection, entry: SeedEntry): void {
  const { field } = collection.key;
  for (let turn = 1; turn <= entry.repeat; turn += 1) {
    const fields = objectAt(entry.row({ ...scope, item: turn }));
    const key = givenKey(collection, fields) === undefined ? seedKey(scope, collection) : fields[field];
    scope.world.put(collection.name, textOf(key), { ...withDefaults(scope, collection, fields), [field]: key });
  }
}

/** See `SeedRows.counter`. Counted when first asked for, and once. */
function takenUpTo(made: Pick<SeedRows, 'get'>, models: readonly StateModel[]): SeedRows['counter'] {
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
