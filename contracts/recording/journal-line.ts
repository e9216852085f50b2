import { record } from '../../operations/index.ts';
import type { Exchange, Gap, Place } from '../exchange.ts';
import { fieldOf, readHeaders } from './headers.ts';
import { numberOf } from './number-of.ts';
import { duration, startedAt } from './started-at.ts';
import { originOf } from './target.ts';

type Members = Readonly<Record<string, unknown>>;

/** An entry of the mock's journal, as `GET /__hufu/journal` and its events show it. */
export function isJournalLine(value: Members): boolean {
  const request = record(value['request']);
  return (
    typeof request['path'] === 'string' && typeof request['method'] === 'string' && typeof value['at'] === 'string' && 'session' in value
  );
}

/** @returns why it is none: a sentence without its subject. */
export function fromJournalLine(line: Members, place: Place): Exchange | string {
  const [request, response] = [record(line['request']), record(line['response'])];
  const { method, path, query } = request;
  const { status } = response;
  if (typeof method !== 'string' || typeof path !== 'string') return 'has no "request.method" and "request.path"';
  if (typeof status !== 'number' || !Number.isInteger(status)) return 'has no "response.status"';
  const { headers } = readHeaders(request['headers']);
  const host = fieldOf(headers, 'host');
  const [sent, answered] = [bodyOf(request['body'], 'request'), bodyOf(response['body'], 'response')];
  const milliseconds = duration(line['milliseconds']);
  // An entry's time is its end.
  const end = startedAt(line['at']);
  return {
    place,
    origin: host === undefined ? undefined : originOf(`http://${host}`),
    request: { method, path, query: typeof query === 'string' ? query : '', headers, body: sent.bytes },
    response: { status, headers: readHeaders(response['headers']).headers, body: answered.bytes },
    startedAt: end === undefined ? undefined : end - (milliseconds ?? 0),
    milliseconds,
    gaps: [...sent.gaps, ...answered.gaps],
  };
}

/** Listings cut bodies at 64 KiB; the HAR of the journal has them whole. */
function bodyOf(value: unknown, of: 'request' | 'response'): { readonly bytes: Buffer | undefined; readonly gaps: readonly Gap[] } {
  const { text, encoding, size, truncated } = record(value);
  if (typeof text !== 'string') return { bytes: undefined, gaps: [] };
  const bytes = Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
  const whole = truncated !== true;
  const message = `The journal shows ${bytes.length} of ${numberOf(size)} bytes of the ${of}'s body; its HAR (GET /__hufu/journal.har) has all.`;
  return { bytes, gaps: whole ? [] : [{ of: `${of}-body`, code: 'truncated', message }] };
}
