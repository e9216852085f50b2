import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecording } from '../contracts/index.ts';
import type { Exchange } from '../contracts/index.ts';
import { folderOf, run, start } from './run.fixture.ts';
import type { Running } from './run.fixture.ts';

const DOCUMENT = `
openapi: 3.1.0
info: { title: Doors, version: '1' }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
paths:
  /doors/{id}:
    post:
      operationId: openDoor
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { word: { type: string, x-sensitive: true } } } } } }
      responses:
        '200': { description: open, content: { application/json: { schema: { type: object, required: [open], properties: { open: { type: boolean }, note: { type: string } } } } } }
`;
const SECRET = 'open-5esame!';

let backend: Server;
let url: string;
beforeAll(async () => {
  backend = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      // The second door breaks the document.
      response.end(JSON.stringify(request.url?.startsWith('/doors/2') ? { open: SECRET } : { open: true, note: `you said ${body}` }));
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
});
afterAll(() => {
  backend.closeAllConnections();
  backend.close();
});

async function startRecord(
  parameters: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Running & { readonly proxy: string }> {
  const running = start(['record', '-p', '0', '-t', url, ...parameters], { cwd, environment });
  const [, proxy = ''] = await running.says(/(?:recording|正在录制) (http:\/\/127\.0\.0\.1:\d+)/);
  return { ...running, proxy };
}

async function openDoor(proxy: string, id: number | string): Promise<unknown> {
  const response = await fetch(`${proxy}/doors/${id}?hint=${encodeURIComponent(SECRET)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer abc-def-ghi-1' },
    body: JSON.stringify({ word: SECRET }),
  });
  return response.json();
}

async function exchangesOf(file: string): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  for await (const item of readRecording(file)) if (item.kind === 'exchange') exchanges.push(item.exchange);
  return exchanges;
}

test.each(['traffic.har', 'traffic.ndjson'])('%s: passes on, checks, keeps no secret, sums up', async (name) => {
  const cwd = folderOf({ 'doors.yaml': DOCUMENT });
  const { proxy, child, ended, says, out, error } = await startRecord(['doors.yaml', '-o', `deep/${name}`], cwd);
  expect(await openDoor(proxy, 1)).toEqual({ open: true, note: `you said {"word":"${SECRET}"}` });
  await openDoor(proxy, 2);
  await says(/response-body/);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);

  const file = join(cwd, 'deep', name);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toMatch(/5esame|abc-def-ghi-1/);
  expect(out() + error()).not.toMatch(/5esame|abc-def-ghi-1/);
  const [first, second] = await exchangesOf(file);
  const word = JSON.parse(String(first?.request.body)).word as string;
  expect(word).toMatch(/^hufu-masked-[0-9a-f]{10}$/);
  expect(JSON.parse(String(first?.response?.body))).toEqual({ open: true, note: `you said {"word":"${word}"}` });
  expect(first?.request.query).toBe(`hint=${word}`);
  expect(first?.request.headers['authorization']).toBe(second?.request.headers['authorization']);
  expect(JSON.parse(String(second?.response?.body))).toEqual({ open: word });
  expect(statSync(file).mode & 0o077).toBe(0);

  expect(out()).toMatch(/POST +\/doors\/1\?hint=hufu-masked-\w+ 200 [\d.]+ ms/);
  expect(out()).toMatch(/2 exchanges recorded in deep/);
  expect(out()).toMatch(/✗ response-body ×1/);
  expect(out()).toMatch(/coverage: \d+ %/);
});

const NOTES = `
openapi: 3.1.0
info: { title: Notes, version: '1' }
components:
  schemas:
    Note: { type: object, required: [id, text], properties: { id: { type: integer }, text: { type: string } } }
paths:
  /notes:
    post:
      operationId: createNote
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { text: { type: string } } } } } }
      responses: { '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } }
  /notes/{id}:
    get:
      operationId: getNote
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: found, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } }
`;
const NOTES_STATE = `
envelopes: { plain: { ok: $data } }
envelope: plain
collections: { note: { key: { field: id, strategy: sequence } } }
operations:
  createNote: { do: create, in: note, set: { text: $request.body#/text }, data: $data }
  getNote: { do: get, in: note, key: $request.path.id, data: $data }
`;

test.each([
  { name: 'keeps what it was given', kept: (text: string) => text, says: /✓/, code: 0 },
  { name: 'keeps something else', kept: (text: string) => `${text}!`, says: /✗ update-lost ×1/, code: 1 },
])('what a backend remembers is judged while it is recorded: one that $name', async ({ kept, says: wanted, code }) => {
  const forgetful = createServer((request, response) => {
    const made = request.method === 'POST';
    response.writeHead(made ? 201 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 7, text: made ? 'milk' : kept('milk') }));
  });
  await new Promise<void>((resolve) => forgetful.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(forgetful.address() as AddressInfo).port}`;
  const cwd = folderOf({ 'notes.yaml': NOTES, 'notes.state.yaml': NOTES_STATE });
  const { proxy, child, ended, out } = await startRecord(['notes.yaml', '-t', target, '--fail', '-o', 'a.har'], cwd);
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${proxy}/notes`, { method: 'POST', headers, body: '{"text":"milk"}' })).text();
  await (await fetch(`${proxy}/notes/7`)).text();
  child.kill('SIGTERM');
  expect(await ended).toBe(code);
  expect(out()).toMatch(wanted);
  forgetful.closeAllConnections();
  forgetful.close();
});

test('--fail ends with 1 when errors were found', async () => {
  const cwd = folderOf({ 'doors.yaml': DOCUMENT });
  const { proxy, child, ended, says, out } = await startRecord(['doors.yaml', '--fail', '-o', 'a.har', '-q'], cwd);
  await openDoor(proxy, 2);
  child.kill('SIGINT');
  expect(await ended).toBe(1);
  await says(/1 exchange recorded/);
  expect(out()).not.toMatch(/POST/);
});

test.each(['har', 'ndjson'])('%s: killed without warning it leaves a file that can be read', async (format) => {
  const cwd = folderOf({ 'doors.yaml': DOCUMENT });
  const { proxy, child, ended, says } = await startRecord(['doors.yaml', '-o', `a.${format}`], cwd);
  for (let id = 10; id < 20; id += 1) await openDoor(proxy, id);
  await says(/doors\/19/);
  child.kill('SIGKILL');
  await ended;
  const paths = (await exchangesOf(join(cwd, `a.${format}`))).map((exchange) => exchange.request.path);
  // The last one was printed, perhaps not yet written.
  expect(paths.slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, index) => `/doors/${10 + index}`));
});

test('without documents it records by names and looks, and says so; in Chinese too', async () => {
  const cwd = folderOf({});
  const { proxy, child, ended, says, out } = await startRecord(['-o', 'a.ndjson'], cwd, { HUFU_LANG: 'zh' });
  await says(/没有文档/);
  await fetch(`${proxy}/any?access_token=${SECRET}`, {
    method: 'POST',
    body: JSON.stringify({ password: 'another-5ecret', word: SECRET }),
  });
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(readFileSync(join(cwd, 'a.ndjson'), 'utf8')).not.toMatch(/5esame|another-5ecret/);
  expect(out()).toMatch(/已录制 1 条请求/);
});

test('a target that is down: the client gets 502, the exchange is recorded', async () => {
  const cwd = folderOf({});
  const running = start(['record', '-p', '0', '-t', 'http://127.0.0.1:1', '-o', 'a.har'], { cwd });
  const [, proxy = ''] = await running.says(/recording (http:\/\/127\.0\.0\.1:\d+)/);
  expect((await fetch(`${proxy}/x`)).status).toBe(502);
  await running.says(/no answer/);
  running.child.kill('SIGINT');
  expect(await running.ended).toBe(0);
  expect((await exchangesOf(join(cwd, 'a.har')))[0]?.response).toBeUndefined();
});

test('--no-redact needs a yes, and then keeps what was sent', async () => {
  const cwd = folderOf({ 'doors.yaml': DOCUMENT });
  const refused = await run(['record', '-t', url, '--no-redact', '-o', 'a.har'], { cwd });
  expect([refused.code, refused.error]).toEqual([2, expect.stringContaining('--yes-record-secrets')]);
  expect(existsSync(join(cwd, 'a.har'))).toBe(false);
  const { proxy, child, ended } = await startRecord(
    ['doors.yaml', '--no-redact', '--yes-record-secrets', '--no-check', '-o', 'a.har'],
    cwd,
  );
  await openDoor(proxy, 1);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(readFileSync(join(cwd, 'a.har'), 'utf8')).toContain(SECRET);
});

test.each<[name: string, parameters: readonly string[], says: RegExp]>([
  ['no target', [], /--target/],
  ['a target that is none', ['-t', 'ftp://x', '-o', 'x.har'], /no http or https URL/],
  ['a document that is not there', ['-t', 'http://h', 'none.yaml'], /none\.yaml does not exist/],
  ['an ending that says nothing', ['-t', 'http://h', '-o', 'a.txt'], /--format har or --format ndjson/],
  ['a recording that is there', ['-t', 'http://h', '-o', 'old.har'], /old\.har is there already.*--force/],
  ['itself as target', ['-t', 'http://localhost:4999', '-p', '4999', '-o', 'x.har'], /the proxy itself/],
  ['a file that can not be written', ['-t', 'http://h', '-p', '0', '-o', 'old.har/deep.har'], /old\.har/],
])('%s is refused with code 2', async (_name, parameters, says) => {
  const cwd = folderOf({});
  writeFileSync(join(cwd, 'old.har'), '{}');
  const { code, error } = await run(['record', ...parameters], { cwd });
  expect(error).toMatch(says);
  expect(code).toBe(2);
});

test('a port that is taken is told', async () => {
  const { port } = backend.address() as AddressInfo;
  const { code, error } = await run(['record', '-t', 'http://127.0.0.1:1', '-p', String(port), '-o', 'a.har'], { cwd: folderOf({}) });
  expect([code, error]).toEqual([2, expect.stringContaining(`port ${port} is taken`)]);
});
