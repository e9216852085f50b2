import type { Producer } from './find-link.ts';

/** Answers that gave a value, by the value. Bounded: of a value that is given again and again the first makers and the latest others are kept. */
export interface Producers {
  readonly add: (text: string, file: string, producer: Producer) => void;
  /** In the order of their coming; `everywhere`: those of other recordings too. */
  readonly of: (text: string, file: string, everywhere: boolean) => readonly Producer[];
}

const MAX_KEPT = 64;
/** One answer may show a value in every row. */
const MAX_OF_ONE = 4;

export function createProducers(): Producers {
  const byText = new Map<string, { file: string; producer: Producer }[]>();
  return {
    add(text, file, producer) {
      const list = byText.get(text);
      if (list === undefined) {
        byText.set(text, [{ file, producer }]);
        return;
      }
      if (list.slice(-MAX_OF_ONE).filter((entry) => entry.producer.exchange === producer.exchange).length >= MAX_OF_ONE) return;
      list.push({ file, producer });
      if (list.length <= MAX_KEPT) return;
      const oldest = list.findIndex((entry) => !entry.producer.isMaker);
      list.splice(oldest < 0 ? MAX_KEPT / 2 : oldest, 1);
    },
    of: (text, file, everywhere) =>
      (byText.get(text) ?? []).flatMap((entry) => (everywhere || entry.file === file ? [entry.producer] : [])),
  };
}
