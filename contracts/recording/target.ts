/** Where a request went: what `Exchange.origin`, `RequestMessage.path` and `.query` hold. */
export interface Target {
  readonly origin: string | undefined;
  readonly path: string;
  readonly query: string;
}

/** Characters that no request line can hold: everything but printable ASCII (RFC 3986 section 2, RFC 9112 section 3). */
const NOT_ON_THE_WIRE = /[^\x21-\x7e]+/g;
const ABSOLUTE = /^(https?):\/\/([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is;
const RELATIVE = /^(\/[^?#]*)(?:\?([^#]*))?(?:#.*)?$/s;

/**
 * Takes a recorded URL apart. Path and query stay as they are written, but that spaces and letters beyond ASCII, which some recorders give decoded, are
 * percent-encoded as UTF-8 again. A path alone is taken too; its origin is then `from`.
 * @returns `undefined` for what is no http(s) URL.
 */
export function targetOf(url: string, from?: string): Target | undefined {
  const text = url.trim();
  const known = atLastOrigin(text);
  if (known !== undefined) return known;
  const relative = RELATIVE.exec(text);
  if (relative !== null && !text.startsWith('//')) {
    return { origin: from, path: onTheWire(relative[1] ?? '/'), query: onTheWire(relative[2] ?? '') };
  }
  const [all, scheme = '', authority = '', path = '', query = ''] = ABSOLUTE.exec(text) ?? [];
  if (all === undefined) return undefined;
  const base = `${scheme}://${authority}`;
  const origin = originOf(base);
  if (origin === undefined) return undefined;
  last = { base, origin };
  return { origin, path: onTheWire(path.startsWith('/') ? path : `/${path}`), query: onTheWire(query) };
}

/** Where the last URL went: the next one mostly goes there too, and needs no expression to be taken apart. */
let last: { readonly base: string; readonly origin: string } | undefined;

function atLastOrigin(text: string): Target | undefined {
  if (last === undefined || !text.startsWith(last.base) || text[last.base.length] !== '/') return undefined;
  const { base, origin } = last;
  const hash = text.indexOf('#', base.length);
  const end = hash < 0 ? text.length : hash;
  const mark = text.indexOf('?', base.length);
  if (mark < 0 || mark > end) return { origin, path: onTheWire(text.slice(base.length, end)), query: '' };
  return { origin, path: onTheWire(text.slice(base.length, mark)), query: onTheWire(text.slice(mark + 1, end)) };
}

/** Origins by what they were made of: a recording goes to few hosts, and asks the engine for each of them once. */
const known = new Map<string, string | undefined>();
const MAX_KNOWN = 100;
const MAX_KNOWN_LENGTH = 300;

/** `https://example.com`, `http://localhost:8080`: scheme and host in lower case, default port left out, no user (RFC 6454 section 4). */
export function originOf(text: string): string | undefined {
  if (known.has(text)) return known.get(text);
  const origin = readOrigin(text);
  if (known.size >= MAX_KNOWN) known.clear();
  if (text.length <= MAX_KNOWN_LENGTH) known.set(text, origin);
  return origin;
}

function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, hostname } = new URL(text);
  return origin === 'null' || hostname === '' ? undefined : origin;
}

/** The scheme of a URL in lower case; `undefined` where it has none. */
function schemeOf(url: string): string | undefined {
  if (url.startsWith('https:')) return 'https';
  return /^([a-z][a-z\d+.-]*):/i.exec(url.trim())?.[1]?.toLowerCase();
}

/** What an entry is that speaks no HTTP: a WebSocket, a data URL, a page of an extension, a tunnel; `undefined` for all others. */
export function otherProtocol(url: string, method: string): 'websocket' | 'not-http' | undefined {
  const scheme = schemeOf(url);
  if (scheme === 'ws' || scheme === 'wss') return 'websocket';
  if (method === 'CONNECT') return 'not-http';
  return scheme === undefined || scheme === 'http' || scheme === 'https' || isAuthority(url) ? undefined : 'not-http';
}

/** `localhost:8080/path` has no scheme, though it looks like one: somebody forgot it. */
function isAuthority(url: string): boolean {
  return /^[\w.-]+:\d+(?:[/?#]|$)/.test(url);
}

function onTheWire(text: string): string {
  NOT_ON_THE_WIRE.lastIndex = 0;
  if (!NOT_ON_THE_WIRE.test(text)) return text;
  return text.replace(NOT_ON_THE_WIRE, (run) => Buffer.from(run).toString('hex').toUpperCase().replace(/../g, '%$&'));
}
