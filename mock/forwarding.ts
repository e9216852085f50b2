import type { Operation, RequestMessage, Violation } from '../operations/index.ts';
import { withCors } from './cors.ts';
import type { Handled, Mock } from './handle-request.ts';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';

/** Answers some requests from elsewhere: backends come module by module. */
export interface Forwarding {
  /** @returns `undefined` where the mock is to answer itself. */
  readonly take: (mock: Mock, request: RequestMessage) => Promise<Handled> | undefined;
}

/** What was answered elsewhere, as if the mock had: with its CORS headers where the other server sent none. */
export function handledElsewhere(
  { options }: Mock,
  request: RequestMessage,
  operation: Operation | undefined,
  reply: Reply,
  violations: readonly Violation[],
): Handled {
  return { reply: options.cors ? withCors(reply, request) : reply, operation, violations, step: 'answer' };
}

/** The server that was to answer did not: 502, or 504 where it took too long (RFC 9110 sections 15.6.3 and 15.6.5). */
export function notAnsweredElsewhere(
  mock: Mock,
  request: RequestMessage,
  operation: Operation | undefined,
  { reason, timedOut }: { readonly reason: string; readonly timedOut: boolean },
): Handled {
  const reply = problem(timedOut ? 'FORWARD_TIMEOUT' : 'FORWARD_FAILED', `${reason} Start it, or let the mock answer: --forward-fallback.`);
  return { ...handledElsewhere(mock, request, operation, reply, []), step: 'forward' };
}
