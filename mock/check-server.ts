import type { Operation } from '../operations/index.ts';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';

/** `?__server=URL` asks whether the document names that server. @returns the refusal when it does not. */
export function checkServer(operation: Operation, query: string): Reply | undefined {
  if (!query.includes('__server=')) return undefined;
  const wanted = new URLSearchParams(query).get('__server');
  if (wanted === null) return undefined;
  const { servers } = operation.route;
  if (servers.length === 0)
    return problem(
      'NO_SERVER_CONFIGURATION_PROVIDED_ERROR',
      `No server configuration has been provided, although a server has been requested: ${wanted}`,
    );
  if (servers.includes(wanted.replace(/\/$/, '')) || servers.includes(wanted)) return undefined;
  return problem(
    'NO_SERVER_MATCHED_ERROR',
    `The server url ${wanted} hasn't been matched with any of the provided servers: ${servers.join(', ')}`,
  );
}
