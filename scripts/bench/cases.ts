import { inputExample } from './document.ts';

/** One request that is sent over and over. */
export interface BenchCase {
  readonly name: string;
  /** The request as it goes over the wire. */
  readonly bytes: string;
  /** Whether a mock that validates may answer this. */
  readonly right: (status: number) => boolean;
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const isRefusal = (status: number): boolean => status === 400 || status === 422;

/** The cases of one mock: requests to the module `notice4` of the 46-operation document. */
export const CASES: readonly BenchCase[] = [
  { name: 'GET path parameter', bytes: get('/api/v1/notice4/1000001'), right: isSuccess },
  { name: 'GET list, query', bytes: get('/api/v1/notice4?current=0&size=20&status=EXECUTION&keyWord=spring'), right: isSuccess },
  { name: 'POST valid body', bytes: post('/api/v1/notice4', inputExample()), right: isSuccess },
  {
    name: 'POST invalid body',
    bytes: post('/api/v1/notice4', { ...inputExample(), groupId: 'twelve', replyDelay: 5000 }),
    right: isRefusal,
  },
  { name: 'dynamic GET', bytes: get('/api/v1/notice4/1000001', 'Prefer: dynamic=true\r\n'), right: isSuccess },
];

function get(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n${headers}\r\n`;
}

function post(path: string, body: unknown): string {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`;
}
