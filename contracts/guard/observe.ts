import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange, Gap, Place } from '../exchange.ts';
import { withoutContentCoding } from '../content-coding.ts';
import { createCapture } from './capture.ts';
import type { Capture } from './capture.ts';

export interface ObserveOptions {
  /** Bytes kept of each body; longer ones are not judged. */
  readonly maxBodyBytes: number;
  /** Called at once when the response is ended, before its last bytes leave. */
  readonly onEnd: () => void;
  /** Called once, after the response: ended, or broken off. */
  readonly onExchange: (exchange: Exchange) => void;
}

type Headers = NodeJS.Dict<string | string[]>;

/**
 * Watches one request and its response without changing either: what is read of the request is seen as it is read, what is written is seen as it is
 * written. Nothing waits for it.
 */
export function observe(request: IncomingMessage, response: ServerResponse, place: Place, options: ObserveOptions): void {
  const startedAt = Date.now();
  const url = 'originalUrl' in request && typeof request.originalUrl === 'string' ? request.originalUrl : (request.url ?? '/');
  // A parser that came first has taken the bytes: what it made of them is all there is.
  const isParsed = request.readableDidRead;
  const sent = createCapture(options.maxBodyBytes);
  const written = createCapture(options.maxBodyBytes);
  let given: Headers = {};
  let isDone = false;

  watchReading(request, sent);
  watchWriting(response, written, (headers) => (given = { ...given, ...headers }), ended);
  response.once('close', finish);

  function ended(): void {
    options.onEnd();
    // Once it has left: the backend does not wait for the judge.
    setImmediate(finish);
  }

  function finish(): void {
    if (isDone) return;
    isDone = true;
    const [requestBody, requestGaps] = isParsed ? parsedBody(request) : readBody(request, sent, options.maxBodyBytes);
    const reply = response.headersSent ? replyOf(request, response, written, given, options.maxBodyBytes) : undefined;
    const [path, query] = splitTarget(url);
    options.onExchange({
      place,
      // Whatever name it was called by: it is the one that is tested.
      origin: undefined,
      request: { method: request.method ?? 'GET', path, query, headers: request.headers, body: requestBody },
      response: reply?.message,
      startedAt,
      milliseconds: Date.now() - startedAt,
      gaps: [...requestGaps, ...(reply?.gaps ?? [])],
    });
  }
}

/** Whoever reads a stream, by `data`, `read`, `pipe` or `for await`: each chunk is told by an event (Node's Readable). */
function watchReading(request: IncomingMessage, sent: Capture): void {
  const emit = request.emit.bind(request);
  request.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    if (event === 'data') sent.add(values[0], request.readableEncoding ?? undefined);
    return emit(event, ...values);
  };
}

function watchWriting(response: ServerResponse, written: Capture, onHead: (headers: Headers) => void, onEnd: () => void): void {
  const originals = {
    write: response.write.bind(response),
    end: response.end.bind(response),
    writeHead: response.writeHead.bind(response),
  };
  // An `end` may be made of a `write`: its chunk is seen once.
  let isEnding = false;
  // The originals have many signatures: what was given is passed on as it is.
  response.write = (...given: unknown[]): boolean => {
    if (!isEnding) written.add(given[0], given[1]);
    return Reflect.apply(originals.write, undefined, given) as boolean;
  };
  response.end = (...given: unknown[]): typeof response => {
    if (!response.writableEnded) {
      if (typeof given[0] !== 'function') written.add(given[0], given[1]);
      onEnd();
    }
    isEnding = true;
    try {
      return Reflect.apply(originals.end, undefined, given) as typeof response;
    } finally {
      isEnding = false;
    }
  };
  response.writeHead = (...given: unknown[]): typeof response => {
    const done = Reflect.apply(originals.writeHead, undefined, given) as typeof response;
    onHead(headersOf(given.findLast((value) => typeof value === 'object' && value !== null)));
    return done;
  };
}

/** Of `writeHead`: an object, a flat list of names and values, or a list of pairs. */
function headersOf(given: unknown): Headers {
  const headers: Record<string, string | string[]> = {};
  const set = (name: unknown, value: unknown): void => {
    if (value === undefined) return;
    const key = String(name).toLowerCase();
    const text = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value : JSON.stringify(value);
    const known = headers[key];
    headers[key] = known === undefined ? text : [known, text].flat();
  };
  if (!Array.isArray(given)) for (const [name, value] of Object.entries(given ?? {})) set(name, value);
  else if (given.every(Array.isArray)) for (const [name, value] of given as unknown[][]) set(name, value);
  else for (let index = 0; index + 1 < given.length; index += 2) set(given[index], given[index + 1]);
  return headers;
}

function replyOf(
  request: IncomingMessage,
  response: ServerResponse,
  written: Capture,
  given: Headers,
  limit: number,
): { readonly message: Exchange['response']; readonly gaps: readonly Gap[] } {
  const status = response.statusCode;
  const headers: Headers = {};
  // Node writes it last of all, unless told not to (RFC 9110 section 6.6.1).
  if (response.sendDate) headers['date'] = new Date().toUTCString();
  for (const [name, value] of Object.entries({ ...response.getHeaders(), ...given }))
    if (value !== undefined) headers[name.toLowerCase()] = single(name, Array.isArray(value) ? value.map(String) : String(value));
  // Node sends no body here, whatever was written.
  if (request.method === 'HEAD' || status === 204 || status === 304) return { message: { status, headers, body: undefined }, gaps: [] };
  const [body, gaps] = judgeable(written, headers['content-encoding'], 'response-body', limit);
  if (response.writableEnded) return { message: { status, headers, body }, gaps };
  return {
    message: { status, headers, body },
    gaps: [{ of: 'response-body', code: 'truncated', message: 'The response was broken off.' }],
  };
}

/** Repeated fields are joined (RFC 9110 section 5.3), but for Set-Cookie. */
function single(name: string, value: string | string[]): string | string[] {
  return Array.isArray(value) && name.toLowerCase() !== 'set-cookie' ? value.join(', ') : value;
}

type Body = readonly [body: Buffer | undefined, gaps: readonly Gap[]];

function readBody(request: IncomingMessage, sent: Capture, limit: number): Body {
  const expects = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!expects) return [undefined, []];
  if (!request.readableEnded)
    return [undefined, [{ of: 'request-body', code: 'missing', message: 'The backend did not read the body of the request to its end.' }]];
  return judgeable(sent, request.headers['content-encoding'], 'request-body', limit);
}

/** A body without its content coding. */
function judgeable(capture: Capture, coding: string | string[] | undefined, of: 'request-body' | 'response-body', limit: number): Body {
  const bytes = capture.bytes();
  const gap = (code: Gap['code'], message: string): Body => [undefined, [{ of, code, message }]];
  if (bytes === undefined) return gap('truncated', `The body is larger than the ${limit} bytes that are kept.`);
  const plain = withoutContentCoding(bytes, coding, limit);
  if (plain.ok) return [plain.body.length === 0 ? undefined : plain.body, []];
  return gap('undecodable', `The body can't be decoded: its content coding ${String(coding)} is ${plain.reason}.`);
}

/** What a parser before us left in `rawBody` or `body` (Express's convention), as bytes again. */
function parsedBody(request: IncomingMessage): Body {
  const { rawBody, body } = request as { readonly rawBody?: unknown; readonly body?: unknown };
  const type = request.headers['content-type'] ?? '';
  for (const bytes of [rawBody, body]) {
    if (Buffer.isBuffer(bytes)) return [bytes, []];
    if (typeof bytes === 'string') return [Buffer.from(bytes), []];
  }
  if (/[/+]json\b/i.test(type) && body !== undefined) return [Buffer.from(JSON.stringify(body)), []];
  const form = /x-www-form-urlencoded/i.test(type) ? formText(body) : undefined;
  if (form !== undefined) return [Buffer.from(form), []];
  return [
    undefined,
    [{ of: 'request-body', code: 'missing', message: 'A parser has read the body of the request before the guard could see it.' }],
  ];
}

/** A form whose values are texts; `undefined` for one that the parser made something else of. */
function formText(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const pairs = Object.entries(body).flatMap(([name, value]) => [value].flat().map((item: unknown) => [name, item] as [string, unknown]));
  if (!pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string')) return undefined;
  return new URLSearchParams(pairs).toString();
}

/** Path and query of a request target; that of a proxy names its host before them (RFC 9112 section 3.2.2). */
function splitTarget(url: string): readonly [path: string, query: string] {
  const target = url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return [path === '' ? '/' : path, mark < 0 ? '' : target.slice(mark + 1)];
}
