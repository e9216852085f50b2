import type { JournalEntry } from '../journal.ts';
import type { Reply } from '../reply.ts';
import { entryOf, journalOf } from './journal.ts';
import { json } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';

/** See server.ts: an import statement would load more than is wanted. */
const { request: httpRequest } = process.getBuiltinModule('node:http');

/** Of the connection that a request came on (RFC 9110 section 7.6.1); its length is told anew. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** Latency that was asked for is at most a minute. */
const TIME_LIMIT_MS = 90_000;

/**
 * Sends the request of an entry once more, over a socket like any client: everything is as it is for others, faults and forwarding too. Only the mock has the request
 * whole: what the journal shows is masked and cut.
 * @throws Refusal `UNKNOWN_ENTRY`; `INVALID_REQUEST` where the request was never read to its end; `BUSY` without an answer in time.
 */
export async function sendAgain(call: ControlCall): Promise<Reply> {
  const entry = entryOf(call);
  const { request, id, step } = entry;
  const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
  if (request.body === undefined && (coding !== undefined || length !== '0') && step === 'receive')
    throw new Refusal('INVALID_REQUEST', `The body of entry ${id} was refused before it was read; there is nothing to send again.`);
  let again: number | undefined;
  const stop = journalOf(call).subscribe((next) => {
    if (again === undefined && isSame(entry, next)) again = next.id;
  });
  try {
    const status = await statusOf(entry, call);
    return json({ status, ...(again === undefined ? {} : { id: again }) });
  } finally {
    stop();
  }
}

function isSame(one: JournalEntry, other: JournalEntry): boolean {
  const [a, b] = [one.request, other.request];
  return a.method === b.method && a.path === b.path && a.query === b.query && one.session === other.session;
}

/** The status that it is answered with; 0: the connection was reset. */
function statusOf({ request }: JournalEntry, { request: asked }: ControlCall): Promise<number> {
  const { method, path, query, body } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.has(name)));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = httpRequest(
    {
      // Where this very server is asked: it may listen on one address only.
      host: asked.socket.localAddress,
      port: asked.socket.localPort,
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: body === undefined ? headers : { ...headers, 'content-length': String(body.length) },
      agent: false,
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    },
    (response) => {
      const { statusCode = 0 } = response;
      response.resume();
      // A body that is cut is an answer all the same.
      response.once('close', () => resolve(statusCode));
      response.once('error', () => resolve(statusCode));
    },
  );
  sent.once('error', (error) => {
    if (error.name === 'AbortError' || error.name === 'TimeoutError')
      reject(new Refusal('BUSY', `No answer came within ${TIME_LIMIT_MS / 1_000} seconds.`));
    else resolve(0);
  });
  sent.end(body);
  return promise;
}
