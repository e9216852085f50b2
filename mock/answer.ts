import { essence, generate, isBeyondSchema, isJson, isXml, parseJson, parseMediaType, validateReply } from '../operations/index.ts';
import type { Content, Generated, NamedExample, Operation, SchemaValidator, Violation } from '../operations/index.ts';
import type { AnsweredBy } from './answered-by.ts';
import { fitForResponse } from './fit-for-response.ts';
import { challengeOf } from './challenge.ts';
import type { Choice } from './negotiate.ts';
import { problem, sentenceOf, validationEntry } from './problem.ts';
import { responseHeaders } from './response-headers.ts';
import type { Reply } from './reply.ts';
import { shareHeaders } from './shared-headers.ts';
import { violationsHeader } from './violations-header.ts';
import { sentType, withCharset, writeBody } from './write-body.ts';

export interface AnswerOptions {
  readonly seed: string;
  readonly dynamic: boolean;
  /** Answer 500 instead of something that breaks the document. */
  readonly errors: boolean;
  /** What is to be told about the request in `sl-violations`. */
  readonly violations: readonly Violation[];
}

/**
 * Makes the chosen answer: example or generated value, headers, bytes; then verifies it against the document.
 * An example that breaks its own schema is not sent unless the client asked for it by name: a value that conforms is generated in its place and
 * the flaw of the example is told in `sl-violations`.
 */
export function makeAnswer(operation: Operation, choice: Choice, options: AnswerOptions): Reply {
  const { rule, content } = choice;
  if (rule === undefined || content === undefined) {
    const headers = answerHeaders(choice, operation, options, undefined);
    return withViolations({ status: choice.status, headers, body: undefined, by: EMPTY }, options.violations);
  }

  const made = makeValue(choice, content, operation, options);
  const violations = [...options.violations, ...made.violations];
  const breaks = made.violations.filter((violation) => violation.severity === 'error');
  if (options.errors && breaks.length > 0) {
    const detail = `The answer breaks ${content.address}: ${breaks.map(sentenceOf).join('; ')}`;
    return withViolations({ ...problem('VIOLATIONS', detail, { validation: breaks.map(validationEntry) }), flaws: breaks }, violations);
  }
  const type = sentType(contentType(choice.mediaType ?? content.mediaType, content, made.value), content);
  const body = writeBody(made.value, type, content, operation.validators.lookup);
  return withViolations(
    {
      status: choice.status,
      headers: answerHeaders(choice, operation, options, withCharset(type, body)),
      body,
      by: made.by,
      ...(made.violations.length === 0 ? {} : { flaws: made.violations }),
    },
    violations,
  );
}

const EMPTY: AnsweredBy = { kind: 'empty' };

/** @param type of the body; `undefined`: there is none. */
function answerHeaders(
  { rule, status }: Choice,
  { deprecated, security, validators }: Operation,
  { seed, dynamic }: AnswerOptions,
  type: string | undefined,
): Reply['headers'] {
  const challenge = status === 401 ? challengeOf(security) : undefined;
  if (challenge === undefined && (rule === undefined || rule.headers.length === 0)) return plainHeaders(type, deprecated);
  const headers = rule === undefined ? {} : responseHeaders(rule, validators.lookup, seed, dynamic);
  if (challenge !== undefined) headers['www-authenticate'] ??= challenge;
  if (deprecated) headers['deprecation'] = 'true';
  if (type !== undefined) headers['content-type'] = type;
  return headers;
}

/** Those of answers whose response declares none. */
const plain = new Map<string, Reply['headers']>();
/** Clients have a say in the media type of an answer. */
const MAX_PLAIN = 256;

function plainHeaders(type: string | undefined, deprecated: boolean): Reply['headers'] {
  const key = `${deprecated ? 'deprecated ' : ''}${type ?? ''}`;
  const known = plain.get(key);
  if (known !== undefined) return known;
  if (plain.size >= MAX_PLAIN) plain.clear();
  const headers = shareHeaders({ ...(deprecated ? { deprecation: 'true' } : {}), ...(type === undefined ? {} : { 'content-type': type }) });
  plain.set(key, headers);
  return headers;
}

interface Made {
  readonly value: unknown;
  readonly by: AnsweredBy;
  readonly violations: readonly Violation[];
}

function makeValue(choice: Choice, content: Content, operation: Operation, options: AnswerOptions): Made {
  const { validator } = content;
  if (choice.example === undefined) {
    if (validator === undefined) return { value: undefined, by: EMPTY, violations: [] };
    return generated(content, operation, options);
  }
  const { example } = choice;
  const by: AnsweredBy = { kind: 'example', name: example.name, address: example.address };
  if (validator === undefined || isWrittenOut(choice, content, operation)) return { value: example.value, by, violations: [] };
  if (validator.isValid(example.value)) {
    if (choice.exampleByName) return { value: example.value, by, violations: [] };
    const { value, violations } = fitForResponse(example, validator, operation.document);
    return { value, by, violations };
  }
  const flaws = validateReply(content, example.value);
  if (flaws.length === 0) return { value: example.value, by, violations: [] };
  // With --errors the flaw is what the user wants to see.
  if (options.errors) return { value: example.value, by, violations: flaws };
  const meant = writtenAsText(example.value, content);
  if (meant !== undefined) return { value: meant.value, by, violations: flaws.map((flaw) => told(flaw, example, 'it was read as JSON')) };
  if (choice.exampleByName) return { value: example.value, by, violations: flaws };
  const better = generated(content, operation, options);
  if (better.violations.length > 0) return { value: example.value, by, violations: flaws };
  return {
    value: better.value,
    by: better.by,
    violations: flaws.map((flaw) => told(flaw, example, 'a generated value was sent instead')),
  };
}

/** The flaw of an example that was not sent as it is. */
function told(flaw: Violation, { name, address }: NamedExample, done: string): Violation {
  return { ...flaw, severity: 'warning', message: `of the document's example "${name}" ${flaw.message}; ${done}`, document: address };
}

/** What an example in JSON means that an author wrote as a text; `undefined` where that does not hold either. */
function writtenAsText(value: unknown, { range, validator }: Content): { readonly value: unknown } | undefined {
  if (typeof value !== 'string' || validator === undefined || !isJson(range)) return undefined;
  try {
    const meant = parseJson(value);
    return validator.isValid(meant) ? { value: meant } : undefined;
  } catch {
    return undefined;
  }
}

function generated(content: Content, operation: Operation, options: AnswerOptions): Made {
  const { validator } = content;
  if (validator === undefined) return { value: undefined, by: EMPTY, violations: [] };
  const by: AnsweredBy = { kind: 'generated', seed: options.seed, dynamic: options.dynamic, address: validator.address };
  const one = (seed: string): Generated =>
    generate(validator.schema, {
      mode: options.dynamic ? 'fake' : 'sample',
      seed,
      lookup: operation.validators.lookup,
      validate: validator.isValid,
      omit: 'writeOnly',
    });
  const result = one(options.seed);
  if (result.ok)
    return {
      value: content.sequence === undefined ? result.value : several(result.value, validator, one, options.seed),
      by,
      violations: [],
    };
  const flaws = validator.validate(result.value).map((issue): Violation => ({ ...issue, side: 'response', part: 'body' }));
  const reason: Violation = {
    code: 'unsatisfiable',
    side: 'response',
    part: 'body',
    pointer: '',
    message: `could not be made valid: ${result.reason}`,
    document: validator.address,
    severity: 'error',
  };
  return { value: result.value, by, violations: flaws.length > 0 ? flaws : [reason] };
}

/** A stream of one item shows little of a stream: three where the schema allows. */
function several(value: unknown, { isValid }: SchemaValidator, one: (seed: string) => Generated, base: string): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const more = ['second', 'third'].flatMap((seed) => one(`${base} ${seed}`).value);
  const all: unknown[] = [...(value as unknown[]), ...more];
  return isValid(all) ? all : value;
}

/** An example of XML, CSV or a sequence given as text is sent as it stands; its schema describes the tree, the rows or the items, not the text. */
function isWrittenOut({ mediaType, example }: Choice, content: Content, { validators }: Operation): boolean {
  if (typeof example?.value !== 'string') return false;
  const parsed = mediaType === undefined ? undefined : parseMediaType(mediaType);
  return (parsed !== undefined && isXml(parsed)) || content.sequence !== undefined || isBeyondSchema(content, validators.lookup);
}

/**
 * The value of Content-Type. A structured value under a documented range that allows anything is JSON, not text;
 * parameters that can't stand in a header are left out.
 */
function contentType(mediaType: string, content: Content, value: unknown): string {
  const anything = content.range.type === '*' && mediaType === 'text/plain';
  if (anything && typeof value === 'object' && value !== null) return 'application/json';
  return /^[\t\x20-\x7e]*$/.test(mediaType) ? mediaType : essence(content.range);
}

function withViolations(reply: Reply, violations: readonly Violation[]): Reply {
  if (violations.length === 0) return reply;
  return { ...reply, told: violationsHeader(violations) };
}
