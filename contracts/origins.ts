import { basePaths } from '../operations/index.ts';
import type { Operation, OperationTable } from '../operations/index.ts';

/** Where the documents say that their APIs live. */
export interface Origins {
  /**
   * Whether requests to an origin are calls of the documented APIs: `yes` for one that the documents name and for this machine's own, `perhaps` for any other
   * (a stage, a proxy, or somebody else's host).
   */
  readonly isOurs: (origin: string | undefined) => 'yes' | 'perhaps';
  /** Whether a path lies under one of the documents' base paths that are not the root. */
  readonly isInside: (path: string) => boolean;
  /** False for a path on the very host that the document names, yet outside of the base path it gives there. */
  readonly fits: (operation: Operation, origin: string | undefined, path: string) => boolean;
}

const LOOPBACK = /^https?:\/\/(?:localhost|[\w-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|host\.docker\.internal)(?::\d+)?$/;

/** @param further origins that the user names, such as `https://stage.example.com`. */
export function originsOf(table: OperationTable, further: readonly string[] = []): Origins {
  const named = new Set(further.map((text) => originOf(text) ?? text));
  const bases = new Set<string>();
  for (const route of table.routes) {
    for (const server of route.servers) {
      const origin = originOf(server);
      if (origin !== undefined) named.add(origin);
    }
    for (const base of basePaths(route)) if (base !== '') bases.add(base);
  }
  const places = new WeakMap<Operation, ReadonlyMap<string, readonly string[]>>();

  /** The base paths of an operation by origin. */
  function placesOf(operation: Operation): ReadonlyMap<string, readonly string[]> {
    const known = places.get(operation);
    if (known !== undefined) return known;
    const made = new Map<string, string[]>();
    for (const server of operation.route.servers) {
      const origin = originOf(server);
      const base = basePaths({ ...operation.route, servers: [server] })[0] ?? '';
      if (origin !== undefined) made.set(origin, [...(made.get(origin) ?? []), base]);
    }
    places.set(operation, made);
    return made;
  }

  return {
    isOurs: (origin) => (origin === undefined || named.has(origin) || LOOPBACK.test(origin) ? 'yes' : 'perhaps'),
    isInside: (path) => [...bases].some((base) => path === base || path.startsWith(`${base}/`)),
    fits(operation, origin, path) {
      if (origin === undefined || operation.route.openBasePaths.some((base) => liesUnder(path, base))) return true;
      const there = placesOf(operation).get(origin);
      return there === undefined || there.some((base) => base === '' || path.startsWith(`${base}/`) || path === base || base.includes('{'));
    },
  };
}

/** @param base each `{}` in it stands for some text of one segment. */
function liesUnder(path: string, base: string): boolean {
  return new RegExp(
    `^${base
      .split('{}')
      .map((text) => RegExp.escape(text))
      .join('[^/]+')}(?:/|$)`,
  ).test(path);
}

/** `https://host:port` of a server's URL, in lower case, without the scheme's own port; `undefined` for a relative one or one with variables in its host. */
export function originOf(url: string): string | undefined {
  const match = /^(https?:\/\/[^/?#]+)/i.exec(url);
  if (match?.[1] === undefined || /[{}]/.test(match[1])) return undefined;
  try {
    return new URL(match[1]).origin;
  } catch {
    return undefined;
  }
}
