import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../index.ts';
import type { StartedMock } from '../index.ts';
import { launchBrowser } from '../scripts/browser.ts';

/** The frontend's own development server: another port is another origin. */
const frontend = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<title>前端</title>');
});
let browser: Browser;
let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
  await new Promise<void>((resolve) => frontend.listen(0, '127.0.0.1', resolve));
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await mock?.close();
  frontend.close();
});

/** Opens a page whose every request belongs to one session. */
async function openPage(session: string) {
  const context = await browser.newContext({ extraHTTPHeaders: { 'x-hufu-session': session } });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(frontend.address() as AddressInfo).port}/`);
  const post = (path: string, body: object): Promise<unknown> =>
    page.evaluate(
      async ({ url, text }) => {
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
        return await response.json();
      },
      { url: mock.url + path, text: JSON.stringify(body) },
    );
  return { post };
}

test('a page on another origin creates and lists in the world of its test; another page sees nothing of it', async () => {
  const world = mock.session({ name: 'browser-one', scenario: 'empty' });
  await world.reset('empty');
  await mock.session({ name: 'browser-two' }).reset('empty');
  const [one, two] = await Promise.all([openPage('browser-one'), openPage('browser-two')]);
  const tie = { uid: 7, title: '天天健步走', img: 'https://example.com/a.jpg', brief: '走路', link: 'https://example.com/t' };
  expect(await one.post('/tie/saveOrUpdate.json', tie)).toMatchObject({ success: 'true' });
  expect(await one.post('/tie/list.json', { uid: 7 })).toMatchObject({ data: { count: 1, list: [{ title: '天天健步走' }] } });
  expect(await two.post('/tie/list.json', { uid: 7 })).toMatchObject({ data: { count: 0 } });
  await world.expectNoViolations();
});
