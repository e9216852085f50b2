import { globSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMock } from '../../mock/index.ts';
import type { StartedMock } from '../../mock/index.ts';
import { loadDocument } from '../../operations/index.ts';
import { launchBrowser } from '../../scripts/browser.ts';
import { serveFolder, watch } from './browser.fixture.ts';
import { createDocsSite } from './create-docs-site.ts';
import { folderOf } from './document.fixture.ts';
import { writeDocsSite } from './write-docs-site.ts';

const PREFIX = '/partners/接口/';

let browser: Browser;
let mock: StartedMock;
let server: Server;
let folder = '';
let url = '';
beforeAll(async () => {
  mock = await startMock();
  const files = globSync(join(import.meta.dirname, '../../openapi/*.yaml')).filter((file) => !file.endsWith('.state.yaml'));
  const documents = await Promise.all(files.sort().map((file) => loadDocument(file)));
  const site = await createDocsSite(documents, { mock: mock.url });
  folder = folderOf({});
  writeDocsSite(site, folder);
  writeFileSync(join(folder, 'single.html'), site.single());
  ({ server, url } = await serveFolder(folder, PREFIX));
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await mock?.close();
  server?.close();
});

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const hits = (page: Page) => page.locator('.hit');

/** Where the site may be: on a server under a prefix, and as files. */
const PLACES: readonly [name: string, base: () => string][] = [
  ['on a web server under a prefix', () => url],
  ['as files', () => `${pathToFileURL(folder).href}/`],
];

describe.each(PLACES)('%s', (_name, base) => {
  test('the first Tab reaches the link to the content, wherever the page stands in the menu', async () => {
    const page = await open(`${base()}api/tie/index.html`);
    await page.locator('.side [aria-current] ~ ul a, .side ul ul a').last().click();
    await page.waitForLoadState();
    await page.reload();
    expect(await page.locator('.side [aria-current]').last().isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('class')).toBe('skip');
  });

  test('a search in Chinese finds across modules, by keyboard alone, and asks nobody else', async () => {
    const page = await open('about:blank');
    const seen = watch(page);
    await page.goto(`${base()}index.html`);
    await page.keyboard.press('/');
    await page.keyboard.type('终止');
    await hits(page).first().waitFor();
    const modules = new Set(await page.locator('.hit .from').allTextContents());
    expect(modules.has('群通知任务') && modules.has('营销通知')).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('.hit[aria-selected=true]').count()).toBe(1);
    const title = await page.locator('.hit[aria-selected=true] b').textContent();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/api\//);
    expect(await page.locator('h1').textContent()).toBe(title);
    expect(seen.complaints).toEqual([]);
    expect(
      seen.requests.filter((request) => !request.startsWith(new URL(base()).href.slice(0, 20)) && !request.startsWith('data:')),
    ).toEqual([]);
  });

  test('a field that was found is shown in its place, and the language keeps it', async () => {
    const page = await open(`${base()}index.html`);
    await page.locator('#search').fill('fileIds');
    await page.locator('.hit', { hasText: '新建群通知任务' }).first().click();
    await page.waitForURL(/#body\.fileIds$/);
    expect(await page.locator(':target .name').first().textContent()).toBe('fileIds');
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL(/\/en\/api\/.*#body\.fileIds$/);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('h1').textContent()).toBe('Create a notification task');
  });

  test('dark as the system is, or as the reader chose, on every page', async () => {
    const page = await open(`${base()}index.html`, { colorScheme: 'dark' });
    const colour = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await colour();
    await page.locator('#theme').click();
    const light = await colour();
    expect(light).toBe('rgb(255, 255, 255)');
    expect(dark).not.toBe(light);
    await page.getByRole('navigation', { name: '目录' }).getByRole('link', { name: '身份认证' }).click();
    await page.locator('h1', { hasText: '身份认证' }).waitFor();
    expect(await colour()).toBe(light);
  });
});

test('without JavaScript everything is there', async () => {
  const page = await open(`${url}api/notification-task/createNotificationTask.html`, { javaScriptEnabled: false });
  const text = (await page.locator('body').textContent()) ?? '';
  for (const part of [
    '新建群通知任务',
    'scheduledEndTime',
    '结束时间与开始时间必须为同一天',
    'curl -X POST',
    'import requests',
    '必须且只能给出一项',
    '401',
    'operationId: createNotificationTask',
  ])
    expect(text).toContain(part);
  expect(await page.locator('.search').isVisible()).toBe(false);
  await page
    .getByRole('link', { name: /终止群通知任务/ })
    .first()
    .click();
  expect(await page.locator('h1').textContent()).toBe('终止群通知任务');
});

test('a link into something folded opens it', async () => {
  const page = await open(`${url}api/tie/saveOrUpdateTie.html#response-200`);
  expect(await page.locator('#response-200').isVisible()).toBe(true);
  await page.evaluate(
    "for (const details of document.querySelectorAll('details')) details.open = false; location.hash = '#200.data.tieid'",
  );
  await page.locator('[id="200.data.tieid"]').waitFor({ state: 'visible' });
});

test('samples can be copied', async () => {
  const page = await open(`${url}api/tie/saveOrUpdateTie.html`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('.sample .copy').first().click();
  await page.getByText('已复制').waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('curl -X POST');
});

describe('one file', () => {
  test('shows a page at a time, searches, follows links, changes the language', async () => {
    const page = await open(`${pathToFileURL(join(folder, 'single.html')).href}#zh/api/tie/saveOrUpdateTie.html`);
    const seen = watch(page);
    expect(await page.locator('h1:visible').allTextContents()).toEqual(['发布或修改贴钱活动']);
    await page.keyboard.press('/');
    await page.keyboard.type('上传文件');
    await hits(page).first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('h1:visible', { hasText: '上传文件' }).waitFor();
    await page.locator('a.switch:visible', { hasText: 'English' }).click();
    await page.locator('h1:visible', { hasText: 'Upload a file' }).waitFor();
    expect(seen).toEqual({ requests: [], complaints: [] });
  });

  test('is one long text without JavaScript', async () => {
    const page = await open(pathToFileURL(join(folder, 'single.html')).href, { javaScriptEnabled: false });
    expect(await page.locator('article.page:visible').count()).toBeGreaterThan(120);
  });
});

describe('accessibility', () => {
  const pages = [
    'index.html',
    'api/tie/index.html',
    'api/notification-task/createNotificationTask.html',
    'en/api/auth/issueToken.html',
    'decisions.html',
    'api/file/uploadFile.html',
  ];
  const rows = pages.flatMap((path, index) =>
    (index < 3 ? (['light', 'dark'] as const) : (['light'] as const)).map((scheme) => [path, scheme] as const),
  );
  test.each(rows)('%s, %s', async (path, colorScheme) => {
    const page = await open(url + path, { colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });

  test('nothing runs out of a narrow page', async () => {
    for (const path of pages) {
      const page = await open(url + path, { viewport: { width: 360, height: 740 } });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(360);
      await page.context().close();
    }
  });
});

describe('try-it', () => {
  test('sends a request to the running mock and nothing anywhere else', async () => {
    const page = await open('about:blank', { viewport: { width: 1440, height: 1000 } });
    const seen = watch(page);
    await page.goto(`${url}try/index.html?operation=tie/listTies`);
    await page
      .getByRole('heading', { name: /查询贴钱的记录集合/ })
      .first()
      .waitFor();
    const answered = page.waitForResponse((response) => response.url().includes('/tie/list.json'));
    await page
      .getByRole('button', { name: /测试请求.*tie\/list\.json/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: /发送/ }).first().click();
    const response = await answered;
    expect([response.request().method(), response.status()]).toEqual(['POST', 200]);
    expect(await response.json()).toMatchObject({ success: 'true' });
    const own = new Set([new URL(url).origin, new URL(mock.url).origin]);
    expect(seen.requests.filter((request) => !/^(?:data|blob):/.test(request) && !own.has(new URL(request).origin))).toEqual([]);
  });
});
