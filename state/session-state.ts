import { after } from './eventually.ts';
import type { Eventually } from './eventually.ts';
import { freshImage, imageOf } from './image.ts';
import type { Image } from './image.ts';
import type { Room } from './room.ts';
import { DEFAULT_SCENARIO } from './store.ts';
import type { Store, StoredWorld } from './store.ts';
import { Turns } from './turns.ts';
import type { Base } from './world-memory.ts';
import type { Key, Row } from './world.ts';

/** What holds for all sessions. */
export interface SessionSettings {
  readonly bases: ReadonlyMap<string, Base>;
  /** What outlives this process; `undefined`: nothing does, and nobody needs to be told of changes. */
  readonly store: Store | undefined;
  /** Real time, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly timeLimitMs: number;
  readonly room: Room;
  readonly maxSnapshots: number;
  readonly keyOf: (collection: string, row: Row) => Key | undefined;
}

/** What is kept in memory of one session. Read and changed only in its turn. */
export interface SessionState {
  readonly name: string;
  readonly turns: Turns;
  /** `undefined` before the store was asked; as stored until it is first needed. */
  world: Image | StoredWorld | undefined;
  /** Oldest first; `undefined` is one that only the store has. */
  readonly snapshots: Map<string, Image | undefined>;
}

/** Does a work on a session's state when its turn comes. */
export type Turn = <T>(work: (state: SessionState) => Eventually<T>) => Eventually<T>;

export function createSessionState(name: string): SessionState {
  return { name, turns: new Turns(), world: undefined, snapshots: new Map() };
}

/** Asks the store once what it has of a session. */
export function recall(state: SessionState, { store, bases }: SessionSettings): Eventually<Image | StoredWorld> {
  if (state.world !== undefined) return state.world;
  return after(store?.load(state.name), (stored) => {
    for (const snapshot of stored?.snapshots ?? []) state.snapshots.set(snapshot, undefined);
    state.world = stored ?? freshImage(DEFAULT_SCENARIO, bases);
    return state.world;
  });
}

/**
 * The committed world of a session.
 * @throws StateError `scenario-unknown` when the store has it on a scenario that is no more; `reset` helps.
 */
export function currentImage(state: SessionState, settings: SessionSettings): Eventually<Image> {
  return after(recall(state, settings), (world) => {
    const image = 'layer' in world ? world : imageOf(world, settings.bases);
    state.world = image;
    return image;
  });
}
