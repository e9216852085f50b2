import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isError, loadDocument, validateRequest } from '../../../operations/index.ts';
import type { OperationTable, RequestMessage } from '../../../operations/index.ts';
import { api, documentOf, json } from '../document.fixture.ts';
import { buildModel } from '../model.ts';
import { curlSample } from './curl.ts';
import { fetchSample } from './fetch.ts';
import { pythonSample } from './python.ts';
import type { SampleRequest } from './sample-request.ts';

const received: RequestMessage[] = [];
const server = createServer((request, response) => {
  void read(request).then((message) => {
    received.push(message);
    response.end('{}');
  });
});
let address = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

async function read(request: IncomingMessage): Promise<RequestMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path = '', query = ''] = (request.url ?? '').split('?');
  return { method: request.method ?? '', path, query, headers: request.headers, body: Buffer.concat(chunks) };
}

/** Runs a sample as a reader would, but against this test's server. */
async function runFetch(sample: SampleRequest): Promise<RequestMessage> {
  const { origin } = new URL(sample.url);
  const text = fetchSample(sample).replaceAll(origin, address);
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
    ...texts: string[]
  ) => (console: { log: () => void }) => Promise<void>;
  await new AsyncFunction('console', text)({ log: () => {} });
  const message = received.pop();
  if (message === undefined) throw new Error('no request arrived');
  return message;
}

async function problemsOf(table: OperationTable, message: RequestMessage, id: string): Promise<string[]> {
  const found = table.find(message.method, message.path);
  if (found.kind !== 'operation' || found.operation.id !== id) return [`${message.method} ${message.path} is not ${id}`];
  const judged = await validateRequest(found.operation, message, found.values);
  return [
    ...judged.violations.filter(isError).map(({ part, pointer, message: text }) => `${part} ${pointer} ${text}`),
    ...(judged.unauthorized === undefined ? [] : ['no credentials']),
  ];
}

describe('every sample of the nine modules is a request that the contract accepts', async () => {
  const files = globSync(join(import.meta.dirname, '../../../openapi/*.yaml')).filter((file) => !file.endsWith('.state.yaml'));
  const model = await buildModel(await Promise.all(files.map((file) => loadDocument(file))), { mock: 'http://127.0.0.1:4010' });
  const operations = model.modules.flatMap((module) => module.operations.map((entry) => [entry.route.id, entry] as const));

  test('there are operations', () => {
    expect(operations.length).toBeGreaterThan(50);
  });

  test.each(operations)('%s', async (id, entry) => {
    const message = await runFetch(entry.view().sample);
    expect(await problemsOf(model.table, message, id)).toEqual([]);
  });
});

/** The words that a POSIX shell makes of a curl sample. */
function shellWords(sample: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${sample}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', timeout: 10_000 }).split('\0').slice(0, -1);
}

const HOSTILE = `it's "$(id)" \`x\` \\ \n\${y} 中文 <&>`;

async function sampleOf(operation: object, more: object = {}): Promise<SampleRequest> {
  const document = await documentOf(
    api({ '/a/{id}': { post: { operationId: 'x', responses: { '200': { description: 'ok' } }, ...operation } } }, {}, more),
  );
  const model = await buildModel([document], { mock: 'http://127.0.0.1:4010' });
  const sample = model.modules[0]?.operations[0]?.view().sample;
  if (sample === undefined) throw new Error('no operation');
  return sample;
}

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: "o'neil/中" };

describe('curl', () => {
  test('text of any kind stays one word', async () => {
    const sample = await sampleOf({ parameters: [id], requestBody: { content: json({ type: 'object' }, { example: { text: HOSTILE } }) } });
    const words = shellWords(curlSample(sample));
    expect(words.slice(0, 3)).toEqual(['-X', 'POST', `http://127.0.0.1:4010/a/${encodeURIComponent("o'neil/中")}`]);
    expect(JSON.parse(words.at(-1) ?? '')).toEqual({ text: HOSTILE });
  });

  test('files and fields of a form', async () => {
    const schema = { type: 'object', properties: { file: { type: 'string', format: 'binary' }, note: { type: 'string' } } };
    const sample = await sampleOf({
      parameters: [id],
      requestBody: { content: { 'multipart/form-data': { schema, example: { file: 'x', note: '@/etc/passwd' } } } },
    });
    expect(shellWords(curlSample(sample)).slice(3)).toEqual(['-F', 'file=@file.bin', '--form-string', 'note=@/etc/passwd']);
    expect(pythonSample(sample)).toContain("files=[('file', open('file.bin', 'rb'))]");
    expect(fetchSample(sample)).toContain("form.append('file', new Blob(['content of the file']), 'file.bin');");
  });

  test('credentials of each kind', async () => {
    const schemes = {
      b: { type: 'http', scheme: 'basic' },
      t: { type: 'http', scheme: 'bearer' },
      k: { type: 'apiKey', in: 'query', name: 'api key' },
      c: { type: 'apiKey', in: 'cookie', name: 'sid' },
    };
    const security = (name: string) =>
      sampleOf({ parameters: [id], security: [{ [name]: [] }] }, { components: { securitySchemes: schemes } });
    expect(curlSample(await security('b'))).toContain("-u 'USER:PASSWORD'");
    expect(fetchSample(await security('b'))).toContain("btoa('USER:PASSWORD')");
    expect(pythonSample(await security('b'))).toContain("auth=('USER', 'PASSWORD')");
    expect(curlSample(await security('t'))).toContain("-H 'Authorization: Bearer YOUR_ACCESS_TOKEN'");
    expect(curlSample(await security('k'))).toContain('?api%20key=YOUR_API_KEY');
    expect(curlSample(await security('c'))).toContain("-H 'Cookie: sid=YOUR_SID'");
  });
});

describe('fetch', () => {
  test('sends text of any kind', async () => {
    const sample = await sampleOf({ parameters: [id], requestBody: { content: json({ type: 'object' }, { example: { text: HOSTILE } }) } });
    expect(JSON.parse(String((await runFetch(sample)).body))).toEqual({ text: HOSTILE });
  });

  test('keeps every digit of a large number', async () => {
    const document = { parameters: [id], requestBody: { content: json({ type: 'object' }, { example: { id: 'BIG' } }) } };
    const sample = await sampleOf(document);
    const large: SampleRequest = {
      ...sample,
      body: { kind: 'json', mediaType: 'application/json', value: { id: 9007199254740993n, text: '`${x}' } },
    };
    expect(String((await runFetch(large)).body)).toContain('9007199254740993');
    expect(pythonSample(large)).toContain("'id': 9007199254740993,");
  });
});

test('Python has its own words for JSON', async () => {
  const sample = await sampleOf({
    parameters: [id],
    requestBody: { content: json({}, { example: { a: [true, null], b: {}, "it's": 'a"b\n' } }) },
  });
  expect(pythonSample(sample)).toContain(String.raw`    json={
        'a': [
            True,
            None,
        ],
        'b': {},
        'it\'s': 'a"b\n',
    },`);
});

describe('parameters', () => {
  const rows: readonly [name: string, parameter: object, want: string][] = [
    ['a list in the query, repeated', { in: 'query', schema: { type: 'array' }, example: ['a b', 'c'] }, '/a/x?p=a%20b&p=c'],
    ['a list in the query, joined', { in: 'query', explode: false, schema: { type: 'array' }, example: ['a', 'c'] }, '/a/x?p=a,c'],
    ['with pipes', { in: 'query', style: 'pipeDelimited', explode: false, schema: { type: 'array' }, example: ['a', 'c'] }, '/a/x?p=a%7Cc'],
    [
      'a deep object',
      { in: 'query', style: 'deepObject', explode: true, schema: { type: 'object' }, example: { k: '中' } },
      '/a/x?p[k]=%E4%B8%AD',
    ],
    ['JSON', { in: 'query', content: json({}, { example: { k: 1 } }) }, '/a/x?p=%7B%22k%22%3A1%7D'],
    ['optional without an example', { in: 'query', schema: { type: 'string' } }, '/a/x'],
  ];
  test.each(rows)('%s', async (_name, parameter, want) => {
    const sample = await sampleOf({
      parameters: [
        { ...id, example: 'x' },
        { name: 'p', ...parameter },
      ],
    });
    expect(sample.url).toBe(`http://127.0.0.1:4010${want}`);
  });
});
