import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';
import { Refusal } from './refusal.ts';

/** What is known of who asks. */
export interface Asker {
  /** Of the connection, not of a header: headers are what anybody writes. */
  readonly address: string | undefined;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'preflight'; readonly headers: Readonly<Record<string, string>> };

/** On every control answer: nothing of it is kept, guessed at, or embedded by another site. */
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' };

/**
 * Decides who may drive the mock. Without a token: this machine, under a loopback name. With one: who knows it. Never a web page of another site.
 * @param isPublic what is asked for holds nothing of the mock, such as the console's empty page: the token is not needed for it.
 * @returns headers for the answer, or the answer to a browser's preflight.
 * @throws Refusal
 */
export function admit(asker: Asker, token: string | undefined, isPublic = false): Admission {
  const headers = { ...HEADERS, ...checkOrigin(asker) };
  if (token === undefined) checkLoopback(asker);
  if (isPreflight(asker)) return { kind: 'preflight', headers: { ...headers, ...allowed(asker.headers) } };
  if (token !== undefined && !isPublic) checkToken(asker.headers, token);
  return { kind: 'admitted', headers };
}

/**
 * A page of this machine (a frontend under development, a test runner) may ask and read; so may the mock's own pages, under whatever name they were loaded.
 * Browsers leave `Origin` out where a page only embeds something, but tell so (Fetch Metadata, `Sec-Fetch-Site`).
 */
function checkOrigin({ method, headers }: Asker): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined) {
    // A link may lead here; a form of another site, which would change something, may not, even of a browser that hides its origin.
    const followed = headers['sec-fetch-dest'] === 'document' && (method === 'GET' || method === 'HEAD');
    const embedded = headers['sec-fetch-site'] === 'cross-site' && !followed;
    if (embedded)
      throw new Refusal(
        'FORBIDDEN_ORIGIN',
        'A page of another site embeds this address or sends to it; the control API does not answer that.',
      );
    return {};
  }
  const host = hostOf(origin);
  if (host === undefined || !(isLoopbackHost(host) || host === headers.host?.toLowerCase())) {
    throw new Refusal('FORBIDDEN_ORIGIN', `A page of ${shown(origin)} asks; the control API answers pages of this machine only.`);
  }
  return { 'access-control-allow-origin': origin, vary: 'origin' };
}

function hostOf(origin: string): string | undefined {
  return /^https?:\/\/([^/?#@\s]+)$/i.exec(origin)?.[1]?.toLowerCase();
}

function checkLoopback({ address, headers }: Asker): void {
  const hint = 'Start the mock with a control token to use the control API from elsewhere.';
  if (address === undefined || !isLoopbackAddress(address)) {
    throw new Refusal('FORBIDDEN_ADDRESS', `The request comes from ${address ?? 'an unknown address'}, which is not this machine. ${hint}`);
  }
  if (!isLoopbackHost(headers.host ?? '')) {
    throw new Refusal('FORBIDDEN_HOST', `The request is for the host ${shown(headers.host ?? '')}; use localhost or 127.0.0.1. ${hint}`);
  }
}

function isPreflight({ method, headers }: Asker): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

function allowed(headers: IncomingHttpHeaders): Record<string, string> {
  return {
    'access-control-allow-methods': 'GET, HEAD, PUT, PATCH, POST, DELETE',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
    'access-control-max-age': '600',
  };
}

/** `Authorization: Bearer` (RFC 6750 section 2.1) or `x-hufu-token`. Hashes are compared: neither the length nor the place of a difference shows in the time. */
function checkToken(headers: IncomingHttpHeaders, token: string): void {
  const own = headers['x-hufu-token'];
  const given = own === undefined ? /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] : String(own);
  if (given !== undefined && timingSafeEqual(hash(given), hash(token))) return;
  const what = given === undefined ? 'The request carries no control token' : 'The control token of the request is not the right one';
  throw new Refusal('UNAUTHORIZED', `${what}: send "Authorization: Bearer TOKEN" or "x-hufu-token: TOKEN".`, {
    headers: { 'www-authenticate': 'Bearer realm="hufu control"' },
  });
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
