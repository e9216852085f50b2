import { STATUS_CODES } from 'node:http';
import type { JournalEntry } from '../journal.ts';
import { journalBody } from './journal-body.ts';
import { headerPairs } from './journal-entry.ts';
import { maskQuery, secretsOf } from './mask.ts';

/** The journal as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), in pieces of one entry each: no text of the whole is ever made. */
export function* harText(entries: readonly JournalEntry[]): Generator<string> {
  yield '{"log":{"version":"1.2","creator":{"name":"hufu","version":"0.1.0"},"entries":[';
  for (const [index, entry] of entries.entries()) yield `${index === 0 ? '' : ','}\n${JSON.stringify(harEntry(entry))}`;
  yield '\n]}}\n';
}

/** Members that HAR does not know begin with an underscore, as it asks (section "Custom fields"). */
function harEntry(entry: JournalEntry): Record<string, unknown> {
  const { request, reply, operation } = entry;
  const secrets = secretsOf(operation);
  const requestHeaders = headerPairs(request.headers, secrets);
  const responseHeaders = headerPairs(reply.headers, secrets);
  const query = maskQuery(request.query, secrets);
  return {
    startedDateTime: new Date(entry.at - entry.milliseconds).toISOString(),
    time: entry.milliseconds,
    request: {
      method: request.method,
      url: urlOf(entry, query),
      httpVersion: 'HTTP/1.1',
      cookies: cookiePairs(requestHeaders, 'cookie').map(([name, value]) => ({ name, value })),
      headers: requestHeaders.map(([name, value]) => ({ name, value })),
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      ...postData(entry),
      headersSize: -1,
      // A compressed body was unpacked on arrival: its size on the wire is not known.
      bodySize: request.headers['content-encoding'] === undefined ? (request.body?.length ?? 0) : -1,
    },
    response: {
      status: reply.status,
      statusText: STATUS_CODES[reply.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: cookiePairs(responseHeaders, 'set-cookie').map(([name, value]) => ({ name, value })),
      headers: responseHeaders.map(([name, value]) => ({ name, value })),
      content: content(entry),
      redirectURL: valueOf(responseHeaders, 'location') ?? '',
      headersSize: -1,
      bodySize: reply.body?.length ?? 0,
    },
    cache: {},
    timings: { send: 0, wait: entry.milliseconds, receive: 0 },
    _hufu: {
      id: entry.id,
      session: entry.session,
      ...(operation === undefined ? {} : { document: operation.document.name, operationId: operation.id }),
      ...(entry.fault === undefined ? {} : { fault: entry.fault }),
    },
  };
}

type Pairs = readonly (readonly [name: string, value: string])[];

/** Characters that RFC 3986 keeps out of a URL and node:http lets through; other bytes than these it refuses. */
const NOT_IN_URL = /["<>\\^`{|}]/g;

/** Absolute, as HAR asks; a Host header that is none is replaced. */
function urlOf({ request }: JournalEntry, query: string): string {
  const host = String(request.headers['host'] ?? '');
  const authority = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host) ? host : 'localhost';
  const target = (request.path.startsWith('/') ? request.path : `/${request.path}`) + (query === '' ? '' : `?${query}`);
  return `http://${authority}${target.replace(NOT_IN_URL, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}`;
}

function postData({ request }: JournalEntry): Record<string, unknown> {
  if (request.body === undefined || request.body.length === 0) return {};
  const { text, encoding } = journalBody(request.body);
  const mimeType = String(request.headers['content-type'] ?? '');
  // HAR 1.2 knows `encoding` in responses only; for requests it is what proxies and browsers write where a body is no text.
  return { postData: { mimeType, text, ...(encoding === 'base64' ? { encoding } : {}) } };
}

function content({ reply }: JournalEntry): Record<string, unknown> {
  const mimeType = String(reply.headers['content-type'] ?? 'x-unknown');
  if (reply.body === undefined || reply.body.length === 0) return { size: 0, mimeType, text: '' };
  const { size, text, encoding } = journalBody(reply.body);
  return { size, mimeType, text, ...(encoding === 'base64' ? { encoding } : {}) };
}

function cookiePairs(headers: Pairs, name: 'cookie' | 'set-cookie'): Pairs {
  const texts = headers.flatMap(([given, value]) => (given === name ? [value] : []));
  const pairs = name === 'cookie' ? texts.flatMap((text) => text.split(';')) : texts.map((text) => text.split(';', 1)[0] ?? '');
  return pairs.flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const];
  });
}

function valueOf(headers: Pairs, name: string): string | undefined {
  return headers.find(([given]) => given === name)?.[1];
}
