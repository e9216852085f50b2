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
