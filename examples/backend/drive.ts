import { setTimeout } from 'node:timers/promises';
import { DEMO } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { driveAuth, driveExpiry, logIn } from './drive/auth.ts';
import { createSend, textAt } from './drive/client.ts';
import type { Step } from './drive/client.ts';
import { driveFiles } from './drive/file.ts';
import { driveTasks } from './drive/notification-task.ts';
import { numbersFrom } from './drive/ride.ts';
import type { DriveClock, Ride } from './drive/ride.ts';
import { driveTies } from './drive/tie.ts';

export type { Step } from './drive/client.ts';
export type { DriveClock } from './drive/ride.ts';

export interface DriveOptions {
  /** Varies names, numbers and ids that are sent; a whole number, default 1. */
  readonly seed?: number;
  /** Who logs in; default: the demo client and its user. */
  readonly credentials?: Credentials;
  /**
   * The clock that the backend lives by; default: the real one, with real waiting of about 20 seconds in all. Given one, two hours
   * pass in the end, to see tokens expire; a recording has to take its times from the same clock.
   */
  readonly clock?: DriveClock;
  /** Is told every step as it happens. */
  readonly onStep?: (step: Step) => void;
}

const REAL_CLOCK: DriveClock = { now: Date.now, elapse: (ms) => setTimeout(Math.max(ms, 0)) };
/** Nobody waits longer than this for a real token to expire. */
const REAL_PATIENCE = 40_000;

/**
 * Uses every operation of the four modules as a frontend would, the mistakes of a frontend included.
 * Broken answers do not stop it: it goes on with what it has.
 * @param url where the backend, or a proxy before it, listens.
 * @throws when the server can not be reached or does not answer.
 */
export async function drive(url: string, options: DriveOptions = {}): Promise<void> {
  const { seed = 1, credentials = DEMO, clock = REAL_CLOCK, onStep = () => {} } = options;
  const number = numbersFrom(seed);
  const ride: Ride = {
    send: createSend(url, onStep),
    clock,
    credentials,
    number,
    pick: (list) => list[number(list.length)] ?? list[0],
  };
  await driveAuth(ride);
  const token = textAt(await logIn(ride, 'log in'), 'access_token');
  await driveFiles(ride, token);
  await driveTasks(ride, token);
  await driveTies(ride);
  await driveExpiry(ride, options.clock === undefined ? REAL_PATIENCE : Infinity);
}

/** Takes out of the steps of one drive what differs from run to run: tokens become numbers, in the order of their appearance. */
export function createTokenMask(): (step: Step) => Step {
  const seen = new Map<string, string>();
  return (step) => {
    const body = step.body.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (token) => {
      const name = seen.get(token) ?? `token-${seen.size + 1}`;
      seen.set(token, name);
      return name;
    });
    return { ...step, body };
  };
}
