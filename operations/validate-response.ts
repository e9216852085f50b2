import { contentTypeOf, decodeBody, findContent } from './body.ts';
import type { DecodedBody } from './body.ts';
import { judgeCandidates } from './judge-candidates.ts';
import { judgeParts } from './judge-parts.ts';
import type { MediaType } from './media-type.ts';
import type { Content, Operation, OperationParameter, ResponseRule } from './operation.ts';
import { EMPTY_QUERY, NO_COOKIES } from './parameters/index.ts';
import type { RequestParts } from './parameters/index.ts';
import type { Issue } from './schema/validator.ts';
import type { Part, Violation } from './violation.ts';

/** A response as plain data, straight from the wire. */
export interface ResponseMessage {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer | undefined;
}

/** Statuses whose responses have no body, whatever a document says (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS = new Set([204, 205, 304]);

/** The response that the document describes for a status: exact, then its class (`4XX`), then `default` (OpenAPI 3.1 section 4.8.16). */
export function findResponse(operation: Operation, status: number): ResponseRule | undefined {
  const exact = String(status);
  for (const rule of operation.responses) if (rule.status === exact) return rule;
  const range = `${exact.charAt(0)}XX`;
  let best: ResponseRule | undefined;
  for (const rule of operation.responses) {
    if (rule.status === range) best = rule;
    else if (rule.status === 'default') best ??= rule;
  }
  return best;
}

/** What a response says, by the document's own rules for it, and everything that is wrong with it. */
export interface JudgedResponse {
  readonly violations: readonly Violation[];
  /** Absent: the status is not documented. */
  readonly rule: ResponseRule | undefined;
  /** The documented media type that the body was read as. */
  readonly content: Content | undefined;
  /** Decoded; `undefined` when there is none, or none that can be read. */
  readonly body: unknown;
}

/** Judges a response; what {@link judgeResponse} finds wrong with it. */
export function validateResponse(
  operation: Operation,
  response: ResponseMessage,
  requestMethod: string,
): readonly Violation[] | Promise<readonly Violation[]> {
  const judged = judgeResponse(operation, response, requestMethod);
  return judged instanceof Promise ? judged.then(({ violations }) => violations) : judged.violations;
}

/**
 * Judges a response against its operation: status, headers, media type, body. A promise only for multipart bodies.
 * @param requestMethod a response to HEAD has no body, whatever its headers say (RFC 9110 section 9.3.2).
 */
export function judgeResponse(
  operation: Operation,
  response: ResponseMessage,
  requestMethod: string,
): JudgedResponse | Promise<JudgedResponse> {
  const rule = findResponse(operation, response.status);
  const bodiless = requestMethod === 'HEAD' ? 'response to HEAD' : BODILESS.has(response.status) ? String(response.status) : undefined;
  const mustBeEmpty =
    bodiless !== undefined && (response.body?.length ?? 0) > 0 ? [unexpected(bodiless, rule?.address ?? operation.address)] : NONE;
  if (rule === undefined) {
    const documented = operation.responses.map((item) => item.status).join(', ') || 'none';
    // A document that describes no response at all has said nothing that could be broken.
    if (operation.responses.length === 0) return { violations: mustBeEmpty, rule, content: undefined, body: undefined };
    const unknown = violation('status', {
      code: 'undocumented',
      pointer: '',
      message: `status ${response.status} is not documented; documented: ${documented}`,
      document: operation.address,
      severity: 'error',
    });
    return { violations: [unknown, ...mustBeEmpty], rule, content: undefined, body: undefined };
  }
  const violations = validateHeaders(rule, response.headers);
  if (mustBeEmpty.length > 0) violations.push(...mustBeEmpty);
  const withoutBody = { violations, rule, content: undefined, body: undefined };
  if (bodiless !== undefined) return withoutBody;
  const bytes = response.body;
  const isEmpty = bytes === undefined || bytes.length === 0;
  if (rule.contents.length === 0) {
    // The specification forbids nothing it does not name, but a reader of the document expects no body.
    if (!isEmpty && !rule.openMediaType)
      violations.push(
        violation('body', {
          code: 'undocumented',
          pointer: '',
          message: 'has a body, but the document describes none',
          document: rule.address,
          severity: 'warning',
        }),
      );
    return withoutBody;
  }
  const header = single(response.headers['content-type']);
  if (isEmpty) {
    const content = contentOf(rule, contentTypeOf(header)) ?? rule.contents[0];
    if (content !== undefined && needsBody(content))
      violations.push(
        violation('body', { code: 'required', pointer: '', message: 'must have a body', document: content.address, severity: 'error' }),
      );
    return withoutBody;
  }
  const mediaType = contentTypeOf(header);
  const content = contentOf(rule, mediaType);
  if (content === undefined) {
    const documented = rule.contents.map((item) => item.mediaType).join(', ');
    violations.push(
      violation('media-type', {
        code: 'undocumented',
        pointer: '',
        message: `media type ${header ?? '(none)'} is not documented; documented: ${documented}`,
        document: rule.address,
        severity: 'error',
      }),
    );
    return withoutBody;
  }
  const decoded = decodeBody(bytes, content, mediaType, operation.validators.lookup);
  return decoded instanceof Promise
    ? decoded.then((result) => finish(rule, content, violations, result))
    : finish(rule, content, violations, decoded);
}

function finish(rule: ResponseRule, content: Content, violations: readonly Violation[], decoded: DecodedBody): JudgedResponse {
  const { value, found } = judge(content, decoded);
  return { violations: violations.length === 0 ? found : [...violations, ...found], rule, content, body: value };
}

/** @param which `204`, `response to HEAD`. */
function unexpected(which: string, document: string): Violation {
  return violation('body', {
    code: 'unexpected',
    pointer: '',
    message: `must be empty: a ${which} has no body`,
    document,
    severity: 'error',
  });
}

/** Judges a value that is not yet text: what a mock is about to send. `isPlain`: no `bigint` is in it. */
export function validateReply(content: Content, value: unknown, isPlain = false): readonly Violation[] {
  if (content.validator === undefined) return [];
  const issues = content.validator.validate(value, isPlain);
  return issues.length === 0 ? NONE : issues.map((issue) => violation('body', issue));
}

export function validateHeaders(rule: ResponseRule, headers: NodeJS.Dict<string | string[]>): Violation[] {
  const violations: Violation[] = [];
  if (rule.headers.length === 0) return violations;
  const parts: RequestParts = { path: NO_VALUES, query: EMPTY_QUERY, headers, cookies: NO_COOKIES };
  for (const header of rule.headers) {
    const decoded = header.decode(parts);
    if (decoded.kind === 'absent') {
      if (header.required)
        violations.push(
          headerViolation(header, {
            code: 'required',
            pointer: '',
            message: 'is required in the response headers',
            document: header.address,
            severity: 'error',
          }),
        );
      continue;
    }
    if (decoded.kind === 'malformed') {
      violations.push(
        headerViolation(header, { code: 'malformed', pointer: '', message: decoded.message, document: header.address, severity: 'error' }),
      );
      continue;
    }
    for (const issue of judgeCandidates(header.validator, decoded.candidates).issues) violations.push(headerViolation(header, issue));
  }
  return violations;
}

const NONE: readonly Violation[] = [];
const NO_VALUES: RequestParts['path'] = new Map();

function judge(content: Content, decoded: DecodedBody): { readonly value: unknown; readonly found: readonly Violation[] } {
  if (decoded.kind === 'opaque') return { value: undefined, found: NONE };
  if (decoded.kind === 'malformed') {
    const found = [
      violation('body', {
        code: 'malformed',
        pointer: decoded.pointer ?? '',
        message: decoded.message,
        document: content.address,
        severity: 'error',
      }),
    ];
    return { value: undefined, found };
  }
  const judged = judgeCandidates(content.validator, decoded.candidates, decoded.isPlain);
  const { value } = judged;
  const issues = decoded.parts === undefined ? judged.issues : [...judged.issues, ...judgeParts(content, decoded.parts)];
  return { value, found: issues.length === 0 ? NONE : issues.map((issue) => violation('body', issue)) };
}

function contentOf(rule: ResponseRule, mediaType: MediaType | undefined): Content | undefined {
  if (rule.openMediaType) return (mediaType === undefined ? undefined : findContent(rule.contents, mediaType)) ?? rule.contents[0];
  return mediaType === undefined ? undefined : findContent(rule.contents, mediaType);
}

/** An empty body can only be right where the schema says so little that nothing is promised. */
function needsBody(content: Content): boolean {
  const { subtype } = content.range;
  return content.validator !== undefined && (subtype === 'json' || subtype.endsWith('+json')) && content.validator.schema !== true;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function violation(part: Part, issue: Issue): Violation {
  return { ...issue, side: 'response', part };
}

function headerViolation(header: OperationParameter, issue: Issue): Violation {
  const { actual, ...rest } = issue;
  return { ...rest, side: 'response', part: 'header', name: header.name, ...(actual === undefined || header.sensitive ? {} : { actual }) };
}
