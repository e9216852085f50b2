import { createHash } from 'node:crypto';
import type { RequestMessage } from '../operations/index.ts';

/** A seed that is the same for the same request, and another for another: method, path, query and body count, headers do not. */
export function requestSeed(seed: string, request: RequestMessage): string {
  const hash = createHash('sha1').update(
    `${seed}\n${request.method === 'HEAD' ? 'GET' : request.method}\n${request.path}\n${request.query}\n`,
  );
  if (request.body !== undefined) hash.update(request.body);
  return hash.digest('base64url');
}
