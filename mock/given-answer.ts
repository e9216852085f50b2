import { findResponse, holdsLongDigits, validateReply } from '../operations/index.ts';
import type { Operation, ResponseRule, SchemaLookup, Violation } from '../operations/index.ts';
import { nameOf } from './answered-by.ts';
import type { AnsweredBy } from './answered-by.ts';
import { mendAnswer } from './mend-answer.ts';
import { acceptOf, negotiateBody } from './negotiate.ts';
import type { Negotiated } from './negotiate.ts';
import { problem, sentenceOf, validationEntry } from './problem.ts';
import { NO_PREFERENCES } from './preferences.ts';
import type { Received } from './refusals.ts';
import { responseHeaders } from './response-headers.ts';
import type { Reply } from './reply.ts';
import { violationsHeader } from './violations-header.ts';
import { writeBody } from './write-body.ts';

/** An answer that was decided by a state file or an override: a status and a value. */
export interface Given {
  readonly status: number;
  /** A `Uint8Array` is sent as it is. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Who decided. */
  readonly by: Extract<AnsweredBy, { kind: 'override' | 'state' }>;
  /** What breaks the document is mended from the document's own sample. Default false. */
  readonly mend?: boolean;
}

/**
 * Makes bytes of a given answer and verifies it against the document, as every answer of the mock: one that breaks it is a 500 that names who gave it and the pointer.
 */
export function makeGivenAnswer(received: Received, given: Given): Reply {
  const { operation, request, judged } = received;
  const rule = findResponse(operation, given.status);
  if (rule === undefined) {
    const documented = operation.responses.map((response) => response.status).join(', ') || 'none';
    return problem(
      'VIOLATIONS',
      `${nameOf(given.by)} answers ${operation.id} with status ${given.status}, which the document does not have. Documented: ${documented}.`,
    );
  }
  const accept = given.status < 400 ? acceptOf(request) : undefined;
  const { lookup } = operation.validators;
  const form = formOf(rule, given.status, accept, lookup);
  if (!form.negotiated.ok) return form.negotiated.reply;
  const { by } = given;
  const { content, mediaType } = form.negotiated.choice;
  const headers: Record<string, string> = { ...form.headers, ...lowerNames(given.headers) };
  if (operation.deprecated) headers['deprecation'] = 'true';
  if (judged.violations.length > 0) headers['sl-violations'] = violationsHeader(judged.violations);
  if (given.body instanceof Uint8Array) {
    headers['content-type'] ??= mediaType ?? 'application/octet-stream';
    const body = Buffer.from(given.body.buffer, given.body.byteOffset, given.body.byteLength);
    // The length is what it is, whatever the author thought.
    if (headers['content-length'] !== undefined) headers['content-length'] = String(body.length);
    return { status: given.status, headers, body, by };
  }
  if (content === undefined) return { status: given.status, headers, body: undefined, by };
  const value = given.mend === true ? mendAnswer(content, given.body, lookup) : given.body;
  headers['content-type'] ??= mediaType ?? content.mediaType;
  // Written first: a text without long digits was made of a value without a bigint.
  const body = writeBody(value, headers['content-type'], content, lookup);
  const broken = validateReply(content, value, !holdsLongDigits(body)).filter((violation) => violation.severity === 'error');
  if (broken.length > 0) return brokenAnswer(operation, given, broken);
  return { status: given.status, headers, body, by };
}

/** What of an answer depends on nothing but the response and what the client accepts. */
interface Form {
  readonly status: number;
  readonly accept: string | undefined;
  readonly negotiated: Negotiated;
  readonly headers: Readonly<Record<string, string>>;
}

/** The last form of each response: clients seldom change what they accept. */
const forms = new WeakMap<ResponseRule, Form>();

function formOf(rule: ResponseRule, status: number, accept: string | undefined, lookup: SchemaLookup): Form {
  const known = forms.get(rule);
  if (known !== undefined && known.status === status && known.accept === accept) return known;
  const negotiated = negotiateBody(rule, status, { preferences: NO_PREFERENCES, accept, dynamic: false });
  const form = { status, accept, negotiated, headers: responseHeaders(rule, lookup, '1', false) };
  forms.set(rule, form);
  return form;
}

function brokenAnswer(operation: Operation, given: Given, broken: readonly Violation[]): Reply {
  const detail = `${nameOf(given.by)} answers ${operation.id} with what ${operation.document.name} does not allow: ${broken.map((violation) => `${sentenceOf(violation)} (${violation.document})`).join('; ')}`;
  return { ...problem('VIOLATIONS', detail, { validation: broken.map(validationEntry) }), by: given.by, flaws: broken };
}

function lowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
