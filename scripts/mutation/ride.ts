import { startProxy } from '../../contracts/index.ts';
import type { Exchange } from '../../contracts/index.ts';
import { createBackend, drive } from '../../examples/index.ts';
import type { DefectId } from '../../examples/index.ts';

/** A morning in Shanghai, with a part of a second. */
const MORNING = Date.parse('2026-03-01T08:00:00.123+08:00');

/** What a client and the example backend said to each other through the recording proxy. */
export interface Ride {
  /** `http://127.0.0.1:port` of the backend. */
  readonly origin: string;
  /** By the clock that backend, client and recorder share; which nothing takes any time of. */
  readonly exchanges: readonly Exchange[];
}

/**
 * Starts the backend, drives it from the first to the last step, and records.
 * @param seed varies the rows to begin with, and what is sent.
 * @throws Error when a port can't be had or the backend does not answer.
 */
export async function ride(defects: readonly DefectId[], seed: number): Promise<Ride> {
  let time = MORNING;
  let steps = 0;
  const exchanges: Exchange[] = [];
  const backend = await createBackend({ defects, now: () => time, seed }).listen(0);
  const proxy = await startProxy({
    target: backend.url,
    name: `drive ${seed}`,
    onExchange: (exchange) => exchanges.push({ ...exchange, startedAt: time, milliseconds: 0 }),
  });
  // An exchange is told a little after the client has its answer; the clock waits for it.
  const settled = async (): Promise<void> => {
    while (exchanges.length < steps) await new Promise((resolve) => setImmediate(resolve));
  };
  const elapse = async (ms: number): Promise<void> => {
    await settled();
    time += ms;
  };
  try {
    await drive(proxy.url, { seed, clock: { now: () => time, elapse }, onStep: () => (steps += 1) });
    await settled();
    return { origin: backend.url, exchanges };
  } finally {
    await proxy.close();
    await backend.close();
  }
}
