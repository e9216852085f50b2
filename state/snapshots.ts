import { after } from './eventually.ts';
import type { Eventually } from './eventually.ts';
import { imageOf, shareImage } from './image.ts';
import type { Image } from './image.ts';
import { checkName } from './names.ts';
import { currentImage, recall } from './session-state.ts';
import type { SessionSettings, SessionState, Turn } from './session-state.ts';
import { StateError } from './state-error.ts';

/** The saved worlds of one session: rows, counters, scenario and clock. Saving and restoring copy no rows in memory. */
export interface Snapshots {
  /**
   * Keeps the world under a name, in place of what had that name.
   * @throws StateError `snapshot-name`, `snapshots-full`
   */
  readonly save: (name: string) => Eventually<void>;
  /**
   * Makes the world what it was; it can be restored again.
   * @throws StateError `snapshot-unknown`, `scenario-unknown`
   */
  readonly restore: (name: string) => Eventually<void>;
  /** Names, oldest first. */
  readonly list: () => Eventually<readonly string[]>;
  /** True when there was one. */
  readonly remove: (name: string) => Eventually<boolean>;
}

/** @param turn does a work on the session's state when its turn comes. */
export function createSnapshots(turn: Turn, settings: SessionSettings): Snapshots {
  const { store, maxSnapshots } = settings;

  return {
    save: (name) => {
      checkName('snapshot', name);
      return turn((state) =>
        after(currentImage(state, settings), (image) => {
          if (!state.snapshots.has(name) && state.snapshots.size >= maxSnapshots) {
            throw new StateError('snapshots-full', `The session '${state.name}' has ${maxSnapshots} snapshots already; remove one first.`);
          }
          return after(store?.commit(state.name, [{ kind: 'save', snapshot: name }]), () => {
            state.snapshots.delete(name);
            state.snapshots.set(name, shareImage(image));
          });
        }),
      );
    },

    restore: (name) =>
      turn((state) =>
        after(saved(name, state, settings), (image) =>
          after(store?.commit(state.name, [{ kind: 'restore', snapshot: name }]), () => {
            state.snapshots.set(name, image);
            state.world = shareImage(image);
          }),
        ),
      ),

    list: () => turn((state) => after(recall(state, settings), () => [...state.snapshots.keys()])),

    remove: (name) =>
      turn((state) =>
        after(recall(state, settings), () => {
          if (!state.snapshots.has(name)) return false;
          return after(store?.commit(state.name, [{ kind: 'forget', snapshot: name }]), () => state.snapshots.delete(name));
        }),
      ),
  };
}

function saved(name: string, state: SessionState, settings: SessionSettings): Eventually<Image> {
  const unknown = (): StateError => {
    const names = [...state.snapshots.keys()].join(', ') || 'none';
    return new StateError('snapshot-unknown', `The session '${state.name}' has no snapshot ${JSON.stringify(name)}; it has: ${names}.`);
  };
  return after(recall(state, settings), () => {
    if (!state.snapshots.has(name)) throw unknown();
    const image = state.snapshots.get(name);
    if (image !== undefined) return image;
    return after(settings.store?.loadSnapshot(state.name, name), (stored) => {
      if (stored === undefined) throw unknown();
      return imageOf(stored, settings.bases);
    });
  });
}
