import { record } from '../../operations/index.ts';
import type { RequestMessage, ResponseMessage } from '../../operations/index.ts';
import type { Exchange, Gap, Place } from '../exchange.ts';
import { harNote } from './har-note.ts';
import type { HarNote } from './har-note.ts';
import { harRequest } from './har-request.ts';
import { harResponse } from './har-response.ts';
import type { HarRecorder } from './har-response.ts';
import { fieldOf, readHeaders, setField } from './headers.ts';
import type { Headers } from './headers.ts';
import { shown } from './recorded-body.ts';
import type { Aside, Hints, RecordedExchange } from './recording.ts';
import { numberOf } from './number-of.ts';
import { duration, startedAt } from './started-at.ts';
import { originOf, otherProtocol, targetOf } from './target.ts';
import type { Target } from './target.ts';

/** Why an entry is none; a sentence without its subject. */
export interface NoEntry {
  readonly kind: 'none';
  readonly reason: string;
}

/** What the reader knows of the whole file. */
export interface HarFile extends HarRecorder {
  /** No exchange of the file had credentials so far. Chrome leaves them out of its exports unless it is told otherwise. */
  readonly sanitized: boolean;
}

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * A HAR entry (HAR 1.2, section "entries") as an exchange. Takes what recorders really write: missing members, bodies in base64 or compressed, forms as parameters, HTTP/2
 * pseudo-headers, entries of WebSockets and of URLs that are no HTTP. Any JSON value may be given; none throws.
 */
export function harEntry(given: unknown, place: Place, file: HarFile): RecordedExchange | Aside | NoEntry {
  const entry = record(given);
  const request = record(entry['request']);
  const { url, method } = request;
  if (typeof url !== 'string') return { kind: 'none', reason: 'has no "request.url"' };
  if (typeof method !== 'string' || !TOKEN.test(method)) return { kind: 'none', reason: 'has no "request.method" that HTTP knows' };
  const aside = asideOf(url, method, entry);
  if (aside !== undefined) return { kind: 'aside', reason: aside, place, url: url.slice(0, 200) };
  const note = harNote(entry['_hufu']);
  const target = note?.target === undefined ? targetOf(url, baseOf(request)) : { ...note.target, origin: note.target.origin ?? undefined };
  if (target === undefined) return { kind: 'none', reason: `has no http(s) URL: ${shown(url)}` };
  const exchange = note === undefined ? recorded(entry, place, method, target, file) : exact(entry, place, method, target, note);
  return { kind: 'exchange', exchange, hints: hintsOf(entry) };
}

/** From anybody. */
function recorded(entry: Readonly<Record<string, unknown>>, place: Place, method: string, target: Target, file: HarFile): Exchange {
  const sent = asSent(method);
  const { message, gaps } = harRequest(record(entry['request']), sent, target, file.attachments);
  const response = harResponse(entry['response'], sent, file);
  const stripped = file.chrome && file.sanitized && !hasCredentials(message.headers) ? [STRIPPED] : NO_GAPS;
  return {
    place,
    origin: target.origin,
    request: message,
    response: response.message,
    startedAt: startedAt(entry['startedDateTime']),
    milliseconds: duration(entry['time']),
    gaps: gaps.length + response.gaps.length + stripped.length === 0 ? NO_GAPS : [...gaps, ...response.gaps, ...stripped],
  };
}

/** Browsers and most clients write these in upper case, however a program spells them (WHATWG Fetch, "normalize"); recorders inside of programs see the program's spelling. */
const NORMALIZED = /^(?:delete|get|head|options|post|put)$/i;

function asSent(method: string): string {
  return NORMALIZED.test(method) ? method.toUpperCase() : method;
}

const NO_GAPS: readonly Gap[] = [];
const STRIPPED: Gap = {
  of: 'credentials',
  code: 'stripped',
  message: 'Chrome leaves cookies and Authorization out of its exports; allow "HAR with sensitive data" in its settings to have them.',
};

function hasCredentials(headers: Headers): boolean {
  return headers['cookie'] !== undefined || headers['authorization'] !== undefined;
}

/** From ourselves: nothing is guessed. */
function exact(entry: Readonly<Record<string, unknown>>, place: Place, method: string, target: Target, note: HarNote): Exchange {
  const request = record(entry['request']);
  const response = record(entry['response']);
  const status = numberOf(response['status']);
  const post = record(request['postData']);
  const message: RequestMessage = {
    method,
    path: target.path,
    query: target.query,
    headers: exactHeaders(request['headers']),
    body: exactBody(post),
  };
  const answer: ResponseMessage | undefined =
    status > 0 ? { status, headers: exactHeaders(response['headers']), body: exactBody(record(response['content'])) } : undefined;
  return {
    place,
    origin: target.origin,
    request: message,
    response: answer,
    startedAt: note.startedAt === undefined ? startedAt(entry['startedDateTime']) : (note.startedAt ?? undefined),
    milliseconds: duration(entry['time']),
    gaps: note.gaps,
  };
}

/** Repeated fields stay lists. */
function exactHeaders(list: unknown): Headers {
  const headers: Headers = {};
  for (const field of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    const { name, value } = record(field);
    if (typeof name !== 'string' || typeof value !== 'string') continue;
    const known = Object.hasOwn(headers, name) ? headers[name] : undefined;
    if (known !== undefined) setField(headers, name, [known, value].flat());
    else setField(headers, name, name === 'set-cookie' ? [value] : value);
  }
  return headers;
}

function exactBody({ text, encoding }: Readonly<Record<string, unknown>>): Buffer | undefined {
  return typeof text === 'string' ? Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8') : undefined;
}

/** Entries that are no HTTP exchange: WebSockets, data URLs, pages of extensions, tunnels. */
function asideOf(url: string, method: string, entry: Readonly<Record<string, unknown>>): Aside['reason'] | undefined {
  const resourceType = entry['_resourceType'];
  if (entry['_webSocketMessages'] !== undefined) return 'websocket';
  if (typeof resourceType === 'string' && resourceType.toLowerCase() === 'websocket') return 'websocket';
  const other = otherProtocol(url, method);
  if (other !== undefined) return other;
  const response = record(entry['response']);
  if (numberOf(response['status']) !== 101) return undefined;
  const upgrade = fieldOf(readHeaders(response['headers']).headers, 'upgrade');
  return upgrade === undefined ? undefined : upgrade.toLowerCase().includes('websocket') ? 'websocket' : 'not-http';
}

/** The origin of a URL that is a path only, by HTTP/2's pseudo-headers or by Host. */
function baseOf(request: Readonly<Record<string, unknown>>): string | undefined {
  if (String(request['url']).includes('://')) return undefined;
  const { headers, pseudo } = readHeaders(request['headers']);
  const host = pseudo.get(':authority') ?? fieldOf(headers, 'host');
  const scheme = pseudo.get(':scheme') === 'https' ? 'https' : 'http';
  return host === undefined ? undefined : originOf(`${scheme}://${host}`);
}

const NO_HINTS: Hints = {};

function hintsOf(entry: Readonly<Record<string, unknown>>): Hints {
  const resourceType = entry['_resourceType'];
  const fromCache = entry['_fromCache'];
  if (resourceType === undefined && fromCache === undefined && entry['_wasFulfilled'] === undefined) return NO_HINTS;
  return {
    ...(typeof resourceType === 'string' && resourceType !== '' ? { resourceType: resourceType.toLowerCase().slice(0, 50) } : {}),
    ...(fromCache === true || (typeof fromCache === 'string' && fromCache !== '') ? { fromCache: true } : {}),
    ...(entry['_wasFulfilled'] === true ? { fulfilled: true } : {}),
  };
}
