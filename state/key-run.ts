import type { Key, Row, Visit } from './world.ts';

/** Fewer gone rows than these are not worth tidying up. */
const FEW = 32;

/** Rows whose keys are numbers one after the other. */
export class KeyRun {
  /** The number of the first place. */
  readonly #first: number;
  /** Of the places from the first on that somebody has gone through: most are never asked for, and each would be one more object for the collector to move. */
  readonly #keys: Key[];
  /** `undefined`: the row is gone. */
  readonly #rows: (Row | undefined)[];
  #gone: number;

  constructor(first: number, rows: (Row | undefined)[] = [], keys: Key[] = [], gone = 0) {
    this.#first = first;
    this.#keys = keys;
    this.#rows = rows;
    this.#gone = gone;
  }

  get size(): number {
    return this.#rows.length - this.#gone;
  }

  /** More than half is gone. */
  get isSparse(): boolean {
    return this.#gone === this.#rows.length || (this.#gone > FEW && this.#gone * 2 > this.#rows.length);
  }

  get(number: number): Row | undefined {
    return this.#has(number) ? this.#rows[number - this.#first] : undefined;
  }

  /** Another row for a number whose row is there. False where it is not. */
  replace(number: number, row: Row): boolean {
    if (this.get(number) === undefined) return false;
    this.#rows[number - this.#first] = row;
    return true;
  }

  /** A row for the next number. False where it is another. */
  add(number: number, row: Row): boolean {
    if (number !== this.#first + this.#rows.length) return false;
    this.#rows.push(row);
    return true;
  }

  /** True when there was one. */
  delete(number: number): boolean {
    if (this.get(number) === undefined) return false;
    this.#rows[number - this.#first] = undefined;
    this.#gone += 1;
    return true;
  }

  /** See `AddedRows.scan`. */
  scan(visit: Visit): boolean {
    for (let place = 0; place < this.#rows.length; place += 1) {
      const key = this.keyAt(place);
      const row = this.#rows[place];
      if (row !== undefined && visit(key, row)) return true;
    }
    return false;
  }

  /** Places, rows that are gone among them. */
  get length(): number {
    return this.#rows.length;
  }

  /** To be asked for one place after the other. */
  keyAt(place: number): Key {
    const known = place < this.#keys.length ? this.#keys[place] : undefined;
    if (known !== undefined) return known;
    const key = String(this.#first + place);
    if (place === this.#keys.length) this.#keys.push(key);
    return key;
  }

  /** `undefined`: it is gone. */
  rowAt(place: number): Row | undefined {
    return this.#rows[place];
  }

  copy(): KeyRun {
    return new KeyRun(this.#first, [...this.#rows], [...this.#keys], this.#gone);
  }

  /** An index below the first place, or behind the last, would make the engine take the slow way for all. */
  #has(number: number): boolean {
    return number >= this.#first && number < this.#first + this.#rows.length;
  }
}
