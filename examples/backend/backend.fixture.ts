import { createBackend } from './app.ts';
import type { BackendOptions, RunningBackend } from './app.ts';
import type { DefectId } from './defects.ts';
import type { DriveClock } from './drive.ts';

/** A morning in Shanghai, with a part of a second. */
export const MORNING = Date.parse('2026-03-01T08:00:00.123+08:00');

export interface StartedBackend extends RunningBackend {
  readonly clock: DriveClock;
}

/** A backend whose clock stands still unless it is told. */
export async function startBackend(defects: readonly DefectId[] = [], options: BackendOptions = {}): Promise<StartedBackend> {
  let time = MORNING;
  const running = await createBackend({ ...options, defects, now: () => time }).listen(0);
  const elapse = async (ms: number): Promise<void> => {
    time += ms;
  };
  return { ...running, clock: { now: () => time, elapse } };
}
