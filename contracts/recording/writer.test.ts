import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../exchange.ts';
import { RecordingError } from './recording-error.ts';
import { anyExchange, briefly, exchangesOf, folder, itemsIn, itemsOf } from './recording.fixture.ts';
import { createHarWriter, createNdjsonWriter } from './writer.ts';

const WRITERS = [
  ['har', createHarWriter],
  ['ndjson', createNdjsonWriter],
] as const;

const PLAIN: Exchange = {
  place: { file: 'live', index: 0 },
  origin: 'http://localhost:8080',
  request: {
    method: 'POST',
    path: '/things',
    query: 'a=1',
    headers: { 'content-type': 'application/json', cookie: 'a=1; b=2' },
    body: Buffer.from('{"id":12345678901234567890}'),
  },
  response: { status: 201, headers: { 'set-cookie': ['a=1; Path=/', 'b=2'], location: '/things/1' }, body: Buffer.from([0xff, 0x00]) },
  startedAt: 1_718_000_000_000,
  milliseconds: 12,
  gaps: [],
};

describe.each(WRITERS)('%s', (form, create) => {
  test('what is written is what is read', async () => {
    const path = join(folder(), `traffic.${form}`);
    await fc.assert(
      fc.asyncProperty(fc.array(anyExchange, { maxLength: 4 }), async (exchanges) => {
        const writer = await create(path);
        await Promise.all(exchanges.map((exchange, index) => writer.append({ place: { file: path, index }, ...exchange })));
        await writer.close();
        if (form === 'ndjson' && exchanges.length === 0) return;
        expect(await itemsOf(path)).toEqual(
          exchanges.map((exchange, index) => ({ kind: 'exchange', hints: {}, exchange: { place: { file: path, index }, ...exchange } })),
        );
      }),
    );
  });

  test('the file is whole after each exchange, and for its owner only', async () => {
    const path = join(folder(), `traffic.${form}`);
    const writer = await create(path);
    for (let index = 0; index < 3; index += 1) {
      await writer.append(PLAIN);
      expect(briefly(await itemsOf(path))).toEqual(Array.from({ length: index + 1 }, () => 'exchange'));
    }
    await writer.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('a stream', async () => {
    const stream = new PassThrough();
    const written = text(stream);
    const writer = await create(stream);
    await writer.append(PLAIN);
    await writer.append(PLAIN);
    await writer.close();
    stream.end();
    expect(briefly(await itemsIn(await written))).toEqual(['exchange', 'exchange']);
  });

  test('a file that was there for everybody is its owner’s alone when it is written over', async () => {
    const path = join(folder(), 'traffic');
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    const writer = await create(path);
    await writer.append(PLAIN);
    await writer.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(briefly(await itemsOf(path))).toEqual(['exchange']);
  });

  test('a file that can not be made is told', async () => {
    await expect(create(join(folder(), 'none', 'traffic'))).rejects.toBeInstanceOf(RecordingError);
  });

  test('a process that is killed at any moment leaves a file that can be read', { timeout: 120_000 }, async () => {
    for (const [round, size] of [100, 50_000, 2_000_000].entries()) {
      const path = join(folder(), `traffic-${round}`);
      const child = spawn(process.execPath, [join(import.meta.dirname, 'write-forever.fixture.ts'), form, path, String(size)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let told = 0;
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          told = Number(chunk.toString().trim().split('\n').at(-1));
          if (told >= 5) child.kill('SIGKILL');
        });
        child.once('close', () => resolve());
      });
      const items = await itemsOf(path);
      expect(exchangesOf(items).length).toBeGreaterThanOrEqual(told);
      expect(items.filter((item) => item.kind !== 'exchange').length).toBeLessThanOrEqual(1);
    }
  });
});

test('an empty HAR is whole', async () => {
  const path = join(folder(), 'traffic.har');
  await (await createHarWriter(path)).close();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    log: { version: '1.2', creator: { name: 'hufu', version: '0.1.0' }, entries: [] },
  });
});

test('a HAR is what other tools read', async () => {
  const path = join(folder(), 'traffic.har');
  const writer = await createHarWriter(path);
  await writer.append(PLAIN);
  await writer.close();
  const { log } = JSON.parse(readFileSync(path, 'utf8')) as { log: { entries: readonly unknown[] } };
  expect(log.entries).toEqual([
    {
      startedDateTime: '2024-06-10T06:13:20.000Z',
      time: 12,
      request: {
        method: 'POST',
        url: 'http://localhost:8080/things?a=1',
        httpVersion: 'HTTP/1.1',
        cookies: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
        headers: [
          { name: 'content-type', value: 'application/json' },
          { name: 'cookie', value: 'a=1; b=2' },
        ],
        queryString: [{ name: 'a', value: '1' }],
        postData: { mimeType: 'application/json', text: '{"id":12345678901234567890}' },
        headersSize: -1,
        bodySize: 27,
      },
      response: {
        status: 201,
        statusText: 'Created',
        httpVersion: 'HTTP/1.1',
        cookies: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
        headers: [
          { name: 'set-cookie', value: 'a=1; Path=/' },
          { name: 'set-cookie', value: 'b=2' },
          { name: 'location', value: '/things/1' },
        ],
        content: { size: 2, mimeType: 'x-unknown', text: '/wA=', encoding: 'base64' },
        redirectURL: '/things/1',
        headersSize: -1,
        bodySize: 2,
      },
      cache: {},
      timings: { send: 0, wait: 12, receive: 0 },
      _hufu: { gaps: [] },
    },
  ]);
});
