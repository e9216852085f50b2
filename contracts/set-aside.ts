import type { Exchange } from './exchange.ts';

/** What a recording tells of an exchange beside its messages. */
export interface Hints {
  /** What the browser asked for: `xhr`, `fetch`, `script`, `image`, ... (Chrome's and Playwright's `_resourceType`). */
  readonly resourceType?: string;
}

/** Kinds of browser requests that are an application's own. */
const OF_APPLICATIONS = new Set(['xhr', 'fetch', 'empty', 'other', 'eventsource', 'ping', 'beacon', 'preflight']);
const ASSET_TYPES = /^(?:text\/(?:html|css|javascript)|application\/(?:x-)?javascript|application\/wasm|image\/|font\/|audio\/|video\/)/i;
const ASSET_PATHS = /^\/(?:favicon\.ico|robots\.txt|manifest\.json|site\.webmanifest|apple-touch-icon[\w-]*\.png|\.well-known\/.*)$/i;

/** A CORS preflight is the browser's own and needs no document (WHATWG Fetch, section 3.3). Where its own field was not recorded, that of the answer tells. */
export function isPreflight({ request, response }: Exchange): boolean {
  if (request.method !== 'OPTIONS') return false;
  return request.headers['access-control-request-method'] !== undefined || response?.headers['access-control-allow-methods'] !== undefined;
}

/** Servers say by themselves which methods a resource knows (RFC 9110 section 9.3.7): no document need describe that. */
export function isOptionsAnswer({ request, response }: Exchange): boolean {
  return request.method === 'OPTIONS' && response !== undefined && response.status < 300 && response.headers['allow'] !== undefined;
}

/** A connection that became something else than HTTP (RFC 9110 section 7.8), or a tunnel. */
export function isUpgrade({ request, response }: Exchange): boolean {
  return response?.status === 101 || request.method === 'CONNECT';
}

/**
 * Whether an exchange that means no operation is a page, a picture or a script of the site that uses the API, rather than a call of it.
 * @param isInside the path lies under one of the documents' base paths: there it is taken for a call.
 */
export function isAsset({ request, response }: Exchange, hints: Hints, isInside: boolean): boolean {
  const destination = hints.resourceType ?? single(request.headers['sec-fetch-dest']);
  if (destination !== undefined) return !OF_APPLICATIONS.has(destination);
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (ASSET_PATHS.test(request.path)) return true;
  return !isInside && response !== undefined && response.status < 400 && ASSET_TYPES.test(single(response.headers['content-type']) ?? '');
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
