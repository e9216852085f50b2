import { StateError } from './state-error.ts';

/** How a session's clock goes: with real time plus an offset, or not at all. Plain data, kept with the session. */
export type ClockSetting = { readonly kind: 'running'; readonly offset: number } | { readonly kind: 'frozen'; readonly at: number };

/** What a clock shows, in milliseconds since the epoch, and how it goes. */
export interface ClockReading {
  readonly now: number;
  readonly setting: ClockSetting;
}

export const REAL_TIME: ClockSetting = { kind: 'running', offset: 0 };

/** The farthest a Date reaches to either side of the epoch (ECMA-262, section 21.4.1.1). */
const FARTHEST = 8.64e15;

/** The time that a clock shows when the real time is `real`; both in milliseconds since the epoch. */
export function timeOf(clock: ClockSetting, real: number): number {
  return clock.kind === 'frozen' ? clock.at : real + clock.offset;
}

/**
 * Stops the clock.
 * @param at the time to stop at; by default the time it shows.
 * @throws StateError `clock-range` when the time is not a whole number of milliseconds that a Date can hold; so do the others.
 */
export function freeze(clock: ClockSetting, real: number, at = timeOf(clock, real)): ClockSetting {
  return { kind: 'frozen', at: checked(at) };
}

/** Lets the clock run at real time plus `ms` (before real time when negative), whatever it did before; 0 is real time. */
export function shift(real: number, ms: number): ClockSetting {
  checked(real + ms);
  return { kind: 'running', offset: checked(ms) };
}

/** Moves the clock `ms` ahead of what it shows; a frozen one stays frozen. Never back: what has happened has happened. */
export function advance(clock: ClockSetting, real: number, ms: number): ClockSetting {
  if (ms < 0) throw new StateError('clock-range', `A clock can't be advanced by ${ms} ms; use shift or freeze to go back in time.`);
  checked(timeOf(clock, real) + checked(ms));
  return clock.kind === 'frozen' ? { kind: 'frozen', at: clock.at + ms } : { kind: 'running', offset: clock.offset + ms };
}

/** Lets a frozen clock run on from the time it shows. A running clock is left as it is. */
export function resume(clock: ClockSetting, real: number): ClockSetting {
  return clock.kind === 'frozen' ? { kind: 'running', offset: clock.at - real } : clock;
}

function checked(ms: number): number {
  if (Number.isSafeInteger(ms) && Math.abs(ms) <= FARTHEST) return ms;
  throw new StateError('clock-range', `${ms} is not a time: give whole milliseconds within ${FARTHEST} of the epoch.`);
}
