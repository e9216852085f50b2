import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { hasHole } from './hole.ts';
import type { Trial } from './trial.ts';

/** The page that a request asks for. */
export interface AskedPage {
  /** `undefined`: everything is one page. */
  readonly size: number | undefined;
  /** The request itself says how many; else the state file does. */
  readonly isAsked: boolean;
  readonly offset: number;
  /** The number of the page, the first one is 0; `undefined` where pages begin anywhere. */
  readonly number: number | undefined;
  readonly first: number;
  readonly most: number;
}

const PRESET_SIZE = 20;

/** `undefined`: what the request says is no number, so that anything may come of it. */
export function pageOf(trial: Trial, place: Place): AskedPage | undefined {
  const { pager } = trial.plan;
  const whole: AskedPage = { size: undefined, isAsked: true, offset: 0, number: 0, first: 0, most: Number.MAX_SAFE_INTEGER };
  if (pager === undefined) return whole;
  const isByPage = pager['offset'] === undefined;
  const first = numberOf(pager['first']) ?? 0;
  const most = numberOf(pager['most']) ?? Number.MAX_SAFE_INTEGER;
  const begin = evaluate((isByPage ? pager['page'] : pager['offset']) ?? '$absent', place);
  if (hasHole(begin)) return undefined;
  if (pager['unpaged'] === true && (begin === undefined || begin === null)) return { ...whole, first };
  const asked = evaluate(pager['size'] ?? '$absent', place);
  const isAsked = asked !== undefined && asked !== null;
  const size = isAsked ? numberOf(asked) : (numberOf(pager['preset']) ?? PRESET_SIZE);
  const start = begin === undefined || begin === null ? (isByPage ? first : 0) : numberOf(begin);
  if (size === undefined || start === undefined || size < 1 || start < (isByPage ? first : 0)) return undefined;
  const cut = Math.min(size, most);
  const number = isByPage ? start - first : start % cut === 0 ? start / cut : undefined;
  return {
    size: cut,
    isAsked: isAsked && typeof pager['size'] === 'string',
    offset: isByPage ? (start - first) * cut : start,
    number,
    first,
    most,
  };
}

export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value === 'bigint') return undefined;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
