import type { Gap } from '../exchange.ts';
import { record } from '../../operations/index.ts';

/** What our own entries say in `_hufu` beyond HAR 1.2 (section "Custom fields"): with it an exchange is read exactly as it was written. */
export interface HarNote {
  readonly gaps: readonly Gap[];
  /** Where the URL can't say it: a target that is no path, an origin that nobody named (`null`). */
  readonly target?: { readonly origin: string | null; readonly path: string; readonly query: string };
  /** Where `startedDateTime` can't say it: unknown (`null`), or finer than a millisecond. */
  readonly startedAt?: number | null;
}

const PARTS: ReadonlySet<unknown> = new Set([
  'request-body',
  'response-body',
  'request-headers',
  'response-headers',
  'part-headers',
  'credentials',
  'entry',
]);
const CODES: ReadonlySet<unknown> = new Set(['missing', 'truncated', 'undecodable', 'stripped', 'invalid']);

/** The note of an entry that we wrote; `undefined` for all others, the journal's of the mock among them. */
export function harNote(value: unknown): HarNote | undefined {
  const { gaps, target, startedAt } = record(value);
  const read = readGaps(gaps);
  if (read === undefined) return undefined;
  const { origin, path, query } = record(target);
  const hasTarget = (typeof origin === 'string' || origin === null) && typeof path === 'string' && typeof query === 'string';
  return {
    gaps: read,
    ...(hasTarget ? { target: { origin, path, query } } : {}),
    ...(typeof startedAt === 'number' || startedAt === null ? { startedAt } : {}),
  };
}

/** Gaps as they were written; `undefined` where they are none. */
export function readGaps(value: unknown): Gap[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const gaps: Gap[] = [];
  for (const item of value as readonly unknown[]) {
    if (!isGap(item)) return undefined;
    gaps.push({ of: item.of, code: item.code, message: item.message, ...(item.perhaps === true ? { perhaps: true } : {}) });
  }
  return gaps;
}

function isGap(value: unknown): value is Gap {
  const { of, code, message } = record(value);
  return PARTS.has(of) && CODES.has(code) && typeof message === 'string';
}
