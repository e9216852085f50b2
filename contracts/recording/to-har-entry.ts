import { isUtf8 } from 'node:buffer';
import type { Exchange } from '../exchange.ts';
import type { HarNote } from './har-note.ts';
import { fieldOf } from './headers.ts';
import type { Headers } from './headers.ts';
import { startedAt as readTime } from './started-at.ts';
import { originOf, targetOf } from './target.ts';

/**
 * An exchange as a HAR entry (HAR 1.2, section "entries") that any tool reads, and that gives the very exchange back to us: what HAR has no place for stands in `_hufu`,
 * as its section "Custom fields" asks.
 */
export function toHarEntry(exchange: Exchange): Record<string, unknown> {
  const { request, response, startedAt, milliseconds } = exchange;
  const url = urlOf(exchange);
  const requestHeaders = pairsOf(request.headers);
  const responseHeaders = pairsOf(response?.headers ?? {});
  const time = milliseconds ?? -1;
  return {
    startedDateTime: isoTime(startedAt),
    time,
    request: {
      method: request.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: cookiesOf(requestHeaders, 'cookie'),
      headers: requestHeaders,
      queryString: [...new URLSearchParams(request.query)].map(([name, value]) => ({ name, value })),
      ...(request.body === undefined
        ? {}
        : { postData: { mimeType: fieldOf(request.headers, 'content-type') ?? '', ...bodyText(request.body) } }),
      headersSize: -1,
      bodySize: sizeOf(request.headers, request.body),
    },
    response: {
      status: response?.status ?? 0,
      statusText: reasonOf(response?.status ?? 0),
      httpVersion: 'HTTP/1.1',
      cookies: cookiesOf(responseHeaders, 'set-cookie'),
      headers: responseHeaders,
      content: {
        size: response?.body?.length ?? 0,
        mimeType: fieldOf(response?.headers ?? {}, 'content-type') ?? 'x-unknown',
        ...(response?.body === undefined ? {} : bodyText(response.body)),
      },
      redirectURL: fieldOf(response?.headers ?? {}, 'location') ?? '',
      headersSize: -1,
      bodySize: response === undefined ? -1 : sizeOf(response.headers, response.body),
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _hufu: noteOf(exchange, url),
  };
}

/** The usual phrase of a status. Importing `node:http` costs every start of a reader 20 ms, and only writers ask. */
function reasonOf(status: number): string {
  return process.getBuiltinModule('node:http').STATUS_CODES[status] ?? '';
}

function noteOf({ gaps, origin, request: { path, query }, startedAt }: Exchange, url: string): HarNote {
  const read = targetOf(url);
  const same = read?.origin === origin && read?.path === path && read.query === query;
  return {
    gaps: gaps.map(({ of, code, message }) => ({ of, code, message })),
    ...(same ? {} : { target: { origin: origin ?? null, path, query } }),
    ...(readTime(isoTime(startedAt)) === startedAt ? {} : { startedAt: startedAt ?? null }),
  };
}

function isoTime(time: number | undefined): string {
  return new Date(time === undefined || Math.abs(time) > 8.64e15 ? 0 : time).toISOString();
}

/** Absolute, as HAR asks. */
function urlOf({ origin, request }: Exchange): string {
  const host = fieldOf(request.headers, 'host');
  const base = origin ?? (host === undefined ? undefined : originOf(`http://${host}`)) ?? 'http://localhost';
  const path = request.path.startsWith('/') ? request.path : `/${request.path}`;
  return `${base}${path}${request.query === '' ? '' : `?${request.query}`}`;
}

interface Pair {
  readonly name: string;
  readonly value: string;
}

function pairsOf(headers: Headers): Pair[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => ({ name, value: one })),
  );
}

function cookiesOf(headers: readonly Pair[], name: 'cookie' | 'set-cookie'): Pair[] {
  const texts = headers.flatMap((field) => (field.name === name ? [field.value] : []));
  const pairs = name === 'cookie' ? texts.flatMap((text) => text.split(';')) : texts.map((text) => text.split(';', 1)[0] ?? '');
  return pairs.flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [] : [{ name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() }];
  });
}

/** HAR 1.2 knows `encoding` in responses only; for requests it is what proxies write where a body is no text. */
function bodyText(bytes: Buffer): { text: string; encoding?: 'base64' } {
  return isUtf8(bytes) ? { text: bytes.toString() } : { text: bytes.toString('base64'), encoding: 'base64' };
}

/** A body that was compressed on the wire is unpacked here: its size there is not known. */
function sizeOf(headers: Headers, body: Buffer | undefined): number {
  return headers['content-encoding'] === undefined ? (body?.length ?? 0) : -1;
}
