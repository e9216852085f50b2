import type { ClockSetting } from './clock.ts';
import type { Eventually } from './eventually.ts';
import type { Key, Row } from './world.ts';

/** A change of one row. */
export type RowChange =
  | { readonly kind: 'put'; readonly collection: string; readonly key: Key; readonly row: Row }
  | { readonly kind: 'remove'; readonly collection: string; readonly key: Key; /** The scenario has this key. */ readonly seeded: boolean };

/** A change of what a world holds. */
export type WorldChange =
  | RowChange
  | { readonly kind: 'counter'; readonly counter: string; /** The number given last. */ readonly value: number }
  | { readonly kind: 'clock'; readonly clock: ClockSetting };

/** A change of a session: of its world, or of world and snapshots as wholes. */
export type Change =
  | WorldChange
  /** The world starts anew from a scenario: no rows of its own, no counters, real time. Snapshots stay. */
  | { readonly kind: 'base'; readonly scenario: string }
  /** The world is kept under a name, in place of what had that name. */
  | { readonly kind: 'save'; readonly snapshot: string }
  /** The world becomes what was kept under a name. */
  | { readonly kind: 'restore'; readonly snapshot: string }
  | { readonly kind: 'forget'; readonly snapshot: string };

/** A world as a store keeps it: a scenario and what leads from there to it; removals come first, then rows in their order. */
export interface StoredWorld {
  readonly scenario: string;
  readonly changes: readonly WorldChange[];
}

export interface StoredSession extends StoredWorld {
  /** Names, oldest first. */
  readonly snapshots: readonly string[];
}

/**
 * Where sessions outlive their process. The world in memory is what requests work on; a store only takes
 * changes and gives them back. Calls on one session come one after the other, calls on several may overlap. A store that need not wait
 * answers without a promise. Any method may throw a StateError `store-failed`.
 */
export interface Store {
  /** `undefined` when nothing was ever committed. */
  readonly load: (session: string) => Eventually<StoredSession | undefined>;
  readonly loadSnapshot: (session: string, snapshot: string) => Eventually<StoredWorld | undefined>;
  /** Keeps all changes, in order, or none of them. When it has answered, they are safe. */
  readonly commit: (session: string, changes: readonly Change[]) => Eventually<void>;
  /** Forgets a session and its snapshots; one that is not there is no error. */
  readonly remove: (session: string) => Eventually<void>;
  /** Names of all sessions with something committed. */
  readonly list: () => Eventually<readonly string[]>;
  readonly close: () => Eventually<void>;
}

/** The scenario of a session that was never told another. */
export const DEFAULT_SCENARIO = 'default';
