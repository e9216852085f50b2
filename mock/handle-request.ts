import { isError, validateRequest } from '../operations/index.ts';
import type { JudgedRequest, Operation, OperationTable, RequestMessage, Violation } from '../operations/index.ts';
import { after, StateError } from '../state/index.ts';
import type { Eventually } from '../state/index.ts';
import { makeAnswer } from './answer.ts';
import type { Step } from './answered-by.ts';
import { behave, hasDeadToken, refuseByModel } from './behaviour.ts';
import type { Behaviour } from './behaviour.ts';
import { checkServer } from './check-server.ts';
import { isPreflight, preflight, withCors } from './cors.ts';
import { judgeSubtypes } from './judge-subtypes.ts';
import { acceptOf, negotiate } from './negotiate.ts';
import { readPreferences } from './preferences.ts';
import type { Preferences } from './preferences.ts';
import { problem, sentenceOf } from './problem.ts';
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
  /** `undefined`: nothing is remembered, every answer comes from the documents alone. */
  readonly behaviour: Behaviour | undefined;
}

export function createMock(table: OperationTable, options: MockOptions, behaviour?: Behaviour): Mock {
  return { table, options, replies: createReplyCache(), behaviour };
}

/** What was decided about a request, for the log. */
export interface Handled {
  readonly reply: Reply;
  readonly operation: Operation | undefined;
  readonly violations: readonly Violation[];
  /** Raw values of the path, where the violations are no more than what judging the request by its operation finds, each time it is done. */
  readonly values?: ReadonlyMap<string, string> | undefined;
  /** Where it ended. */
  readonly step: Step;
  /** What somebody wanted of the operation (forced.ts), in place of what the client asked for. */
  readonly forced?: Preferences | undefined;
  /** The rules of faults that spoilt the answer: what is wrong with it is not the mock's doing. */
  readonly fault?: string;
}

const NO_VIOLATIONS: readonly Violation[] = [];

/**
 * One request through the mock, top to bottom: match, preferences, security, validation, behaviour, negotiation, answer.
 * A promise only where something has to be waited for: a multipart body, an override, a store. Never throws for anything a client can send.
 * @param forced stands in for the preferences of the client.
 */
export function handleRequest(mock: Mock, request: RequestMessage, forced?: Preferences): Eventually<Handled> {
  const { table, options, replies, behaviour } = mock;
  let values: Handled['values'];
  const finish = (step: Step, reply: Reply, operation?: Operation, violations = NO_VIOLATIONS): Handled => ({
    reply: options.cors ? withCors(reply, request) : reply,
    operation,
    violations,
    values,
    step,
    forced,
  });

  if (options.cors && isPreflight(request)) return finish('preflight', preflight(request));

  const found = table.find(request.method, request.path);
  if (found.kind === 'path')
    return finish('match', problem('NO_PATH_MATCHED_ERROR', `The route ${request.path} hasn't been found in the documents.`));
  if (found.kind === 'method') {
    const allow = found.allow.join(', ');
    const detail = `The route ${request.path} is documented, but not with the method ${request.method}. Documented: ${allow}.`;
    return finish('match', problem('NO_METHOD_MATCHED_ERROR', detail, {}, { allow }));
  }

  const { operation } = found;
  const read = readPreferences(request.headers['prefer'], request.query);
  if (!read.ok) return finish('preferences', problem('UNPROCESSABLE_ENTITY', read.reason), operation);
  const preferences = forced ?? read.preferences;

  const server = checkServer(operation, request.query);
  if (server !== undefined) return finish('server', server, operation);

  const answer = (validated: JudgedRequest): Eventually<Handled> => {
    const judged = judgeSubtypes(operation, validated);
    if (judged !== validated) values = undefined;
    const { violations, unauthorized, unsupportedMediaType } = judged;
    const received: Received = { operation, request, judged, preferences, options, replies };
    const remembered = asksForDocument(preferences) ? undefined : behaviour;
    const done = (step: Step, reply: Eventually<Reply>): Eventually<Handled> =>
      after(reply, (made) => finish(step, made, operation, violations));
    /** In the module's own envelope where it has one, else as the document describes it. */
    const refuse = (name: 'INVALID' | 'UNAUTHORIZED', told: () => string, documented: () => Reply): Eventually<Handled> =>
      done(
        name === 'INVALID' ? 'validation' : 'security',
        remembered === undefined ? documented() : after(refuseByModel(remembered, received, name, told), (own) => own ?? documented()),
      );

    if (unauthorized !== undefined)
      return refuse(
        'UNAUTHORIZED',
        () => unauthorized.message,
        () => refuseUnauthorized(received, unauthorized),
      );
    return after(remembered === undefined ? false : hasDeadToken(remembered, received), (dead): Eventually<Handled> => {
      if (dead) {
        const failure = { alternatives: operation.security, message: 'carries a token that has expired or was withdrawn' };
        return refuse(
          'UNAUTHORIZED',
          () => failure.message,
          () => refuseUnauthorized(received, failure),
        );
      }
      if (unsupportedMediaType || hasUndocumentedBody(operation, request)) return done('media-type', refuseMediaType(received));
      if (violations.some(isError))
        return refuse(
          'INVALID',
          () => violations.filter(isError).map(sentenceOf).join('; '),
          () => refuseInvalid(received),
        );
      if (remembered === undefined) return done('answer', succeed(mock, received));
      return done(
        'answer',
        after(behave(remembered, received), (own) => own ?? succeed(mock, received)),
      );
    });
  };
  const refused = (error: unknown): Handled => finish('state', refusedByState(error));
  try {
    const judged = validateRequest(operation, request, found.values);
    if (!(judged instanceof Promise)) values = found.values;
    return caught(after(judged, answer), refused);
  } catch (error) {
    return refused(error);
  }
}

/** A client that names a status or an example wants what the document says, not what the mock remembers. */
function asksForDocument(preferences: Preferences): boolean {
  return preferences.code !== undefined || preferences.example !== undefined || preferences.dynamic === true;
}

function caught(handled: Eventually<Handled>, refused: (error: unknown) => Handled): Eventually<Handled> {
  return handled instanceof Promise ? handled.catch(refused) : handled;
}

/** What the state has to refuse: a session's name that is none, a store that can't write. */
function refusedByState(error: unknown): Reply {
  if (error instanceof StateError) return problem(error.code === 'state-full' ? 'STATE_FULL' : 'STATE_REFUSED', error.message);
  throw error;
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
