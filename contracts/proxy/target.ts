import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { ClientRequest, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Where requests go: a base URL, and the connections to it. */
export interface Target {
  /** Without a slash at its end. */
  readonly url: string;
  /** `http://host:port` in lower case, the port left out where it is the scheme's own. */
  readonly origin: string;
  /** The value of Host. */
  readonly host: string;
  /** What stands before every path; `''` or `/api`. */
  readonly base: string;
  readonly request: (options: RequestOptions) => ClientRequest;
  readonly close: () => void;
}

export interface TargetOptions {
  /** Takes any certificate: self-signed, expired, of another host. Default false. */
  readonly insecure?: boolean;
}

/** A connection that the target may be about to close is not used again; servers close idle ones after five seconds, most of them later. */
const IDLE_MS = 4_000;
/** The most that field lines may take, both ways. */
export const MAX_HEADER_BYTES = 64 * 1024;

/** @throws TypeError when the text is no http or https URL, or holds a query, a fragment or credentials. */
export function createTarget(text: string, { insecure = false }: TargetOptions = {}): Target {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new TypeError(`"${text}" is no http or https URL; give one such as http://localhost:8080`);
  if (url.username !== '' || url.password !== '')
    throw new TypeError('a target holds no credentials; clients send their own with each request');
  if (url.search !== '' || url.hash !== '') throw new TypeError(`"${text}" has a query or a fragment; give the base URL alone`);
  const secure = url.protocol === 'https:';
  const pool = { keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' } as const;
  const agent = secure ? new HttpsAgent({ ...pool, rejectUnauthorized: !insecure }) : new HttpAgent(pool);
  const base = url.pathname.replace(/\/+$/, '');
  const ends = {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
  };
  return {
    url: `${url.origin}${base}`,
    origin: url.origin.toLowerCase(),
    host: url.host,
    base,
    request: (options) =>
      secure
        ? httpsRequest({ maxHeaderSize: MAX_HEADER_BYTES, rejectUnauthorized: !insecure, agent, ...options, ...ends })
        : httpRequest({ maxHeaderSize: MAX_HEADER_BYTES, agent, ...options, ...ends }),
    close: () => agent.destroy(),
  };
}

/** Why a target gave no answer, as one sentence that names it and says what to do. */
export function failureOf(error: unknown, { url }: Target): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${url} (ECONNREFUSED); start the backend or correct the address.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of ${url} is not known (${code}); correct the address or the network.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${url} closed the connection before it answered (${code}).`;
    case 'HPE_HEADER_OVERFLOW':
      return `${url} answered with more than ${MAX_HEADER_BYTES} bytes of header fields.`;
  }
  if (code.startsWith('HPE_')) return `${url} answered with something that is no HTTP (${code}).`;
  if (/CERT|SIGNED|^ERR_TLS|^ERR_SSL|UNABLE_TO/.test(code))
    return `The TLS connection to ${url} can't be trusted (${code}); take any certificate with --insecure.`;
  return `${url} can't be reached (${code || String(error)}).`;
}
