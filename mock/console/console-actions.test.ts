import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docsPages } from '../../cli/mock-pages.ts';
import { createJournal, startMock } from '../index.ts';
import type { StartedMock } from '../index.ts';
import { folderOf, json, mockOf, openapi, serve } from '../mock.fixture.ts';
import { openPage, withBrowser } from './browser.fixture.ts';

withBrowser();

const HOSTILE = `<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>'"\`\${alert(1)}`;
const PET = { type: 'object', properties: { no: { type: 'integer' }, name: { type: 'string' } } };
const SHOP = openapi({
  '/pets': {
    get: {
      operationId: 'listPets',
      security: [{ key: [] }],
      responses: { 200: json({ type: 'object' }), 503: json({ type: 'object' }, { example: { busy: true } }) },
    },
    post: {
      operationId: 'savePet',
      requestBody: { content: { 'application/json': { schema: PET } } },
      responses: { 200: json(PET) },
    },
  },
});
const STATE = `
envelopes: { plain: { ok: $data, error: { code: $error.code } } }
envelope: plain
pagers: { all: { size: 100, out: { total: $total, list: $rows } } }
collections:
  pet: { key: { field: no, strategy: sequence, start: 2 }, seed: [{ no: 1, name: 小白 }] }
operations:
  listPets: { do: list, in: pet, page: all }
  savePet: { do: create, in: pet, set: $request.body, data: $row }
`;
const OVERRIDE_IMPORT = `export const defineOverrides = (overrides) => overrides;\n`;

async function startShop(files: Readonly<Record<string, unknown>> = {}): Promise<StartedMock> {
  const document = { ...SHOP, components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } } };
  const workspace = folderOf({ 'openapi/shop.json': document, 'openapi/shop.state.yaml': STATE, ...files });
  return startMock({ workspace, documents: [join(workspace, 'openapi/shop.json')] });
}

let mock: StartedMock;
beforeAll(async () => {
  mock = await startShop();
});
afterAll(async () => {
  await mock?.close();
});

/** Opens the console at the newest exchange of a session. */
async function openNewest(session: string, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const { page } = await openPage(`${mock.url}/__hufu/`, options);
  const newest = mock.session({ name: session }).journal().at(-1)?.id;
  await page.locator(`#exchange-${newest}`).click();
  await page.locator('.actions').waitFor();
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const shownText = (page: Page) => page.locator('.to-save textarea').inputValue();

describe('send again', () => {
  test('by the keyboard alone: the same request with what the journal masks, and the new exchange is shown', async () => {
    const world = mock.session({ name: 'again' });
    await world.fetch('/pets', { headers: { 'x-key': 'open-sesame' } });
    const page = await openNewest('again');
    expect(await page.locator('.detail').textContent()).not.toContain('open-sesame');
    await page.locator('.rows').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Send again');
    await page.keyboard.press('Enter');
    await expect.poll(() => world.journal().length).toBe(2);
    const [first, second] = world.journal();
    expect([second?.reply.status, second?.request.headers['x-key']]).toEqual([200, 'open-sesame']);
    await page.locator(`#exchange-${second?.id}[aria-selected=true]`).waitFor();
    expect(await page.locator(`#exchange-${first?.id}[aria-selected=true]`).count()).toBe(0);
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  test('what can not be sent again is told', async () => {
    const world = mock.session({ name: 'gone' });
    await world.fetch('/pets');
    const page = await openNewest('gone');
    await fetch(`${mock.url}/__hufu/journal?session=gone`, { method: 'DELETE' });
    await button(page, 'Send again').click();
    expect(await page.locator('.actions [role=alert]').textContent()).toContain('it was cleared');
  });
});

test('an answer is forced in the session of the exchange, with the banner that ends it', async () => {
  const world = mock.session({ name: 'forces' });
  await world.fetch('/pets', { headers: { 'x-key': '1', prefer: 'code=503' } });
  const page = await openNewest('forces');
  await button(page, 'Force this status').click();
  await page.locator('.actions [role=status]', { hasText: 'listPets answers 503' }).waitFor();
  await page.locator('.banner', { hasText: 'Forced answers in forces: 1' }).waitFor();
  expect((await world.fetch('/pets', { headers: { 'x-key': '1' } })).status).toBe(503);
  expect((await mock.fetch('/pets', { headers: { 'x-key': '1' } })).status).toBe(200);
  // Once more is the same rule, counted anew.
  const rules = async (): Promise<unknown> => (await fetch(`${mock.url}/__hufu/sessions/forces/forced`)).json();
  const rule = { document: 'shop', operationId: 'listPets', status: 503, example: 'default' };
  expect(await rules()).toEqual([{ ...rule, taken: 1 }]);
  await button(page, 'Force this status').click();
  await expect.poll(rules).toEqual([{ ...rule, taken: 0 }]);
});

test('what no document answers is neither forced nor made an override: that is told', async () => {
  // Without a key: neither a 401 nor what the mock says instead is documented.
  await mock.session({ name: 'undocumented' }).fetch('/pets');
  const page = await openNewest('undocumented');
  for (const name of ['Force this status', 'Save as override']) {
    await button(page, name).click();
    expect(await page.locator('.actions [role=alert]').textContent()).toMatch(/has no answer \d+; it has 200, 503/);
  }
});

test('an override gives the answer to whoever asks, once the file is where it says', async () => {
  const world = mock.session({ name: 'overrides' });
  await world.fetch('/pets', { method: 'POST', body: { name: HOSTILE } });
  const page = await openNewest('overrides');
  await button(page, 'Save as override').click();
  expect(await page.locator('.to-save h2').textContent()).toBe('Override mock/overrides/shop.ts');
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H2');
  const saving = page.waitForEvent('download');
  await button(page, 'Download').click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe('shop.ts');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toBe(await shownText(page));

  const other = await startShop({
    'mock/overrides/shop.ts': text,
    'mock/override.ts': OVERRIDE_IMPORT,
    'package.json': '{"type":"module"}',
  });
  const answer = await other.fetch('/pets', { method: 'POST', body: { name: 'another' } });
  expect([answer.status, answer.body]).toEqual([200, { no: 2, name: HOSTILE }]);
  await other.close();
  await button(page, 'Save as override').click();
  expect(await page.locator('.to-save').count()).toBe(0);
});

test('a scenario has the rows of the session, and a mock begins with them once they are in the state file', async () => {
  const world = mock.session({ name: 'keeps' });
  await world.fetch('/pets', { method: 'POST', body: { name: HOSTILE } });
  const page = await openNewest('keeps');
  await button(page, 'Save as scenario').click();
  await page.locator('.to-save h2', { hasText: 'openapi/shop.state.yaml' }).waitFor();
  const text = await shownText(page);
  const name = /"(exchange-\d+)"/.exec(text)?.[1] ?? '';

  const other = await startShop({ 'openapi/shop.state.yaml': STATE + text });
  const begun = other.session({ name: 'begun' });
  await begun.reset(name);
  expect((await begun.state.read())['shop/pet']).toEqual((await world.state.read())['shop/pet']);
  await other.close();
});

test('a copy is told; where the clipboard is refused the text is chosen, to be taken by hand', async () => {
  const world = mock.session({ name: 'copies' });
  await world.fetch('/pets', { method: 'POST', body: { name: '小黑' } });
  const page = await openNewest('copies', { permissions: ['clipboard-read', 'clipboard-write'] });
  await button(page, 'Save as override').click();
  await button(page, 'Copy').click();
  await button(page, 'Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await shownText(page));

  const refused = await openNewest('copies');
  await refused.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })`);
  await button(refused, 'Save as override').click();
  await button(refused, 'Copy').click();
  const chosen = () => refused.evaluate('document.activeElement.selectionEnd - document.activeElement.selectionStart');
  await expect.poll(chosen).toBe((await shownText(refused)).length);
  await button(refused, 'Copy as curl').click();
  expect(await refused.locator('textarea[aria-label=curl]').inputValue()).toContain('curl ');
});

test('hostile text stays text in all of it', async () => {
  const world = mock.session({ name: 'hostile' });
  await world.fetch('/pets', { method: 'POST', body: { name: HOSTILE, [HOSTILE]: HOSTILE } });
  const page = await openNewest('hostile');
  await button(page, 'Save as override').click();
  await expect.poll(() => shownText(page)).toContain('<img src=x onerror=');
  await button(page, 'Save as scenario').click();
  await page.locator('.to-save h2', { hasText: 'Scenario' }).waitFor();
  expect(await shownText(page)).toContain('<img src=x onerror=');
  await button(page, 'Force this status').click();
  await page.locator('.actions [role=status]').waitFor();
  await button(page, 'Send again').click();
  await expect.poll(() => world.journal().length).toBe(2);
  expect(await page.evaluate('window.hacked')).toBe(undefined);
  expect(await page.locator('img').count()).toBe(0);
});

describe('open in docs', () => {
  test('leads to the page of the operation, in the language of the console', async () => {
    const shop = await mockOf([SHOP]);
    const server = await serve(shop, { journal: createJournal(), pages: docsPages(() => shop.table) });
    await fetch(`${server.url}/pets`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    for (const [locale, name, language] of [
      ['en-US', 'Open in docs ↗', 'en'],
      ['zh-CN', '在文档中打开 ↗', 'zh-CN'],
    ] as const) {
      const { page } = await openPage(`${server.url}/__hufu/`, { locale });
      await page.locator('[role=option]').first().click();
      const opening = page.waitForEvent('popup');
      await page.getByRole('link', { name }).click();
      const docs = await opening;
      await docs.waitForLoadState();
      expect([await docs.getAttribute('html', 'lang'), new URL(docs.url()).pathname]).toEqual([
        language,
        expect.stringMatching(/savePet\.html$/),
      ]);
      expect(await docs.locator('h1').textContent()).toContain('savePet');
    }
  });

  test('is not offered where there are no pages, nor is anything of an operation where there was none', async () => {
    const world = mock.session({ name: 'bare' });
    await world.fetch('/pets');
    expect(await (await openNewest('bare')).getByRole('link', { name: 'Open in docs' }).count()).toBe(0);
    await world.fetch('/none');
    const page = await openNewest('bare');
    expect(await page.locator('.actions button').allTextContents()).toEqual(['Send again', 'Copy as curl']);
  });
});

test.each(['light', 'dark'] as const)('accessible in %s, and no wider than a phone', async (colorScheme) => {
  const world = mock.session({ name: 'axe' });
  await world.fetch('/pets', { method: 'POST', body: { name: 'x'.repeat(300) } });
  const page = await openNewest('axe', { colorScheme, viewport: { width: 360, height: 740 } });
  for (const name of ['Force this status', 'Save as scenario', 'Save as override']) {
    await button(page, name).click();
    await page.locator('.to-save, .actions [role=status]').first().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    expect(told.filter((one) => /^(?:serious|critical)/.test(one))).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  }
});
