import { essence, findResponse, fit, parseAccept, parseMediaType } from '../operations/index.ts';
import type { AcceptRange, Content, MediaType, NamedExample, Operation, RequestMessage, ResponseRule } from '../operations/index.ts';
import type { Preferences } from './preferences.ts';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';

/** What will be answered, before a value exists. */
export interface Choice {
  readonly rule: ResponseRule | undefined;
  readonly status: number;
  /** `undefined`: the response has no body. */
  readonly content: Content | undefined;
  /** The concrete media type to send. */
  readonly mediaType: string | undefined;
  /** The example asked for by name, or the first one; `undefined`: a value has to be generated. */
  readonly example: NamedExample | undefined;
  /** True when the client asked for this very example. */
  readonly exampleByName: boolean;
}

export type Negotiated = { readonly ok: true; readonly choice: Choice } | { readonly ok: false; readonly reply: Reply };

export interface NegotiateOptions {
  readonly preferences: Preferences;
  readonly accept: string | undefined;
  /** Values are generated although there are examples. */
  readonly dynamic: boolean;
}

/** Chooses status, then media type, then example. What was asked for and is not there is refused, never replaced in silence. */
export function negotiate(operation: Operation, options: NegotiateOptions): Negotiated {
  const { code } = options.preferences;
  const status = code === undefined ? defaultStatus(operation) : Number(code);
  if (status === undefined) {
    const detail = `The document describes only responses that are no final answer (${documented(operation)}); a mock can't send one.`;
    return { ok: false, reply: problem('NO_FINAL_RESPONSE', detail) };
  }
  const rule = findResponse(operation, status);
  if (rule !== undefined) return negotiateBody(rule, status, options, operation.responses);
  if (code !== undefined) {
    const detail = `Requested status code ${code} is not defined in the document. Documented: ${documented(operation)}.`;
    return { ok: false, reply: problem('NOT_FOUND', detail) };
  }
  // The document describes no response at all: an empty success is the one answer that contradicts nothing.
  return { ok: true, choice: { ...NO_BODY, rule, status } };
}

function documented(operation: Operation): string {
  return operation.responses.map((response) => response.status).join(', ') || 'none';
}

const NO_BODY = { content: undefined, mediaType: undefined, example: undefined, exampleByName: false } as const;

/** Statuses whose responses have no content, whatever the document says (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * The same for a response that is already chosen: the document's own answer to an invalid request. An error is sent although the client does not take its media type: it is
 * of more use than the news that it can't be read (RFC 9110 section 12.5.1 leaves both to the server), and that is what servers with `application/problem+json` do.
 */
export function negotiateBody(
  rule: ResponseRule,
  status: number,
  options: NegotiateOptions,
  responses: readonly ResponseRule[] = [],
): Negotiated {
  const none: Choice = { ...NO_BODY, rule, status };
  if (BODILESS.has(status) || rule.contents.length === 0) return { ok: true, choice: none };
  const accepted = chooseContent(rule.contents, options.accept) ?? (status >= 400 ? chooseContent(rule.contents, undefined) : undefined);
  if (accepted === undefined) {
    const offered = rule.contents.map((content) => content.mediaType).join(', ');
    return {
      ok: false,
      reply: problem(
        'NOT_ACCEPTABLE',
        `Unable to find content for ${options.accept ?? ''}. The response ${rule.status} offers: ${offered}.`,
      ),
    };
  }
  const { content, mediaType } = accepted;
  const wanted = options.preferences.example;
  if (wanted !== undefined) {
    const example = content.examples.find((item) => item.name === wanted);
    if (example === undefined) {
      const names = content.examples.map((item) => item.name).join(', ') || 'none';
      return {
        ok: false,
        reply: problem(
          'NOT_FOUND',
          `Response for contentType: ${content.mediaType} and exampleKey: ${wanted} does not exist. Examples: ${names}.${hintAt(wanted, responses)}`,
        ),
      };
    }
    return { ok: true, choice: { ...none, content, mediaType, example, exampleByName: true } };
  }
  const example = options.dynamic && content.validator !== undefined ? undefined : content.examples[0];
  return { ok: true, choice: { ...none, content, mediaType, example, exampleByName: false } };
}

/** Who asks for an example of another status has to name the status too. */
function hintAt(wanted: string, responses: readonly ResponseRule[]): string {
  const others = responses.filter(({ contents }) => contents.some(({ examples }) => examples.some(({ name }) => name === wanted)));
  const [first] = others;
  if (first === undefined) return '';
  return ` There is one for ${others.map(({ status }) => status).join(', ')}: Prefer: code=${first.status === 'default' ? '500' : first.status.replace('XX', '00')}, example=${wanted}`;
}

const defaults = new WeakMap<Operation, { readonly status: number | undefined }>();

function defaultStatus(operation: Operation): number | undefined {
  let known = defaults.get(operation);
  if (known === undefined) defaults.set(operation, (known = { status: findDefaultStatus(operation) }));
  return known.status;
}

/**
 * The lowest success that is named exactly, else `2XX` as 200, else `default` as 200, else the first final response; 200 where nothing is documented.
 * @returns `undefined` when there are responses but none of them is final: 1xx, or keys that are no status.
 */
function findDefaultStatus(operation: Operation): number | undefined {
  const statuses = operation.responses.map((rule) => rule.status);
  const successes = statuses.map(Number).filter((code) => code >= 200 && code < 300);
  if (successes.length > 0) return Math.min(...successes);
  if (statuses.length === 0 || statuses.includes('2XX') || statuses.includes('default')) return 200;
  const first = statuses.find((status) => /^[2-5](?:\d\d|XX)$/.test(status));
  return first === undefined ? undefined : Number(first.replace('XX', '00'));
}

/** The status of an operation's success, for answers that name none. */
export function successStatus(operation: Operation): number {
  return defaultStatus(operation) ?? 200;
}

/** A documented content with the concrete media type that it would be sent as, and how welcome that is. */
interface Candidate {
  readonly content: Content;
  readonly mediaType: string;
  readonly quality: number;
  readonly closeness: number;
}

/** Proactive negotiation (RFC 9110 section 12.5.1): highest weight, then closest to what was asked, then first in the document. Without Accept: the first. */
function chooseContent(contents: readonly Content[], accept: string | undefined): { content: Content; mediaType: string } | undefined {
  if (accept === undefined || accept.trim() === '') {
    const [first] = contents;
    return first === undefined ? undefined : { content: first, mediaType: concrete(first, undefined) };
  }
  const ranges = parseAccept(accept);
  let best: Candidate | undefined;
  for (const content of contents) {
    const candidate = candidateFor(content, ranges);
    if (candidate === undefined || candidate.quality === 0) continue;
    const better =
      best === undefined ||
      candidate.quality > best.quality ||
      (candidate.quality === best.quality && candidate.closeness > best.closeness);
    if (better) best = candidate;
  }
  return best;
}

/** The weight of a content is that of the closest range that covers it; where the content is a range itself (`image/*`), the best one that meets it. */
function candidateFor(content: Content, ranges: readonly AcceptRange[]): Candidate | undefined {
  const isRange = content.range.type === '*' || content.range.subtype.includes('*');
  let best: Candidate | undefined;
  for (const { range, quality } of ranges) {
    const closeness = Math.max(fit(range, content.range), isRange ? fit(content.range, range) : fitWithoutParameters(range, content));
    if (closeness === 0) continue;
    const [first, second] = isRange ? [quality, closeness] : [closeness, quality];
    const [bestFirst, bestSecond] = isRange ? [best?.quality, best?.closeness] : [best?.closeness, best?.quality];
    if (bestFirst !== undefined && (first < bestFirst || (first === bestFirst && second <= (bestSecond ?? 0)))) continue;
    best = { content, mediaType: concrete(content, `${range.type}/${range.subtype}`), quality, closeness };
  }
  return best;
}

/** Parameters other than the weight are the last thing to insist on: `application/json; version=2` still takes `application/json`, better than `*` would. */
function fitWithoutParameters(range: MediaType, content: Content): number {
  return range.type === content.range.type && range.subtype === content.range.subtype ? 4.5 : 0;
}

/** The request's Accept header as one text. */
export function acceptOf(request: RequestMessage): string | undefined {
  const { accept } = request.headers;
  return Array.isArray(accept) ? accept.join(', ') : accept;
}

const CONCRETE: Readonly<Record<string, string>> = {
  '*': 'text/plain',
  application: 'application/json',
  text: 'text/plain',
  image: 'image/png',
  audio: 'audio/mpeg',
  video: 'video/mp4',
};

/** The media type to send for a documented range: the client's where it names one inside the range, else a usual one. */
function concrete(content: Content, asked: string | undefined): string {
  const { type, subtype } = content.range;
  if (type !== '*' && !subtype.includes('*')) return content.mediaType;
  const wanted = asked === undefined || asked.includes('*') ? undefined : parseMediaType(asked);
  if (wanted !== undefined && fit(content.range, wanted) > 0) return essence(wanted);
  if (subtype.startsWith('*+')) return `${type}/${subtype.slice(2)}`;
  return CONCRETE[type] ?? `${type}/octet-stream`;
}
