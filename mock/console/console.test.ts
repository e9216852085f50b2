import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../index.ts';
import type { StartedMock } from '../index.ts';
import { openPage, withBrowser } from './browser.fixture.ts';

withBrowser();
let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock?.close();
});

const headers = { authorization: 'Bearer 00000000-0000-4000-8000-00000000a001' };
const TASKS = '/api/v1/notification-tasks';
const TASK = {
  taskName: '三八节专属优惠提醒',
  taskType: 'CUSTOMER_RESOURCE_REMINDER',
  scheduledStartTime: '2026-03-01 09:00:00',
  contents: [{ contentType: 'TEXT', contentValue: '您的专属优惠即将到期' }],
  members: [{ userId: 'u-1001', nickname: '小林' }],
};

/** The console, on a session of its own. */
async function openConsole(session: string, screen = '', options: Parameters<typeof openPage>[1] = {}) {
  await mock.session({ name: session }).reset();
  const watched = await openPage(`${mock.url}/__hufu/${screen}`, options);
  const select = watched.page.locator('.top-bar select');
  await expect.poll(async () => await select.locator('option').allTextContents()).toContain(session);
  await select.selectOption(session);
  return { ...watched, world: mock.session({ name: session }) };
}

const row = (page: Page, text: string) => page.locator('[role=option]', { hasText: text }).first();

test('an exchange appears by itself, with what answered it; nothing but the mock is asked', async () => {
  const { page, requests, world } = await openConsole('appears');
  await page.locator('.connection.open').waitFor();
  const before = requests.filter((url) => url.includes('/journal')).length;
  await world.fetch('/tie/list.json', { method: 'POST', body: { uid: 7 } });
  const found = row(page, 'appears');
  await found.waitFor();
  expect(await found.textContent()).toContain('state');
  // It was pushed: nobody asked for it.
  expect(requests.filter((url) => url.includes('/journal')).length).toBe(before);
  expect(requests.filter((url) => !url.startsWith(mock.url) && !url.startsWith('data:'))).toEqual([]);

  await found.click();
  const why = await page.locator('.why').textContent();
  expect(why).toContain('listTies');
  expect(why).toMatch(/openapi\/tie\.yaml:\d+/);
  expect(why).toMatch(/state file: list tie openapi\/tie\.state\.yaml:\d+/);
});

test('a violation is told first, and marked in the body', async () => {
  const { page, world } = await openConsole('violates');
  await world.fetch(TASKS, { method: 'POST', headers, body: { ...TASK, taskType: 'BIRTHDAY', contents: [{ contentType: 'TEXT' }] } });
  await page.locator('.filter').fill('session:violates bad');
  await row(page, '✕ 2').click();
  await page.locator('.verdict-box.error').waitFor();
  expect(await page.locator('.verdict-box .sentence').textContent()).toContain('2 places');
  expect(await page.locator('.violations').textContent()).toMatch(/taskType.*"BIRTHDAY".*openapi\/notification-task\.yaml:\d+/s);
  const marks = await page.locator('mark').allTextContents();
  expect(marks).toHaveLength(2);
  expect(marks[0]).toContain('"taskType": "BIRTHDAY"');
  expect(marks[1]).toContain("'contentValue'");
});

test('a request that met no operation is shown the nearest ones and what differs', async () => {
  const { page, world } = await openConsole('lost');
  await world.fetch('/tie/lists.json', { method: 'POST', body: {} });
  await page.locator('.filter').fill('session:lost unmatched');
  await row(page, 'lists.json').click();
  const nearest = page.locator('.nearest > li').first();
  await nearest.waitFor();
  expect(await nearest.textContent()).toMatch(/POST \/tie\/list\.json.*segment 2: “lists\.json” was sent, “list\.json” is documented/s);
});

test('what is saved in a row, the next answer has; what can not be saved is told', async () => {
  const { page, world } = await openConsole('edits', '#state');
  const list = async () => (await world.fetch('/tie/list.json', { method: 'POST', body: { uid: 10001 } })).body;
  const before = await world.state.read();
  const [first] = before['tie/tie'] ?? [];
  const key = String(first?.['id']);
  await page.getByRole('button', { name: /^tie \d/ }).click();
  await page.getByRole('button', { name: key, exact: true }).click();
  const editor = page.locator('.row-editor textarea');
  const text = await editor.inputValue();

  await editor.fill('{ "id": ');
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.locator('.row-editor [role=alert]').textContent()).toContain('no JSON');

  await editor.fill(text.replace(/"id": \d+/, '"id": "no number"'));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => page.locator('.row-editor [role=alert]').textContent())
    .toContain('"id" is text, while those of the other rows are a number');

  await editor.fill(text.replace(/"title": "[^"]*"/, '"title": "从控制台修改"'));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.row-editor .fine').waitFor();
  const after = (await world.state.read())['tie/tie']?.find((one) => String(one['id']) === key);
  expect(after?.['title']).toBe('从控制台修改');
  const uid = after?.['uid'];
  expect(JSON.stringify((await world.fetch('/tie/list.json', { method: 'POST', body: { uid } })).body)).toContain('从控制台修改');
  expect(JSON.stringify(await list())).not.toContain('no number');
});

test('the clock is frozen and advanced, and a task moves on with it', async () => {
  const { page, world } = await openConsole('moves');
  await page.getByText('Set…').click();
  await page.locator('input[type=datetime-local]').fill('2026-03-01T08:00:00');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.locator('.clock time.frozen').waitFor();
  // The moment was one of the browser's zone; the task is to begin half an hour after it by the API's.
  const { now } = (await (await fetch(`${mock.url}/__hufu/sessions/moves/clock`)).json()) as { now: string };
  const start = new Date(Date.parse(now) + 8 * 3_600_000 + 1_800_000).toISOString().slice(0, 19).replace('T', ' ');
  const end = new Date(Date.parse(now) + 8 * 3_600_000 + 7_200_000).toISOString().slice(0, 19).replace('T', ' ');
  const created = await world.fetch(TASKS, {
    method: 'POST',
    headers,
    body: { ...TASK, scheduledStartTime: start, scheduledEndTime: end },
  });
  expect(created.body).toMatchObject({ status: 'PENDING' });
  const { id } = created.body as { id: number };
  await page.getByRole('button', { name: '+1 h' }).click();
  await expect.poll(() => page.locator('.clock time').textContent()).toContain('09:00:00');
  await page.goto(`${mock.url}/__hufu/#state`);
  await page
    .locator('.collections h3', { hasText: 'notification-task' })
    .locator('xpath=..')
    .getByRole('button', { name: /^task/ })
    .click();
  await expect
    .poll(() =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('button', { name: String(id), exact: true }) })
        .locator('.state-status')
        .textContent(),
    )
    .toBe('EXECUTING');
  expect((await world.fetch(`${TASKS}/${id}`, { headers })).body).toMatchObject({ status: 'EXECUTING' });
});

test('an answer is forced for as often as was asked, with a banner; a fault is added and stopped', async () => {
  const { page, world } = await openConsole('forces', '#control');
  const panel = page.getByRole('region', { name: 'Forced answers' });
  await panel.getByLabel('Operation').selectOption('notification-task getNotificationTask');
  await expect.poll(() => panel.getByLabel('Status').locator('option').count()).toBeGreaterThan(2);
  await panel.getByLabel('Status').selectOption('500');
  await panel.getByLabel('Answers').fill('1');
  await panel.getByRole('button', { name: 'Force' }).click();
  await page.locator('.banner', { hasText: 'Forced answers in forces: 1' }).waitFor();
  const get = async () => (await world.fetch(`${TASKS}/1001`, { headers })).status;
  expect(await get()).toBe(500);
  expect(await get()).not.toBe(500);
  expect((await mock.fetch(`${TASKS}/1001`, { headers })).status).not.toBe(500);

  const faults = page.getByRole('region', { name: 'Faults' });
  await faults.getByLabel('What').selectOption('status');
  await faults.getByLabel('Only in the session').check();
  await faults.getByRole('button', { name: 'Add fault' }).click();
  await page.locator('.banner', { hasText: 'Faults are on: 1' }).waitFor();
  expect(await get()).toBe(503);
  await page.getByRole('button', { name: 'Stop faults' }).click();
  await expect.poll(() => page.locator('.banner', { hasText: 'Faults' }).count()).toBe(0);
  expect(await get()).not.toBe(503);
});

test('a snapshot is kept and restored; a scenario begins anew', async () => {
  const { page, world } = await openConsole('keeps', '#state');
  const count = async () => (await world.state.read())['tie/tie']?.length ?? 0;
  const full = await count();
  await page.getByLabel('Name (letters').fill('before');
  await page.getByRole('button', { name: 'Save snapshot' }).click();
  await page.getByRole('button', { name: 'Restore before' }).waitFor();
  await page.getByLabel('Begin anew').selectOption('empty');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(count).toBe(0);
  await page.getByRole('button', { name: 'Restore before' }).click();
  await expect.poll(count).toBe(full);
});

test('coverage tells what was called and what never was', async () => {
  const { page, world } = await openConsole('covers');
  await world.fetch('/tie/list.json', { method: 'POST', body: { uid: 7 } });
  await page.goto(`${mock.url}/__hufu/#coverage`);
  const called = page.locator('.cell.called', { hasText: 'listTies' });
  await called.waitFor();
  expect(await called.textContent()).toContain('200 ×1');
  expect(await page.locator('.cell.never', { hasText: 'never called' }).count()).toBeGreaterThan(50);
  await called.getByRole('link').click();
  expect(await page.locator('.filter').inputValue()).toBe('op:listTies session:covers');
});

test('keys: j and k move, Enter opens, / filters; pause holds, clear forgets, the HAR is saved', async () => {
  const { page, world } = await openConsole('keys');
  for (const id of ['1', '2', '3']) await world.fetch(`/keys-${id}`);
  await row(page, '/keys-3').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('session:keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect.poll(() => page.locator('.detail h1').textContent()).toContain('/keys-2');
  await page.keyboard.press('k');
  await expect.poll(() => page.locator('.detail h1').textContent()).toContain('/keys-3');

  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save HAR' }).click();
  const har = JSON.parse(readFileSync(await (await saving).path(), 'utf8')) as { log: { entries: { request: { url: string } }[] } };
  expect(har.log.entries.some(({ request }) => request.url.endsWith('/keys-3'))).toBe(true);

  await page.getByRole('button', { name: 'Pause' }).click();
  await world.fetch('/keys-4');
  await page.getByRole('button', { name: 'Resume (1 new)' }).waitFor();
  expect(await row(page, '/keys-4').count()).toBe(0);
  await page.getByRole('button', { name: 'Resume (1 new)' }).click();
  await row(page, '/keys-4').waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('Waiting for requests.').waitFor();
  expect(world.journal()).toEqual([]);
});

test('a Chinese browser is spoken to in Chinese, and the language can be changed', async () => {
  const { page } = await openPage(`${mock.url}/__hufu/`, { locale: 'zh-CN' });
  await page.getByText('已连接').waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Connected').waitFor();
  await page.reload();
  await page.getByText('Connected').waitFor();
});
