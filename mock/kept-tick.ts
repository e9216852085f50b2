/** Taken by its name: an import statement would read everything that `node:async_hooks` has. */
const { executionAsyncResource } = process.getBuiltinModule('node:async_hooks');

let kept: object | undefined;

/**
 * Keeps the object of one `process.nextTick` for as long as the process lives. Node makes such an object for each tick, several a request, with keys that are symbols. The
 * engine makes it fast by its shape, which it remembers weakly: a collection while no tick is waiting, as happens during a start and after some seconds of idling, forgets
 * the shape, and what was fast is slow for good (0.6 µs more a tick, 22 µs became 30 for a POST; Node 24.21). One object that stays keeps the shape.
 */
export function keepTick(): void {
  if (kept !== undefined) return;
  process.nextTick(() => {
    kept = executionAsyncResource();
  });
}

/** @returns what is kept; `undefined` before the first tick after {@link keepTick}. */
export function keptTick(): object | undefined {
  return kept;
}
