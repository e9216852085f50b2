/**
 * When the requests of an open load are due: at fixed times, whatever the server does. A load that waits for answers before it asks again would ask a
 * stalled server nothing, and count one slow answer where a thousand people would have waited ("coordinated omission").
 */
export interface Schedule {
  /** How many requests are due before those that count, while the load itself is being compiled. */
  readonly runUp: number;
  /** All of them, run-up included. */
  readonly total: number;
  /** Milliseconds from the start until a request is due. @param index counts from 0 */
  readonly due: (index: number) => number;
}

/**
 * @param perSecond requests a second
 * @param milliseconds how long the requests that count are due
 * @param runUpMilliseconds how long those before them are
 */
export function createSchedule(perSecond: number, milliseconds: number, runUpMilliseconds = 0): Schedule {
  const interval = 1_000 / perSecond;
  const runUp = Math.round(runUpMilliseconds / interval);
  const total = runUp + Math.max(1, Math.round(milliseconds / interval));
  return { runUp, total, due: (index) => index * interval };
}

/**
 * The value that a share of all values does not exceed (nearest rank); `NaN` of none.
 * @param sorted ascending
 * @param share 0.5 is the median
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}
