import { createClasses } from './classes.ts';

/**
 * Groups exchanges that depend on each other.
 * @param ties for each exchange the names of what it shares with others.
 * @param links pairs of exchanges.
 * @returns the numbers of each group in ascending order, groups in the order of their first.
 */
export function chainsOf(ties: ReadonlyMap<number, readonly string[]>, links: readonly (readonly [number, number])[]): number[][] {
  const groups = createClasses();
  for (const [number, names] of ties) for (const name of names) groups.join(`#${number}`, name);
  for (const [from, to] of links) if (ties.has(from) && ties.has(to)) groups.join(`#${from}`, `#${to}`);
  const chains = new Map<string, number[]>();
  for (const number of ties.keys()) {
    const root = groups.of(`#${number}`);
    const chain = chains.get(root);
    if (chain === undefined) chains.set(root, [number]);
    else chain.push(number);
  }
  return [...chains.values()];
}
