import { basePaths, decodePercent } from '../../operations/index.ts';
import type { Route } from '../../operations/index.ts';

/** How a request that met no operation differs from one. */
export type Difference =
  | { readonly kind: 'method'; readonly expected: string; readonly actual: string }
  /** The server's base path: another one, a missing one (`actual` empty) or one too many (`expected` empty). */
  | { readonly kind: 'base-path'; readonly expected: string; readonly actual: string }
  /** A literal segment; `position` counts from 1. */
  | { readonly kind: 'segment'; readonly position: number; readonly expected: string; readonly actual: string }
  /** Segments that only one of them has. */
  | { readonly kind: 'missing' | 'extra'; readonly segments: string }
  | { readonly kind: 'trailing-slash' };

export interface NearRoute {
  readonly route: Route;
  /** The path it would have been reached by, base path included. */
  readonly path: string;
  readonly differs: readonly Difference[];
}

const MOST = 5;
const METHOD_COST = 0.5;
/** Longer paths and segments are compared by their beginnings: what clients send decides the work. */
const MAX_SEGMENTS = 64;
const MAX_SEGMENT = 100;

/** The operations that a request which met none may have meant, likeliest first; none where nothing is alike. */
export function nearestRoutes(routes: readonly Route[], method: string, path: string): NearRoute[] {
  const segments = segmentsOf(path);
  const candidates = routes.map((route) => bestSpelling(route, method, path, segments)).sort((one, two) => one.cost - two.cost);
  // Where the path itself is documented, only those are meant that have it.
  const limit = candidates[0]?.cost === METHOD_COST ? METHOD_COST : Math.max(1, segments.length * 0.6);
  return candidates
    .filter(({ cost }) => cost <= limit)
    .slice(0, MOST)
    .map(({ near }) => near);
}

interface Candidate {
  readonly near: NearRoute;
  readonly cost: number;
}

/** Of the paths that a route is reached by, the one that is closest. */
function bestSpelling(route: Route, method: string, path: string, segments: readonly string[]): Candidate {
  const bases = basePaths(route);
  let best: Candidate | undefined;
  for (const base of bases.length > 0 ? bases : ['']) {
    for (const template of [route.path, ...route.aliases]) {
      const { differs, cost } = compare(base, template, path, segments);
      const other = route.method !== method && !(method === 'HEAD' && route.method === 'GET');
      const near: NearRoute = {
        route,
        path: base + template,
        differs: other ? [{ kind: 'method', expected: route.method, actual: method }, ...differs] : differs,
      };
      const total = cost + (other ? METHOD_COST : 0);
      if (best === undefined || total < best.cost) best = { near, cost: total };
    }
  }
  return best ?? { near: { route, path: route.path, differs: [] }, cost: Number.POSITIVE_INFINITY };
}

function compare(
  base: string,
  template: string,
  path: string,
  segments: readonly string[],
): { readonly differs: readonly Difference[]; readonly cost: number } {
  const own = segmentsOf(template);
  const whole = segmentsOf(base + template);
  if (segments.length === whole.length) {
    const literal = literalDifferences(whole, segments);
    if (literal.length > 0 || path.endsWith('/') === (base + template).endsWith('/')) return { differs: literal, cost: costOf(literal) };
    return { differs: [{ kind: 'trailing-slash' }], cost: 0.2 };
  }
  // The same path behind another beginning: the base path is what differs.
  const front = segments.length - own.length;
  if (front >= 0 && own.length > 0 && literalDifferences(own, segments.slice(front)).length === 0) {
    const actual = front === 0 ? '' : `/${segments.slice(0, front).join('/')}`;
    if (actual !== base) return { differs: [{ kind: 'base-path', expected: base, actual }], cost: 0.6 };
  }
  const shared = Math.min(segments.length, whole.length);
  const literal = literalDifferences(whole.slice(0, shared), segments.slice(0, shared));
  const rest = (segments.length > shared ? segments : whole).slice(shared);
  const length: Difference = { kind: segments.length > shared ? 'extra' : 'missing', segments: `/${rest.join('/')}` };
  // What lacks its end was more likely meant than what would have to lose one.
  return { differs: [...literal, length], cost: costOf(literal) + (length.kind === 'missing' ? 0.8 : 0.9) * rest.length };
}

function literalDifferences(expected: readonly string[], actual: readonly string[]): Difference[] {
  return expected.flatMap((wanted, index) => {
    const given = actual[index] ?? '';
    if (wanted === given || (wanted.includes('{') && given !== '')) return [];
    return [{ kind: 'segment' as const, position: index + 1, expected: wanted, actual: given }];
  });
}

function costOf(differs: readonly Difference[]): number {
  return differs.reduce((total, one) => total + (one.kind === 'segment' ? distance(one.expected, one.actual) : 0), 0);
}

/** Levenshtein's distance as a share of the longer text: 0 the same; texts that have little in common are as far apart as if one were missing. */
function distance(one: string, two: string): number {
  const [first, second] = [one.toLowerCase(), two.toLowerCase()];
  let row = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let i = 1; i <= first.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= second.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (first[i - 1] === second[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  const share = (row.at(-1) ?? 0) / Math.max(first.length, second.length, 1);
  return share > 0.7 ? 1.2 : Math.max(0.1, share);
}

function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .slice(0, MAX_SEGMENTS)
    .map((segment) => (decodePercent(segment) ?? segment).slice(0, MAX_SEGMENT));
}
