import { basePaths } from '../../operations/index.ts';
import type { Route } from '../../operations/index.ts';
import { blank, hasId } from './rules/identity.ts';

/** One operation in both versions, as the documents describe it. */
export interface RoutePair {
  readonly old: Route;
  readonly next: Route;
  readonly metBy: 'path' | 'url' | 'id';
}

export interface MatchedRoutes {
  readonly pairs: readonly RoutePair[];
  readonly gone: readonly Route[];
  readonly come: readonly Route[];
}

/**
 * Finds each operation again: by method and path (or a further spelling of it), by the whole URL path with its base, by `operationId`. Names of path parameters
 * do not count.
 */
export function matchOperations(old: readonly Route[], next: readonly Route[]): MatchedRoutes {
  const pairs: RoutePair[] = [];
  const gone = new Set(old);
  const come = new Set(next);
  const steps: readonly (readonly [RoutePair['metBy'], (route: Route) => string[], (route: Route) => string[]])[] = [
    ['path', pathOf, pathOf],
    ['path', pathOf, (route) => route.aliases.map((alias) => `${route.method} ${blank(alias)}`)],
    ['url', urlsOf, urlsOf],
    ['id', idOf, idOf],
  ];
  for (const [metBy, keysOfOld, keysOfNext] of steps) {
    const byKey = new Map<string, Route>();
    for (const route of come) for (const key of keysOfNext(route)) if (!byKey.has(key)) byKey.set(key, route);
    for (const route of gone) {
      const partner = keysOfOld(route)
        .map((key) => byKey.get(key))
        .find((found) => found !== undefined && come.has(found));
      if (partner === undefined) continue;
      pairs.push({ old: route, next: partner, metBy });
      gone.delete(route);
      come.delete(partner);
    }
  }
  const order = new Map(next.map((route, index) => [route, index]));
  pairs.sort((a, b) => (order.get(a.next) ?? 0) - (order.get(b.next) ?? 0));
  return { pairs, gone: [...gone], come: [...come] };
}

function pathOf({ method, path }: Route): string[] {
  return [`${method} ${blank(path)}`];
}

function urlsOf(route: Route): string[] {
  const bases = basePaths(route);
  return (bases.length === 0 ? [''] : bases).map((base) => `${route.method} ${blank(base + route.path)}`);
}

function idOf(route: Route): string[] {
  return hasId(route) ? [route.id] : [];
}
