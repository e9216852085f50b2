import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFaults } from '../faults.ts';
import { createJournal, startMock, startServer } from '../index.ts';
import type { StartedMock } from '../index.ts';
import { json, mockOf, openapi, serve } from '../mock.fixture.ts';
import { openPage, withBrowser } from './browser.fixture.ts';

withBrowser();
let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock?.close();
});

const SCREENS = ['traffic', 'state', 'control', 'coverage'] as const;
const HOSTILE = `<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>'"\`\${alert(1)}`;
const PLAIN_DOCUMENT = openapi({
  '/things': { get: { operationId: 'listThings', responses: { 200: json({ type: 'object' }, { example: {} }) } } },
});

test('what comes from outside stays text, wherever it is shown', async () => {
  const world = mock.session({ name: 'hostile' });
  await world.fetch(`/x/${encodeURIComponent(HOSTILE)}?q=${encodeURIComponent(HOSTILE)}`, { headers: { 'x-note': HOSTILE } });
  await world.fetch('/tie/saveOrUpdate.json', {
    method: 'POST',
    body: { uid: 7, title: HOSTILE, [HOSTILE]: HOSTILE, img: HOSTILE, brief: HOSTILE, link: HOSTILE },
  });
  await world.state.patch({ 'tie/tie': [{ id: 77, title: HOSTILE, [HOSTILE]: HOSTILE }] });
  const { page } = await openPage(`${mock.url}/__hufu/`);
  for (const path of ['/x/', 'saveOrUpdate']) {
    await page.locator('[role=option]', { hasText: path }).first().click();
    await page.locator('.verdict-box').waitFor();
    for (const summary of await page.locator('.message summary').all()) await summary.click();
    expect(await page.locator('.detail').textContent()).toContain('<img src=x onerror=');
  }
  await page.locator('.top-bar select').selectOption('hostile');
  await page.goto(`${mock.url}/__hufu/#state`);
  await page.getByRole('button', { name: /^tie \d/ }).click();
  await page.getByRole('button', { name: '77', exact: true }).click();
  expect(await page.locator('.table-box').textContent()).toContain('<img src=x onerror=');
  expect(await page.evaluate('window.hacked')).toBe(undefined);
  expect(await page.locator('img').count()).toBe(0);
});

test('a page of another site can neither read nor change anything', async () => {
  const faults = createFaults();
  faults.set([{ id: 'kept', latency: { fixed: 1 }, match: { path: '/none' } }]);
  const target = await serve(await mockOf([PLAIN_DOCUMENT]), { faults, journal: createJournal() });
  const site = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>evil</title><body>'),
  );
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const { page } = await openPage(`http://evil.test:${(site.address() as AddressInfo).port}/`);
  const outcomes = await page.evaluate(async (url) => {
    const attempt = (path: string, init: RequestInit): Promise<string> =>
      fetch(url + path, init).then(
        (response) => `${response.type} ${response.status}`,
        () => 'refused',
      );
    return [
      await attempt('/__hufu/faults', { method: 'DELETE' }),
      await attempt('/__hufu/faults', { method: 'PUT', body: '[]', headers: { 'content-type': 'application/json' } }),
      await attempt('/__hufu/sessions/a/forced', { method: 'POST', mode: 'no-cors', body: '[]' }),
      await attempt('/__hufu/faults', {}),
    ];
  }, target.url);
  expect(outcomes.filter((outcome) => !/^refused$|^opaque 0$/.test(outcome))).toEqual([]);
  // A form is sent by going there.
  await page.evaluate((url) => {
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = `${url}/__hufu/sessions/a/reset`;
    document.body.append(form);
    form.submit();
  }, target.url);
  await page.waitForURL(/sessions\/a\/reset/);
  expect(await page.textContent('body')).toContain('FORBIDDEN_ORIGIN');
  expect(faults.list().map(({ id }) => id)).toEqual(['kept']);
  await new Promise((resolve) => site.close(resolve));
});

test('with a token the page asks for it, and keeps it for the tab only', async () => {
  const guarded = await serve(await mockOf([PLAIN_DOCUMENT]), { journal: createJournal(), control: { token: 'sesame' } });
  const { page, requests } = await openPage(`${guarded.url}/__hufu/`);
  const box = page.getByLabel('Token');
  await box.fill('wrong');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('That is not the right token.').waitFor();
  await box.fill('sesame');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Connected').waitFor();
  await fetch(`${guarded.url}/things`);
  await page.locator('[role=option]', { hasText: '/things' }).waitFor();
  expect(requests.filter((url) => url.includes('sesame'))).toEqual([]);
  expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain('sesame');
});

describe.each(['light', 'dark'] as const)('accessible in %s', (colorScheme) => {
  test.each(SCREENS)('%s', async (screen) => {
    const world = mock.session({ name: 'axe' });
    await world.fetch('/tie/saveOrUpdate.json', { method: 'POST', body: { title: 1 } });
    await world.fetch('/tie/lists.json');
    const { page } = await openPage(`${mock.url}/__hufu/#${screen}`, { colorScheme });
    await page.getByText('Connected').waitFor();
    await page.locator('[role=option], .collections .item, .panel, .cell').first().waitFor();
    if (screen === 'traffic') {
      await page.locator('[role=option]', { hasText: '✕' }).first().click();
      await page.locator('mark').first().waitFor();
    }
    if (screen === 'state') await page.locator('.table-box .link').first().click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    expect(told.filter((one) => /^(?:serious|critical)/.test(one))).toEqual([]);
  });
});

test.each(SCREENS)('%s is readable on a phone: nothing is wider than the screen', async (screen) => {
  await mock.fetch(`/tie/${'long-'.repeat(60)}?q=${'x'.repeat(300)}`);
  await mock.fetch('/tie/saveOrUpdate.json', { method: 'POST', body: { title: 'x'.repeat(500) } });
  const { page } = await openPage(`${mock.url}/__hufu/#${screen}`, { viewport: { width: 360, height: 740 }, isMobile: true });
  await page.getByText('Connected').waitFor();
  await page.locator('[role=option], .collections .item, .panel, .cell').first().waitFor();
  const overflow = (): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(await overflow()).toBe(0);
  if (screen !== 'traffic') return;
  await page.locator('[role=option]').first().click();
  await page.locator('.verdict-box').waitFor();
  expect(await overflow()).toBe(0);
  await page.getByRole('button', { name: 'Back' }).click();
  expect(await page.locator('.rows').isVisible()).toBe(true);
});

test('10,000 exchanges: only those that are seen are in the page, and all can be reached', async () => {
  const table = await mockOf([PLAIN_DOCUMENT]);
  const journal = createJournal();
  const add = (path: string): void =>
    journal.add(
      'default',
      { method: 'GET', path, query: '', headers: {}, body: undefined },
      { reply: { status: 404, headers: {}, body: undefined }, operation: undefined, violations: [], step: 'match' },
      1,
    );
  for (let count = 1; count <= 10_000; count += 1) add(`/number-${count}`);
  const server = await serve(table, { journal });
  const { page } = await openPage(`${server.url}/__hufu/`);
  await page.getByText('10000 of 10000').waitFor();
  expect(await page.locator('[role=option]').first().textContent()).toContain('/number-10000');
  expect(await page.locator('*').count()).toBeLessThan(600);
  await page.locator('.rows').focus();
  await page.keyboard.press('End');
  await page.locator('[role=option][aria-selected=true] .path', { hasText: /^\/number-1$/ }).waitFor();
  expect(await page.locator('*').count()).toBeLessThan(600);
  await page.locator('.filter').fill('/number-77');
  await page.getByText('111 of 10000').waitFor();
  await page.locator('.filter').fill('');
  add('/the-newest');
  // The oldest one went: the console keeps as many as the mock.
  await page.getByText('10000 of 10000').waitFor();
  await page.locator('.rows').focus();
  await page.keyboard.press('Home');
  await page.locator('[role=option]', { hasText: '/the-newest' }).waitFor();
});

test('a mock that comes back goes on being followed; another run of it begins anew', async () => {
  const table = await mockOf([PLAIN_DOCUMENT]);
  const journal = createJournal();
  const first = await startServer({ mock: () => table, port: 0, journal });
  const { page } = await openPage(`${first.url}/__hufu/`);
  await fetch(`${first.url}/one`);
  await page.locator('[role=option]', { hasText: '/one' }).waitFor();
  await first.close();
  await page.getByText('Reconnecting').waitFor();

  const second = await startServer({ mock: () => table, port: first.port, journal });
  await fetch(`${second.url}/two`);
  await page.locator('[role=option]', { hasText: '/two' }).waitFor();
  expect(await page.locator('[role=option]').count()).toBe(2);
  await second.close();

  const third = await startServer({ mock: () => table, port: first.port, journal: createJournal() });
  await fetch(`${third.url}/three`);
  await page.locator('[role=option]', { hasText: '/three' }).waitFor();
  expect(await page.locator('[role=option]').count()).toBe(1);
  await third.close();
});
