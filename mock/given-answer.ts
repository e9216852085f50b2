import { findResponse, holdsLongDigits, isJson, parseMediaType, validateReply, writeJson } from '../operations/index.ts';
import type { Content, Operation, Violation } from '../operations/index.ts';
import type { Row } from '../state/index.ts';
import { nameOf } from './answered-by.ts';
import type { AnsweredBy } from './answered-by.ts';
import { mendAnswer } from './mend-answer.ts';
import { acceptOf, negotiateBody } from './negotiate.ts';
import { problem, sentenceOf, validationEntry } from './problem.ts';
import { NO_PREFERENCES } from './preferences.ts';
import type { Received } from './refusals.ts';
import { responseHeaders } from './response-headers.ts';
import type { Fields } from './response-headers.ts';
import { createRowReplies } from './row-replies.ts';
import type { Reply } from './reply.ts';
import { shareHeaders } from './shared-headers.ts';
import { violationsHeader } from './violations-header.ts';
import { sentType, writeBody } from './write-body.ts';

/** An answer that was decided by a state file or an override: a status and a value. */
export interface Given {
  readonly status: number;
  /** A `Uint8Array` is sent as it is. */
  readonly body: unknown;
  /** {@link NO_HEADERS} where there are none. */
  readonly headers: Readonly<Record<string, string>>;
  /** Who decided. */
  readonly by: Extract<AnsweredBy, { kind: 'override' | 'state' }>;
  /** The stored row that the body is, where such an answer is worth keeping. */
  readonly row?: Row | undefined;
  /** What breaks the document is mended from the document's own sample. Default false. */
  readonly mend?: boolean;
}

/**
 * Makes bytes of a given answer and verifies it against the document, as every answer of the mock: one that breaks it is a 500 that names who gave it and the pointer.
 */
export function makeGivenAnswer(received: Received, given: Given): Reply {
  const { operation, request, judged } = received;
  const { status, by } = given;
  const form = formOf(operation, status, status < 400 ? acceptOf(request) : undefined);
  if (!form.ok) return form.refusal ?? undocumentedStatus(operation, given);
  const { content, mediaType } = form;
  // The form says the rest: without words of its own about the request, the answer is the same as the last time.
  const row = given.headers === NO_HEADERS && judged.violations.length === 0 ? given.row : undefined;
  const known = row === undefined ? undefined : rowReplies.find(form, row);
  if (known !== undefined) return known;
  const { lookup } = operation.validators;
  const headers = headersOf(form, given);
  if (given.body instanceof Uint8Array) {
    const body = Buffer.from(given.body.buffer, given.body.byteOffset, given.body.byteLength);
    const bytes: Record<string, string> = {
      ...headers,
      'content-type': headers['content-type'] ?? mediaType ?? 'application/octet-stream',
    };
    // The length is what it is, whatever the author thought.
    if (bytes['content-length'] !== undefined) bytes['content-length'] = String(body.length);
    return withTold({ status, headers: bytes, body, by }, judged.violations);
  }
  if (content === undefined) return withTold({ status, headers, body: undefined, by }, judged.violations);
  const mends = given.mend === true;
  const value = mends ? mendAnswer(content, given.body, lookup) : given.body;
  // Written first: a text without long digits was made of a value without a bigint.
  const body =
    form.isJson && headers === form.headers && value !== undefined
      ? Buffer.from(writeJson(value))
      : writeBody(value, headers['content-type'] ?? content.mediaType, content, lookup);
  // What there was nothing to mend of has been found valid.
  const found = mends && value === given.body ? NO_VIOLATIONS : validateReply(content, value, !holdsLongDigits(body));
  if (found.length > 0) {
    const broken = found.filter((violation) => violation.severity === 'error');
    if (broken.length > 0) return brokenAnswer(operation, given, broken);
  }
  const reply = withTold({ status, headers, body, by }, judged.violations);
  // What had to be mended depends on more than the row.
  return row === undefined || value !== row ? reply : rowReplies.keep(form, row, reply);
}

/** Tells what is wrong with the request. */
function withTold(reply: Reply, violations: readonly Violation[]): Reply {
  return violations.length === 0 ? reply : { ...reply, told: violationsHeader(violations) };
}

const rowReplies = createRowReplies();

const NO_VIOLATIONS: readonly Violation[] = [];

function undocumentedStatus(operation: Operation, given: Given): Reply {
  const documented = operation.responses.map((response) => response.status).join(', ') || 'none';
  return problem(
    'VIOLATIONS',
    `${nameOf(given.by)} answers ${operation.id} with status ${given.status}, which the document does not have. Documented: ${documented}.`,
  );
}

/** The headers that the response has anyway, the same object for each answer; a copy where this one has others. */
function headersOf(form: Taken, given: Given): Readonly<Fields> {
  const isBytes = given.body instanceof Uint8Array;
  if (given.headers === NO_HEADERS) return isBytes ? form.bare : form.headers;
  const headers: Fields = { ...form.bare, ...lowerNames(given.headers) };
  if (form.deprecated) headers['deprecation'] = 'true';
  if (!isBytes && form.type !== undefined) headers['content-type'] ??= form.type;
  return headers;
}

/** Given by whoever has none of his own. */
export const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** What of an answer depends on nothing but the operation, the status and what the client accepts. */
type Form = Taken | { readonly ok: false; /** Absent: the document has no such status. */ readonly refusal: Reply | undefined };

interface Taken {
  readonly ok: true;
  readonly content: Content | undefined;
  readonly mediaType: string | undefined;
  /** The type of a body that is no bytes already; absent: there is none. */
  readonly type: string | undefined;
  /** Where the answer adds no headers, that is JSON. */
  readonly isJson: boolean;
  readonly deprecated: boolean;
  /** Those that do not depend on the body. */
  readonly bare: Readonly<Fields>;
  /** All of them, where the answer adds none. */
  readonly headers: Readonly<Fields>;
}

interface KnownForm {
  readonly status: number;
  readonly accept: string | undefined;
  readonly form: Form;
}

/** The last forms of each operation: it has few statuses, and clients seldom change what they accept. */
const forms = new WeakMap<Operation, KnownForm[]>();
const FORMS_KEPT = 8;

function formOf(operation: Operation, status: number, accept: string | undefined): Form {
  let known = forms.get(operation);
  if (known === undefined) forms.set(operation, (known = []));
  for (const one of known) if (one.status === status && one.accept === accept) return one.form;
  const form = makeForm(operation, status, accept);
  if (known.length >= FORMS_KEPT) known.shift();
  known.push({ status, accept, form });
  return form;
}

function makeForm(operation: Operation, status: number, accept: string | undefined): Form {
  const rule = findResponse(operation, status);
  if (rule === undefined) return { ok: false, refusal: undefined };
  const negotiated = negotiateBody(rule, status, { preferences: NO_PREFERENCES, accept, dynamic: false });
  if (!negotiated.ok) return { ok: false, refusal: negotiated.reply };
  const { content, mediaType } = negotiated.choice;
  const type = content === undefined ? undefined : sentType(mediaType ?? content.mediaType, content);
  const bare = responseHeaders(rule, operation.validators.lookup, '1', false);
  const { deprecated } = operation;
  if (deprecated) bare['deprecation'] = 'true';
  const headers: Fields = { ...bare };
  if (type !== undefined) headers['content-type'] ??= type;
  const written = parseMediaType(headers['content-type'] ?? '');
  const isJsonType = content !== undefined && written !== undefined && isJson(written);
  return { ok: true, content, mediaType, type, isJson: isJsonType, deprecated, bare: shareHeaders(bare), headers: shareHeaders(headers) };
}

function brokenAnswer(operation: Operation, given: Given, broken: readonly Violation[]): Reply {
  const detail = `${nameOf(given.by)} answers ${operation.id} with what ${operation.document.name} does not allow: ${broken.map((violation) => `${sentenceOf(violation)} (${violation.document})`).join('; ')}`;
  return { ...problem('VIOLATIONS', detail, { validation: broken.map(validationEntry) }), by: given.by, flaws: broken };
}

function lowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
