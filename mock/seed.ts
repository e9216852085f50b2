import type { RequestMessage } from '../operations/index.ts';

/** A seed that is the same for the same request, and another for another: method, path, query and body count, headers do not. */
export function requestSeed(seed: string, request: RequestMessage): string {
  // Loaded with the first seed: a server that only answers from examples starts without cryptography.
  const { createHash, hash } = process.getBuiltinModule('node:crypto');
  const head = `${seed}\n${request.method === 'HEAD' ? 'GET' : request.method}\n${request.path}\n${request.query}\n`;
  // In one call it takes half of the time, and leaves no object for the collector to see to.
  if (request.body === undefined) return hash('sha1', head, 'base64url');
  return createHash('sha1').update(head).update(request.body).digest('base64url');
}
