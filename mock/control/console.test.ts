import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { control, startShop } from './control.fixture.ts';

const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';

test('a browser gets the page, whose script and style are the only ones that may run', async () => {
  const shop = await startShop();
  const { status, headers, text } = await control(shop.url, 'GET /__hufu/', { headers: { accept } });
  expect([status, headers['content-type'], headers['x-frame-options']]).toEqual([200, 'text/html; charset=utf-8', 'DENY']);
  const policy = String(headers['content-security-policy']);
  for (const element of ['script', 'style']) {
    const content = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(text)?.[1] ?? '';
    expect(content.length).toBeGreaterThan(1_000);
    expect(policy).toContain(`${element}-src 'sha256-${createHash('sha256').update(content).digest('base64')}'`);
  }
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test.each<[name: string, line: string, headers: Record<string, string>, status: number]>([
  ['without the slash: there', 'GET /__hufu', { accept }, 308],
  ['a client of JSON', 'GET /__hufu/', { accept: 'application/json' }, 404],
  ['a client of JSON, without the slash', 'GET /__hufu', { accept: 'application/json' }, 404],
  ['a client that says nothing', 'GET /__hufu/', {}, 404],
  ['something is sent', 'POST /__hufu/', { accept }, 405],
  ['a link of another site', 'GET /__hufu/', { accept, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, 200],
  ['a frame of another site', 'GET /__hufu/', { accept, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }, 403],
  ['another name', 'GET /__hufu/', { accept, host: 'evil.test' }, 403],
])('%s', async (_name, line, headers, status) => {
  const shop = await startShop();
  const answer = await control(shop.url, line, { headers });
  expect(answer.status).toBe(status);
  if (status === 308) expect(new URL(String(answer.headers['location']), `${shop.url}/__hufu`).pathname).toBe('/__hufu/');
});

test('the page needs no token, what it asks for does', async () => {
  const guarded = await startShop({ control: { token: 'sesame' } });
  expect((await control(guarded.url, 'GET /__hufu/', { headers: { accept } })).status).toBe(200);
  expect((await control(guarded.url, 'GET /__hufu/journal')).status).toBe(401);
});
