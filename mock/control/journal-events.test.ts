import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { control, startShop } from './control.fixture.ts';

/** Reads events until as many came. */
async function events(
  url: string,
  count: number,
  headers: Record<string, string> = {},
): Promise<{ id: string; data: { session: string } }[]> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (blocks(text).length >= count) break;
  }
  abort.abort();
  return blocks(text).map((block) => ({
    id: /^id: (.*)$/m.exec(block)?.[1] ?? '',
    data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '') as { session: string },
  }));
}

const blocks = (text: string): string[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .filter((block) => block.includes('event: exchange'));

test('entries come as they happen, of the session that was asked for', async () => {
  const shop = await startShop();
  await shop.fetch('/pets');
  const following = events(`${shop.url}/__hufu/journal/events?session=mine`, 2);
  // The stream begins with what comes after it was opened: asked again until it is.
  const asking = setInterval(() => {
    void shop.session({ name: 'other' }).fetch('/pets');
    void shop.session({ name: 'mine' }).fetch('/pets');
  }, 20);
  const got = await following;
  clearInterval(asking);
  expect(got.map(({ data }) => data.session)).toEqual(['mine', 'mine']);
  expect(Number(got[1]?.id)).toBeGreaterThan(Number(got[0]?.id));
});

test('who connects again goes on where it left off', async () => {
  const shop = await startShop();
  for (let turn = 0; turn < 5; turn += 1) await shop.fetch('/pets');
  expect((await events(`${shop.url}/__hufu/journal/events`, 3, { 'last-event-id': '2' })).map(({ id }) => id)).toEqual(['3', '4', '5']);
  expect((await events(`${shop.url}/__hufu/journal/events?since=3`, 2)).map(({ id }) => id)).toEqual(['4', '5']);
  const wrong = await control(shop.url, 'GET /__hufu/journal/events', { headers: { 'last-event-id': 'x' } });
  expect(wrong.status).toBe(400);
});

test('who does not read holds up nobody, and is given what the journal still has', async () => {
  const shop = await startShop();
  const socket = connect(Number(new URL(shop.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET /__hufu/journal/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
  socket.pause();
  const body = Buffer.alloc(60_000, 'x');
  const headers = { 'content-type': 'application/octet-stream' };
  for (let turn = 0; turn < 200; turn += 1) expect((await shop.fetch('/bytes', { method: 'POST', body, headers })).status).toBe(200);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  socket.resume();
  await expect.poll(() => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1], { timeout: 10_000 }).toBe('200');
  const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(ids.length);
  socket.destroy();
});

test('a stream that has nothing to tell says so now and then', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const shop = await startShop();
  const abort = new AbortController();
  const answer = await fetch(`${shop.url}/__hufu/journal/events`, { signal: abort.signal });
  vi.advanceTimersByTime(30_000);
  vi.useRealTimers();
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.split(': still here\n\n').length > 2) break;
  }
  abort.abort();
  expect(text).toBe('retry: 1000\n\n: still here\n\n: still here\n\n');
});

test('a stream ends with the server', async () => {
  const shop = await startShop();
  const answer = await fetch(`${shop.url}/__hufu/journal/events`);
  const ended = (async () => {
    for await (const _chunk of answer.body ?? []);
  })().then(
    () => 'ended',
    () => 'ended',
  );
  await shop.close();
  expect(await ended).toBe('ended');
});
