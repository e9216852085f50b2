/** What the values of one side became on the other: `2001` of the recording is `5513` on the target. */
export interface Bindings {
  readonly bind: (left: string, right: string) => void;
  /** Whether the other side may say `right` where this one says `left`: it was bound so, also inside of a longer text. */
  readonly allows: (left: string, right: string) => boolean;
  readonly has: (left: string) => boolean;
  readonly of: (left: string) => ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
/** Longer texts are compared as they are. */
const MAX_TEXT = 10_000;
/** Words, numbers, tokens: what may be a value inside of a sentence or a URL. */
const WORD = /[\p{L}\p{N}_-]+/gu;

export function createBindings(): Bindings {
  const byLeft = new Map<string, Set<string>>();
  const of = (left: string): ReadonlySet<string> => byLeft.get(left) ?? NONE;
  return {
    of,
    has: (left) => byLeft.has(left),
    bind(left, right) {
      const known = byLeft.get(left);
      if (known === undefined) byLeft.set(left, new Set([right]));
      else known.add(right);
    },
    allows(left, right) {
      if (left === right || of(left).has(right)) return true;
      if (left.length > MAX_TEXT || right.length > MAX_TEXT) return false;
      const [words, others] = [left.match(WORD) ?? [], right.match(WORD) ?? []];
      if (words.length !== others.length || words.length < 2 || left.replace(WORD, '') !== right.replace(WORD, '')) return false;
      return words.every((word, index) => word === others[index] || of(word).has(others[index] ?? ''));
    },
  };
}
