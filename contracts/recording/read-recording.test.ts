import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { RecordingError } from './recording-error.ts';
import { readRecording } from './read-recording.ts';
import type { RecordingItem } from './recording.ts';
import { briefly, entry, exchangesOf, fileOf, folder, har, itemsIn, itemsOf } from './recording.fixture.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

describe('recordings of other tools', () => {
  const cases: readonly [file: string, format: string, want: readonly string[], gaps: readonly string[]][] = [
    ['har-to-openapi__formdata.har', 'HAR', Array.from({ length: 5 }, () => 'exchange'), ['request-body missing']],
    ['mswjs-source__response-compressed.har', 'WebInspector 537.36', ['exchange'], ['credentials stripped']],
    ['mswjs-source__response-error.har', 'WebInspector 537.36', ['exchange'], ['credentials stripped']],
    ['har-to-k6__pseudo-headers.har', 'HAR', ['exchange'], []],
    ['redocly-drift__traffic.har', 'drift-test 1.0', ['exchange', 'exchange'], ['response-headers missing', 'response-headers missing']],
  ];
  test.each(cases)('%s', async (file, format, want, gaps) => {
    const recording = readRecording(join(FIXTURES, file));
    const items = await Array.fromAsync(recording);
    expect(briefly(items)).toEqual(want);
    expect(exchangesOf(items).flatMap((exchange) => exchange.gaps.map((gap) => `${gap.of} ${gap.code}`))).toEqual(gaps);
    expect(recording.summary()).toEqual({ file: join(FIXTURES, file), exchanges: want.length, format });
  });

  test('all of them are in the table', () => {
    expect(
      readdirSync(FIXTURES)
        .filter((name) => name.endsWith('.har'))
        .sort(),
    ).toEqual(cases.map(([file]) => file).sort());
  });
});

const line = { hufu: 1, method: 'GET', path: '/a', headers: {}, response: { status: 204, headers: {} } };
const journal = {
  id: 1,
  at: '2024-06-10T06:13:20.050Z',
  milliseconds: 50,
  session: 'default',
  request: {
    method: 'POST',
    path: '/a',
    query: 'b=1',
    headers: { host: 'localhost:4010' },
    body: { size: 2, encoding: 'utf-8', text: '{}' },
  },
  response: {
    status: 200,
    headers: { 'set-cookie': ['a=1', 'b=2'] },
    body: { size: 90_000, encoding: 'base64', text: 'AP8=', truncated: true },
  },
  violations: [],
};
const loose = {
  method: 'post',
  url: 'https://api.example.com/a?b=1',
  status: 201,
  request: { headers: { 'X-A': '1' }, body: { id: 1 } },
  response: { headers: {}, body: [] },
};

describe('formats are told apart by their content', () => {
  const cases: readonly [name: string, given: string | Uint8Array, format: string, want: readonly string[]][] = [
    ['HAR', har(entry(), entry()), 'test 1', ['exchange', 'exchange']],
    [
      'HAR without its frame',
      JSON.stringify({ version: '1.2', creator: { name: 'Firefox', version: '140' }, pages: [], entries: [entry()] }),
      'Firefox 140',
      ['exchange'],
    ],
    ['HAR with a byte order mark', `\uFEFF${har(entry())}`, 'test 1', ['exchange']],
    ['HAR packed with gzip', gzipSync(har(entry())), 'test 1', ['exchange']],
    [
      'HAR in two gzip members',
      Buffer.concat([gzipSync(har(entry()).slice(0, 50)), gzipSync(har(entry()).slice(50))]),
      'test 1',
      ['exchange'],
    ],
    ['HAR whose creator comes last', `{"log":{"entries":[${JSON.stringify(entry())}],"creator":{"name":"late"}}}`, 'late', ['exchange']],
    ['HAR whose entries have other members', har({ ...entry(), status: 'done', hufu: 2, session: 'x' }), 'test 1', ['exchange']],
    ['HAR with members before log', `{"comment":{"log":"x"},"log":{"entries":[]}}`, 'HAR', []],
    ['our lines', `${JSON.stringify(line)}\n\n${JSON.stringify(line)}\r\n`, 'ndjson', ['exchange', 'exchange']],
    ['HAR entries, one a line', `${JSON.stringify(entry())}\n${JSON.stringify(entry())}`, 'ndjson', ['exchange', 'exchange']],
    ['lines of other tools', `${JSON.stringify(loose)}\n`, 'ndjson', ['exchange']],
    [
      'lines of other tools that are no HTTP',
      ['wss://a.example/live', 'data:text/plain,a', 'blob:https://a.example/1', 'localhost:8080/a']
        .map((url) => `${JSON.stringify({ ...loose, url })}\n`)
        .join(''),
      'ndjson',
      ['aside websocket', 'aside not-http', 'aside not-http', 'Entry 3 has no http(s) URL: "localhost:8080/a".'],
    ],
    [
      'a status that is a list, nested deep',
      `${JSON.stringify({ ...loose, status: 'DEEP' }).replace('"DEEP"', '['.repeat(8_000) + ']'.repeat(8_000))}\n${JSON.stringify({ ...entry(), response: { status: 'DEEP' } }).replace('"DEEP"', '['.repeat(8_000) + ']'.repeat(8_000))}`,
      'ndjson',
      ['exchange', 'Entry 1 is nested too deeply to be read.'],
    ],
    [
      'values of several lines',
      `${JSON.stringify(loose, undefined, 2)}\n${JSON.stringify(line, undefined, 2)}\n`,
      'ndjson',
      ['exchange', 'exchange'],
    ],
    ['the journal', JSON.stringify([journal, journal]), 'journal', ['exchange', 'exchange']],
    ['an empty journal', '[]', 'journal', []],
    [
      'the events of the journal',
      `retry: 1000\n\n: still here\n\nid: 1\nevent: exchange\ndata: ${JSON.stringify(journal)}\n\n`,
      'journal',
      ['exchange'],
    ],
    [
      'lines of which one is cut',
      `${JSON.stringify(line)}\n{"hufu":1,"me\n${JSON.stringify(line)}\n`,
      'ndjson',
      ['exchange', expect.stringMatching(/^Entry 1 is not JSON: line 2, column/), 'exchange'],
    ],
    [
      'lines of which the first is cut',
      `{"hufu":1,"me\n${JSON.stringify(line)}\n`,
      'ndjson',
      [expect.stringMatching(/^Entry 0 is not JSON: line 1/), 'exchange'],
    ],
  ];
  test.each(cases)('%s', async (_name, given, format, want) => {
    for (const size of [1, 64, 100_000]) {
      const items = await itemsIn(given, size);
      expect(briefly(items), `chunks of ${size}`).toEqual(want);
    }
    const recording = readRecording(fileOf(given));
    await Array.fromAsync(recording);
    expect(recording.summary().format).toBe(format);
  });
});

test('an entry of the journal is an exchange', async () => {
  const [exchange] = exchangesOf(await itemsIn(JSON.stringify([journal])));
  expect(exchange).toEqual({
    place: { file: 'traffic.har', index: 0 },
    origin: 'http://localhost:4010',
    request: { method: 'POST', path: '/a', query: 'b=1', headers: { host: 'localhost:4010' }, body: Buffer.from('{}') },
    response: { status: 200, headers: { 'set-cookie': ['a=1', 'b=2'] }, body: Buffer.from([0, 255]) },
    startedAt: Date.parse('2024-06-10T06:13:20.000Z'),
    milliseconds: 50,
    gaps: [{ of: 'response-body', code: 'truncated', message: expect.stringContaining('2 of 90000 bytes') as string }],
  });
});

test('a line of another tool is an exchange; integers keep their digits', async () => {
  const text = JSON.stringify(loose).replace('"id":1', '"id":12345678901234567890');
  const [exchange] = exchangesOf(await itemsIn(text));
  expect(exchange).toMatchObject({
    origin: 'https://api.example.com',
    request: { method: 'POST', path: '/a', query: 'b=1', headers: { 'x-a': '1' }, body: Buffer.from('{"id":12345678901234567890}') },
    response: { status: 201, body: Buffer.from('[]') },
    gaps: [],
  });
});

describe('files of which nothing can be read', () => {
  const cases: readonly [name: string, given: string | Uint8Array, want: RegExp][] = [
    ['empty', '', /is empty/],
    ['blank', ' \n\n', /is empty/],
    ['no JSON', '<html></html>', /:1:1: is no recording: JSON begins with/],
    [
      'JSON of another kind',
      '{"openapi":"3.1.0","info":{}}',
      /holds no exchange that can be read\. Entry 0 is no exchange: it has "openapi", "info"/,
    ],
    ['an array of other things', '[1,2,3]', /holds no exchange .* Entry 0 is no object: 1/],
    ['a HAR without entries', '{"log":{"version":"1.2"}}', /has no "log.entries"/],
    ['a HAR with entries of another type', '{"log":{"entries":{}}}', /has no "log.entries"/],
    ['a HAR that is cut before its entries', '{"log":{"version":"1.2","crea', /has no "log.entries"/],
    ['an object that is cut', '{"a":{"b"', /ends in the middle of its first object/],
    ['UTF-16', Buffer.from(`\uFEFF${har()}`, 'utf16le'), /is UTF-16 text: save it as UTF-8/],
    ['UTF-16 without a mark', Buffer.from(har(), 'utf16le'), /is UTF-16 text/],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004....'), /is a ZIP archive .*unpack it/],
    ['zstd', zstdCompressSync('{}'), /is compressed with zstd/],
    ['gzip of nothing that can be unpacked', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 255, 255, 255]), /broken gzip|is empty/],
  ];
  test.each(cases)('%s', async (_name, given, want) => {
    const reading = itemsOf(fileOf(given));
    await expect(reading).rejects.toBeInstanceOf(RecordingError);
    await expect(reading).rejects.toThrow(want);
  });

  test('missing, and a directory', async () => {
    await expect(itemsOf(join(folder(), 'none.har'))).rejects.toThrow(/none\.har: does not exist/);
    await expect(itemsOf(folder())).rejects.toThrow(/is a directory/);
  });
});

describe('files of which a part can be read', () => {
  test('a HAR that is cut gives the entries before', async () => {
    const text = har(entry(), entry(), entry());
    const items = await itemsOf(fileOf(text.slice(0, text.lastIndexOf('startedDateTime') + 20)));
    expect(briefly(items)).toEqual(['exchange', 'exchange', 'Entry 2 is cut: the file ends in the middle of it.']);
    expect(items[2]).toMatchObject({ line: 1, offset: text.lastIndexOf('{"startedDateTime') });
  });

  test('a broken entry costs itself only, and is told with its line', async () => {
    const text = `{"log":{"entries":[\n${JSON.stringify(entry())},\n{"request":\n oops, "response":{"status":200}},\n${JSON.stringify(entry())}\n]}}`;
    const items = await itemsIn(text);
    expect(briefly(items)).toEqual([
      'exchange',
      expect.stringMatching(/^Entry 1 is not JSON: line 4, column 2: Unexpected token/),
      'exchange',
    ]);
    expect(items[1]).toMatchObject({ place: { index: 1 }, line: 4 });
  });

  test('a string that never ends is not held', async () => {
    const options = { maxEntryBytes: 4_096 };
    const items = await itemsIn(`{"log":{"entries":[${JSON.stringify(entry())},{"a":"${'x'.repeat(50_000)}`, 1_000, options);
    expect(briefly(items)).toEqual(['exchange', 'Entry 1 is cut: the file ends in the middle of it.']);
    await expect(itemsIn(`{"log":"${'x'.repeat(50_000)}`, 1_000, options)).rejects.toThrow(/no exchange and no "log.entries"/);
    await expect(itemsIn(`{"${'x'.repeat(50_000)}`, 1_000, options)).rejects.toThrow(/no exchange and no "log.entries"/);
  });

  test('an entry that is too large is told', async () => {
    const items = await itemsIn(har(entry({}, { content: { text: 'x'.repeat(9_000) } }), entry()), 1_000, { maxEntryBytes: 8_192 });
    expect(briefly(items)).toEqual(['Entry 0 is larger than 8 KiB.', 'exchange']);
  });

  test('gzip data that is broken gives what comes before', async () => {
    const text = har(
      ...Array.from({ length: 20_000 }, (_, index) => entry({ url: `http://localhost/${Math.imul(index, 2_654_435_761)}` })),
    );
    const packed = gzipSync(text);
    packed.fill(0xff, packed.length - 2_000);
    const items = await itemsOf(fileOf(packed));
    expect(exchangesOf(items).length).toBeGreaterThan(1_000);
    expect(briefly(items).at(-1)).toBe('The file is broken gzip data: what follows could not be unpacked.');
  });

  test('a list of nothing but flaws comes to an end', async () => {
    const items = await itemsIn(`{"log":{"entries":[${'1,'.repeat(20_000)}1]}}`, 4_096);
    expect(items).toHaveLength(10_001);
    expect(briefly(items).at(-1)).toMatch(/more than 10000 flaws/);
  });
});

test('parts give together what one reading gives', async () => {
  const chrome = {
    log: {
      creator: { name: 'WebInspector' },
      entries: [entry(), 1, entry({ headers: [{ name: 'Cookie', value: 'a=1' }] }), entry(), entry({ url: 'ws://x/' }), {}],
    },
  };
  const text = JSON.stringify(chrome);
  const whole = await itemsIn(text);
  const parts = await Promise.all([0, 1, 2].map((index) => itemsIn(text, 5, { part: { index, of: 3 } })));
  const together = parts.flat().sort((one, other) => placeOf(one) - placeOf(other));
  expect(together).toEqual(whole);
});

function placeOf(item: Awaited<ReturnType<typeof itemsIn>>[number]): number {
  return item.kind === 'exchange' ? item.exchange.place.index : item.place.index;
}

test('batches give together what the items give, flaws among them', async () => {
  const file = fileOf(`{"log":{"entries":[${JSON.stringify(entry())},{},${JSON.stringify(entry())},7]}}`);
  const items: RecordingItem[] = [];
  for await (const batch of readRecording(file).batches()) items.push(...batch);
  expect(briefly(items)).toHaveLength(4);
  expect(items).toEqual(await itemsOf(file));
});

test('leaving the loop closes the file and the input', async () => {
  let closed = false;
  const input = (async function* (): AsyncGenerator<Buffer> {
    try {
      for (;;) yield Buffer.from(`${JSON.stringify(line)}\n`);
    } finally {
      closed = true;
    }
  })();
  for await (const _item of readRecording('endless', { input })) break;
  expect(closed).toBe(true);
});

describe('bodies that proxies left compressed are unpacked', () => {
  const text = JSON.stringify({ name: '\u4efb\u52a1'.repeat(50) });
  const cases: readonly [name: string, bytes: Buffer, want: string | undefined][] = [
    ['gzip', gzipSync(text), text],
    ['zstd', zstdCompressSync(text), text],
    ['br', brotliCompressSync(text), text],
    ['deflate', deflateRawSync(text), text],
    ['gzip, br', brotliCompressSync(gzipSync(text)), text],
    ['gzip', Buffer.from(text), text],
    ['br', Buffer.from(text), text],
    ['gzip', gzipSync(Buffer.alloc(65 * 1024 * 1024)), undefined],
    ['gzip', gzipSync(text).subarray(0, 40), undefined],
  ];
  test.each(cases)('%s', async (encoding, bytes, want) => {
    const headers = [
      { name: 'content-type', value: 'application/json' },
      { name: 'content-encoding', value: encoding },
    ];
    const [exchange] = exchangesOf(
      await itemsIn(har(entry({}, { headers, content: { text: bytes.toString('base64'), encoding: 'base64' } })), 4_096),
    );
    expect(exchange?.response?.body?.toString()).toBe(want);
    expect(exchange?.gaps.map(({ code }) => code)).toEqual(want === undefined ? ['undecodable'] : []);
  });
});

test('bodies in files beside the recording are read; no other file is', async () => {
  const path = fileOf('');
  const sha = 'a'.repeat(40);
  writeFileSync(join(path, '..', `${sha}.json`), '{"a":1}');
  writeFileSync(join(path, '..', 'secret'), 'secret');
  mkdirSync(join(path, '..', 'b'.repeat(40)));
  const names = [`${sha}.json`, 'secret', '../secret', '/etc/hostname', 'b'.repeat(40)];
  writeFileSync(path, har(...names.map((name) => entry({}, { content: { size: 7, _file: name } }))));
  const exchanges = exchangesOf(await itemsOf(path));
  expect(exchanges.map(({ response, gaps }) => response?.body?.toString() ?? gaps[0]?.code)).toEqual([
    '{"a":1}',
    'missing',
    'missing',
    'missing',
    'missing',
  ]);
});
