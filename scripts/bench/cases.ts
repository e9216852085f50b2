import type { Request } from '../conformance/build-request.ts';
import { benchDocument, inputExample } from './document.ts';

/** One request that is sent over and over. */
export interface BenchCase {
  readonly name: string;
  /** The operation of the document: `GET /path`. */
  readonly operation: string;
  readonly request: Request;
  /** The request as it goes over the wire. */
  readonly bytes: string;
  /** Whether the request keeps to the document. */
  readonly valid: boolean;
  /** Whether a mock that validates may answer this. */
  readonly right: (status: number) => boolean;
  /** Whether its latency is measured as well. */
  readonly timed: boolean;
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const isRefusal = (status: number): boolean => status === 400 || status === 422;

const ITEM = '/api/v1/notice4/1000001';
const LIST = '/api/v1/notice4';

/** The path that every server must answer. */
export const FIRST_PATH = ITEM;

/** The document of {@link CASES}, 46 operations. The item of its module `notice8` has no example, so whoever answers for it makes the answer from the schema. */
export function casesDocument(): object {
  return benchDocument(9, { withoutExample: 8 });
}

export const CASES: readonly BenchCase[] = [
  { ...benchCase('GET path parameter', `GET ${LIST}/{id}`, get(ITEM)), timed: true },
  benchCase('GET list, query', `GET ${LIST}`, get(`${LIST}?current=0&size=20&status=EXECUTION&keyWord=spring`)),
  { ...benchCase('POST valid body', `POST ${LIST}`, post(LIST, inputExample())), timed: true },
  {
    ...benchCase('POST invalid body', `POST ${LIST}`, post(LIST, { ...inputExample(), groupId: 'twelve', replyDelay: 5000 })),
    valid: false,
    right: isRefusal,
  },
  // Prism and Hufu are asked for it; the others make what has no example from its schema anyway.
  benchCase('dynamic GET', 'GET /api/v1/notice8/{id}', get('/api/v1/notice8/1000001', { prefer: 'dynamic=true' })),
];

/** A request as HTTP/1.1 writes it. A body must be text. */
export function requestBytes({ method, path, headers, body }: Request): string {
  const sized = body === undefined ? headers : { ...headers, 'content-length': String(body.length) };
  const lines = Object.entries({ host: '127.0.0.1', ...sized }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body?.toString('utf8') ?? ''}`;
}

function benchCase(name: string, operation: string, request: Request): BenchCase {
  return { name, operation, request, bytes: requestBytes(request), valid: true, right: isSuccess, timed: false };
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): Request {
  return { kind: 'request', method: 'GET', path, headers: { accept: 'application/json', ...headers }, body: undefined };
}

function post(path: string, body: unknown): Request {
  const headers = { 'content-type': 'application/json' };
  return { kind: 'request', method: 'POST', path, headers, body: Buffer.from(JSON.stringify(body)) };
}
