import { isUtf8 } from 'node:buffer';
import { record } from '../../operations/index.ts';
import type { RequestMessage, ResponseMessage } from '../../operations/index.ts';
import type { Exchange, Place } from '../exchange.ts';
import { readGaps } from './har-note.ts';
import { setField } from './headers.ts';
import type { Headers } from './headers.ts';

/**
 * One exchange a line, without loss, in the order in which it reads best:
 *
 * ```json
 * {"hufu":1,"at":1718000000000,"ms":12,"origin":"http://localhost:8080","method":"POST","path":"/things","query":"a=1",
 *  "headers":{"content-type":"application/json"},"body":"{}",
 *  "response":{"status":201,"headers":{"set-cookie":["a=1","b=2"]},"body":{"base64":"AP8="}},"gaps":[]}
 * ```
 *
 * `hufu` is the version of the form. A body is text where its bytes are UTF-8, else base64. What there is none of is left out: `at`, `ms`, `origin`, an empty `query`, `body`,
 * `response`, and `gaps` where nothing was lost.
 */
export function toLine(exchange: Exchange): string {
  const { startedAt, milliseconds, origin, request, response, gaps } = exchange;
  return JSON.stringify({
    hufu: 1,
    at: startedAt,
    ms: milliseconds,
    origin,
    method: request.method,
    path: request.path,
    query: request.query === '' ? undefined : request.query,
    headers: request.headers,
    body: bodyText(request.body),
    response: response === undefined ? undefined : { status: response.status, headers: response.headers, body: bodyText(response.body) },
    gaps: gaps.length === 0 ? undefined : gaps.map(({ of, code, message }) => ({ of, code, message })),
  });
}

function bodyText(bytes: Buffer | undefined): string | { base64: string } | undefined {
  if (bytes === undefined) return undefined;
  return isUtf8(bytes) ? bytes.toString() : { base64: bytes.toString('base64') };
}

export function isLine(value: Readonly<Record<string, unknown>>): boolean {
  return 'hufu' in value;
}

/** @returns why it is none: a sentence without its subject. */
export function fromLine(line: Readonly<Record<string, unknown>>, place: Place): Exchange | string {
  const { hufu, at, ms, origin, method, path, query = '', headers, body, response, gaps = [] } = line;
  if (hufu !== 1) return `is of version ${JSON.stringify(hufu)?.slice(0, 20)}: this program reads version 1`;
  const wrong = (name: string): string => `has a "${name}" that is not of the form of version 1`;
  if (typeof method !== 'string' || method === '') return wrong('method');
  if (typeof path !== 'string') return wrong('path');
  if (typeof query !== 'string') return wrong('query');
  if (at !== undefined && typeof at !== 'number') return wrong('at');
  if (ms !== undefined && typeof ms !== 'number') return wrong('ms');
  if (origin !== undefined && typeof origin !== 'string') return wrong('origin');
  const requestHeaders = headersOf(headers);
  const requestBody = bodyOf(body);
  const readGap = readGaps(gaps);
  if (requestHeaders === undefined) return wrong('headers');
  if (requestBody === 'wrong') return wrong('body');
  if (readGap === undefined) return wrong('gaps');
  const answer = response === undefined ? undefined : responseOf(record(response));
  if (typeof answer === 'string') return wrong(answer);
  const request: RequestMessage = { method, path, query, headers: requestHeaders, body: requestBody };
  return { place, origin, request, response: answer, startedAt: at, milliseconds: ms, gaps: readGap };
}

function responseOf({ status, headers, body }: Readonly<Record<string, unknown>>): ResponseMessage | string {
  if (typeof status !== 'number' || !Number.isInteger(status)) return 'response.status';
  const read = headersOf(headers);
  const bytes = bodyOf(body);
  if (read === undefined) return 'response.headers';
  return bytes === 'wrong' ? 'response.body' : { status, headers: read, body: bytes };
}

function headersOf(value: unknown): Headers | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const headers: Headers = {};
  for (const [name, text] of Object.entries(value)) {
    const isText = typeof text === 'string';
    if (!isText && !(Array.isArray(text) && text.every((one) => typeof one === 'string'))) return undefined;
    setField(headers, name.toLowerCase(), isText ? text : [...text]);
  }
  return headers;
}

function bodyOf(value: unknown): Buffer | undefined | 'wrong' {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return Buffer.from(value);
  const { base64 } = record(value);
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : 'wrong';
}
