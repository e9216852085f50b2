import { contentTypeOf, decodeBody, findContent } from './body.ts';
import type { DecodedBody, Uploads } from './body.ts';
import { judgeCandidates } from './judge-candidates.ts';
import { judgeParts } from './judge-parts.ts';
import { fit } from './media-type.ts';
import type { MediaType } from './media-type.ts';
import type { Content, Operation, OperationParameter, ParameterReading, RequestBody } from './operation.ts';
import { decodePercent, lazyCookies, NO_COOKIES, parseQueryString, valuesOf } from './parameters/index.ts';
import type { Decoded, ParameterPlace, RequestParts } from './parameters/index.ts';
import type { Issue } from './schema/validator.ts';
import { checkSecurity } from './security.ts';
import type { SecurityFailure } from './security.ts';
import type { Violation } from './violation.ts';

/** A request as plain data, straight from the wire. */
export interface RequestMessage {
  readonly method: string;
  /** Raw path without query, percent-encoded. */
  readonly path: string;
  /** Raw query without its `?`; `''` when there is none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: NodeJS.Dict<string | string[]>;
  /** `undefined` or empty: no body. */
  readonly body: Buffer | undefined;
}

/** What a request says, in the types of the document, and everything that is wrong with it. */
export interface JudgedRequest {
  readonly violations: readonly Violation[];
  /** Set when no documented security alternative is satisfied. */
  readonly unauthorized: SecurityFailure | undefined;
  /** Set when the body's media type is not among the documented ones. */
  readonly unsupportedMediaType: boolean;
  /** Decoded values of the documented parameters that were sent. */
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** The documented media type that the body was read as. */
  readonly content: Content | undefined;
  /** Of a multipart body. */
  readonly files?: Uploads;
}

const NOTHING: Record<string, unknown> = Object.freeze({});

/**
 * Judges a request against its operation: security, parameters of all places, body. Every violation is collected, in the order path, query, header, cookie, body.
 * A promise only for multipart bodies.
 * @param pathValues raw template values from matching.
 */
export function validateRequest(
  operation: Operation,
  request: RequestMessage,
  pathValues: ReadonlyMap<string, string>,
): JudgedRequest | Promise<JudgedRequest> {
  const { cookie } = request.headers;
  const parts: RequestParts = {
    path: pathValues,
    query: parseQueryString(request.query),
    headers: request.headers,
    cookies: cookie === undefined ? NO_COOKIES : lazyCookies(cookie),
  };
  const violations: Violation[] = [];
  const values: Values = { path: NOTHING, query: NOTHING, header: NOTHING, cookie: NOTHING };
  const { readings, parameters } = operation;
  for (let index = 0; index < readings.length; index += 1) {
    const reading = readings[index];
    if (reading === undefined) continue;
    const decoded = reading.decode(parts);
    if (decoded.kind === 'absent' && !reading.required) continue;
    const value = acceptedOf(reading, decoded) ?? judgeParameter(parameters[index], decoded, violations);
    if (value !== undefined) setOwn(valuesAt(values, reading.in), reading.name, value);
  }
  for (const [name, raw] of pathValues) {
    // A variable that no parameter describes takes any text.
    if (!Object.hasOwn(values.path, name)) setOwn(valuesAt(values, 'path'), name, decodePercent(raw) ?? raw);
  }
  const unauthorized = operation.security.length === 0 ? undefined : authorize(operation, parts);
  const body = readBody(operation, request);
  return body instanceof Promise
    ? body.then((read) => judge(operation, values, unauthorized, violations, read))
    : judge(operation, values, unauthorized, violations, body);
}

function judge(
  operation: Operation,
  { path, query, header, cookie }: Values,
  unauthorized: SecurityFailure | undefined,
  violations: Violation[],
  read: ReadBody,
): JudgedRequest {
  const isRead = read.kind === 'read';
  const message = {
    violations,
    unauthorized,
    unsupportedMediaType: read.kind === 'unsupported',
    path,
    query,
    header,
    cookie,
    body: judgeBody(operation, read, violations),
    content: isRead ? read.content : undefined,
  };
  const files = isRead && read.decoded.kind === 'value' ? read.decoded.files : undefined;
  return files === undefined ? message : { ...message, files };
}

/** What was read of the parameters, by their place. */
type Values = Record<ParameterPlace, Record<string, unknown>>;

/** The values of a place to add to. Written out: a name that is only known at run time is looked up as if it could be any. */
function valuesAt(values: Values, place: ParameterPlace): Record<string, unknown> {
  switch (place) {
    case 'path':
      return values.path === NOTHING ? (values.path = {}) : values.path;
    case 'query':
      return values.query === NOTHING ? (values.query = {}) : values.query;
    case 'header':
      return values.header === NOTHING ? (values.header = {}) : values.header;
    case 'cookie':
      return values.cookie === NOTHING ? (values.cookie = {}) : values.cookie;
  }
}

/** A parameter named `__proto__` is data like any other; defining costs more than assigning, so only that one pays. */
function setOwn(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

function authorize(operation: Operation, parts: RequestParts): SecurityFailure | undefined {
  return checkSecurity(operation.security, {
    header: (name) => single(parts.headers[name]),
    query: (name) => valuesOf(parts.query, name)[0],
    cookie: (name) => parts.cookies.all().find((cookie) => cookie.name === name)?.value,
  });
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The first of the readings of a value that is valid for sure; no text means `undefined`. */
function acceptedOf({ accepts }: ParameterReading, decoded: Decoded): unknown {
  if (decoded.kind !== 'value') return undefined;
  for (const value of decoded.candidates) {
    const said = accepts(value);
    if (said === true) return value;
    if (said === undefined) return undefined;
  }
  return undefined;
}

/** Judges one parameter; `undefined` when it was not sent or can't be read. */
function judgeParameter(parameter: OperationParameter | undefined, decoded: Decoded, violations: Violation[]): unknown {
  if (parameter === undefined) return undefined;
  if (decoded.kind === 'absent') {
    if (parameter.required) {
      violations.push(
        parameterViolation(parameter, {
          code: 'required',
          pointer: '',
          message: `is required in the ${parameter.in}`,
          document: parameter.address,
          severity: 'error',
        }),
      );
    }
    return undefined;
  }
  if (parameter.deprecated) {
    violations.push(
      parameterViolation(parameter, {
        code: 'deprecated',
        pointer: '',
        message: 'is deprecated',
        document: parameter.address,
        severity: 'warning',
      }),
    );
  }
  if (decoded.kind === 'malformed') {
    violations.push(
      parameterViolation(parameter, {
        code: 'malformed',
        pointer: '',
        message: decoded.message,
        document: parameter.address,
        severity: 'error',
      }),
    );
    return undefined;
  }
  if (parameter.allowEmptyValue && decoded.candidates[0] === '') return '';
  const judged = judgeCandidates(parameter.validator, decoded.candidates);
  for (const issue of judged.issues) violations.push(parameterViolation(parameter, issue));
  return judged.value;
}

function parameterViolation(parameter: OperationParameter, issue: Issue): Violation {
  if (!parameter.sensitive) return { ...issue, side: 'request', part: parameter.in, name: parameter.name };
  const { actual: _secret, ...rest } = issue;
  return { ...rest, side: 'request', part: parameter.in, name: parameter.name };
}

type ReadBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'unsupported'; readonly given: string }
  | { readonly kind: 'read'; readonly content: Content; readonly decoded: DecodedBody };

function readBody(operation: Operation, request: RequestMessage): ReadBody | Promise<ReadBody> {
  const bytes = request.body;
  const header = single(request.headers['content-type']);
  if (bytes === undefined || bytes.length === 0) return { kind: 'none' };
  const body = operation.requestBody;
  if (body === undefined) return { kind: 'none' };
  const mediaType = contentTypeOf(header);
  if (mediaType === undefined && header !== undefined && header.trim() !== '') return { kind: 'unsupported', given: header };
  const content = chooseContent(body, mediaType);
  if (content === undefined) return body.contents.length === 0 ? { kind: 'none' } : { kind: 'unsupported', given: header ?? 'nothing' };
  const decoded = decodeBody(bytes, content, mediaType, operation.validators.lookup);
  return decoded instanceof Promise
    ? decoded.then((result) => ({ kind: 'read', content, decoded: result }))
    : { kind: 'read', content, decoded };
}

function chooseContent({ only, contents }: RequestBody, mediaType: MediaType | undefined): Content | undefined {
  // Mostly there is one, and it is meant: of thousands of bodies in turn, a list is one more thing to be found.
  if (only !== undefined && (mediaType === undefined || fit(only.range, mediaType) > 0)) return only;
  return mediaType === undefined ? contents[0] : findContent(contents, mediaType);
}

/** @returns the body's value; `undefined` when there is none or it can't be read. */
function judgeBody(operation: Operation, read: ReadBody, violations: Violation[]): unknown {
  const body = operation.requestBody;
  if (body === undefined) return undefined;
  if (read.kind === 'none') {
    if (body.required)
      violations.push(
        bodyViolation({ code: 'required', pointer: '', message: 'must have a request body', document: body.address, severity: 'error' }),
      );
    return undefined;
  }
  if (read.kind === 'unsupported') {
    const offered = body.contents.map((content) => content.mediaType).join(', ');
    const text = `media type ${read.given} is not documented; supported: ${offered}`;
    violations.push({
      ...bodyViolation({ code: 'undocumented', pointer: '', message: text, document: body.address, severity: 'error' }),
      part: 'media-type',
    });
    return undefined;
  }
  if (read.decoded.kind === 'malformed') {
    violations.push(
      bodyViolation({
        code: 'malformed',
        pointer: read.decoded.pointer ?? '',
        message: read.decoded.message,
        document: read.content.address,
        severity: 'error',
      }),
    );
    return undefined;
  }
  if (read.decoded.kind === 'opaque') return undefined;
  const judged = judgeCandidates(read.content.validator, read.decoded.candidates, read.decoded.isPlain);
  for (const issue of judged.issues) violations.push(bodyViolation(issue));
  if (read.decoded.parts !== undefined)
    for (const issue of judgeParts(read.content, read.decoded.parts)) violations.push(bodyViolation(issue));
  return judged.value;
}

function bodyViolation(issue: Issue): Violation {
  return { ...issue, side: 'request', part: 'body' };
}

/** True when a violation makes the request invalid. */
export function isError(violation: Violation): boolean {
  return violation.severity === 'error';
}
