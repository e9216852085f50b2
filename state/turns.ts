import { isPromise } from './eventually.ts';
import type { Eventually } from './eventually.ts';

/** Lets one work at a time, in the order of asking. Work that finds nobody before it and needs no waiting is done at once, without a promise. */
export class Turns {
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  /** True while work is in progress or waits. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Does a work when its turn comes; answers or fails as it does. Work that fails holds up nobody. */
  take<T>(work: () => Eventually<T>): Eventually<T> {
    if (!this.#busy) return this.#run(work);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(this.#run(work));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  #run<T>(work: () => Eventually<T>): Eventually<T> {
    this.#busy = true;
    let result: Eventually<T>;
    try {
      result = work();
    } catch (error) {
      this.#next();
      throw error;
    }
    if (isPromise(result)) return result.finally(() => this.#next());
    this.#next();
    return result;
  }

  /** The turn goes straight to the next in line, so that nobody who asks later can come first. */
  #next(): void {
    const next = this.#waiting.length === 0 ? undefined : this.#waiting.shift();
    if (next === undefined) this.#busy = false;
    else queueMicrotask(next);
  }
}
