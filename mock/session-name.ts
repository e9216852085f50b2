import type { RequestMessage } from '../operations/index.ts';

/** The header that names a session; a cookie of the same name does as well, and so does a first part of the path: `/~name/pets`. */
export const SESSION_HEADER = 'x-hufu-session';

/** The name of the session that a request belongs to; `undefined`: the default one. */
export function sessionName(request: RequestMessage): string | undefined {
  const header = request.headers[SESSION_HEADER];
  if (header !== undefined) return String(header);
  const cookie = request.headers['cookie'];
  return cookie === undefined ? undefined : /(?:^|;\s*)x-hufu-session=([^;\s]+)/.exec(String(cookie))?.[1];
}

/**
 * Takes a session's name off the path, for clients that can set neither header nor cookie: an image's address, a base URL in a configuration.
 * @returns the request as if it had named the session by header; the same request where the path has no such part.
 */
export function withoutSessionPrefix(request: RequestMessage): RequestMessage {
  if (!request.path.startsWith('/~')) return request;
  const match = /^\/~([A-Za-z0-9._-]{1,64})(\/.*)?$/s.exec(request.path);
  if (match?.[1] === undefined) return request;
  return { ...request, path: match[2] ?? '/', headers: { ...request.headers, [SESSION_HEADER]: match[1] } };
}
