import { expect, it } from 'vitest';
import { folderOf, startMock, WORKSPACE } from './run.fixture.ts';

it('the running mock serves the docs of its documents under /docs/', async () => {
  const { url } = await startMock([], { cwd: WORKSPACE });
  const first = await fetch(`${url}/docs`, { redirect: 'manual' });
  expect([first.status, first.headers.get('location')]).toEqual([308, '/docs/']);
  const page = await fetch(`${url}/docs/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('marketing-notice');
  expect((await fetch(`${url}/docs/nothing.html`)).status).toBe(404);
  expect((await fetch(`${url}/docs/`, { method: 'POST' })).status).toBe(405);
  expect(await (await fetch(`${url}/__hufu/health`)).json()).toMatchObject({ docs: true });
});

it('an operation has an address that leads to its page, whatever the page is called', async () => {
  const folder = folderOf({
    'api.yaml': `openapi: 3.1.0
info: { title: Odd names, version: 1.0.0 }
paths:
  /a: { get: { operationId: '列出/全部 ?', responses: { '200': { description: ok } } } }
  /b: { get: { operationId: Save, responses: { '200': { description: saved in full } } } }
  /c: { get: { operationId: save, responses: { '200': { description: saved in part } } } }
`,
  });
  const { url } = await startMock(['api.yaml', '--no-watch'], { cwd: folder });
  const open = async (language: string, operationId: string) =>
    fetch(`${url}/docs/operation/${language}/api/${encodeURIComponent(operationId)}`);
  const [odd, first, second, chinese] = [
    await open('en', '列出/全部 ?'),
    await open('en', 'Save'),
    await open('en', 'save'),
    await open('zh', 'save'),
  ];
  expect([odd, first, second, chinese].map(({ status, redirected }) => [status, redirected])).toEqual(
    Array.from({ length: 4 }, () => [200, true]),
  );
  expect(decodeURIComponent(odd.url)).toMatch(/\/docs\/.*列出-全部.*\.html$/);
  expect(await first.text()).toContain('saved in full');
  expect(await second.text()).toContain('saved in part');
  expect(new Set([first.url, second.url, chinese.url]).size).toBe(3);
  expect(await chinese.text()).toContain('lang="zh-CN"');
  for (const path of ['en/api/none', 'en/none/save', 'fr/api/save', 'en/api', 'en/api/%E0%A4%A', 'en/%2e%2e/save'])
    expect([path, (await fetch(`${url}/docs/operation/${path}`)).status]).toEqual([path, 404]);
});

it('a documented path under /docs goes before them', async () => {
  const folder = folderOf({
    'api.yaml': `openapi: 3.1.0
info: { title: Own docs, version: 1.0.0 }
paths:
  /docs:
    get: { responses: { '200': { description: Own, content: { text/plain: { example: mine } } } } }
`,
  });
  const { url } = await startMock(['api.yaml', '--no-watch'], { cwd: folder });
  expect(await (await fetch(`${url}/docs`)).text()).toBe('mine');
});
