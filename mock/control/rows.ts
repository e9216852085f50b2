import { after, liveRows, scopeOf } from '../../state/index.ts';
import type { Collection, Eventually, Key, Row, StateModel, StateRequest, World } from '../../state/index.ts';
import { collectionOf, keyOfRow, noCollection, noKey } from '../collections.ts';
import type { Reply } from '../reply.ts';
import { behaviourOf, json, NO_CONTENT, queryText, sessionOf } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';
import { checkRow } from './row-check.ts';

type RowsByCollection = Readonly<Record<string, readonly Row[]>>;

interface StatePatch {
  readonly put?: RowsByCollection;
  /** Rows that become exactly these; they have to be what the collection can hold. */
  readonly set?: RowsByCollection;
  readonly remove?: Readonly<Record<string, readonly (string | number | bigint)[]>>;
}

/** Every collection: where its rows have their keys, what their status may be. */
export function listCollections(call: ControlCall): Reply {
  const models = [...behaviourOf(call).models.values()];
  return json(
    models.flatMap((model) =>
      [...model.collections.values()].map(({ name, key, machine }) => ({
        name,
        key: key.field,
        ...(machine === undefined ? {} : { status: machine.field, statuses: [...machine.statuses.keys()] }),
      })),
    ),
  );
}

/** All rows of a session, or those of one collection, as the session's clock has them. */
export function readState(call: ControlCall): Eventually<Reply> {
  const wanted = queryText(call, 'collection');
  if (wanted !== undefined) knownCollection(call, wanted);
  const session = sessionOf(call);
  const settled = session.transact((world) => settle([...behaviourOf(call).models.values()], world));
  return after(settled, () => after(session.read(), (state) => json(wanted === undefined ? state : { [wanted]: state[wanted] ?? [] })));
}

const NO_REQUEST: StateRequest = { method: '', url: '', path: {}, query: {}, header: {}, cookie: {}, body: undefined };

/** Timed transitions are done when a row is looked at: so that what is read is what an operation would find, all are looked at. */
function settle(models: readonly StateModel[], world: World): void {
  for (const model of models) {
    for (const collection of model.collections.values()) {
      if (collection.machine === undefined || collection.machine.timed.size === 0) continue;
      // Written back while they are walked: the walk is over a copy.
      Array.from(liveRows(scopeOf(model, NO_REQUEST, world), collection));
    }
  }
}

/** Makes the rows exactly these; a collection that is not named becomes empty. */
export function replaceState(call: ControlCall): Eventually<Reply> {
  const given = call.judged.body as RowsByCollection;
  for (const [name, rows] of Object.entries(given)) {
    const keys = new Set<Key>();
    for (const { key } of keyedRows(call, name, rows)) {
      if (keys.has(key)) throw new Refusal('INVALID_ROWS', `Two rows of "${name}" have the key ${JSON.stringify(key)}.`);
      keys.add(key);
    }
  }
  return after(sessionOf(call).replace(given), () => NO_CONTENT);
}

/** Adds rows, changes the given fields of those that are there, removes others; all or nothing. */
export function patchState(call: ControlCall): Eventually<Reply> {
  const { put = {}, set = {}, remove = {} } = call.judged.body as StatePatch;
  const puts = Object.entries(put).flatMap(([name, rows]) => keyedRows(call, name, rows).map((row) => ({ name, ...row })));
  const removals = Object.entries(remove).flatMap(([name, keys]) => {
    knownCollection(call, name);
    return keys.map((key) => ({ name, key: String(key) }));
  });
  const sets = Object.entries(set).flatMap(([name, rows]) => keyedRows(call, name, rows).map((row) => ({ name, ...row })));
  const work = sessionOf(call).transact((world) => {
    const removed = removals.filter(({ name, key }) => world.remove(name, key)).length;
    for (const { name, key, row } of puts) world.put(name, key, { ...world.get(name, key), ...row });
    for (const { name, key, row } of sets) {
      checkRow(knownCollection(call, name), key, row, world);
      world.put(name, key, row);
    }
    return { put: puts.length + sets.length, removed };
  });
  return after(work, json);
}

function keyedRows(call: ControlCall, name: string, rows: readonly Row[]): { readonly key: Key; readonly row: Row }[] {
  const collection = knownCollection(call, name);
  return rows.map((row, index) => {
    const key = keyOfRow(collection, row);
    if (key !== undefined) return { key, row };
    throw new Refusal('INVALID_ROWS', noKey(collection, row, index));
  });
}

function knownCollection(call: ControlCall, name: string): Collection {
  const models: readonly StateModel[] = [...behaviourOf(call).models.values()];
  const collection = collectionOf(models, name);
  if (collection !== undefined) return collection;
  throw new Refusal('UNKNOWN_COLLECTION', noCollection(models, name));
}
