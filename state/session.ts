import { advance, freeze, resume, shift, timeOf } from './clock.ts';
import type { ClockReading, ClockSetting } from './clock.ts';
import { after, isThenable } from './eventually.ts';
import type { Eventually } from './eventually.ts';
import { freshImage } from './image.ts';
import type { Image } from './image.ts';
import { currentImage, recall } from './session-state.ts';
import type { SessionSettings, SessionState, Turn } from './session-state.ts';
import { createSnapshots } from './snapshots.ts';
import type { Snapshots } from './snapshots.ts';
import { StateError } from './state-error.ts';
import type { RowChange } from './store.ts';
import { readState, replaceState } from './whole-state.ts';
import { Layer, LayerWorld } from './world-memory.ts';
import type { State } from './world-memory.ts';
import type { World } from './world.ts';

/** A session's clock. Every method answers what the clock shows then; those that set it throw StateError `clock-range`. See clock.ts. */
export interface SessionClock {
  readonly read: () => Eventually<ClockReading>;
  readonly freeze: (at?: number) => Eventually<ClockReading>;
  readonly shift: (ms: number) => Eventually<ClockReading>;
  readonly advance: (ms: number) => Eventually<ClockReading>;
  readonly resume: () => Eventually<ClockReading>;
}

/**
 * An isolated world by name. Everything asked of it is done one after the other, in the order of asking; what needs no waiting is done at once
 * and answered without a promise. A session in hand never goes stale: when it was removed meanwhile, it starts anew.
 */
export interface Session {
  readonly name: string;
  /**
   * Runs `work` alone on the world. When it ends well, its changes are committed to the store before the answer; when it throws, or takes longer
   * than the time limit (promises only), nothing of it stays. The world shows one instant for the whole transaction, and can't be used after it.
   * Work must not wait for another transaction of the same session: that one waits for this.
   * @param keeps whether the changes stay, by the result of the work: a refusal takes them back without the price of an error. Default: they do.
   * @throws what `work` throws; StateError `time-limit`, `scenario-unknown`, `state-full`, `store-failed`.
   */
  readonly transact: <T>(work: (world: World) => Eventually<T>, keeps?: (result: T) => boolean) => Eventually<T>;
  /** All rows of all collections. */
  readonly read: () => Eventually<State>;
  /**
   * Makes the rows exactly these; a collection that is not named becomes empty. Counters and clock go on.
   * @throws StateError `rows-invalid` for a row without a key, or two with one.
   */
  readonly replace: (state: State) => Eventually<void>;
  /** Puts and removes single rows, all or none. */
  readonly patch: (changes: readonly RowPatch[]) => Eventually<void>;
  /**
   * Starts anew: rows of the scenario, no counters, real time. Snapshots stay.
   * @param scenario default: the one it is on.
   * @throws StateError `scenario-unknown`
   */
  readonly reset: (scenario?: string) => Eventually<void>;
  /** The scenario it is on. */
  readonly scenario: () => Eventually<string>;
  readonly clock: SessionClock;
  readonly snapshots: Snapshots;
}

/** A change of one row, as given from outside. */
export type RowPatch = Extract<RowChange, { kind: 'put' }> | Omit<Extract<RowChange, { kind: 'remove' }>, 'seeded'>;

/** @param use the session's state as it is when a call comes: it may have been removed and begun anew since the last. */
export function createSession(name: string, use: () => SessionState, settings: SessionSettings): Session {
  const turn: Turn = (work) => {
    const state = use();
    return state.turns.take(() => work(state));
  };
  const transact: Session['transact'] = (work, keeps) => {
    const state = use();
    return state.turns.take(() => {
      const { world } = state;
      // Nearly always it is at hand.
      if (world !== undefined && 'layer' in world) return runTransaction(name, world, work, settings, keeps);
      return after(currentImage(state, settings), (image) => runTransaction(name, image, work, settings, keeps));
    });
  };

  return {
    name,
    transact,
    read: () => turn((state) => after(currentImage(state, settings), ({ layer }) => readState(layer))),
    replace: (given) =>
      turn((state) =>
        after(currentImage(state, settings), (image) => {
          const work = (world: World): void => replaceState(world, image.layer.keys(), given, settings.keyOf);
          return runTransaction(name, image, work, settings);
        }),
      ),
    patch: (changes) =>
      transact((world) => {
        for (const change of changes) {
          if (change.kind === 'put') world.put(change.collection, change.key, change.row);
          else world.remove(change.collection, change.key);
        }
      }),
    reset: (scenario) =>
      turn((state) =>
        after(recall(state, settings), (world) => {
          const image = freshImage(scenario ?? world.scenario, settings.bases);
          return after(settings.store?.commit(name, [{ kind: 'base', scenario: image.scenario }]), () => {
            state.world = image;
          });
        }),
      ),
    scenario: () => turn((state) => after(recall(state, settings), (world) => world.scenario)),
    clock: createClock(turn, settings),
    snapshots: createSnapshots(turn, settings),
  };
}

function createClock(turn: Turn, settings: SessionSettings): SessionClock {
  const { now, store } = settings;
  const set = (next: (clock: ClockSetting, real: number) => ClockSetting): Eventually<ClockReading> =>
    turn((state) =>
      after(currentImage(state, settings), (image) => {
        const real = now();
        const clock = next(image.clock, real);
        const reading = { now: timeOf(clock, real), setting: clock };
        if (clock === image.clock) return reading;
        return after(store?.commit(state.name, [{ kind: 'clock', clock }]), () => {
          image.clock = clock;
          return reading;
        });
      }),
    );
  return {
    read: () => set((clock) => clock),
    freeze: (at) => set((clock, real) => freeze(clock, real, at)),
    shift: (ms) => set((_clock, real) => shift(real, ms)),
    advance: (ms) => set((clock, real) => advance(clock, real, ms)),
    resume: () => set((clock, real) => resume(clock, real)),
  };
}

/** @param keeps whether what a work has done stays, by its result. */
function runTransaction<T>(
  name: string,
  image: Image,
  work: (world: World) => Eventually<T>,
  settings: SessionSettings,
  keeps?: (result: T) => boolean,
): Eventually<T> {
  const layer = new Layer(image.layer);
  const world = new LayerWorld(layer, timeOf(image.clock, settings.now()));
  let result: Eventually<T>;
  try {
    result = work(world);
  } catch (error) {
    world.close();
    throw error;
  }
  if (!isThenable(result)) return commit(name, image, layer, world, result, settings, keeps);
  return within(result, name, settings.timeLimitMs).then(
    (made) => commit(name, image, layer, world, made, settings, keeps),
    (error: unknown) => {
      world.close();
      throw error;
    },
  );
}

function commit<T>(
  name: string,
  image: Image,
  layer: Layer,
  world: LayerWorld,
  result: T,
  { store, room }: SessionSettings,
  keeps: ((result: T) => boolean) | undefined,
): Eventually<T> {
  world.close();
  if (keeps !== undefined && !keeps(result)) return result;
  if (world.bytes > 0) room.take(world.bytes, world.hasAdded);
  if (store === undefined) {
    image.layer.absorb(layer);
    return result;
  }
  const changes = layer.changes(image.base);
  if (changes.length === 0) return result;
  const kept = store.commit(name, changes);
  if (kept instanceof Promise)
    return kept.then(() => {
      image.layer.absorb(layer);
      return result;
    });
  image.layer.absorb(layer);
  return result;
}

/** Waits for a promise, but not for ever: work that never ends must not hold up the session. */
async function within<T>(work: PromiseLike<T>, session: string, limitMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new StateError('time-limit', `A transaction on the session '${session}' took longer than ${limitMs} ms and was undone.`));
  }, limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
