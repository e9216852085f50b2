/**
 * A Map that makes none for its first entry: most transactions change one row of one collection and take one number, and three Maps cost a transaction more than all that is put
 * into them. Entries stand in the order of their coming, as in a Map.
 */
export class FewEntries<Value> {
  /** Of the only entry; `undefined`: there is none, or there is a Map. */
  #key: string | undefined;
  #value: Value | undefined;
  #many: Map<string, Value> | undefined;

  /** @param many taken over, not copied. */
  constructor(many?: Map<string, Value>) {
    this.#key = undefined;
    this.#value = undefined;
    this.#many = many;
  }

  get size(): number {
    return this.#many === undefined ? (this.#key === undefined ? 0 : 1) : this.#many.size;
  }

  get(key: string): Value | undefined {
    if (this.#many !== undefined) return this.#many.get(key);
    return this.#key === key ? this.#value : undefined;
  }

  has(key: string): boolean {
    return this.#many === undefined ? this.#key === key : this.#many.has(key);
  }

  set(key: string, value: Value): void {
    if (this.#many === undefined && (this.#key === undefined || this.#key === key)) {
      this.#key = key;
      this.#value = value;
      return;
    }
    this.#map().set(key, value);
  }

  /** True when there was one. */
  delete(key: string): boolean {
    if (this.#many !== undefined) return this.#many.delete(key);
    if (this.#key !== key) return false;
    this.#key = undefined;
    this.#value = undefined;
    return true;
  }

  keys(): Iterable<string> {
    return this.#map().keys();
  }

  values(): Iterable<Value> {
    return this.#map().values();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.#map()[Symbol.iterator]();
  }

  /** Shows every entry, in order. */
  forEach(visit: (value: Value, key: string) => void): void {
    if (this.#many !== undefined) this.#many.forEach(visit);
    else if (this.#key !== undefined) visit(this.#value as Value, this.#key);
  }

  /** Sets all of them in another. */
  setIn(other: FewEntries<Value>): void {
    if (this.#many !== undefined) for (const [key, value] of this.#many) other.set(key, value);
    else if (this.#key !== undefined) other.set(this.#key, this.#value as Value);
  }

  copy(): FewEntries<Value> {
    const copy = new FewEntries<Value>(this.#many === undefined ? undefined : new Map(this.#many));
    copy.#key = this.#key;
    copy.#value = this.#value;
    return copy;
  }

  /** From the second entry on, or where somebody goes through them. */
  #map(): Map<string, Value> {
    if (this.#many !== undefined) return this.#many;
    const many = new Map<string, Value>();
    if (this.#key !== undefined) many.set(this.#key, this.#value as Value);
    this.#key = undefined;
    this.#value = undefined;
    this.#many = many;
    return many;
  }
}
