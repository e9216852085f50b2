import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exchange, framed } from '../mock.fixture.ts';
import { control, startShop } from './control.fixture.ts';
import { journalBody } from './journal-body.ts';

const bytes = Buffer.from([0, 1, 254, 255]);

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly session: string;
  readonly operationId?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: Record<string, string>;
    readonly body?: { readonly text: string };
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body?: { readonly size: number; readonly text: string; readonly truncated?: true };
  };
  readonly violations: readonly { readonly code: string }[];
}

const shop = await startShop();
const [one, two] = [shop.session({ name: 'one' }), shop.session({ name: 'two' })];
await one.fetch('/pets?token=abc&page=1', { headers: { authorization: 'Bearer abc', cookie: 'sid=abc', 'x-api-key': 'abc' } });
await one.fetch('/pets', { method: 'POST', body: { name: '小黑' } });
await two.fetch('/nowhere');
await two.fetch('/bytes', { method: 'POST', body: bytes, headers: { 'content-type': 'application/octet-stream' } });
const list = async (query = '') => (await control(shop.url, `GET /__hufu/journal${query}`)).body as Entry[];

describe('what happened', () => {
  test('all of it, oldest first', async () => {
    const entries = await list();
    expect(entries.map(({ id, session, operationId, response }) => [id, session, operationId, response.status])).toEqual([
      [1, 'one', 'listPets', 200],
      [2, 'one', 'savePet', 200],
      [3, 'two', undefined, 404],
      [4, 'two', 'sendBytes', 200],
    ]);
    expect(entries[1]?.request.body).toEqual({ size: 17, encoding: 'utf-8', text: '{"name":"小黑"}' });
    expect(entries[3]?.request.body).toEqual({ size: 4, encoding: 'base64', text: bytes.toString('base64') });
  });

  test('long bodies are cut between two characters', async () => {
    const body = (await list()).at(-1)?.response.body;
    expect([body?.size, body?.truncated]).toEqual([90_002, true]);
    expect(body?.text).toBe(`"${'好'.repeat(21_845)}`);
  });

  test('without secrets', async () => {
    const [first] = await list();
    expect([
      first?.request.query,
      first?.request.headers['authorization'],
      first?.request.headers['cookie'],
      first?.request.headers['x-api-key'],
    ]).toEqual(['token=***&page=1', 'Bearer ***', 'sid=***', '***']);
    const har = await control(shop.url, 'GET /__hufu/journal.har');
    expect(har.text.includes('abc')).toBe(false);
  });

  test.each<[query: string, want: number[]]>([
    ['?session=one', [1, 2]],
    ['?session=none', []],
    ['?operationId=sendBytes', [4]],
    ['?status=404', [3]],
    ['?status=2xx', [1, 2, 4]],
    ['?status=5XX', []],
    ['?since=2', [3, 4]],
    ['?since=2000-01-01T00:00:00%2B08:00', [1, 2, 3, 4]],
    ['?since=2000-01-01T00:00:00+08:00', [1, 2, 3, 4]],
    ['?since=2100-01-01T00:00:00Z', []],
    ['?limit=2', [3, 4]],
    ['?session=one&limit=1', [2]],
  ])('%s', async (query, want) => {
    expect((await list(query)).map(({ id }) => id)).toEqual(want);
  });

  test.each(['?limit=0', '?limit=1001', '?limit=x', '?status=2x', '?since=yesterday', '?since=', '?since=2026-02-31T00:00:00Z'])(
    '%s is refused',
    async (query) => {
      expect((await control(shop.url, `GET /__hufu/journal${query}`)).status).toBe(400);
    },
  );
});

describe('as HAR', () => {
  test('every entry, whole', async () => {
    const answer = await control(shop.url, 'GET /__hufu/journal.har');
    const { log } = answer.body as { log: { version: string; entries: Record<string, Record<string, unknown>>[] } };
    expect([log.version, log.entries.length]).toEqual(['1.2', 4]);
    const [listed, , , sent] = log.entries;
    expect(listed?.['request']).toMatchObject({
      url: `${shop.url}/pets?token=***&page=1`,
      cookies: [{ name: 'sid', value: '***' }],
      queryString: [
        { name: 'token', value: '***' },
        { name: 'page', value: '1' },
      ],
      bodySize: 0,
    });
    expect(sent?.['request']?.['postData']).toEqual({
      mimeType: 'application/octet-stream',
      text: bytes.toString('base64'),
      encoding: 'base64',
    });
    expect(sent?.['response']).toMatchObject({
      status: 200,
      statusText: 'OK',
      content: { size: 90_002, text: `"${'好'.repeat(30_000)}"` },
    });
    expect(sent?.['_hufu']).toEqual({ id: 4, session: 'two', document: 'shop', operationId: 'sendBytes' });
    expect(answer.headers['content-disposition']).toContain('journal.har');
  });

  test('filtered', async () => {
    const { body } = await control(shop.url, 'GET /__hufu/journal.har?session=one');
    expect((body as { log: { entries: unknown[] } }).log.entries).toHaveLength(2);
  });

  test('odd requests have a valid URL all the same', async () => {
    const odd = await startShop();
    const at = Number(new URL(odd.url).port);
    for (const line of ['GET /a{"<>|^`}b?q=[1]', 'GET http://other.test/pets?a=1', 'OPTIONS *', 'GET /%zz?%zz=%00'])
      await exchange(at, framed(line, ['Cookie: =; a; b=c=d']), { quietMs: 50 });
    await exchange(at, 'GET /pets HTTP/1.1\r\nHost: <script>\r\n\r\n', { quietMs: 50 });
    const { body } = await control(odd.url, 'GET /__hufu/journal.har');
    const urls = (body as { log: { entries: { request: { url: string } }[] } }).log.entries.map(({ request }) => request.url);
    expect(urls).toEqual([
      'http://x/a%7B%22%3C%3E%7C%5E%60%7Db?q=[1]',
      'http://x/pets?a=1',
      'http://x/*',
      'http://x/%zz?%zz=%00',
      'http://localhost/pets',
    ]);
    expect(urls.every((url) => URL.canParse(url))).toBe(true);
  });

  test('a reader who leaves half-way leaves nothing behind', async () => {
    const abort = new AbortController();
    const answer = await fetch(`${shop.url}/__hufu/journal.har`, { signal: abort.signal });
    abort.abort();
    await expect(answer.text()).rejects.toThrow(/aborted/);
    expect((await control(shop.url, 'GET /__hufu/health')).status).toBe(200);
  });
});

test('any body comes back byte by byte, and a cut one is a part of it', () => {
  const body = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 50 }).map((array) => Buffer.from(array)),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(body, fc.nat(60), (given, limit) => {
      const whole = journalBody(given);
      expect(Buffer.from(whole.text, whole.encoding)).toEqual(given);
      const cut = journalBody(given, limit);
      const part = Buffer.from(cut.text, cut.encoding);
      expect(given.subarray(0, part.length)).toEqual(part);
      expect(part.length).toBeGreaterThan(Math.min(limit, given.length) - (isUtf8(given) ? 4 : 1));
      expect(cut.truncated === true).toBe(given.length > limit);
    }),
  );
});

test('forgotten, of one session and of all', async () => {
  expect((await control(shop.url, 'DELETE /__hufu/journal?session=one')).status).toBe(204);
  expect((await list()).map(({ session }) => session)).toEqual(['two', 'two']);
  await control(shop.url, 'DELETE /__hufu/journal');
  expect(await list()).toEqual([]);
  await one.fetch('/pets');
  expect((await list()).map(({ id }) => id > 4)).toEqual([true]);
});
