import { closeSync, openSync, writeSync } from 'node:fs';
import type { Exchange } from '../../contracts/index.ts';

const ORIGIN = 'https://api.example.com';
const rows = Array.from({ length: 8 }, (_, index) => ({
  id: index + 1,
  name: `产品 ${index}`,
  price: 12.5 + index,
  note: null,
  state: 'live',
  tags: ['a', 'b', `c${index}`],
  created: '2026-03-01T08:00:00Z',
  labels: { color: 'red' },
}));
/** About 1.2 KB each. */
export const PAGE = Buffer.from(JSON.stringify({ items: rows, total: 8 }));
export const PRODUCT = Buffer.from(
  JSON.stringify({ name: 'a cup', price: 12.5, note: null, tags: Array.from({ length: 100 }, (_, index) => `tag ${index}`) }),
);
export const CREATED = Buffer.from(JSON.stringify({ id: 7, name: 'a cup', price: 12.5 }));

const base = { origin: ORIGIN, startedAt: 0, milliseconds: 1, gaps: [] } as const;
const headers = { host: 'api.example.com', authorization: 'Bearer abc' };
const json = { 'content-type': 'application/json' };

/** A list answered with about 1.2 KB. */
export const LISTED: Exchange = {
  ...base,
  place: { file: 'bench', index: 0 },
  request: { method: 'GET', path: '/v1/products', query: 'page=2&size=100&sort=price', headers, body: undefined },
  response: { status: 200, headers: { ...json, 'x-total-count': '8' }, body: PAGE },
};
/** About 1 KB sent, a little answered. */
export const POSTED: Exchange = {
  ...base,
  place: { file: 'bench', index: 1 },
  request: { method: 'POST', path: '/v1/products', query: '', headers: { ...headers, ...json }, body: PRODUCT },
  response: { status: 201, headers: { ...json, location: '/v1/products/7' }, body: CREATED },
};

/** Writes a HAR of so many exchanges, lists and creations by turns, or of about so many bytes. */
export function writeHar(file: string, until: { readonly exchanges: number } | { readonly bytes: number }): number {
  const handle = openSync(file, 'w');
  const texts = [LISTED, POSTED].map((exchange) => JSON.stringify(entryOf(exchange)));
  const [list = '', post = ''] = texts;
  let [written, count] = [writeSync(handle, '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[\n'), 0];
  const wanted = 'exchanges' in until ? until.exchanges : Number.POSITIVE_INFINITY;
  const room = 'bytes' in until ? until.bytes : Number.POSITIVE_INFINITY;
  while (count < wanted && written < room) {
    const some = Math.min(1_000, wanted - count);
    const piece = Array.from({ length: some }, (_, index) => ((count + index) % 2 === 0 ? list : post)).join(',\n');
    written += writeSync(handle, `${count === 0 ? '' : ',\n'}${piece}`);
    count += some;
  }
  writeSync(handle, '\n]}}\n');
  closeSync(handle);
  return count;
}

/** An exchange of text as HAR has it. */
export function entryOf({ origin = ORIGIN, request, response }: Exchange): unknown {
  const fields = (given: NodeJS.Dict<string | string[]>): unknown[] =>
    Object.entries(given).map(([name, value]) => ({ name, value: String(value) }));
  const type = String(request.headers['content-type'] ?? '');
  const body = response?.body?.toString() ?? '';
  return {
    startedDateTime: '2026-03-01T08:00:00.000Z',
    time: 5,
    request: {
      method: request.method,
      url: `${origin}${request.path}${request.query === '' ? '' : `?${request.query}`}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: fields(request.headers),
      queryString: [...new URLSearchParams(request.query)].map(([name, value]) => ({ name, value })),
      ...(request.body === undefined ? {} : { postData: { mimeType: type, text: request.body.toString() } }),
      headersSize: -1,
      bodySize: request.body?.length ?? 0,
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: fields(response?.headers ?? {}),
      content: { size: body.length, mimeType: String(response?.headers['content-type'] ?? ''), text: body },
      redirectURL: '',
      headersSize: -1,
      bodySize: body.length,
    },
    cache: {},
    timings: { send: 0, wait: 5, receive: 0 },
  };
}
