import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadChecker } from '../contracts/index.ts';
import type { Checker, Exchange } from '../contracts/index.ts';
import { startMock } from '../mock/index.ts';
import type { StartedMock } from '../mock/index.ts';

/** A document of OpenAPI 3.2 from end to end: served on a socket, and what passed over it checked. */

const DOCUMENT = join(import.meta.dirname, 'openapi-3.2.yaml');
let mock: StartedMock;
let checker: Checker;
beforeAll(async () => {
  mock = await startMock({ documents: [DOCUMENT] });
  checker = await loadChecker([DOCUMENT]);
});
afterAll(() => mock.close());

interface Asked {
  readonly accept?: string;
  readonly prefer?: string;
  readonly type?: string;
  readonly cookie?: string;
  readonly body?: string;
}

/** Sends a request of any method, as `fetch` would not, and keeps what passed. */
function ask(line: string, { accept, prefer, type, cookie, body }: Asked = {}): Promise<Exchange> {
  const [method = '', target = ''] = line.split(' ');
  const given = { accept, prefer, 'content-type': type ?? (body === undefined ? undefined : 'application/json'), cookie };
  const headers = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const sent = body === undefined ? undefined : Buffer.from(body);
  const { hostname, port } = new URL(mock.url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path: target, headers: { ...headers, 'content-length': sent?.length ?? 0 } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const [path = '', query = ''] = target.split('?');
          resolve({
            place: { file: 'test', index: 0 },
            origin: mock.url,
            request: { method, path, query, headers, body: sent },
            response: { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) },
            startedAt: 0,
            milliseconds: 1,
            gaps: [],
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(sent);
  });
}

const told = async (exchange: Exchange): Promise<string[]> =>
  (await checker.check(exchange)).findings.filter(({ severity }) => severity === 'error').map(({ rule, pointer }) => `${rule} ${pointer}`);
const JSON_FORM = '%7B%22author%22%3A%22a%26b%22%7D';
const PARTS = 'multipart/mixed; boundary=b';
const book = '{"id":1,"title":"Orlando"}';
const part = (type: string, content: string): string => `--b\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;

describe('what is right is answered, and the answer is right', () => {
  test.each<[line: string, asked: Asked, status: number, type: string | undefined, body: RegExp]>([
    [
      'QUERY /v1/books',
      { body: '{"author":"Woolf"}' },
      200,
      'application/json',
      /^\[\{"id":1,"title":"Orlando"\},\{"id":2,"title":"Flush"\}\]$/,
    ],
    ['LINK /v1/books', { body: '{"to":1}' }, 204, undefined, /^$/],
    ['GET /v1/books?author=Woolf&years=1925&years=1927', {}, 200, 'application/json', /Orlando/],
    [`GET /v1/books/search?${JSON_FORM}`, {}, 200, 'application/json', /Orlando/],
    [
      'GET /v1/news',
      { accept: 'text/event-stream', cookie: 'theme=a%' },
      200,
      'text/event-stream',
      /^(?:event: added\ndata: .+\n(?:id: .*\n)?(?:retry: \d+\n)?\n){3}$/,
    ],
    ['GET /v1/news', { accept: 'application/jsonl' }, 200, 'application/jsonl', /^(?:\{"id":\d+,"title":".*"\}\n){3}$/],
    [
      'GET /v1/news',
      { accept: 'application/json-seq', prefer: 'dynamic=true' },
      200,
      'application/json-seq',
      /^(?:\p{Cc}\{"id":-?\d+,"title":".*"\}\n)+$/u,
    ],
    [
      'POST /v1/news',
      { type: 'application/x-ndjson', body: `${book}\n${book}\n`, accept: 'application/jsonl' },
      200,
      'application/jsonl',
      /^\{"id":1,"title":"Orlando"\}\n\{"id":2,"title":"Flush"\}\n$/,
    ],
    [
      'POST /v1/news',
      { type: PARTS, body: `${part('application/json', book)}${part('image/png', 'png')}--b--\r\n`, accept: 'multipart/mixed' },
      200,
      'multipart/mixed',
      /^--(\S+)\r\nContent-Type: application\/json\r\n\r\n\{"id":\d+,"title":".*"\}\r\n--\1--\r\n$/,
    ],
    ['GET /v1/items/7', { accept: 'application/xml' }, 200, 'application/xml', /^<note lang="en"><!\[CDATA\[a < b\]\]><\/note>$/],
    ['GET /v1/items/7', { prefer: 'dynamic=true' }, 200, 'application/json', /^\{/],
  ])('%s %j', async (line, asked, status, type, body) => {
    const exchange = await ask(line, asked);
    expect(exchange.response?.status).toBe(status);
    expect(exchange.response?.headers['content-type']?.toString().split(';')[0]).toBe(type);
    expect(exchange.response?.body?.toString()).toMatch(body);
    expect(await told(exchange)).toEqual([]);
  });
});

describe('what is wrong is refused, and told with its place', () => {
  test.each<[line: string, asked: Asked, status: number, places: string[]]>([
    ['QUERY /v1/books', { body: '{"limit":0}' }, 422, ['body', 'body.limit']],
    ['LINK /v1/books', { body: '{}' }, 422, ['body']],
    ['GET /v1/books?years=x&author=a', {}, 422, ['query.filter.years.0']],
    ['GET /v1/books?author=a&other=1', {}, 422, ['query.filter']],
    ['GET /v1/books/search?%7B%22limit%22%3A90%7D', {}, 422, ['query.selector', 'query.selector.limit']],
    ['GET /v1/books/search', {}, 422, ['query.selector']],
    ['GET /v1/news', { cookie: 'theme=a%20' }, 422, ['cookie.theme']],
    ['POST /v1/news', { type: 'application/x-ndjson', body: `${book}\n{"id":"2","title":"b"}\n` }, 422, ['body.1.id']],
    ['POST /v1/news', { type: 'application/x-ndjson', body: `${book}\n{\n` }, 400, ['body.1']],
    ['POST /v1/news', { type: PARTS, body: `${part('application/json', book)}${part('text/css', 'x')}--b--\r\n` }, 422, ['body.1']],
  ])('%s %j', async (line, asked, status, places) => {
    const { response } = await ask(line, asked);
    expect(response?.status).toBe(status);
    const { validation } = JSON.parse(response?.body?.toString() ?? '') as { validation: { location: string[] }[] };
    expect(validation.map(({ location }) => location.join('.'))).toEqual(places);
  });

  test('a method that the document has not', async () => {
    const { response } = await ask('DELETE /v1/books');
    expect([response?.status, response?.headers['allow']]).toEqual([405, 'GET, HEAD, LINK, QUERY']);
  });
});

describe('a backend that answers otherwise is told of, item by item', () => {
  const answered = async (line: string, asked: Asked, body: string, type = asked.accept ?? 'application/json'): Promise<string[]> => {
    const exchange = await ask(line, asked);
    return told({ ...exchange, response: { status: 200, headers: { 'content-type': type }, body: Buffer.from(body) } });
  };
  test.each<[name: string, accept: string, body: string, want: string[]]>([
    ['events', 'text/event-stream', 'event: added\ndata: x\n\nevent: changed\ndata: y\n\n', ['response-body /1/event']],
    ['lines', 'application/jsonl', `${book}\n${book}\n{"id":"3","title":"c"}\n`, ['response-body /2/id']],
    ['records', 'application/json-seq', `\u001e${book}\n\u001e{"id":3}\n`, ['response-body /1']],
    ['a line that is no JSON', 'application/jsonl', `${book}\n{\n`, ['response-body /1']],
  ])('%s', async (_name, accept, body, want) => {
    expect(await answered('GET /v1/news', { accept }, body)).toEqual(want);
  });

  test('a query that is wrong is the client’s', async () => {
    const exchange = await ask('GET /v1/books?years=x&author=a');
    const ok = { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('[]') };
    expect(await told({ ...exchange, response: ok })).toEqual(['request-parameter /years/0']);
  });
});
