import { intAt, seedKey, childSeed } from './random.ts';

/** How many texts of a kind there are: a page of twenty rows seldom shows one twice. */
const COUNT = 4096;

/**
 * A list of texts of one kind that a library makes. To ask it costs 3 to 6 microseconds, to draw from a list next to nothing; so every entry is made
 * once, when it is first drawn, from a seed of its own. What is drawn depends on the kind and the seed alone.
 *
 * @param kind tells the lists apart: equal seeds draw unlike entries from lists of other kinds.
 * @param make the text for a seed; `undefined` when it has none.
 */
export function preparedTexts(kind: string, make: (seed: number) => string | undefined): (seed: number) => string | undefined {
  const key = seedKey(kind);
  let texts: (string | undefined)[] | undefined;
  return (seed) => {
    texts ??= Array.from({ length: COUNT }, () => undefined);
    const index = intAt(childSeed(seed, key), 0, COUNT - 1);
    const known = texts[index];
    if (known !== undefined) return known;
    const made = make(childSeed(index, key));
    texts[index] = made;
    return made;
  };
}
