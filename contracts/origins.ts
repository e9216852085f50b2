import { basePaths, decodePercent } from '../operations/index.ts';
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
  const inside = [...bases].map(liesUnder);
  const places = new WeakMap<Operation, Places>();

  function placesOf(operation: Operation): Places {
    const known = places.get(operation);
    if (known !== undefined) return known;
    const byOrigin = new Map<string, readonly Lies[]>();
    for (const server of operation.route.servers) {
      const origin = originOf(server);
      const base = basePaths({ ...operation.route, servers: [server] })[0] ?? '';
      if (origin !== undefined) byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), compileBase(base)]);
    }
    const made = { open: operation.route.openBasePaths.map(compileOpenBase), byOrigin };
    places.set(operation, made);
    return made;
  }

  return {
    isOurs: (origin) => (origin === undefined || named.has(origin) || LOOPBACK.test(origin) ? 'yes' : 'perhaps'),
    isInside: (path) => inside.some((lies) => lies(path)),
    fits(operation, origin, path) {
      if (origin === undefined) return true;
      const { open, byOrigin } = placesOf(operation);
      for (const lies of open) if (lies(path)) return true;
      const there = byOrigin.get(origin);
      if (there === undefined) return true;
      for (const lies of there) if (lies(path)) return true;
      return false;
    },
  };
}

/** Whether a path lies under a base path. */
type Lies = (path: string) => boolean;

/** The base paths of an operation. */
interface Places {
  /** Those that hold variables for any text. */
  readonly open: readonly Lies[];
  readonly byOrigin: ReadonlyMap<string, readonly Lies[]>;
}

function compileBase(base: string): Lies {
  return base === '' || base.includes('{') ? () => true : liesUnder(base);
}

/** Percent-encoded and plain spellings of one base path are the same (RFC 3986 section 6.2.2). */
function liesUnder(base: string): Lies {
  const folder = `${base}/`;
  const plain = `${decoded(base)}/`;
  return (path) => path.startsWith(folder) || path === base || (path.includes('%') && `${decoded(path)}/`.startsWith(plain));
}

/** @param base each `{}` in it stands for some text of one segment. */
function compileOpenBase(base: string): Lies {
  const texts = decoded(base)
    .split('{}')
    .map((text) => RegExp.escape(text));
  const expression = new RegExp(`^${texts.join('[^/]+')}(?:/|$)`);
  return (path) => expression.test(path.includes('%') ? decoded(path) : path);
}

/** Each segment decoded on its own: an encoded slash parts none. */
function decoded(path: string): string {
  return path.includes('%') ? path.split('/').map(decodeSegment).join('/') : path;
}

function decodeSegment(segment: string): string {
  return decodePercent(segment)?.replaceAll('/', '%2F') ?? segment;
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
