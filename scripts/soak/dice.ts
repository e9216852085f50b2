/** Numbers that only look random: the same each time, so that a failure can be met again. */
export interface Dice {
  /** A whole number from 0 up to, and without, `below`. */
  readonly below: (below: number) => number;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
  readonly bytes: (count: number) => Buffer;
  /** Characters that a URL may hold, percent-encoded bytes and half of such among them. */
  readonly noise: (length: number) => string;
}

const NOISE = [
  'a',
  'Z',
  '0',
  '-',
  '%00',
  '%ff',
  '%E8%8C%B6',
  '%2F',
  '..',
  '%25',
  '%',
  '%z',
  '[',
  ']',
  '{',
  '~',
  "'",
  '%22',
  ';',
  '+',
] as const;

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  return {
    below,
    pick,
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
    noise: (length) => Array.from({ length: 1 + below(length) }, () => pick(NOISE)).join(''),
  };
}
