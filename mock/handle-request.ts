import { isError, validateRequest } from '../operations/index.ts';
import type {
  JudgedRequest,
  Operation,
  OperationTable,
  RequestMessage,
  ResponseRule,
  SecurityFailure,
  Violation,
} from '../operations/index.ts';
import { makeAnswer } from './answer.ts';
import { corsHeaders, isPreflight, preflight } from './cors.ts';
import { negotiate, negotiateBody } from './negotiate.ts';
import type { Negotiated } from './negotiate.ts';
import { readPreferences } from './preferences.ts';
import type { Preferences } from './preferences.ts';
import { problem, sentenceOf, validationEntry } from './problem.ts';
import { createReplyCache } from './reply-cache.ts';
import type { ReplyCache } from './reply-cache.ts';
import type { Reply } from './reply.ts';
import { requestSeed } from './seed.ts';
import { violationsHeader } from './violations-header.ts';

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
 * One request through the mock, top to bottom: preferences, match, security, validation, negotiation, answer.
 * A promise only where the body has to be parsed as multipart. Never throws for anything a client can send.
 */
export function handleRequest(mock: Mock, request: RequestMessage): Handled | Promise<Handled> {
  const { table, options } = mock;
  const finish = (reply: Reply, operation?: Operation, violations = NO_VIOLATIONS): Handled => ({
    reply: options.cors ? { ...reply, headers: corsHeaders(reply.headers, request) } : reply,
    operation,
    violations,
  });

  if (options.cors && isPreflight(request)) return finish(preflight(request));

  const found = table.find(request.method, request.path);
  if (found.kind === 'path')
    return finish(problem('NO_PATH_MATCHED_ERROR', `The route ${request.path} hasn't been found in the documents.`));
  if (found.kind === 'method') {
    const allow = found.allow.join(', ');
    return finish(
      problem(
        'NO_METHOD_MATCHED_ERROR',
        `The route ${request.path} is documented, but not with the method ${request.method}. Documented: ${allow}.`,
        {},
        { allow },
      ),
    );
  }

  const { operation } = found;
  const read = readPreferences(request.headers['prefer'], request.query);
  if (!read.ok) return finish(problem('UNPROCESSABLE_ENTITY', read.reason), operation);

  const server = checkServer(operation, request.query);
  if (server !== undefined) return finish(server, operation);

  const answer = (judged: JudgedRequest): Handled => {
    if (judged.unauthorized !== undefined)
      return finish(refuseUnauthorized(mock, operation, judged.unauthorized, request), operation, judged.violations);
    const undocumentedBody = operation.requestBody === undefined && hasBody(request);
    if (judged.unsupportedMediaType || undocumentedBody)
      return finish(refuseMediaType(mock, operation, judged, request), operation, judged.violations);
    if (judged.violations.some(isError))
      return finish(refuseInvalid(mock, operation, judged, read.preferences, request), operation, judged.violations);
    return finish(succeed(mock, operation, judged, read.preferences, request), operation, judged.violations);
  };
  const judged = validateRequest(operation, request, found.values);
  return judged instanceof Promise ? judged.then(answer) : answer(judged);
}

function succeed(mock: Mock, operation: Operation, judged: JudgedRequest, preferences: Preferences, request: RequestMessage): Reply {
  const { options } = mock;
  const accept = headerText(request, 'accept');
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
  // Without the generator nothing but these decides the answer; it is made once.
  if (dynamic || judged.violations.length > 0) return make();
  return mock.replies.get(operation, `${accept ?? ''}\n${preferences.code ?? ''}\n${preferences.example ?? ''}\n${seed}`, make);
}

/** 401 by the document's own response, else as a problem with WWW-Authenticate (RFC 9110 section 11.6.1). */
function refuseUnauthorized(mock: Mock, operation: Operation, failure: SecurityFailure, request: RequestMessage): Reply {
  const violation: Violation = {
    code: '401',
    side: 'request',
    part: 'security',
    pointer: '',
    message: failure.message,
    document: operation.address,
    severity: 'error',
  };
  const own = documentedAnswer(mock, operation, 401, ['401', '4XX', 'default'], [violation], request);
  if (own !== undefined) return own;
  const challenges = [...new Set(failure.alternatives.flat().flatMap(challengeOf))].join(', ');
  return problem(
    'UNAUTHORIZED',
    `The request lacks the credentials that ${operation.id} asks for: it ${failure.message}.`,
    {},
    challenges === '' ? {} : { 'www-authenticate': challenges },
  );
}

function challengeOf(scheme: SecurityFailure['alternatives'][number][number]): string[] {
  switch (scheme.kind) {
    case 'basic':
      return ['Basic realm="*"'];
    case 'digest':
      return ['Digest realm="*", nonce="abc123"'];
    case 'bearer':
      return ['Bearer'];
    case 'oauth2':
      return ['OAuth2'];
    case 'openIdConnect':
      return ['OpenID'];
    case 'http':
    case 'apiKey':
    case 'mutualTLS':
    case 'unknown':
      return [];
  }
}

function refuseMediaType(mock: Mock, operation: Operation, judged: JudgedRequest, request: RequestMessage): Reply {
  const supported = operation.requestBody?.contents.map((content) => content.mediaType).join(', ');
  const detail =
    supported === undefined || supported === ''
      ? 'No supported content types, but request included a non-empty body'
      : `Supported content types: ${supported}`;
  const own = documentedAnswer(mock, operation, 415, ['415'], judged.violations, request);
  return own ?? problem('INVALID_CONTENT_TYPE', detail);
}

/** The document's own 422 or 400 (400 first where the body can't even be read), else a problem with every violation. */
function refuseInvalid(mock: Mock, operation: Operation, judged: JudgedRequest, preferences: Preferences, request: RequestMessage): Reply {
  const malformed = judged.violations.some((violation) => violation.code === 'malformed' && violation.part === 'body');
  const statuses = malformed ? ['400', '422', '4XX', 'default'] : ['422', '400', '4XX', 'default'];
  const own = documentedAnswer(mock, operation, malformed ? 400 : 422, statuses, judged.violations, request, preferences);
  if (own !== undefined) return own;
  const errors = judged.violations.filter(isError);
  const detail = malformed
    ? `The request can not be read: ${errors.map(sentenceOf).join('; ')}`
    : 'The request breaks the document, which describes no answer of its own for that; see "validation".';
  return problem(malformed ? 'MALFORMED_REQUEST' : 'UNPROCESSABLE_ENTITY', detail, { validation: judged.violations.map(validationEntry) });
}

/** An error answer as the document describes it: the first documented of some statuses, its example or a sample of its schema. */
function documentedAnswer(
  mock: Mock,
  operation: Operation,
  status: number,
  keys: readonly string[],
  violations: readonly Violation[],
  request: RequestMessage,
  preferences: Preferences = {},
): Reply | undefined {
  const key = keys.find((wanted) => operation.responses.some((rule) => rule.status === wanted));
  const rule = operation.responses.find((response) => response.status === key);
  if (key === undefined || rule === undefined) return undefined;
  const code = /^\d+$/.test(key) ? Number(key) : status;
  const negotiated = errorChoice(rule, code, request, preferences);
  if (!negotiated.ok) return negotiated.reply;
  const seed = preferences.seed ?? mock.options.seed;
  const reply = makeAnswer(operation, negotiated.choice, { seed, dynamic: false, errors: false, violations: [] });
  return { ...reply, headers: { ...reply.headers, 'sl-violations': violationsHeader(violations) } };
}

/**
 * The client's Accept counts for errors too, where it can be met; an error is sent all the same where it can't (RFC 9110 section 15.5.7).
 * A client that asked for this very status and an example of it gets that example, or is told that there is none.
 */
function errorChoice(rule: ResponseRule, status: number, request: RequestMessage, preferences: Preferences): Negotiated {
  const wanted = preferences.code === String(status) && preferences.example !== undefined ? { example: preferences.example } : {};
  const accepted = negotiateBody(rule, status, { preferences: wanted, accept: headerText(request, 'accept'), dynamic: false });
  const negotiated = accepted.ok ? accepted : negotiateBody(rule, status, { preferences: wanted, accept: undefined, dynamic: false });
  if (!negotiated.ok || wanted.example !== undefined) return negotiated;
  const named = negotiated.choice.content?.examples.find((example) => example.name === String(status));
  return named === undefined ? negotiated : { ok: true, choice: { ...negotiated.choice, example: named } };
}

/** `?__server=URL` asks whether the document names that server. */
function checkServer(operation: Operation, query: string): Reply | undefined {
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

function hasBody(request: RequestMessage): boolean {
  return request.body !== undefined && request.body.length > 0;
}

function headerText(request: RequestMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
