import { record, writeJson } from '../../operations/index.ts';
import type { Exchange, Gap, Place } from '../exchange.ts';
import { fieldOf, readHeaders, setField } from './headers.ts';
import type { Headers } from './headers.ts';
import { numberOf } from './number-of.ts';
import type { Aside } from './recording.ts';
import { duration, startedAt } from './started-at.ts';
import { originOf, otherProtocol, targetOf } from './target.ts';

type Members = Readonly<Record<string, unknown>>;

/** Names that logs of gateways and small recorders use for one thing. */
const NAMES = {
  method: ['method', 'http_method', 'httpMethod'],
  url: ['url', 'uri', 'requestUrl', 'path', 'request_uri', 'target'],
  host: ['host', 'hostname'],
  headers: ['headers'],
  body: ['body', 'raw_body', 'payload', 'data'],
  status: ['status', 'statusCode', 'status_code', 'responseStatus'],
  time: ['time', 'timestamp', 'startedAt', 'started_at', 'startedDateTime', '@timestamp', 'date'],
  duration: ['duration', 'durationMs', 'duration_ms', 'ms', 'elapsed', 'latency'],
} as const;

/**
 * Exchanges as other tools log them: `{ method, url, status, request: { headers, body }, response: { headers, body } }` and its kin, with the members of
 * the request and the status at the top or within. Bodies may be text or JSON values.
 */
export function isLooseLine(line: Members): boolean {
  const request = requestOf(line);
  return (
    typeof (find('method', request) ?? find('method', line)) === 'string' && typeof (find('url', request) ?? find('url', line)) === 'string'
  );
}

/**
 * @param line parsed so that it keeps every digit (`parseJson`).
 * @returns why it is none: a sentence without its subject.
 */
export function fromLooseLine(line: Members, place: Place): Exchange | Aside | string {
  const [request, response] = [requestOf(line), responseOf(line)];
  const method = find('method', request) ?? find('method', line);
  const url = find('url', request) ?? find('url', line);
  if (typeof method !== 'string' || typeof url !== 'string') return 'has no method and URL';
  const other = otherProtocol(url, method.toUpperCase());
  if (other !== undefined) return { kind: 'aside', reason: other, place, url: url.slice(0, 200) };
  const sent = readHeaders(find('headers', request));
  const host = find('host', request) ?? find('host', line) ?? fieldOf(sent.headers, 'host');
  const target = targetOf(url, typeof host === 'string' ? originOf(`http://${host}`) : undefined);
  if (target === undefined) return `has no http(s) URL: ${JSON.stringify(url.slice(0, 100))}`;
  const gaps: Gap[] = [];
  if (sent.lack !== undefined) gaps.push(lackOf('request', sent.lack));
  const requestBody = bodyOf(find('body', request), sent.headers, 'request', gaps);
  const status = numberOf(find('status', response ?? {}) ?? find('status', line));
  const hasResponse = Number.isInteger(status) && status >= 100 && status <= 999;
  const got = readHeaders(response === undefined ? undefined : find('headers', response));
  if (hasResponse && got.lack !== undefined) gaps.push(lackOf('response', got.lack));
  if (
    hasResponse &&
    (response === undefined || find('body', response) === undefined) &&
    status !== 204 &&
    status !== 304 &&
    method.toUpperCase() !== 'HEAD'
  ) {
    gaps.push({ of: 'response-body', code: 'missing', message: 'The body of the response was not recorded.' });
  }
  const responseBody = response === undefined ? undefined : bodyOf(find('body', response), got.headers, 'response', gaps);
  return {
    place,
    origin: target.origin,
    request: { method: method.toUpperCase(), path: target.path, query: target.query, headers: sent.headers, body: requestBody },
    response: hasResponse ? { status, headers: got.headers, body: responseBody } : undefined,
    startedAt: startedAt(find('time', line) ?? find('time', request)),
    milliseconds: duration(find('duration', line)),
    gaps,
  };
}

function requestOf(line: Members): Members {
  const given = line['request'] ?? line['req'] ?? record(line['http'])['request'];
  return typeof given === 'object' && given !== null ? record(given) : line;
}

function responseOf(line: Members): Members | undefined {
  const given = line['response'] ?? line['res'] ?? record(line['http'])['response'];
  return typeof given === 'object' && given !== null ? record(given) : undefined;
}

function find(what: keyof typeof NAMES, members: Members): unknown {
  for (const name of NAMES[what]) if (members[name] !== undefined && members[name] !== null) return members[name];
  return undefined;
}

function lackOf(side: 'request' | 'response', lack: 'missing' | 'invalid'): Gap {
  const message =
    lack === 'missing'
      ? `The header fields of the ${side} were not recorded.`
      : `The recording holds header fields of the ${side} that are none.`;
  return { of: `${side}-headers`, code: lack, message };
}

/** Text as it is; any other value was JSON on the wire. */
function bodyOf(value: unknown, headers: Headers, side: 'request' | 'response', gaps: Gap[]): Buffer | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value === '' ? undefined : Buffer.from(value);
  if (headers['content-type'] === undefined) setField(headers, 'content-type', 'application/json');
  try {
    return Buffer.from(writeJson(value));
  } catch {
    gaps.push({ of: `${side}-body`, code: 'undecodable', message: `The body of the ${side} is nested too deep.` });
    return undefined;
  }
}
