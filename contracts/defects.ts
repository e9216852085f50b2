import type { Operation, Problem } from '../operations/index.ts';

/** Remembers which defects of the documents have been told, so that each is told once for a run and looked for at no cost. */
export interface Defects {
  /** What has come to light since it was last asked: schemas are read when they are first needed. */
  readonly fresh: (operation: Operation) => readonly Problem[];
  /** True the first time for a place and its message. */
  readonly isNew: (problem: Problem) => boolean;
}

const NONE: readonly Problem[] = [];

export function createDefects(): Defects {
  const counts = new WeakMap<readonly Problem[], number>();
  const told = new Set<string>();

  function isNew({ address, message }: Problem): boolean {
    const key = `${address} ${message}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  }

  function since(list: readonly Problem[]): readonly Problem[] {
    // Most documents have none.
    if (list.length === 0) return NONE;
    const from = counts.get(list) ?? 0;
    if (list.length === from) return NONE;
    counts.set(list, list.length);
    return list.slice(from).filter(isNew);
  }

  return {
    isNew,
    fresh({ problems, validators }) {
      const own = since(problems);
      const shared = since(validators.problems);
      return own.length === 0 ? shared : shared.length === 0 ? own : [...own, ...shared];
    },
  };
}
