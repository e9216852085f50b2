import type { ClientRequest, IncomingMessage, InformationEvent, ServerResponse } from 'node:http';
import type { Exchange, Gap } from '../exchange.ts';
import { withoutContentCoding } from '../content-coding.ts';
import { endToEnd, hasField, headersOf, pairs, withField, withoutField } from './hop-by-hop.ts';
import type { RawHeaders } from './hop-by-hop.ts';
import { keepBody } from './kept-body.ts';
import type { KeptBody } from './kept-body.ts';
import { failureOf } from './target.ts';
import type { Target } from './target.ts';

export interface ProxySettings {
  readonly target: Target;
  readonly bodyLimit: number;
  readonly answerTimeout: number;
  readonly keepHost: boolean;
  readonly rewriteLocation: boolean;
  /** Called exactly once a request. */
  readonly done: (exchange: Omit<Exchange, 'place'>) => void;
}

/** Without a body by their nature; Node would frame an empty one for all others. */
const BODILESS_METHODS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** One request through the proxy: on to the target, its answer back, then the exchange is told. */
export function passOn(request: IncomingMessage, response: ServerResponse, settings: ProxySettings): void {
  const { target } = settings;
  const startedAt = Date.now();
  const start = performance.now();
  const path = pathOn(request.url ?? '/', target);
  const headers = requestHeaders(request, settings);
  const asked = keepBody(request, settings.bodyLimit);
  let answer: IncomingMessage | undefined;
  let answered: KeptBody | undefined;
  /** Why the exchange did not come to its proper end. */
  let failure: string | undefined;
  let told = false;
  response.sendDate = false;

  const tell = (): void => {
    if (told) return;
    told = true;
    clearTimeout(patience);
    settings.done({
      ...exchangeOf(request, headers, path, asked, answer, answered, failure, settings),
      startedAt,
      milliseconds: Math.round((performance.now() - start) * 1_000) / 1_000,
    });
  };

  let outgoing = send();
  const patience = setTimeout(() => {
    failure = `${target.url} did not begin its answer within ${settings.answerTimeout} ms.`;
    outgoing.destroy();
    refuse(504, 'Gateway Timeout', failure);
  }, settings.answerTimeout);

  response.once('close', () => {
    if (!response.writableFinished) {
      failure ??= 'The client went away before the answer was complete.';
      outgoing.destroy();
    }
    tell();
  });
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  // Before the pipe's own listener, which ends the request.
  request.once('end', () => outgoing.addTrailers(pairs(request.rawTrailers)));
  request.pipe(outgoing);

  function send(): ClientRequest {
    const sent = target.request({ method: request.method ?? 'GET', path, headers, setHost: false });
    sent.on('continue', () => response.writeContinue());
    sent.on('information', (interim) => passInformation(request, response, interim));
    sent.once('response', receive);
    sent.on('error', fail);
    return sent;
  }

  function fail(error: NodeJS.ErrnoException): void {
    if (failure !== undefined || answer !== undefined || response.destroyed) return;
    // The target let go of an idle connection in the moment it was used again: nothing of the request was read (RFC 9112 section 9.3.1).
    const isEmpty = asked.size() === 0 && request.complete;
    if (outgoing.reusedSocket && isEmpty && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
      outgoing = send();
      outgoing.end();
      return;
    }
    failure = failureOf(error, target);
    refuse(502, 'Bad Gateway', failure);
  }

  function receive(incoming: IncomingMessage): void {
    clearTimeout(patience);
    if (response.destroyed) {
      incoming.destroy();
      return;
    }
    const status = incoming.statusCode ?? 502;
    try {
      response.writeHead(status, incoming.statusMessage ?? '', responseHeaders(incoming.rawHeaders, request, settings));
    } catch (error) {
      // Node reads a little more than it is willing to write.
      incoming.destroy();
      failure = `${target.url} answered with a head that can't be passed on: ${error instanceof Error ? error.message : String(error)}.`;
      refuse(502, 'Bad Gateway', failure);
      return;
    }
    answer = incoming;
    answered = keepBody(incoming, settings.bodyLimit);
    // The first bytes of a stream of events may be long in coming; its beginning is told at once.
    response.flushHeaders();
    incoming.pipe(response, { end: false });
    incoming.once('end', () => {
      response.addTrailers(pairs(incoming.rawTrailers));
      response.end();
    });
    incoming.on('error', () => undefined);
    incoming.once('close', () => {
      if (incoming.complete) return;
      failure ??= `${target.url} broke off in the middle of its answer.`;
      // The client must not take what it has for the whole.
      response.destroy();
    });
  }

  function refuse(status: number, title: string, detail: string): void {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    request.unpipe();
    request.resume();
    const body = JSON.stringify({ type: 'about:blank', title, status, detail });
    response.writeHead(status, {
      'content-type': 'application/problem+json',
      'content-length': Buffer.byteLength(body),
      // What is left of the request is not waited for.
      ...(request.complete ? {} : { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

/** The request target at the target: absolute forms (RFC 9112 section 3.2.2), as clients send to a proxy, lose their host. */
function pathOn(url: string, target: Target): string {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  if (path === '*') return path;
  return target.base + (path.startsWith('/') ? path : `/${path}`);
}

function requestHeaders(request: IncomingMessage, { target, keepHost }: ProxySettings): string[] {
  const kept = endToEnd(request.rawHeaders);
  const headers = keepHost ? kept : withField(kept, 'host', () => target.host);
  if (!hasField(headers, 'host')) headers.unshift('Host', target.host);
  if (/(?:^|[,\s])trailers(?:$|[,;\s])/i.test(String(request.headers.te ?? '')))
    headers.push('TE', 'trailers', 'Connection', 'TE, keep-alive');
  const announced = hasField(headers, 'content-length') || hasField(headers, 'transfer-encoding');
  if (!announced && !BODILESS_METHODS.has(request.method ?? 'GET')) headers.push('Content-Length', '0');
  return headers;
}

function responseHeaders(raw: RawHeaders, request: IncomingMessage, { target, rewriteLocation }: ProxySettings): string[] {
  const whole = endToEnd(raw);
  // Chunks mean nothing to a client of HTTP/1.0 (RFC 9112 section 7.1): the end of the connection ends the body.
  const headers = request.httpVersion === '1.0' ? withoutField(whole, 'transfer-encoding') : whole;
  if (!rewriteLocation) return headers;
  return withField(headers, 'location', (value) => {
    const url = URL.parse(value);
    if (url === null || url.origin.toLowerCase() !== target.origin) return value;
    const rest = value.slice(value.indexOf('/', value.indexOf('//') + 2));
    const path = target.base !== '' && rest.startsWith(`${target.base}/`) ? rest.slice(target.base.length) : rest;
    return `http://${request.headers.host ?? 'localhost'}${path}`;
  });
}

/**
 * Interim answers (RFC 9110 section 15.2) other than 100, which is answered in its own way, written as they came: Node's own means of sending them know
 * few statuses and refuse links that they do not understand. A response that waits behind another one has no connection yet and goes without.
 */
function passInformation(
  request: IncomingMessage,
  response: ServerResponse,
  { statusCode, statusMessage, rawHeaders }: InformationEvent,
): void {
  if (statusCode <= 101 || response.headersSent || request.httpVersion !== '1.1' || response.socket?.writable !== true) return;
  const lines = pairs(endToEnd(rawHeaders)).map(([name, value]) => `${name}: ${value}\r\n`);
  response.socket.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`, 'latin1');
}

function exchangeOf(
  request: IncomingMessage,
  headers: RawHeaders,
  path: string,
  asked: KeptBody,
  answer: IncomingMessage | undefined,
  answered: KeptBody | undefined,
  failure: string | undefined,
  { target, bodyLimit }: ProxySettings,
): Omit<Exchange, 'place' | 'startedAt' | 'milliseconds'> {
  const gaps: Gap[] = [];
  const question = path.indexOf('?');
  const requestFields = headersOf(headers);
  const cut = failure ?? 'The connection ended before the body did.';
  const message = {
    method: request.method ?? 'GET',
    path: question < 0 ? path : path.slice(0, question),
    query: question < 0 ? '' : path.slice(question + 1),
    headers: requestFields,
    body: keptBody('request-body', asked, requestFields['content-encoding'], request.complete, cut),
  };
  if (answer === undefined || answered === undefined) {
    if (failure !== undefined) gaps.push({ of: 'response-body', code: 'missing', message: failure });
    return { origin: target.origin, request: message, response: undefined, gaps };
  }
  const responseFields = headersOf(endToEnd(answer.rawHeaders));
  const response = {
    status: answer.statusCode ?? 0,
    headers: responseFields,
    body: keptBody('response-body', answered, responseFields['content-encoding'], answer.complete, cut),
  };
  return { origin: target.origin, request: message, response, gaps };

  /** Without its content coding, as recordings have it; what does not fit the limit or is not whole is named as a gap. */
  function keptBody(
    of: Gap['of'],
    body: KeptBody,
    coding: string | string[] | undefined,
    isWhole: boolean,
    reason: string,
  ): Buffer | undefined {
    if (body.size() === 0 && isWhole) return undefined;
    if (!isWhole) gaps.push({ of, code: 'truncated', message: reason });
    const tooLarge = (): undefined => {
      gaps.push({ of, code: 'missing', message: `The body is larger than ${bodyLimit} bytes and was not kept.` });
      return undefined;
    };
    const bytes = body.bytes();
    if (bytes === undefined) return tooLarge();
    const uncoded = withoutContentCoding(bytes, coding, bodyLimit);
    if (uncoded.ok) return uncoded.body;
    if (uncoded.reason === 'too-large') return tooLarge();
    if (isWhole) gaps.push({ of, code: 'undecodable', message: `The body is no ${String(coding)} data.` });
    return bytes;
  }
}
