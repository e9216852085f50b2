import type { ServerResponse } from 'node:http';
import { findResponse } from '../../operations/index.ts';
import type { Operation, RequestMessage } from '../../operations/index.ts';
import { makeAnswer } from '../answer.ts';
import { sessionName } from '../session-name.ts';
import { isPreflight, withCors } from '../cors.ts';
import type { Fault, Faults } from '../faults.ts';
import type { Handled, Mock } from '../handle-request.ts';
import { negotiateBody } from '../negotiate.ts';
import { NO_PREFERENCES } from '../preferences.ts';
import { problem } from '../problem.ts';
import { headersOf } from '../reply.ts';
import type { Reply } from '../reply.ts';
import { sendReply } from '../send-reply.ts';

/** A request that something happens to. */
export interface Spoilt {
  readonly fault: Fault;
  /** What is answered without asking the mock; `undefined`: the mock is asked. */
  readonly instead: Handled | undefined;
}

/** The header that tells an injected fault from one of the mock: the ids of the rules. */
const FAULT_HEADER = 'x-hufu-fault';

/** Draws what happens to a request; `undefined`: nothing. A browser's preflight is left alone: it is no request of the application. */
export function spoil(faults: Faults, mock: Mock, message: RequestMessage): Spoilt | undefined {
  if (mock.options.cors && isPreflight(message)) return undefined;
  const found = mock.table.find(message.method, message.path);
  const operation = found.kind === 'operation' ? found.operation : undefined;
  const session = sessionName(message) ?? 'default';
  const fault = faults.draw({ operationId: operation?.id, document: operation?.document.name, path: message.path, session });
  if (fault === undefined) return undefined;
  const reply = insteadOf(fault, mock, operation);
  if (reply === undefined) return { fault, instead: undefined };
  return { fault, instead: { reply: mock.options.cors ? withCors(reply, message) : reply, operation, violations: [], step: 'answer' } };
}

/**
 * Sends an answer as the fault has it: late, cut, or not at all.
 * @param sent told of what went out, also when the client went away meanwhile.
 */
export function sendSpoilt(
  { fault }: Spoilt,
  handled: Handled,
  method: string,
  response: ServerResponse,
  sent: (handled: Handled) => void,
): void {
  wait(fault.latencyMs, response, () => {
    const mark = fault.ids.join(', ');
    if (fault.outcome.kind === 'reset') {
      response.req.socket.resetAndDestroy();
      sent({ ...handled, fault: mark });
      return;
    }
    const reply: Reply = { ...handled.reply, headers: { ...handled.reply.headers, [FAULT_HEADER]: mark } };
    const { body } = reply;
    if (fault.truncate === undefined || body === undefined || body.length === 0 || method === 'HEAD') {
      sendReply(response, reply, method);
      sent({ ...handled, reply, fault: mark });
      return;
    }
    const kept = body.subarray(0, Math.min(fault.truncate, body.length - 1));
    sendCut(response, reply, kept, body.length);
    sent({ ...handled, reply: { ...reply, body: kept }, fault: mark });
  });
}

/** The answer in place of the operation's: the document's own for this status, else a problem. A reset has status 0, as recordings of browsers have it. */
function insteadOf({ outcome }: Fault, mock: Mock, operation: Operation | undefined): Reply | undefined {
  switch (outcome.kind) {
    case 'answer':
      return undefined;
    case 'reset':
      return { status: 0, headers: {}, body: undefined };
    case 'error':
      return (
        documented(mock, operation, outcome.status) ?? {
          ...problem('FAULT', `A rule of faults asks for ${outcome.status}.`, { status: outcome.status }),
          status: outcome.status,
        }
      );
    case 'limited': {
      const reply =
        documented(mock, operation, 429) ??
        problem('RATE_LIMITED', `A rule of faults lets no more requests through for ${outcome.retryAfterSeconds} s.`);
      return { ...reply, headers: { ...reply.headers, 'retry-after': String(outcome.retryAfterSeconds) } };
    }
  }
}

function documented({ options }: Mock, operation: Operation | undefined, status: number): Reply | undefined {
  const rule = operation === undefined ? undefined : findResponse(operation, status);
  if (operation === undefined || rule === undefined) return undefined;
  const negotiated = negotiateBody(rule, status, { preferences: NO_PREFERENCES, accept: undefined, dynamic: options.ignoreExamples });
  if (!negotiated.ok) return undefined;
  return makeAnswer(operation, negotiated.choice, { seed: options.seed, dynamic: false, errors: false, violations: [] });
}

/** Goes on once, later or when the client is gone; a waiting answer keeps no process alive. */
function wait(milliseconds: number, response: ServerResponse, then: () => void): void {
  if (milliseconds === 0) {
    then();
    return;
  }
  const timer = setTimeout(go, milliseconds).unref();
  response.once('close', go);
  function go(): void {
    clearTimeout(timer);
    response.off('close', go);
    then();
  }
}

/** The head promises the whole body; the connection ends when a part of it is out. */
function sendCut(response: ServerResponse, reply: Reply, kept: Buffer, length: number): void {
  if (response.headersSent || response.destroyed) return;
  const headers = Object.fromEntries(
    Object.entries(headersOf(reply)).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
  try {
    response.writeHead(reply.status, { ...headers, 'content-length': length, connection: 'close' });
    response.flushHeaders();
  } catch {
    // A header that can't be written: the client gets no answer at all, which is a cut too.
    response.destroy();
    return;
  }
  const { socket } = response.req;
  if (kept.length === 0) socket.destroySoon();
  else response.write(kept, () => socket.destroySoon());
}
