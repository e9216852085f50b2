/** No value has more readings than this. */
export const MOST_CANDIDATES = 16;

/** Of longer values only two readings are made, all first and all last: each is a copy of the whole. */
const LONG = 256;

/**
 * All ways to pick one reading of each part, the best first: all first readings; then every combination where that is within the
 * limit, otherwise all last readings (usually all text) and single changes of the two.
 * @param parts readings of each part, none empty.
 * @param build makes the whole from one pick a part.
 */
export function combinations<T>(parts: readonly (readonly unknown[])[], build: (pick: readonly unknown[]) => T): T[] {
  const first = parts.map((readings) => readings[0]);
  if (parts.every((readings) => readings.length === 1)) return [build(first)];

  const last = parts.map((readings) => readings.at(-1));
  if (parts.length > LONG) return [build(first), build(last)];

  let total = 1;
  for (const readings of parts) total *= readings.length;
  if (total <= MOST_CANDIDATES) return product(parts).map(build);

  const picks = [first, last];
  for (const base of [first, last]) {
    for (let at = 0; at < parts.length && picks.length < MOST_CANDIDATES; at++) {
      for (const reading of parts[at] ?? []) {
        if (reading !== base[at] && picks.length < MOST_CANDIDATES) picks.push(base.with(at, reading));
      }
    }
  }
  return picks.map(build);
}

function product(parts: readonly (readonly unknown[])[]): unknown[][] {
  let picks: unknown[][] = [[]];
  for (const readings of parts) picks = picks.flatMap((pick) => readings.map((reading) => [...pick, reading]));
  return picks;
}

/** An array of items that each may be read in several ways. */
export function arraysOf(items: readonly (readonly unknown[])[]): unknown[][] {
  return combinations(items, (pick) => [...pick]);
}

/** An object of named values that each may be read in several ways. Any name is data, `__proto__` too. */
export function objectsOf(properties: ReadonlyMap<string, readonly unknown[]>): Record<string, unknown>[] {
  const names = [...properties.keys()];
  return combinations([...properties.values()], (pick) => {
    const object: Record<string, unknown> = {};
    names.forEach((name, at) => setOwn(object, name, pick[at]));
    return object;
  });
}

/** Sets an ordinary own property, whatever its name. */
export function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
