import type { Violation } from '../operations/index.ts';
import { pointerTokens, writeJson } from '../operations/index.ts';
import type { Reply } from './reply.ts';

/** The mock's own refusals: code, status and title. The codes are those that Prism's users know. */
const PROBLEMS = {
  NO_PATH_MATCHED_ERROR: { status: 404, title: 'No documented path matches' },
  NO_METHOD_MATCHED_ERROR: { status: 405, title: 'The path is documented, the method is not' },
  NO_SERVER_MATCHED_ERROR: { status: 404, title: 'No documented server matches' },
  NO_SERVER_CONFIGURATION_PROVIDED_ERROR: { status: 404, title: 'The document names no servers' },
  MALFORMED_REQUEST: { status: 400, title: 'The request can not be read' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not come in time' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The header fields of the request are too large' },
  REQUEST_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNAUTHORIZED: { status: 401, title: 'Credentials are missing or of the wrong form' },
  INVALID_CONTENT_TYPE: { status: 415, title: 'The media type of the body is not documented' },
  UNPROCESSABLE_ENTITY: { status: 422, title: 'The request breaks the document' },
  NOT_ACCEPTABLE: { status: 406, title: 'No documented media type is acceptable' },
  NOT_FOUND: { status: 404, title: 'The document has no such response' },
  VIOLATIONS: { status: 500, title: 'The answer breaks the document' },
  NO_FINAL_RESPONSE: { status: 501, title: 'The document describes no final response' },
  NO_SUCH_RESOURCE: { status: 404, title: 'There is no such resource' },
  CONFLICT: { status: 409, title: 'There is such a resource already' },
  OVERRIDE_FAILED: { status: 500, title: 'An override failed' },
  FAULT: { status: 503, title: 'A fault that was asked for' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  FORWARD_FAILED: { status: 502, title: 'The server that was to answer did not' },
  FORWARD_TIMEOUT: { status: 504, title: 'The server that was to answer took too long' },
  STATE_REFUSED: { status: 400, title: 'The session can not be used' },
  STATE_BUSY: { status: 503, title: 'The session is at work for somebody else' },
  STORE_FAILED: { status: 500, title: 'What the mock remembers can not be read or kept' },
  STATE_FULL: { status: 507, title: 'The mock remembers as much as it may' },
  UNKNOWN: { status: 500, title: 'The mock failed' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** An answer in problem details form (RFC 9457): `type` ends in the code, further members as given. */
export function problem(
  code: ProblemCode,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const { status, title } = PROBLEMS[code];
  const body = writeJson({ type: `urn:hufu:error:${code}`, title, status, detail, ...extra });
  return { status, headers: { 'content-type': 'application/problem+json', ...headers }, body: Buffer.from(body) };
}

/** A violation in the shape of Prism's `validation` list, whose locations name the side only for responses. */
export function validationEntry(violation: Violation): Record<string, unknown> {
  const entry = violationEntry(violation);
  return violation.side === 'request' ? { ...entry, location: locationOf(violation).slice(1) } : entry;
}

/** A violation in the shape of Prism's `sl-violations` header. */
export function violationEntry(violation: Violation): Record<string, unknown> {
  return {
    location: locationOf(violation),
    severity: severityOf(violation),
    code: violation.code,
    message: sentenceOf(violation),
    document: violation.document,
  };
}

export function severityOf(violation: Violation): 'Error' | 'Warning' {
  return violation.severity === 'error' ? 'Error' : 'Warning';
}

/** The side, the part of the message and the way into it. */
export function locationOf({ side, part, name, pointer }: Violation): string[] {
  const location: string[] = [side];
  if (!WITHOUT_PLACE.has(part)) location.push(part);
  if (name !== undefined) location.push(part === 'header' ? name.toLowerCase() : name);
  if (pointer !== '') location.push(...(pointerTokens(pointer) ?? []));
  return location;
}

const WITHOUT_PLACE: ReadonlySet<Violation['part']> = new Set(['media-type', 'status', 'route', 'security']);

/** The whole sentence, with its subject. */
export function sentenceOf(violation: Violation): string {
  return `${subjectOf(violation)} ${violation.message}`;
}

/** What the message is said of. */
export function subjectOf({ side, part, name, pointer }: Violation): string {
  if (name === undefined && part !== 'body') return side;
  const where = pointer === '' ? '' : ` at ${pointer}`;
  return name === undefined ? `${side} body${where}` : `${side} ${part} parameter "${name}"${where}`;
}
