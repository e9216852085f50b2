/**
 * The behavioural grade of an answer: what a client can rely on, not Prism's wording.
 * Status, media type, contract headers, problem code and the places of violations must be the expected ones; a body that is a literal example of the
 * document must be that example, any other one must be valid by its schema and have the names that Prism's answer has.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Case } from './case.ts';
import { essence, parseMessage } from './message.ts';
import type { Message } from './message.ts';
import { promisedBy } from './promise.ts';
import { isXml, xmlDifferences } from './xml.ts';

/** Headers that say how the message travelled, or that are judged elsewhere. */
const TRANSPORT = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'server',
  'transfer-encoding',
  'x-powered-by',
]);

/** @returns what differs from the expected answer; empty when the case passes. */
export function grade(given: Case, output: string): string[] {
  const wanted = parseMessage(given.expected);
  const answer = parseMessage(output);
  if (wanted.status !== answer.status) return [`status ${answer.status ?? '(none)'}, expected ${wanted.status ?? '(none)'}`];
  const reasons = [...gradeMediaType(wanted, answer), ...gradeHeaders(wanted, answer)];
  return /--head\b|-sI|\s-I\b/.test(given.command) ? reasons : [...reasons, ...gradeBody(given, wanted, answer)];
}

function gradeMediaType(wanted: Message, answer: Message): string[] {
  const expected = wanted.headers.get('content-type');
  const actual = answer.headers.get('content-type');
  return expected === undefined || essence(expected) === essence(actual)
    ? []
    : [`content type ${actual ?? '(none)'}, expected ${expected}`];
}

function gradeHeaders(wanted: Message, answer: Message): string[] {
  return [...wanted.headers].flatMap(([name, expected]) => {
    if (TRANSPORT.has(name)) return [];
    const actual = answer.headers.get(name);
    if (actual === undefined) return [`header ${name} is missing`];
    return headerAgrees(name, expected, actual) ? [] : [`header ${name}: ${actual}, expected ${expected}`];
  });
}

function headerAgrees(name: string, expected: string, actual: string): boolean {
  switch (name) {
    case 'www-authenticate':
      return isDeepStrictEqual(challenges(expected), challenges(actual));
    case 'deprecation':
      return actual !== '' && actual !== 'false';
    case 'access-control-allow-methods': {
      const allowed = actual
        .toUpperCase()
        .split(',')
        .map((method) => method.trim());
      return expected
        .toUpperCase()
        .split(',')
        .every((method) => allowed.includes(method.trim()));
    }
    case 'sl-violations':
      return isDeepStrictEqual(places(parseJson(expected)), places(parseJson(actual)));
    default:
      return true;
  }
}

function gradeBody(given: Case, wanted: Message, answer: Message): string[] {
  if (wanted.body === '')
    return given.grade === 'exact' && answer.body !== '' ? [`a body where none is expected: ${answer.body.slice(0, 80)}`] : [];
  if (answer.body === '') return ['the body is empty'];
  if (isXml(wanted.body)) return xmlDifferences(wanted.body, answer.body);
  const expected = parseJson(wanted.body);
  const actual = parseJson(answer.body);
  if (expected === undefined)
    return given.grade === 'exact' && spaced(wanted.body) !== spaced(answer.body) ? ['the text of the body differs'] : [];
  if (isProblem(expected)) return gradeProblem(expected, actual, answer);
  if (actual === undefined) return ['the body is not JSON'];
  return isDeepStrictEqual(expected, actual) ? [] : gradeValue(given, expected, actual, answer);
}

interface Problem {
  readonly type: unknown;
  readonly status: unknown;
  readonly validation?: unknown;
}

function isProblem(value: unknown): value is Problem {
  return isObject(value) && 'title' in value && 'status' in value && String(value['type']).includes('errors#');
}

/** Problem details (RFC 9457): the last part of the type, the status and the places of the violations. */
function gradeProblem(expected: Problem, actual: unknown, answer: Message): string[] {
  const reasons: string[] = [];
  const mediaType = answer.headers.get('content-type');
  if (essence(mediaType) !== 'application/problem+json')
    reasons.push(`content type ${mediaType ?? '(none)'}, expected application/problem+json`);
  if (!isObject(actual)) return [...reasons, 'the problem is not a JSON object'];
  if (problemCode(expected.type) !== problemCode(actual['type']))
    reasons.push(`problem ${String(actual['type'])}, expected ${problemCode(expected.type)}`);
  if (Number(expected.status) !== Number(actual['status'])) reasons.push(`problem status ${String(actual['status'])}`);
  if (expected.validation !== undefined && !isDeepStrictEqual(places(expected.validation), places(actual['validation']))) {
    reasons.push(`violations at [${places(actual['validation']).join(' | ')}], expected [${places(expected.validation).join(' | ')}]`);
  }
  return reasons;
}

/** A JSON body other than the expected one: right if it is no example's stand-in, fits the schema and has the same names. */
function gradeValue(given: Case, expected: unknown, actual: unknown, answer: Message): string[] {
  const promised = promisedBy(given);
  const dynamic = given.flags.some((flag) => flag === '-d' || flag === '--dynamic') || given.command.includes('dynamic=true');
  if (!dynamic && promised.examples.some((example) => isDeepStrictEqual(example, expected)))
    return ['the body is not the example of the document'];
  const verdict = promised.judge(answer.status ?? 0, answer.headers.get('content-type'), actual);
  const shape = shapeDifferences(expected, actual, '', verdict === undefined ? Infinity : 1);
  return verdict?.kind === 'invalid' ? [...verdict.reasons.slice(0, 4).map((reason) => `body ${reason}`), ...shape] : shape;
}

/** What `actual` lacks of the names and kinds of `expected`, down to a depth; `null` stands for any kind. */
function shapeDifferences(expected: unknown, actual: unknown, at: string, depth: number): string[] {
  if (kind(expected) !== kind(actual)) {
    return expected === null || actual === null ? [] : [`${at || '/'} is ${kind(actual)}, expected ${kind(expected)}`];
  }
  if (depth === 0) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return expected.length > 0 && actual.length > 0 ? shapeDifferences(expected[0], actual[0], `${at}/0`, depth - 1) : [];
  }
  if (!isObject(expected) || !isObject(actual)) return [];
  return Object.keys(expected).flatMap((name) => {
    if (!(name in actual)) return [`${at}/${name} is missing`];
    return depth === 1 ? [] : shapeDifferences(expected[name], actual[name], `${at}/${name}`, depth - 1);
  });
}

/** The places of violations in a fixed order, each once. */
function places(violations: unknown): string[] {
  if (!Array.isArray(violations)) return ['(no list of violations)'];
  const locations = violations.map((violation: unknown) =>
    isObject(violation) && Array.isArray(violation['location']) ? violation['location'].join('.') : '',
  );
  return [...new Set(locations)].sort();
}

/** `UNPROCESSABLE_ENTITY` of `https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY`, however a mock spells its own. */
function problemCode(type: unknown): string {
  return (/[\w-]+(?=\/?$)/.exec(String(type))?.[0] ?? '').replaceAll('-', '_').toUpperCase();
}

/** The schemes of `WWW-Authenticate` (RFC 9110 section 11.6.1): a name that starts a part and is not a parameter. */
function challenges(header: string): string[] {
  const schemes = header.split(',').map((part) => /^\s*([\w-]+)(?:\s|$)(?!\s*=)/.exec(part)?.[1]?.toLowerCase());
  return schemes.filter((scheme) => scheme !== undefined).sort();
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function kind(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
