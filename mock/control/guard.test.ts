import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { mockOf, serve } from '../mock.fixture.ts';
import { control, SHOP, startShop } from './control.fixture.ts';
import { admit } from './guard.ts';
import type { Asker } from './guard.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';
import { Refusal } from './refusal.ts';

test.each<[address: string, want: boolean]>([
  ['127.0.0.1', true],
  ['127.255.3.4', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::FFFF:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['128.0.0.1', false],
  ['127.evil.test', false],
  ['::', false],
  ['', false],
])('address %s is loopback: %s', (address, want) => {
  expect(isLoopbackAddress(address)).toBe(want);
});

test.each<[host: string, want: boolean]>([
  ['localhost', true],
  ['LOCALHOST:4010', true],
  ['localhost.:80', true],
  ['app.localhost:3000', true],
  ['127.0.0.1:4010', true],
  ['127.8.8.8', true],
  ['[::1]:4010', true],
  ['[::ffff:127.0.0.1]', true],
  ['evil.test', false],
  ['localhost.evil.test', false],
  ['127.0.0.1.evil.test', false],
  ['127.0.0.1@evil.test', false],
  ['evil.test:80@localhost', false],
  ['notlocalhost', false],
  ['0.0.0.0', false],
  ['192.168.1.5:4010', false],
  ['[fe80::1]', false],
  ['::1', false],
  ['localhost:port', false],
  ['', false],
])('host %s is loopback: %s', (host, want) => {
  expect(isLoopbackHost(host)).toBe(want);
});

describe('who may ask', () => {
  const own: Asker = { address: '127.0.0.1', method: 'GET', headers: { host: 'localhost:4010' } };
  const rows: readonly [name: string, given: Partial<Asker>, token: string | undefined, want: string][] = [
    ['this machine', {}, undefined, 'admitted'],
    ['another machine', { address: '192.168.1.7' }, undefined, 'FORBIDDEN_ADDRESS'],
    [
      'another machine that says it is this one',
      { address: '192.168.1.7', headers: { host: 'localhost', 'x-forwarded-for': '127.0.0.1' } },
      undefined,
      'FORBIDDEN_ADDRESS',
    ],
    ['a name that was bent to this machine', { headers: { host: 'evil.test:4010' } }, undefined, 'FORBIDDEN_HOST'],
    ['no host', { headers: {} }, undefined, 'FORBIDDEN_HOST'],
    ['a page of this machine', { headers: { host: 'localhost:4010', origin: 'http://localhost:3000' } }, undefined, 'admitted'],
    ['a page of another site', { headers: { host: 'localhost:4010', origin: 'https://evil.test' } }, undefined, 'FORBIDDEN_ORIGIN'],
    ['a page without an origin of its own', { headers: { host: 'localhost:4010', origin: 'null' } }, undefined, 'FORBIDDEN_ORIGIN'],
    [
      'an origin that hides its host',
      { headers: { host: 'localhost:4010', origin: 'http://localhost@evil.test' } },
      undefined,
      'FORBIDDEN_ORIGIN',
    ],
    [
      'an image of another site',
      { headers: { host: 'localhost:4010', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' } },
      undefined,
      'FORBIDDEN_ORIGIN',
    ],
    [
      'a frame of another site',
      { headers: { host: 'localhost:4010', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' } },
      undefined,
      'FORBIDDEN_ORIGIN',
    ],
    [
      'a link of another site',
      { headers: { host: 'localhost:4010', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' } },
      undefined,
      'admitted',
    ],
    [
      'a form of another site, of a browser that hides its origin',
      { method: 'POST', headers: { host: 'localhost:4010', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' } },
      undefined,
      'FORBIDDEN_ORIGIN',
    ],
    ['this machine without the token', {}, 'secret', 'UNAUTHORIZED'],
    [
      'another machine with the token',
      { address: '192.168.1.7', headers: { host: 'mock.test', authorization: 'Bearer secret' } },
      'secret',
      'admitted',
    ],
    ['the token in lower case scheme', { headers: { authorization: 'bearer secret' } }, 'secret', 'admitted'],
    ['the token in its own header', { headers: { 'x-hufu-token': 'secret' } }, 'secret', 'admitted'],
    ['the wrong token', { headers: { authorization: 'Bearer secre' } }, 'secret', 'UNAUTHORIZED'],
    ['the wrong token in its own header', { headers: { 'x-hufu-token': 'x', authorization: 'Bearer secret' } }, 'secret', 'UNAUTHORIZED'],
    ['another scheme', { headers: { authorization: 'Basic secret' } }, 'secret', 'UNAUTHORIZED'],
    [
      'another site with the token',
      { headers: { origin: 'https://evil.test', authorization: 'Bearer secret' } },
      'secret',
      'FORBIDDEN_ORIGIN',
    ],
    [
      'the mock’s own page under another name',
      { headers: { host: 'mock.test:4010', origin: 'http://mock.test:4010', authorization: 'Bearer secret' } },
      'secret',
      'admitted',
    ],
    [
      'the mock’s own page under another name, without a token',
      { headers: { host: 'evil.test', origin: 'http://evil.test' } },
      undefined,
      'FORBIDDEN_HOST',
    ],
  ];
  test.each(rows)('%s', (_name, given, token, want) => {
    expect(decisionOn({ ...own, ...given }, token)).toBe(want);
  });
});

test('a preflight is answered for pages of this machine, with their origin and no other', async () => {
  const shop = await startShop();
  const asks = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' };
  const own = await control(shop.url, 'OPTIONS /__hufu/faults', { headers: { origin: 'http://localhost:3000', ...asks } });
  expect([own.status, own.headers['access-control-allow-origin'], own.headers['access-control-allow-headers']]).toEqual([
    204,
    'http://localhost:3000',
    'content-type',
  ]);
  const foreign = await control(shop.url, 'OPTIONS /__hufu/faults', { headers: { origin: 'https://evil.test', ...asks } });
  expect([foreign.status, foreign.headers['access-control-allow-origin']]).toEqual([403, undefined]);
});

test('no answer is meant for every origin, to be kept, or to be embedded', async () => {
  const shop = await startShop();
  const answers = await Promise.all(
    ['GET /__hufu/health', 'GET /__hufu/nope', 'PUT /__hufu/health', 'GET /__hufu/journal.har'].map((line) => control(shop.url, line)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 405, 200]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control') || name === 'x-powered-by')).toEqual([]);
  }
  expect(answers[2]?.headers['allow']).toBe('GET, HEAD');
});

test.each(['', ' ', 'two words', 'ключ', 'a\n'])('%j is no token', async (token) => {
  await expect(startShop({ control: { token } })).rejects.toThrow('visible ASCII');
});

const outside = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
test.skipIf(outside === undefined)('over the network, only with the token', async () => {
  const mock = await mockOf([SHOP]);
  const [open, guarded] = [await serve(mock, { host: '0.0.0.0' }), await serve(mock, { host: '0.0.0.0', control: { token: 'secret' } })];
  const refused = await control(`http://${outside}:${open.port}`, 'GET /__hufu/health', { headers: { host: 'localhost' } });
  expect([refused.status, refused.code]).toEqual([403, 'FORBIDDEN_ADDRESS']);
  const admitted = await control(`http://${outside}:${guarded.port}`, 'GET /__hufu/health', {
    headers: { authorization: 'Bearer secret' },
  });
  expect(admitted.status).toBe(200);
});

function decisionOn(asker: Asker, token: string | undefined): string {
  try {
    return admit(asker, token).kind;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
