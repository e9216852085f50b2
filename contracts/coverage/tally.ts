import type { Cell } from '../result.ts';

/** A cell that counts. */
export interface Tally {
  readonly kind: Cell['kind'];
  readonly name: string;
  ok: number;
  failing: number;
  /** The exchange that hit it last: one exchange is counted once, however often it holds the value. */
  last: number;
}

/** Where hits are counted: the number of the exchange at hand, and whether it has an error. */
export interface Turn {
  exchange: number;
  isFailing: boolean;
}

/** The cells of one operation in their order, each once. */
export interface Tallies {
  readonly list: readonly Tally[];
  readonly find: (kind: Cell['kind'], name: string) => Tally | undefined;
  /** The cell of a name, made when there is none. */
  readonly at: (kind: Cell['kind'], name: string) => Tally;
}

export function createTallies(): Tallies {
  const list: Tally[] = [];
  const byName = new Map<string, Tally>();
  const find: Tallies['find'] = (kind, name) => byName.get(`${kind} ${name}`);
  return {
    list,
    find,
    at: (kind, name) => {
      const known = find(kind, name);
      if (known !== undefined) return known;
      const tally: Tally = { kind, name, ok: 0, failing: 0, last: -1 };
      byName.set(`${kind} ${name}`, tally);
      list.push(tally);
      return tally;
    },
  };
}

export function hit(tally: Tally, turn: Turn): void {
  if (tally.last === turn.exchange) return;
  tally.last = turn.exchange;
  if (turn.isFailing) tally.failing += 1;
  else tally.ok += 1;
}

/** Adds counts made elsewhere. They stop at 2^53 - 1: whole numbers stay exact, and the order of adding never matters. */
export function addCounts(tally: { ok: number; failing: number }, counts: { readonly ok: number; readonly failing: number }): void {
  tally.ok = addUp(tally.ok, counts.ok);
  tally.failing = addUp(tally.failing, counts.failing);
}

export function addUp(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}
