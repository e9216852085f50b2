import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHarWriter, createRedactor, startProxy } from '../contracts/index.ts';
import type { Exchange } from '../contracts/index.ts';
import { driveRotating, ROTATING_DOCUMENT, ROTATING_STATE, startRotating } from '../contracts/replay/rotating.fixture.ts';
import type { Rotating } from '../contracts/replay/rotating.fixture.ts';
import { tableOf } from '../contracts/replay/replay.fixture.ts';
import { folderOf, run } from './run.fixture.ts';

const folder = folderOf({
  'openapi/shop.yaml': JSON.stringify({ openapi: '3.1.0', info: { title: 'shop', version: '1' }, ...ROTATING_DOCUMENT }),
  'openapi/shop.state.yaml': JSON.stringify({
    ...ROTATING_STATE,
    envelope: 'bare',
    envelopes: { bare: { ok: '$data' } },
    collections: {
      ...ROTATING_STATE.collections,
      order: { key: { field: 'id', strategy: 'sequence' }, fields: ['customer', 'note'] },
      item: { key: { field: 'itemId', strategy: 'uuid' }, fields: ['order'] },
    },
    operations: Object.fromEntries(
      Object.entries(ROTATING_STATE.operations).filter(([, given]) => !('do' in given) || !['token', 'list'].includes(given.do)),
    ),
  }),
});
const options = { cwd: folder };
let backend: Rotating;

async function record(file: string, redacted: boolean): Promise<void> {
  const source = await startRotating();
  const exchanges: Exchange[] = [];
  const proxy = await startProxy({ target: source.url, port: 0, name: file, onExchange: (exchange) => exchanges.push(exchange) });
  await driveRotating(proxy.url, 1);
  await proxy.close();
  await source.close();
  const redactor = createRedactor(tableOf(ROTATING_DOCUMENT));
  const writer = await createHarWriter(join(folder, file));
  for (const exchange of exchanges) await writer.append(redacted ? redactor.redact(exchange) : exchange);
  await writer.close();
}

beforeAll(async () => {
  await record('plain.har', false);
  await record('masked.har', true);
  backend = await startRotating();
});
afterAll(() => backend.close());

test('a dry run says what would be sent and why, and sends nothing', async () => {
  const { code, out } = await run(['replay', 'plain.har', '-t', backend.url, '--dry-run'], options);
  expect(code).toBe(0);
  expect(out).toMatch(/100 exchanges would be sent to http:\/\/127\.0\.0\.1:\d+, in 1 chain with \d+ links/);
  expect(out).toContain(
    'path orderId <- body /id of #1 createOrder: key of a row: both are the "id" of shop/order, which the server makes',
  );
  expect(out).toContain('would be changed by:\n  POST /login');
  expect(backend.log).toEqual([]);
  const json = await run(['replay', 'plain.har', '-t', backend.url, '--dry-run', '-f', 'json'], options);
  expect(JSON.parse(json.out)).toMatchObject({ version: 1, missing: [] });
  const chinese = await run(['replay', 'plain.har', '-t', backend.url, '--dry-run'], { ...options, environment: { HUFU_LANG: 'zh' } });
  expect(chinese.out).toContain('行的键: 两处都是 shop/order 的 "id"，由服务端生成');
});

test('a replay that goes well, with a new recording without secrets', async () => {
  const { code, out, error } = await run(
    ['replay', 'plain.har', '-t', backend.url, '-o', 'out/new.har', '--report', 'out/report.json'],
    options,
  );
  expect(error).toBe('');
  expect(out).toContain('replayed: 100 of 100 answered, 0 not\ncompared with the recording: 100 the same, 0 different');
  expect(code).toBe(0);
  const made = readFileSync(join(folder, 'out/new.har'), 'utf8');
  expect(made).toContain('hufu-masked-');
  expect(made).not.toContain('"password":"word"');
  expect(JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8'))).toMatchObject({ exchanges: { total: 100, judged: 100 } });
  const again = await run(['replay', 'plain.har', '-t', backend.url, '-o', 'out/new.har'], options);
  expect([again.code, again.error]).toEqual([2, expect.stringContaining('out/new.har is there already')]);
});

describe('what a recording hides', () => {
  test('is asked for before anything is sent', async () => {
    const before = backend.log.length;
    const { code, error } = await run(['replay', 'masked.har', '-t', backend.url], options);
    expect(code).toBe(2);
    expect(error).toContain('HUFU_SECRET_PASSWORD');
    expect(error).toContain('fields.password');
    expect(error).toContain('nothing was sent: give these credentials first');
    expect(backend.log).toHaveLength(before);
  });

  test('comes from the environment or a file', async () => {
    const { code, out, error } = await run(['replay', 'masked.har', '-t', backend.url], {
      ...options,
      environment: { HUFU_SECRET_PASSWORD: 'word', HUFU_SECRET_USER: 'user 0' },
    });
    expect([error, code]).toEqual(['', 0]);
    expect(out).toContain('100 the same');
    writeFileSync(join(folder, 'secrets.yaml'), 'fields: { password: word, user: user 0 }\n');
    const file = await run(['replay', 'masked.har', '-t', backend.url, '--secrets', 'secrets.yaml'], options);
    expect(file.code).toBe(0);
  });
});

test.each<readonly [name: string, parameters: readonly string[], error: string]>([
  ['a target elsewhere', ['plain.har', '-t', 'http://stage.example.com'], 'say --write if that is what you want'],
  ['no target', ['plain.har', '-t', 'ftp://x'], '"ftp://x" is no base URL'],
  ['a target with a password', ['plain.har', '-t', 'http://:word@localhost:1'], 'is no base URL'],
  ['no recording', ['none.har', '-t', 'http://localhost:1'], 'none.har'],
  ['no header', ['plain.har', '-t', 'http://localhost:1', '--header', 'x'], '"x" is no header field'],
  ['a header of two lines', ['plain.har', '-t', 'http://localhost:1', '--header', 'x: a\nb: c'], 'is no header field'],
  ['nothing left', ['plain.har', '-t', 'http://localhost:1', '--only', 'nothing'], 'no recorded exchange is left to send'],
  ['no secrets', ['plain.har', '-t', 'http://localhost:1', '--secrets', 'none.yaml'], "none.yaml can't be read"],
  ['two wishes', ['plain.har', '-t', 'http://localhost:1', '--pace', 'recorded', '-c', '2'], '--pace recorded keeps the recorded order'],
  ['no rate', ['plain.har', '-t', 'http://localhost:1', '--rate', '0'], 'requests per second'],
])('%s: exit code 2 and what to do', async (_name, parameters, error) => {
  const result = await run(['replay', ...parameters], options);
  expect([result.code, result.error]).toEqual([2, expect.stringContaining(error)]);
});

test('nobody there: findings, exit code 1', async () => {
  const { code, out } = await run(['replay', 'plain.har', '-t', 'http://127.0.0.1:9', '--retries', '0'], options);
  expect(code).toBe(1);
  expect(out).toContain('Nothing listens at http://127.0.0.1:9');
  expect(out).toMatch(/left aside: \d+, which depend on values that never came/);
});

test('compare: what of a recording can not be read is told', async () => {
  const text = readFileSync(join(folder, 'plain.har'), 'utf8');
  writeFileSync(join(folder, 'cut.har'), text.slice(0, text.lastIndexOf('"request"')));
  const other = await startRotating();
  const { code, out } = await run(['compare', 'cut.har', '--mock', backend.url, '--target', other.url], options);
  expect([code, out]).toEqual([1, expect.stringContaining('the file ends in the middle of it')]);
  await other.close();
});

test('compare: two backends that do the same, and one that does not', async () => {
  const other = await startRotating();
  const same = await run(['compare', 'plain.har', '--mock', backend.url, '--target', other.url], options);
  expect([same.code, same.out]).toEqual([
    0,
    expect.stringContaining('mock and target compared: 100 of 100 the same, 0 different, 0 not compared'),
  ]);
  for (let turn = 0; turn < 3; turn += 1) other.next.push((_request, response) => response.writeHead(500).end());
  const different = await run(['compare', 'plain.har', '--mock', backend.url, '--target', other.url], options);
  expect(different.code).toBe(1);
  expect(different.out).toContain('the mock: 200, the target: 500');
  await other.close();
});
