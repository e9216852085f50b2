import type { IncomingMessage } from 'node:http';
import type { Operation, RequestMessage, ResponseMessage } from '../../operations/index.ts';
import { withoutContentCoding } from '../content-coding.ts';
import { endToEnd, headersOf, withField } from './hop-by-hop.ts';
import { createTarget, failureOf } from './target.ts';
import type { Target } from './target.ts';

/** Why a target gave no answer that could be used; one sentence that names it. */
export interface Down {
  readonly reason: string;
  /** It took too long: 504 rather than 502. */
  readonly timedOut: boolean;
}

export interface Forwarder {
  /** Where an operation is answered by somebody else; `undefined`: nowhere. Its own rule goes before that of its document, that before `*`. */
  readonly targetOf: (operation: Operation | undefined, message: RequestMessage) => Target | undefined;
  /** Sends a whole request and waits for the whole answer. Never throws. */
  readonly forward: (target: Target, message: RequestMessage) => Promise<ResponseMessage | Down>;
  /** Lets go of the connections. */
  readonly close: () => void;
}

export interface ForwardOptions {
  /** For the whole answer, in milliseconds; default 30,000. */
  readonly timeout?: number;
  /** The largest answer in bytes, on the wire and unpacked; default 10 MiB. */
  readonly bodyLimit?: number;
  /** Take any certificate; default false. */
  readonly insecure?: boolean;
}

/** What to forward: `document`, `document.operationId`, or `*` for everything; and where to. */
export interface ForwardRule {
  readonly what: string;
  readonly url: string;
}

/** @throws TypeError when a URL is none. */
export function createForwarder(rules: readonly ForwardRule[], options: ForwardOptions = {}): Forwarder {
  const { timeout = 30_000, bodyLimit = 10 * 1024 * 1024, insecure = false } = options;
  const byUrl = new Map<string, Target>();
  const targets = new Map<string, Target>();
  for (const { what, url } of rules) {
    const target = byUrl.get(url) ?? createTarget(url, { insecure });
    byUrl.set(url, target);
    targets.set(what, target);
  }
  return {
    targetOf(operation) {
      if (operation === undefined) return targets.get('*');
      const { name } = operation.document;
      return targets.get(`${name}.${operation.id}`) ?? targets.get(name) ?? targets.get('*');
    },
    forward: (target, message) => forward(target, message, timeout, bodyLimit),
    close: () => {
      for (const target of byUrl.values()) target.close();
    },
  };
}

function forward(target: Target, message: RequestMessage, timeout: number, bodyLimit: number): Promise<ResponseMessage | Down> {
  return new Promise((resolve) => {
    const down = (reason: string, timedOut = false): void => {
      clearTimeout(patience);
      resolve({ reason, timedOut });
      request.destroy();
    };
    const path = target.base + message.path + (message.query === '' ? '' : `?${message.query}`);
    const request = target.request({ method: message.method, path, headers: requestHeaders(target, message), setHost: false });
    const patience = setTimeout(() => down(`${target.url} did not answer within ${timeout} ms.`, true), timeout);
    request.on('error', (error) => down(failureOf(error, target)));
    request.once('response', (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > bodyLimit) down(`${target.url} answered with more than ${bodyLimit} bytes.`);
        else chunks.push(chunk);
      });
      answer.on('error', () => undefined);
      answer.once('close', () => {
        if (!answer.complete) {
          down(`${target.url} broke off in the middle of its answer.`);
          return;
        }
        const read = responseOf(answer, Buffer.concat(chunks), target, bodyLimit);
        clearTimeout(patience);
        resolve(read);
      });
    });
    request.end(message.body);
  });
}

/** The body is whole and unpacked already, so it is framed and described anew. */
function requestHeaders(target: Target, { headers, body, method }: RequestMessage): string[] {
  const raw = Object.entries(headers).flatMap(([name, value]) => {
    if (
      value === undefined ||
      name === 'content-length' ||
      name === 'transfer-encoding' ||
      name === 'content-encoding' ||
      name === 'expect'
    )
      return [];
    return [value].flat().flatMap((one) => [name, one]);
  });
  const kept = withField(endToEnd(raw), 'host', () => target.host);
  if (headers['host'] === undefined) kept.unshift('host', target.host);
  if (body !== undefined || !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method)) kept.push('content-length', String(body?.length ?? 0));
  return kept;
}

function responseOf(answer: IncomingMessage, bytes: Buffer, target: Target, limit: number): ResponseMessage | Down {
  const {
    'transfer-encoding': _framing,
    'content-encoding': coding,
    'content-length': length,
    ...headers
  } = headersOf(endToEnd(answer.rawHeaders));
  const uncoded = withoutContentCoding(bytes, coding, limit);
  if (!uncoded.ok && uncoded.reason === 'unknown') {
    return { status: answer.statusCode ?? 0, headers: { ...headers, 'content-encoding': coding, 'content-length': length }, body: bytes };
  }
  if (!uncoded.ok) {
    const what = uncoded.reason === 'too-large' ? `more than ${limit} bytes when unpacked` : `a body that is no ${String(coding)} data`;
    return { reason: `${target.url} answered with ${what}.`, timedOut: false };
  }
  const body = uncoded.body.length === 0 ? undefined : uncoded.body;
  // The length in an answer to HEAD is that of a body which does not come (RFC 9110 section 9.3.2).
  const own = body === undefined ? length : String(body.length);
  return { status: answer.statusCode ?? 0, headers: own === undefined ? headers : { ...headers, 'content-length': own }, body };
}
