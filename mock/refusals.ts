import { isError } from '../operations/index.ts';
import type { JudgedRequest, Operation, RequestMessage, ResponseRule, SecurityFailure, Violation } from '../operations/index.ts';
import { makeAnswer } from './answer.ts';
import { challengeOf } from './challenge.ts';
import { acceptOf, negotiateBody } from './negotiate.ts';
import type { Negotiated } from './negotiate.ts';
import { NO_PREFERENCES } from './preferences.ts';
import type { Preferences } from './preferences.ts';
import { problem, sentenceOf, validationEntry } from './problem.ts';
import { replyKey } from './reply-cache.ts';
import type { ReplyCache } from './reply-cache.ts';
import type { Reply } from './reply.ts';
import { violationsHeader } from './violations-header.ts';

/** A request that was matched and judged: all that an answer is made of. */
export interface Received {
  readonly operation: Operation;
  readonly request: RequestMessage;
  readonly judged: JudgedRequest;
  readonly preferences: Preferences;
  /** The mock's seed and whether it leaves examples aside. */
  readonly options: { readonly seed: string; readonly ignoreExamples: boolean };
  /** Keeps what the documents say of a refusal, which is the same whatever was wrong. */
  readonly replies: ReplyCache;
}

/** The status of a refusal and the responses that can describe it, the best first. */
interface Refusal {
  readonly status: number;
  readonly keys: readonly string[];
}

const UNAUTHORIZED: Refusal = { status: 401, keys: ['401', '4XX', 'default'] };
const MEDIA_TYPE: Refusal = { status: 415, keys: ['415'] };
const INVALID: Refusal = { status: 422, keys: ['422', '400', '4XX', 'default'] };
const MALFORMED: Refusal = { status: 400, keys: ['400', '422', '4XX', 'default'] };
const NO_VIOLATIONS: readonly Violation[] = [];

/** 401 by the document's own response, else as a problem; with WWW-Authenticate either way. */
export function refuseUnauthorized(received: Received, failure: SecurityFailure): Reply {
  const { operation } = received;
  const violation: Violation = {
    code: '401',
    side: 'request',
    part: 'security',
    pointer: '',
    message: failure.message,
    document: operation.address,
    severity: 'error',
  };
  const own = documentedAnswer(received, NO_PREFERENCES, UNAUTHORIZED, [violation]);
  if (own !== undefined) return own;
  const challenge = challengeOf(failure.alternatives);
  return problem(
    'UNAUTHORIZED',
    `The request lacks the credentials that ${operation.id} asks for: it ${failure.message}.`,
    {},
    challenge === undefined ? {} : { 'www-authenticate': challenge },
  );
}

/** 415 by the document's own response, else as a problem with the media types that it knows. */
export function refuseMediaType(received: Received): Reply {
  const own = documentedAnswer(received, NO_PREFERENCES, MEDIA_TYPE, received.judged.violations);
  if (own !== undefined) return own;
  const supported = received.operation.requestBody?.contents.map((content) => content.mediaType).join(', ') ?? '';
  return problem(
    'INVALID_CONTENT_TYPE',
    supported === '' ? 'No supported content types, but request included a non-empty body' : `Supported content types: ${supported}`,
  );
}

/** The document's own 422 or 400 (400 first where the body can't even be read), else a problem with every violation. */
export function refuseInvalid(received: Received): Reply {
  const { violations } = received.judged;
  const malformed = violations.some((violation) => violation.code === 'malformed' && violation.part === 'body');
  const own = documentedAnswer(received, received.preferences, malformed ? MALFORMED : INVALID, violations);
  if (own !== undefined) return own;
  const detail = malformed
    ? `The request can not be read: ${violations.filter(isError).map(sentenceOf).join('; ')}`
    : 'The request breaks the document, which describes no answer of its own for that; see "validation".';
  return problem(malformed ? 'MALFORMED_REQUEST' : 'UNPROCESSABLE_ENTITY', detail, { validation: violations.map(validationEntry) });
}

/** A refusal of which only the status is known: the document's own answer for it, else a problem. */
export function refuseWithStatus(received: Received, status: number, told: string): Reply {
  const refusal = { status, keys: [String(status), `${String(status).charAt(0)}XX`, 'default'] };
  const own = documentedAnswer(received, NO_PREFERENCES, refusal, NO_VIOLATIONS);
  return own ?? problem(status === 404 ? 'NO_SUCH_RESOURCE' : status === 409 ? 'CONFLICT' : 'STATE_REFUSED', told);
}

/**
 * An error answer as the document describes it: the first documented of some statuses, its example or a sample of its schema. Only the header that tells
 * what is wrong is made for each request.
 */
function documentedAnswer(
  received: Received,
  preferences: Preferences,
  refusal: Refusal,
  violations: readonly Violation[],
): Reply | undefined {
  const { operation, replies } = received;
  const rule = documentedRule(operation, refusal);
  if (rule === undefined) return undefined;
  // A response for several statuses is sent with that of the refusal.
  const exact = Number(rule.status);
  const asked = replyKey(acceptOf(received.request), preferences);
  const reply = Number.isNaN(exact)
    ? replies.get(rule, `${refusal.status} ${asked}`, () => makeDocumented(received, preferences, rule, refusal.status))
    : replies.get(rule, asked, () => makeDocumented(received, preferences, rule, exact));
  // An answer that is not the document's own says itself what is wrong.
  if (violations.length === 0 || reply.by === undefined) return reply;
  const { status, headers, body, by, flaws, reused } = reply;
  return { status, headers, body, by, flaws, reused, told: violationsHeader(violations) };
}

function documentedRule({ responses }: Operation, { keys }: Refusal): ResponseRule | undefined {
  for (const key of keys) for (const rule of responses) if (rule.status === key) return rule;
  return undefined;
}

function makeDocumented(received: Received, preferences: Preferences, rule: ResponseRule, status: number): Reply {
  const { operation, options } = received;
  const negotiated = errorChoice(received, preferences, rule, status);
  if (!negotiated.ok) return negotiated.reply;
  const seed = preferences.seed ?? options.seed;
  return makeAnswer(operation, negotiated.choice, { seed, dynamic: false, errors: false, violations: NO_VIOLATIONS });
}

/**
 * A client that asked for this very status and an example of it gets that example, or is told that there is none.
 */
function errorChoice({ request, options }: Received, preferences: Preferences, rule: ResponseRule, status: number): Negotiated {
  const wanted = preferences.code === String(status) && preferences.example !== undefined ? { example: preferences.example } : {};
  const negotiated = negotiateBody(rule, status, { preferences: wanted, accept: acceptOf(request), dynamic: options.ignoreExamples });
  if (!negotiated.ok || wanted.example !== undefined || options.ignoreExamples) return negotiated;
  const named = negotiated.choice.content?.examples.find((example) => example.name === String(status));
  return named === undefined ? negotiated : { ok: true, choice: { ...negotiated.choice, example: named } };
}
