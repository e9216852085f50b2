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
    request: {
      method: request.method,
      path: request.path,
      query: maskQuery(request.query, secrets),
      headers: shownHeaders(request.headers, secrets),
      ...shownBody(request.body),
    },
    response: { status: reply.status, headers: shownHeaders(reply.headers, secrets), ...shownBody(reply.body) },
    violations: entry.violations.map((violation) => ({
      side: violation.side,
      part: violation.part,
      ...(violation.name === undefined ? {} : { name: violation.name }),
      pointer: violation.pointer,
      code: violation.code,
      severity: violation.severity,
      message: sentenceOf(violation),
      document: violation.document,
    })),
  };
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
