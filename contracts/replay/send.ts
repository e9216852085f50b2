import type { RequestMessage, ResponseMessage } from '../../operations/index.ts';
import { endToEnd, headersOf } from '../proxy/hop-by-hop.ts';
import { failureOf } from '../proxy/target.ts';
import type { Target } from '../proxy/target.ts';
import { withoutContentCoding } from '../content-coding.ts';

export interface SendOptions {
  /** For the whole answer, in milliseconds. */
  readonly timeout: number;
  /** The largest answer, on the wire and unpacked, in bytes. */
  readonly bodyLimit: number;
  /** Header fields that replace those of the request; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export type Sent = Answered | Unanswered;

export interface Answered {
  readonly kind: 'answered';
  readonly response: ResponseMessage;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly milliseconds: number;
}

export interface Unanswered {
  readonly kind: 'unanswered';
  /** One sentence that names the target. */
  readonly reason: string;
  /** The connection failed or broke: the request may not have been seen. */
  readonly isConnection: boolean;
  readonly startedAt: number;
}

/** Framing is made anew, expectations are not met. */
const DROPPED = new Set(['host', 'content-length', 'transfer-encoding', 'expect']);
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** Sends a request and waits for the whole answer; redirects are answers like any other. Never throws. */
export function send(target: Target, message: RequestMessage, { timeout, bodyLimit, headers, signal }: SendOptions): Promise<Sent> {
  const startedAt = Date.now();
  const start = performance.now();
  return new Promise((resolve) => {
    const fail = (reason: string, isConnection = false): void => {
      clearTimeout(patience);
      signal.removeEventListener('abort', abort);
      resolve({ kind: 'unanswered', reason, isConnection, startedAt });
    };
    const abort = (): void => {
      fail('The replay was stopped.');
      request.destroy();
    };
    const path = target.base + message.path + (message.query === '' ? '' : `?${message.query}`);
    let request: ReturnType<Target['request']>;
    const patience = setTimeout(() => {
      fail(`${target.url} did not answer within ${timeout} ms.`);
      request.destroy();
    }, timeout);
    try {
      request = target.request({ method: message.method, path, headers: fieldLines(target, message, headers), setHost: false });
    } catch (error) {
      // Node refuses control characters in targets and fields.
      fail(`The request can't be sent: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    request.on('error', (error) => fail(failureOf(error, target), true));
    request.once('response', (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= bodyLimit) {
          chunks.push(chunk);
          return;
        }
        fail(`${target.url} answered with more than ${bodyLimit} bytes.`);
        request.destroy();
      });
      answer.on('error', () => undefined);
      answer.once('close', () => {
        if (!answer.complete) return fail(`${target.url} broke off in the middle of its answer.`, true);
        clearTimeout(patience);
        signal.removeEventListener('abort', abort);
        const bytes = Buffer.concat(chunks);
        const fields = headersOf(endToEnd(answer.rawHeaders));
        const uncoded = withoutContentCoding(bytes, fields['content-encoding'], bodyLimit);
        const body = uncoded.ok ? uncoded.body : bytes;
        if (uncoded.ok && fields['content-encoding'] !== undefined) delete fields['content-encoding'];
        if (uncoded.ok && body.length !== bytes.length && fields['content-length'] !== undefined)
          fields['content-length'] = String(body.length);
        delete fields['transfer-encoding'];
        resolve({
          kind: 'answered',
          response: { status: answer.statusCode ?? 0, headers: fields, body: body.length === 0 ? undefined : body },
          startedAt,
          milliseconds: performance.now() - start,
        });
      });
    });
    request.end(message.body);
  });
}

/** Name, value, name, value, ...: Host and the length are the target's and the body's own. */
function fieldLines(target: Target, { method, headers, body }: RequestMessage, replaced: Readonly<Record<string, string>>): string[] {
  const raw = Object.entries({ ...headers, ...replaced }).flatMap(([name, value]) =>
    value === undefined || DROPPED.has(name) || name.startsWith(':') || isUnpacked(name, value, body)
      ? []
      : [value].flat().flatMap((one) => [name, one]),
  );
  const lines = ['host', replaced['host'] ?? target.host, ...endToEnd(raw)];
  // Node frames no body of DELETE by itself.
  if (body !== undefined || !BODILESS.has(method)) lines.push('content-length', String(body?.length ?? 0));
  return lines;
}

/** Recordings hold bodies unpacked: their coding is not on the wire any more. */
function isUnpacked(name: string, value: string | string[], body: Buffer | undefined): boolean {
  if (name !== 'content-encoding' || body === undefined) return false;
  const uncoded = withoutContentCoding(body, value, 64 * 1024 * 1024);
  return uncoded.ok && uncoded.body === body;
}
