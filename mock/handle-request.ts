import { isError, validateRequest } from '../operations/index.ts';
import type { JudgedRequest, Operation, OperationTable, RequestMessage, Violation } from '../operations/index.ts';
import { makeAnswer } from './answer.ts';
import { checkServer } from './check-server.ts';
import { isPreflight, preflight, withCors } from './cors.ts';
import { acceptOf, negotiate } from './negotiate.ts';
import { readPreferences } from './preferences.ts';
import { problem } from './problem.ts';
import { refuseInvalid, refuseMediaType, refuseUnauthorized } from './refusals.ts';
import type { Received } from './refusals.ts';
import { createReplyCache, replyKey } from './reply-cache.ts';
import type { ReplyCache } from './reply-cache.ts';
import type { Reply } from './reply.ts';
import { requestSeed } from './seed.ts';

export interface MockOptions {
  /** Generate values although there are examples. */
  readonly dynamic: boolean;
  /** What generated values are drawn from; the same seed and request give the same bytes. */
  readonly seed: string;
  /** Answer 500 instead of sending something that breaks the document. */
  readonly errors: boolean;
  /** Allow every origin (WHATWG Fetch, CORS protocol). */
  readonly cors: boolean;
  /** Leave the examples of the documents aside. */
  readonly ignoreExamples: boolean;
}

/** A mock of some documents: what it needs between requests. */
export interface Mock {
  readonly table: OperationTable;
  readonly options: MockOptions;
  readonly replies: ReplyCache;
}

export function createMock(table: OperationTable, options: MockOptions): Mock {
  return { table, options, replies: createReplyCache() };
}

/** What was decided about a request, for the log. */
export interface Handled {
  readonly reply: Reply;
  readonly operation: Operation | undefined;
  readonly violations: readonly Violation[];
}

const NO_VIOLATIONS: readonly Violation[] = [];

/**
 * One request through the mock, top to bottom: match, preferences, security, validation, negotiation, answer.
 * A promise only where the body has to be parsed as multipart. Never throws for anything a client can send.
 */
export function handleRequest(mock: Mock, request: RequestMessage): Handled | Promise<Handled> {
  const { table, options } = mock;
  const finish = (reply: Reply, operation?: Operation, violations = NO_VIOLATIONS): Handled => ({
    reply: options.cors ? withCors(reply, request) : reply,
    operation,
    violations,
  });

  if (options.cors && isPreflight(request)) return finish(preflight(request));

  const found = table.find(request.method, request.path);
  if (found.kind === 'path')
    return finish(problem('NO_PATH_MATCHED_ERROR', `The route ${request.path} hasn't been found in the documents.`));
  if (found.kind === 'method') {
    const allow = found.allow.join(', ');
    const detail = `The route ${request.path} is documented, but not with the method ${request.method}. Documented: ${allow}.`;
    return finish(problem('NO_METHOD_MATCHED_ERROR', detail, {}, { allow }));
  }

  const { operation } = found;
  const read = readPreferences(request.headers['prefer'], request.query);
  if (!read.ok) return finish(problem('UNPROCESSABLE_ENTITY', read.reason), operation);
  const { preferences } = read;

  const server = checkServer(operation, request.query);
  if (server !== undefined) return finish(server, operation);

  const answer = (judged: JudgedRequest): Handled => {
    const { violations, unauthorized, unsupportedMediaType } = judged;
    const received: Received = { operation, request, judged, preferences, options };
    if (unauthorized !== undefined) return finish(refuseUnauthorized(received, unauthorized), operation, violations);
    if (unsupportedMediaType || hasUndocumentedBody(operation, request)) return finish(refuseMediaType(received), operation, violations);
    if (violations.some(isError)) return finish(refuseInvalid(received), operation, violations);
    return finish(succeed(mock, received), operation, violations);
  };
  const judged = validateRequest(operation, request, found.values);
  return judged instanceof Promise ? judged.then(answer) : answer(judged);
}

/** The answer to a request that keeps to the document. */
function succeed(mock: Mock, { operation, request, judged, preferences }: Received): Reply {
  const { options, replies } = mock;
  const accept = acceptOf(request);
  const dynamic = preferences.dynamic ?? options.dynamic;
  const seed = preferences.seed ?? options.seed;
  const make = (): Reply => {
    const negotiated = negotiate(operation, { preferences, accept, dynamic: dynamic || options.ignoreExamples });
    if (!negotiated.ok) return negotiated.reply;
    return makeAnswer(operation, negotiated.choice, {
      seed: dynamic ? requestSeed(seed, request) : seed,
      dynamic,
      errors: options.errors,
      violations: judged.violations,
    });
  };
  // Without the generator nothing but Accept and the preferences decides the answer; it is made once.
  return dynamic || judged.violations.length > 0 ? make() : replies.get(operation, replyKey(accept, preferences), make);
}

function hasUndocumentedBody(operation: Operation, request: RequestMessage): boolean {
  return operation.requestBody === undefined && request.body !== undefined && request.body.length > 0;
}
