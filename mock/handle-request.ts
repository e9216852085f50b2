import { isError, validateRequest } from '../operations/index.ts';
import type { Operation, OperationTable, RequestMessage, SecurityFailure, Violation } from '../operations/index.ts';
import { StateError } from '../state/index.ts';
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
import { stateProblem } from './state-problem.ts';

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

/** A request on its way through. */
interface Passage {
  readonly mock: Mock;
  readonly request: RequestMessage;
  readonly forced: Preferences | undefined;
  values: Handled['values'];
}

/**
 * One request through the mock, top to bottom: match, preferences, security, validation, behaviour, negotiation, answer.
 * A promise only where something has to be waited for: a multipart body, an override, a store. Never throws for anything a client can send.
 * @param forced stands in for the preferences of the client.
 */
export function handleRequest(mock: Mock, request: RequestMessage, forced?: Preferences): Eventually<Handled> {
  const { table, options, replies } = mock;
  const passage: Passage = { mock, request, forced, values: undefined };

  if (options.cors && isPreflight(request)) return finish(passage, 'preflight', preflight(request));

  const found = table.find(request.method, request.path);
  if (found.kind === 'path')
    return finish(passage, 'match', problem('NO_PATH_MATCHED_ERROR', `The route ${request.path} hasn't been found in the documents.`));
  if (found.kind === 'method') {
    const allow = found.allow.join(', ');
    const detail = `The route ${request.path} is documented, but not with the method ${request.method}. Documented: ${allow}.`;
    return finish(passage, 'match', problem('NO_METHOD_MATCHED_ERROR', detail, {}, { allow }));
  }

  const { operation } = found;
  const read = readPreferences(request.headers['prefer'], request.query);
  if (!read.ok) return finish(passage, 'preferences', problem('UNPROCESSABLE_ENTITY', read.reason), operation);
  const preferences = forced ?? read.preferences;

  const server = checkServer(operation, request.query);
  if (server !== undefined) return finish(passage, 'server', server, operation);

  let handled: Eventually<Handled>;
  try {
    const judged = validateRequest(operation, request, found.values);
    if (judged instanceof Promise) {
      handled = judged.then((made) => {
        const whole = judgeSubtypes(operation, made);
        return answer(passage, { operation, request, judged: whole, preferences, options, replies });
      });
    } else {
      const whole = judgeSubtypes(operation, judged);
      // The journal judges again by these what is not kept; it does not ask what a body says of itself.
      if (whole === judged) passage.values = found.values;
      handled = answer(passage, { operation, request, judged: whole, preferences, options, replies });
    }
  } catch (error) {
    return finish(passage, 'state', refusedByState(error));
  }
  return handled instanceof Promise ? handled.catch((error: unknown) => finish(passage, 'state', refusedByState(error))) : handled;
}

function finish(
  { mock, request, values, forced }: Passage,
  step: Step,
  reply: Reply,
  operation?: Operation,
  violations = NO_VIOLATIONS,
): Handled {
  return { reply: mock.options.cors ? withCors(reply, request) : reply, operation, violations, values, step, forced };
}

function finishLater(passage: Passage, step: Step, reply: Eventually<Reply>, { operation, judged }: Received): Eventually<Handled> {
  if (reply instanceof Promise) return reply.then((made) => finish(passage, step, made, operation, judged.violations));
  return finish(passage, step, reply, operation, judged.violations);
}

/** What was judged, from security on. */
function answer(passage: Passage, received: Received): Eventually<Handled> {
  const { unauthorized } = received.judged;
  const remembered = asksForDocument(received.preferences) ? undefined : passage.mock.behaviour;
  if (unauthorized !== undefined) return refuseCredentials(passage, received, remembered, unauthorized);
  const dead = remembered === undefined ? false : hasDeadToken(remembered, received);
  if (dead instanceof Promise) return dead.then((isDead) => answerWith(passage, received, remembered, isDead));
  return answerWith(passage, received, remembered, dead);
}

function answerWith(passage: Passage, received: Received, remembered: Behaviour | undefined, isDead: boolean): Eventually<Handled> {
  const { operation, request, judged } = received;
  const { violations } = judged;
  if (isDead)
    return refuseCredentials(passage, received, remembered, {
      alternatives: operation.security,
      message: 'carries a token that has expired or was withdrawn',
    });
  if (judged.unsupportedMediaType || hasUndocumentedBody(operation, request))
    return finish(passage, 'media-type', refuseMediaType(received), operation, violations);
  if (violations.some(isError)) {
    const told = (): string => violations.filter(isError).map(sentenceOf).join('; ');
    const own = remembered === undefined ? undefined : refuseByModel(remembered, received, 'INVALID', told);
    return finishLater(
      passage,
      'validation',
      orElse(own, () => refuseInvalid(received)),
      received,
    );
  }
  const own = remembered === undefined ? undefined : behave(remembered, received);
  return finishLater(
    passage,
    'answer',
    orElse(own, () => succeed(passage.mock, received)),
    received,
  );
}

/** In the module's own envelope where it has one, else as the document describes it. */
function refuseCredentials(
  passage: Passage,
  received: Received,
  remembered: Behaviour | undefined,
  failure: SecurityFailure,
): Eventually<Handled> {
  const own = remembered === undefined ? undefined : refuseByModel(remembered, received, 'UNAUTHORIZED', () => failure.message);
  return finishLater(
    passage,
    'security',
    orElse(own, () => refuseUnauthorized(received, failure)),
    received,
  );
}

function orElse(own: Eventually<Reply | undefined>, documented: () => Reply): Eventually<Reply> {
  return own instanceof Promise ? own.then((made) => made ?? documented()) : (own ?? documented());
}

/** A client that names a status or an example wants what the document says, not what the mock remembers. */
function asksForDocument(preferences: Preferences): boolean {
  return preferences.code !== undefined || preferences.example !== undefined || preferences.dynamic === true;
}

/** What the state has to refuse: a session's name that is none, a store that can't write. */
function refusedByState(error: unknown): Reply {
  if (error instanceof StateError) return problem(stateProblem(error), error.message);
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
