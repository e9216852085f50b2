import { childPointer } from '../operations/index.ts';

/** Complains about one place of a state file, by JSON pointer. */
export type Complain = (pointer: string, message: string) => void;

/** A flaw for each member that is none of the known ones. */
export function unknownKeys(given: object, known: Iterable<string>, what: string, pointer: string, problem: Complain): void {
  const names = new Set(known);
  for (const key of Object.keys(given))
    if (!names.has(key))
      problem(childPointer(pointer, key), `${what} has no "${key}"${nearest(key, names)}; it has ${[...names].join(', ')}`);
}

/** "did you mean" for a name with a slip of the pen; nothing where none is near. */
export function nearest(name: string, known: Iterable<string>): string {
  // Of short names nearly every other one is near.
  const limit = name.length < 3 ? 0 : Math.max(1, Math.floor(name.length / 4));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far < least) [best, least] = [candidate, far];
  }
  return best === undefined ? '' : `, did you mean ${best}?`;
}

/** Letters to insert, remove, change or swap (the optimal string alignment distance). */
function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + change);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current.push(least);
    }
    [before, last] = [last, current];
  }
  return last[b.length] ?? 0;
}

/** A member that has to be an object; anything else is a flaw and stands for an empty one. */
export function objectOf(value: unknown, what: string, pointer: string, problem: Complain): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  problem(pointer, `${what} is an object`);
  return {};
}
