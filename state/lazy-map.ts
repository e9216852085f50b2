/** Values by name, in the order in which their names were told; each is made when it is first asked for, all of them by whoever goes through them. */
export class LazyMap<V extends object> implements ReadonlyMap<string, V> {
  readonly #makers = new Map<string, () => V>();
  readonly #made = new Map<string, V>();

  constructor(makers: Iterable<readonly [string, () => V]> = []) {
    for (const [name, make] of makers) this.tell(name, make);
  }

  /** Says how the value of a name is made; instead of what was said of that name before. */
  tell(name: string, make: () => V): void {
    this.#makers.set(name, make);
    this.#made.delete(name);
  }

  get(name: string): V | undefined {
    return this.#made.get(name) ?? this.#make(name);
  }

  #make(name: string): V | undefined {
    const value = this.#makers.get(name)?.();
    if (value !== undefined) this.#made.set(name, value);
    return value;
  }

  has(name: string): boolean {
    return this.#makers.has(name);
  }

  get size(): number {
    return this.#makers.size;
  }

  keys(): MapIterator<string> {
    return this.#makers.keys();
  }

  *entries(): MapIterator<[string, V]> {
    for (const name of this.#makers.keys()) {
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, name: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }
}
