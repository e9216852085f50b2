import { essence, findResponse, fit, parseAccept, parseMediaType } from '../operations/index.ts';
import type { Content, NamedExample, Operation, ResponseRule } from '../operations/index.ts';
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
  const rule = findResponse(operation, status);
  if (rule === undefined && code !== undefined) {
    const documented = operation.responses.map((response) => response.status).join(', ') || 'none';
    return {
      ok: false,
      reply: problem('NOT_FOUND', `Requested status code ${code} is not defined in the document. Documented: ${documented}.`),
    };
  }
  if (rule === undefined) {
    // The document describes no response at all: an empty success is the one answer that contradicts nothing.
    return {
      ok: true,
      choice: { rule: undefined, status, content: undefined, mediaType: undefined, example: undefined, exampleByName: false },
    };
  }
  return negotiateBody(rule, status, options);
}

/** The same for a response that is already chosen: the document's own answer to an invalid request. */
export function negotiateBody(rule: ResponseRule, status: number, options: NegotiateOptions): Negotiated {
  const bodiless = status === 204 || status === 304 || status < 200;
  const none: Choice = { rule, status, content: undefined, mediaType: undefined, example: undefined, exampleByName: false };
  if (bodiless || rule.contents.length === 0) return { ok: true, choice: none };
  const accepted = chooseContent(rule.contents, options.accept);
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
          `Response for contentType: ${content.mediaType} and exampleKey: ${wanted} does not exist. Examples: ${names}.`,
        ),
      };
    }
    return { ok: true, choice: { ...none, content, mediaType, example, exampleByName: true } };
  }
  const dynamic = options.preferences.dynamic ?? options.dynamic;
  const example = dynamic && content.validator !== undefined ? undefined : content.examples[0];
  return { ok: true, choice: { ...none, content, mediaType, example, exampleByName: false } };
}

/** The lowest success that is named exactly, else `2XX` as 200, else `default` as 200, else the first response; 200 where nothing is documented. */
function defaultStatus(operation: Operation): number {
  const statuses = operation.responses.map((rule) => rule.status);
  const successes = statuses.map(Number).filter((code) => code >= 200 && code < 300);
  if (successes.length > 0) return Math.min(...successes);
  if (statuses.includes('2XX') || statuses.includes('default')) return 200;
  const first = statuses[0];
  return first === undefined ? 200 : Number(first.replace('XX', '00'));
}

/** Proactive negotiation (RFC 9110 section 12.5.1). Without Accept: the first content of the document. */
function chooseContent(contents: readonly Content[], accept: string | undefined): { content: Content; mediaType: string } | undefined {
  if (accept === undefined || accept.trim() === '') {
    const [first] = contents;
    return first === undefined ? undefined : { content: first, mediaType: concrete(first, undefined) };
  }
  let best: { content: Content; mediaType: string } | undefined;
  let bestRank: readonly number[] = [];
  const ranges = parseAccept(accept);
  for (const [index, content] of contents.entries()) {
    for (const { range, quality } of ranges) {
      if (quality === 0) continue;
      // Either side may be a range: the document's image/* or the client's */*.
      const score = Math.max(fit(range, content.range), fit(content.range, range), fitWithoutParameters(range, content));
      if (score === 0 || refused(ranges, content)) continue;
      const rank = [quality, score, -index];
      if (best !== undefined && !higher(rank, bestRank)) continue;
      best = { content, mediaType: concrete(content, `${range.type}/${range.subtype}`) };
      bestRank = rank;
    }
  }
  return best;
}

/** Parameters other than the weight are the last thing to insist on: `application/json; version=2` still takes `application/json`. */
function fitWithoutParameters(range: { type: string; subtype: string }, content: Content): number {
  return range.type === content.range.type && range.subtype === content.range.subtype ? 1 : 0;
}

function refused(ranges: ReturnType<typeof parseAccept>, content: Content): boolean {
  return ranges.some(({ range, quality }) => quality === 0 && range.type === content.range.type && range.subtype === content.range.subtype);
}

function higher(a: readonly number[], b: readonly number[]): boolean {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value > other;
  }
  return false;
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
