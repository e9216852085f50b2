import { NO_NUMBER, numberOf } from './key-numbers.ts';
import { KeyRun } from './key-run.ts';
import type { Key, Row, Visit } from './world.ts';

const DONE = { done: true, value: undefined } as const;

/**
 * Rows by key in the order of their coming, as a Map has them: a changed row keeps its place, one that went and comes again goes to the end. A transaction mostly adds one row, for which no
 * Map is made; a session adds one counted key after the other, which are found by their number: in a Map of many rows each new one costs several places in memory that are out of the processor's reach.
 */
export class AddedRows {
  /** Of the only row; `undefined`: there is none, or there are several places. */
  #key: Key | undefined = undefined;
  #row: Row | undefined = undefined;
  /** Comes before the others: from the first of those on, all that is new is put there. */
  #run: KeyRun | undefined = undefined;
  #others: Map<Key, Row> | undefined = undefined;

  get size(): number {
    if (this.#key !== undefined) return 1;
    return (this.#run?.size ?? 0) + (this.#others?.size ?? 0);
  }

  get(key: Key): Row | undefined {
    if (this.#key !== undefined) return this.#key === key ? this.#row : undefined;
    return this.#run?.get(numberOf(key)) ?? this.#others?.get(key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Key, row: Row): void {
    if (this.#key === undefined ? this.#run === undefined && this.#others === undefined : this.#key === key) {
      this.#key = key;
      this.#row = row;
      return;
    }
    this.#spread();
    const number = numberOf(key);
    if (this.#run?.replace(number, row) === true) return;
    if (this.#others === undefined || this.#others.size === 0) {
      if (this.#run === undefined) this.#run = number === NO_NUMBER ? undefined : new KeyRun(number);
      if (this.#run?.add(number, row) === true) return;
    }
    this.#others ??= new Map();
    this.#others.set(key, row);
  }

  /** True when there was one. */
  delete(key: Key): boolean {
    if (this.#key !== undefined) {
      if (this.#key !== key) return false;
      this.#key = undefined;
      this.#row = undefined;
      return true;
    }
    const run = this.#run;
    if (run === undefined || !run.delete(numberOf(key))) return this.#others?.delete(key) ?? false;
    if (run.isSparse) this.#dissolve(run);
    return true;
  }

  /** Shows every row in order until `visit` answers true. True when it did. */
  scan(visit: Visit): boolean {
    if (this.#key !== undefined && this.#row !== undefined) return visit(this.#key, this.#row);
    if (this.#run?.scan(visit) === true) return true;
    if (this.#others !== undefined) for (const [key, row] of this.#others) if (visit(key, row)) return true;
    return false;
  }

  /** Written by hand: a generator takes twice the time on long lists. */
  [Symbol.iterator](): Iterator<readonly [Key, Row]> {
    this.#spread();
    const run = this.#run;
    const others = this.#others?.entries();
    const length = run?.length ?? 0;
    let place = 0;
    return {
      next: () => {
        while (place < length) {
          const key = run?.keyAt(place);
          const row = run?.rowAt(place);
          place += 1;
          if (key !== undefined && row !== undefined) return { value: [key, row] };
        }
        return others?.next() ?? DONE;
      },
    };
  }

  /** Sets all of them in another. */
  setIn(other: AddedRows): void {
    if (this.#key !== undefined && this.#row !== undefined) {
      other.set(this.#key, this.#row);
      return;
    }
    this.scan((key, row) => {
      other.set(key, row);
      return false;
    });
  }

  copy(): AddedRows {
    const copy = new AddedRows();
    copy.#key = this.#key;
    copy.#row = this.#row;
    copy.#run = this.#run?.copy();
    copy.#others = this.#others === undefined ? undefined : new Map(this.#others);
    return copy;
  }

  /** The only row takes its place among several. */
  #spread(): void {
    const [key, row] = [this.#key, this.#row];
    if (key === undefined || row === undefined) return;
    this.#key = undefined;
    this.#row = undefined;
    const number = numberOf(key);
    if (number === NO_NUMBER) {
      this.#others = new Map([[key, row]]);
    } else {
      this.#run = new KeyRun(number);
      this.#run.add(number, row);
    }
  }

  /** What is left of a run of which most is gone. */
  #dissolve(run: KeyRun): void {
    this.#run = undefined;
    if (run.size === 0) return;
    const others = new Map<Key, Row>();
    run.scan((key, row) => {
      others.set(key, row);
      return false;
    });
    this.#others?.forEach((row, key) => others.set(key, row));
    this.#others = others;
  }
}
