import { setImmediate } from 'node:timers/promises';
import { after, isPromise } from './eventually.ts';
import type { Eventually } from './eventually.ts';
import { checkName } from './names.ts';
import { createRoom, rowBytes } from './room.ts';
import { createSessionState } from './session-state.ts';
import type { SessionSettings, SessionState } from './session-state.ts';
import { createSession } from './session.ts';
import type { Session } from './session.ts';
import { StateError } from './state-error.ts';
import { DEFAULT_SCENARIO } from './store.ts';
import type { Store } from './store.ts';
import { keyById } from './whole-state.ts';
import { createBase } from './world-memory.ts';
import type { Base } from './world-memory.ts';
import type { Key, Row } from './world.ts';

/** The session of requests that name none. Never evicted, never too old. */
export const DEFAULT_SESSION = 'default';

export interface SessionsOptions {
  /** Scenarios by name; without a `default` one, sessions start empty. */
  readonly bases: ReadonlyMap<string, Base>;
  /** Where sessions outlive this process. Default: nowhere, they live in memory. */
  readonly store?: Store;
  /** Beside the default one; beyond that, the least recently used goes. Default 1000. */
  readonly maxSessions?: number;
  /** A session that was not used for so long is removed. Default one hour. */
  readonly maxAgeMs?: number;
  /** What the rows of all sessions may take in memory, roughly; those of scenarios are not counted. Default 512 MiB. */
  readonly maxBytes?: number;
  /** Default 20. */
  readonly maxSnapshots?: number;
  /** How long the promise of a transaction may take. Default 5000. */
  readonly timeLimitMs?: number;
  /** Real time, in milliseconds since the epoch: for ages, and what the sessions' clocks go by. */
  readonly now?: () => number;
  /** The key of a row that is given without one (`Session.replace`). Default: its `id`. */
  readonly keyOf?: (collection: string, row: Row) => Key | undefined;
}

export interface SessionSummary {
  readonly name: string;
  /** Milliseconds since the epoch, real time. */
  readonly usedAt: number;
  /** Work is in progress or waits. */
  readonly busy: boolean;
}

export interface Sessions {
  /**
   * The session of a name, created on first use. A session in hand may be kept: see `Session`.
   * @param name 1 to 64 of A-Z a-z 0-9 . _ - ; default `default`
   * @throws StateError `session-name`; `sessions-busy` when a new one finds no room.
   */
  readonly get: (name?: string) => Session;
  /** Most recently used last. */
  readonly list: () => Eventually<readonly SessionSummary[]>;
  /** Removes a session with its snapshots, after work in progress. False when there was none. `default` starts anew at the next use. */
  readonly remove: (name: string) => Eventually<boolean>;
  /** See `Session.reset`. */
  readonly reset: (name: string, scenario?: string) => Eventually<void>;
  /** The names of the scenarios. */
  readonly scenarios: () => readonly string[];
  /** What the rows of all sessions and of their snapshots take in memory, and the most that they may; bytes, as `rowBytes` of room.ts counts them. Looks at each row. */
  readonly memory: () => { readonly bytes: number; readonly most: number };
  /** Closes the store when work in progress has ended. Nothing may be asked of any session after that. */
  readonly close: () => Promise<void>;
}

interface Entry {
  readonly session: Session;
  readonly state: SessionState;
  usedAt: number;
}

const MOST_BYTES = 512 * 1024 * 1024;
const HOUR = 3_600_000;
const LONGEST_SWEEP_INTERVAL = 60_000;
const SWEPT_AT_ONCE = 20;

/** Sessions over shared scenarios. Ages are looked after at each use and by a timer that keeps no process alive. */
export function createSessions(options: SessionsOptions): Sessions {
  const { maxSessions = 1000, maxAgeMs = HOUR, now = Date.now, store } = options;
  const bases = options.bases.has(DEFAULT_SCENARIO) ? options.bases : new Map([[DEFAULT_SCENARIO, createBase([])], ...options.bases]);
  const { maxSnapshots = 20, timeLimitMs = 5000, keyOf = keyById } = options;
  const { maxBytes = MOST_BYTES } = options;
  const room = createRoom(maxBytes, bytesOfRows, now);
  const settings: SessionSettings = { bases, store, now, timeLimitMs, maxSnapshots, keyOf, room };

  /** Least recently used first. */
  const entries = new Map<string, Entry>();
  let newest: Entry | undefined;

  const sweepInterval = Math.min(Math.max(maxAgeMs, 1), LONGEST_SWEEP_INTERVAL);
  let nextSweep = now() + sweepInterval;
  const timer = setInterval(() => sweep(now()), sweepInterval).unref();

  /** Sessions of an earlier process are known from the start; each is loaded when it is first used. */
  const stored = after(store?.list() ?? [], (names) => {
    for (const name of names) if (!entries.has(name)) entries.set(name, createEntry(name, now()));
  });
  if (isPromise(stored)) stored.catch(ignore);

  function bytesOfRows(): number {
    let bytes = 0;
    for (const { state } of entries.values()) bytes += bytesOfSession(state);
    return bytes;
  }

  function createEntry(name: string, usedAt: number): Entry {
    const session = createSession(name, () => use(name).state, settings);
    return { session, state: createSessionState(name), usedAt };
  }

  function use(name: string): Entry {
    const time = now();
    if (time >= nextSweep) sweep(time);
    const found = entries.get(name);
    if (found === undefined) makeRoom(name);
    else if (isOld(found, time)) discard(found);
    const entry = found ?? createEntry(name, time);
    entry.usedAt = time;
    if (entry === newest) return entry;
    entries.delete(name);
    entries.set(name, entry);
    newest = entry;
    return entry;
  }

  function makeRoom(name: string): void {
    const count = entries.size - (entries.has(DEFAULT_SESSION) ? 1 : 0);
    if (name === DEFAULT_SESSION || count < maxSessions) return;
    for (const entry of entries.values()) {
      if (mayGo(entry)) return discard(entry);
    }
    throw new StateError('sessions-busy', `All ${maxSessions} sessions have work in progress; try again, or allow more sessions.`);
  }

  function mayGo({ state }: Entry): boolean {
    return state.name !== DEFAULT_SESSION && !state.turns.busy;
  }

  function isOld(entry: Entry, time: number): boolean {
    return mayGo(entry) && time - entry.usedAt >= maxAgeMs;
  }

  function sweep(time: number): void {
    nextSweep = time + sweepInterval;
    const old: Entry[] = [];
    for (const entry of entries.values()) {
      if (time - entry.usedAt < maxAgeMs) break;
      if (isOld(entry, time)) old.push(entry);
    }
    void discardAll(old);
  }

  /** A few at a time: a file store flushes the disk for each. */
  async function discardAll(old: readonly Entry[]): Promise<void> {
    for (const [index, entry] of old.entries()) {
      if (index % SWEPT_AT_ONCE === SWEPT_AT_ONCE - 1) await setImmediate();
      if (isOld(entry, now())) discard(entry);
    }
  }

  /** Removes a session in its turn. Work that comes meanwhile finds it new. */
  function dismiss(entry: Entry): Eventually<void> {
    const { state } = entry;
    const removed = state.turns.take(() =>
      after(store?.remove(state.name), () => {
        state.world = undefined;
        state.snapshots.clear();
      }),
    );
    return after(removed, () => {
      if (state.turns.busy || entries.get(state.name) !== entry) return;
      entries.delete(state.name);
      if (entry === newest) newest = undefined;
    });
  }

  /** Dismisses where nobody waits to hear of an error: what the store can't remove now stays whole, and its turn comes again at the next sweep. */
  function discard(entry: Entry): void {
    try {
      const dismissed = dismiss(entry);
      if (isPromise(dismissed)) dismissed.catch(ignore);
    } catch {
      // See above.
    }
  }

  return {
    // Whatever is asked of the session looks after its age. A name that is known was checked when its session began.
    get: (name = DEFAULT_SESSION) => (entries.get(name) ?? use(checkName('session', name))).session,
    list: () =>
      after(stored, () => {
        const time = now();
        const current = [...entries.values()].filter((entry) => !isOld(entry, time));
        return current.map(({ state, usedAt }) => ({ name: state.name, usedAt, busy: state.turns.busy }));
      }),
    remove: (name) => {
      const removeKnown = (): Eventually<boolean> => {
        const entry = entries.get(name);
        return entry === undefined ? false : after(dismiss(entry), () => true);
      };
      // One in memory gets in line at once: what is asked of it after this must come after this.
      return entries.has(checkName('session', name)) ? removeKnown() : after(stored, removeKnown);
    },
    reset: (name, scenario) => use(checkName('session', name)).session.reset(scenario),
    scenarios: () => [...bases.keys()],
    memory: () => ({ bytes: bytesOfRows(), most: maxBytes }),
    close: async () => {
      clearInterval(timer);
      for (const { state } of entries.values()) await state.turns.take(ignore);
      await store?.close();
    },
  };
}

/** Snapshots share rows with the world that they were taken of, and hold those that are no more; each counts once. */
function bytesOfSession({ world, snapshots }: SessionState): number {
  let bytes = 0;
  const counted = snapshots.size === 0 ? undefined : new Set<Row>();
  for (const image of counted === undefined ? [world] : [world, ...snapshots.values()]) {
    if (image === undefined || !('layer' in image)) continue;
    for (const change of image.layer.changes(image.base)) {
      if (change.kind !== 'put' || counted?.has(change.row) === true) continue;
      counted?.add(change.row);
      bytes += rowBytes(change.row);
    }
  }
  return bytes;
}

function ignore(): void {}
