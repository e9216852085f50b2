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
export type SeedRows = ReadonlyMap<string, ReadonlyMap<Key, Row>>;

const NO_REQUEST: StateRequest = { method: '', url: '', path: {}, query: {}, header: {}, cookie: {}, body: undefined };
/** Seeds are the same at every start: a `$now` among them is this moment. */
const SEED_MOMENT = Date.UTC(2026, 0, 1);

/** The scenarios of several modules together: each name that any of them has. Collections of modules that don't know a scenario begin as in `default`. */
export function seedScenarios(models: readonly StateModel[]): Map<string, SeedRows> {
  const names = new Set(['default', ...models.flatMap((model) => [...model.scenarios.keys()])]);
  return new Map([...names].map((name) => [name, seedRows(models, name)] as const));
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
  return made;
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
