import { REAL_TIME } from './clock.ts';
import type { ClockSetting } from './clock.ts';
import { frozen } from './freeze.ts';
import { StateError } from './state-error.ts';
import type { StoredWorld, WorldChange } from './store.ts';
import { Layer } from './world-memory.ts';
import type { Base } from './world-memory.ts';

/** The committed world of a session, or one kept as a snapshot: what transactions start from and, when they end well, change. */
export interface Image {
  readonly scenario: string;
  readonly base: Base;
  readonly layer: Layer;
  clock: ClockSetting;
}

/**
 * The world that a scenario starts with.
 * @throws StateError `scenario-unknown`
 */
export function freshImage(scenario: string, bases: ReadonlyMap<string, Base>): Image {
  const base = bases.get(scenario);
  if (base === undefined) {
    throw new StateError('scenario-unknown', `There is no scenario '${scenario}'; there are: ${[...bases.keys()].join(', ')}.`);
  }
  return { scenario, base, layer: new Layer(base), clock: REAL_TIME };
}

/**
 * A stored world, over its scenario as it is today.
 * @throws StateError `scenario-unknown` when the scenario is no more.
 */
export function imageOf(stored: StoredWorld, bases: ReadonlyMap<string, Base>): Image {
  const image = freshImage(stored.scenario, bases);
  applyChanges(image, stored.changes);
  return image;
}

function applyChanges(image: Image, changes: readonly WorldChange[]): void {
  for (const change of changes) {
    if (change.kind === 'put') image.layer.put(change.collection, change.key, frozen(change.row));
    else if (change.kind === 'remove') image.layer.remove(change.collection, change.key);
    else if (change.kind === 'counter') image.layer.setCounter(change.counter, change.value);
    else image.clock = change.clock;
  }
}

/** Another image with the same content, sharing all rows; from now on each goes its own way. */
export function shareImage(image: Image): Image {
  return { ...image, layer: image.layer.share() };
}
