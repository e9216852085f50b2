import { isError, message } from '../../operations/index.ts';
import type { Violation } from '../../operations/index.ts';
import { sentenceOf } from '../problem.ts';
import type { JournalEntry } from '../journal.ts';
import { journalBody } from './journal-body.ts';
import { maskHeader, maskQuery, secretsOf } from './mask.ts';

/** Bodies in listings and events are cut here; the HAR has them whole. */
const BODY_LIMIT = 64 * 1024;

/** An entry as the control API shows it: secrets masked, bodies as text or base64. */
export function shownEntry(entry: JournalEntry): Record<string, unknown> {
  const { request, reply, operation } = entry;
  const secrets = secretsOf(operation);
  return {
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    milliseconds: entry.milliseconds,
    session: entry.session,
    ...(operation === undefined ? {} : { document: operation.document.name, operationId: operation.id }),
    ...(entry.fault === undefined ? {} : { fault: entry.fault }),
    ...(entry.forced === undefined ? {} : { forced: entry.forced }),
    step: entry.step,
    ...(reply.by === undefined ? {} : { answeredBy: reply.by.kind }),
    request: {
      method: request.method,
      path: request.path,
      query: maskQuery(request.query, secrets),
      headers: shownHeaders(request.headers, secrets),
      ...shownBody(request.body),
    },
    response: { status: reply.status, headers: shownHeaders(reply.headers, secrets), ...shownBody(reply.body) },
    violations: violationsOf(entry).map(shownViolation),
  };
}

/** An entry in one line: no headers, no bodies, the first violation only. */
export function entrySummary(entry: JournalEntry): Record<string, unknown> {
  const { request, reply, operation } = entry;
  const violations = violationsOf(entry);
  const first = violations.find(isError) ?? violations[0];
  return {
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    milliseconds: entry.milliseconds,
    session: entry.session,
    ...(operation === undefined ? {} : { document: operation.document.name, operationId: operation.id }),
    ...(entry.fault === undefined ? {} : { fault: entry.fault }),
    ...(entry.forced === undefined ? {} : { forced: true }),
    step: entry.step,
    ...(reply.by === undefined ? {} : { answeredBy: reply.by.kind }),
    method: request.method,
    path: request.path,
    query: maskQuery(request.query, secretsOf(operation)),
    status: reply.status,
    errors: violations.filter(isError).length,
    warnings: violations.filter((violation) => !isError(violation)).length,
    ...(first === undefined ? {} : { first: { message: sentenceOf(first), ...chineseOf(first) } }),
  };
}

/** Of the request, then those of the answer that were known when it was made. */
export function violationsOf({ violations, reply }: JournalEntry): readonly Violation[] {
  return reply.flaws === undefined ? violations : [...violations, ...reply.flaws];
}

export function shownViolation(violation: Violation): Record<string, unknown> {
  return {
    side: violation.side,
    part: violation.part,
    ...(violation.name === undefined ? {} : { name: violation.name }),
    pointer: violation.pointer,
    code: violation.code,
    severity: violation.severity,
    message: sentenceOf(violation),
    ...chineseOf(violation),
    document: violation.document,
    ...(violation.expected === undefined ? {} : { expected: violation.expected }),
    ...(violation.actual === undefined ? {} : { actual: violation.actual }),
  };
}

/** The sentence in Chinese, without its place; nothing where the catalogue lacks it. A violation keeps of its keyword's words only those its message quotes. */
function chineseOf({ code, message: english, expected }: Violation): { readonly chinese?: string } {
  const name = /'((?:[^'\\]|\\.)*)'/.exec(english)?.[1];
  const chinese = message(code, { expected, name, reason: english }, 'zh');
  return chinese.startsWith('breaks "') || chinese.includes('undefined') ? {} : { chinese };
}

/** Header fields as pairs: one name may come several times. */
export function headerPairs(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  secrets: ReadonlySet<string>,
): (readonly [name: string, value: string])[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, maskHeader(name, one, secrets)] as const),
  );
}

function shownHeaders(headers: Parameters<typeof headerPairs>[0], secrets: ReadonlySet<string>): Record<string, string | string[]> {
  const shown = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of headerPairs(headers, secrets)) {
    const known = shown[name];
    shown[name] = known === undefined ? value : [known, value].flat();
  }
  return shown;
}

function shownBody(bytes: Buffer | undefined): Record<string, unknown> {
  return bytes === undefined || bytes.length === 0 ? {} : { body: journalBody(bytes, BODY_LIMIT) };
}
