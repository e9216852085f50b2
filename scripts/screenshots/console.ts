/**
 * Pictures of the console, from a mock of the workspace with some traffic: `node scripts/screenshots/console.ts [FOLDER]`, by default into docs/screenshots.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startMock } from '../../mock/index.ts';
import type { StartedMock } from '../../mock/index.ts';
import { launchBrowser } from '../browser.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const AUTHORIZATION = 'Bearer 00000000-0000-4000-8000-00000000a001';
const TASKS = '/api/v1/notification-tasks';

/** Drives the screens and writes a PNG of each. @returns the files. */
export async function consoleScreenshots(folder: string = FOLDER): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const mock = await startMock();
  const browser = await launchBrowser();
  const files: string[] = [];
  const shoot = async (page: Page, name: string): Promise<void> => {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    files.push(path);
  };
  try {
    await mock.clock.freeze('2026-03-01T08:00:00+08:00');
    await traffic(mock);
    const page = await open(browser, mock, 'light');
    await page.locator('[role=option]', { hasText: 'saveOrUpdate' }).first().click();
    await page.locator('.verdict-box').waitFor();
    await shoot(page, 'console-journal');

    await page.locator('[role=option]', { hasText: '✕' }).first().click();
    await page.locator('mark').first().waitFor();
    await shoot(page, 'console-violation');

    await page.goto(`${mock.url}/__hufu/#state`);
    await page
      .locator('.collections h3', { hasText: 'notification-task' })
      .locator('xpath=..')
      .getByRole('button', { name: /^task/ })
      .click();
    await page.locator('.table-box .link').first().click();
    await page.locator('.row-editor textarea').waitFor();
    await shoot(page, 'console-state');

    await page.goto(`${mock.url}/__hufu/#coverage`);
    await page.locator('.cell').first().waitFor();
    await page
      .locator('.module', { has: page.locator('.called') })
      .first()
      .evaluate((module) => module.scrollIntoView());
    await shoot(page, 'console-coverage');

    const dark = await open(browser, mock, 'dark');
    await dark.locator('[role=option]', { hasText: '未匹配' }).first().click();
    await dark.locator('.nearest').waitFor();
    await shoot(dark, 'console-dark');
  } finally {
    await browser.close();
    await mock.close();
  }
  return files;
}

async function open(browser: Browser, mock: StartedMock, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  await page.goto(`${mock.url}/__hufu/`);
  await page.locator('[role=option]').first().waitFor();
  return page;
}

/** What a frontend does in a morning: lists, creates, mistakes. */
async function traffic(mock: StartedMock): Promise<void> {
  const headers = { authorization: AUTHORIZATION };
  const task = {
    taskName: '三八节专属优惠提醒',
    taskType: 'CUSTOMER_RESOURCE_REMINDER',
    scheduledStartTime: '2026-03-01 09:00:00',
    contents: [{ contentType: 'TEXT', contentValue: '您的专属优惠即将到期' }],
    members: [{ userId: 'u-1001', nickname: '小林' }],
  };
  const tie = { uid: 7, title: '天天健步走', img: 'https://example.com/a.jpg', brief: '走路', link: 'https://example.com/t' };
  await mock.fetch('/tie/list.json', { method: 'POST', body: { uid: 7 } });
  await mock.fetch(`${TASKS}?taskType=CUSTOMER_RESOURCE_REMINDER`, { headers });
  await mock.fetch(TASKS, { method: 'POST', headers, body: task });
  await mock.fetch(`${TASKS}/2001`, { headers });
  await mock.fetch(`${TASKS}/2001`);
  await mock.fetch(`${TASKS}/999999`, { headers });
  await mock.fetch('/tie/lists.json', { method: 'POST', body: { uid: 7 } });
  await mock.fetch(TASKS, { method: 'POST', headers, body: { ...task, taskType: 'BIRTHDAY', contents: [{ contentType: 'TEXT' }] } });
  await mock.session({ name: 'checkout-test' }).fetch('/tie/list.json', { method: 'POST', body: { uid: 7 } });
  await mock.fetch('/tie/list.json', { method: 'GET' });
  await mock.fetch('/tie/saveOrUpdate.json', { method: 'POST', body: tie });
  await mock.fetch('/tie/list.json', { method: 'POST', body: { uid: 7 } });
  await mock.fetch(`${TASKS}/2001/termination`, { method: 'PUT', headers });
  await mock.fetch(`${TASKS}?taskType=CUSTOMER_RESOURCE_REMINDER`, { headers: { ...headers, prefer: 'dynamic=true' } });
}

if (import.meta.main) console.log((await consoleScreenshots(process.argv[2])).join('\n'));
