/**
 * A soak: mixed valid and hostile load on the nine modules, as users run them. `npm run soak [-- --seconds 600]`. Fails when the process ends, an answer hangs, a status is
 * one that no mock may give (a 5xx that was not asked for), memory goes on growing, or the state is no longer consistent afterwards.
 */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { workspaceDocuments } from '../mock/index.ts';
import { buildRequest } from './conformance/build-request.ts';
import type { Request } from './conformance/build-request.ts';
import { send } from './conformance/send.ts';
import { createSchemas, listOperations, readDocument } from './judge/index.ts';
import { startMock } from './mock-process.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' }, clients: { type: 'string', default: '16' } } });
const seconds = Number(values.seconds);
const HANG_MS = 10_000;
/** Memory may grow by this much from the end of the first quarter to the end: caches fill, leaks go on. */
const GROWTH_LIMIT_MB = 64;

const requests: Request[] = [];
for (const file of workspaceDocuments(process.cwd())) {
  const document = await readDocument(file);
  const schemas = createSchemas(document, 'request');
  for (const operation of listOperations(document)) {
    for (const extent of ['required', 'all'] as const) {
      const request = buildRequest(schemas, operation, extent);
      if (request.kind === 'request') requests.push(request);
    }
  }
}

const mock = await startMock({ template: '{node} cli/main.js mock -p {port} --no-watch --quiet', doc: '' });
if (mock.kind === 'refused') throw new Error(`the mock did not start: ${mock.reason}\n${mock.log}`);
const { port, pid } = mock;

/** The same numbers each time: a failure can be met again. */
let seed = 42;
function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

const statuses = new Map<string, number>();
const failures: string[] = [];
const fail = (text: string): void => void (failures.length < 20 && failures.push(text));

/** A valid request, perhaps with something wrong in it, in one of a hundred sessions. */
function next(): Request {
  const request = requests[random(requests.length)] ?? { kind: 'request', method: 'GET', path: '/', headers: {}, body: undefined };
  const headers = { ...request.headers, 'x-hufu-session': `soak-${random(100)}` };
  switch (random(8)) {
    case 0:
      return { ...request, headers, path: `${request.path}${request.path.includes('?') ? '&' : '?'}${noise(12)}=${noise(30)}` };
    case 1:
      return { ...request, headers, path: request.path.replace(/[^/?]+$/, noise(20)) };
    case 2:
      return { ...request, headers, body: request.body?.subarray(0, random(request.body.length)) };
    case 3:
      return { ...request, headers: { ...headers, prefer: `code=${random(600)}, dynamic=true` } };
    default:
      return { ...request, headers };
  }
}

/** Characters that a URL may hold, percent-encoded bytes among them. */
function noise(length: number): string {
  const parts = ['a', 'Z', '0', '-', '%00', '%ff', '%E8%8C%B6', '%2F', '..', '%25', '[', ']', '{', '~', "'", '%22'];
  return Array.from({ length: 1 + random(length) }, () => parts[random(parts.length)]).join('');
}

async function ask(): Promise<void> {
  const request = next();
  const sent = await send(port, request, HANG_MS);
  if (sent.kind !== 'answer') {
    fail(`${request.method} ${request.path.slice(0, 200)}: ${sent.reason}`);
    return;
  }
  const { status, headers } = sent.answer;
  statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1);
  const asked = request.headers['prefer'] !== undefined;
  if (status >= 500 && !asked)
    fail(`${request.method} ${request.path.slice(0, 200)}: ${status} ${sent.answer.body.toString().slice(0, 300)}`);
  if (status >= 500 && asked && headers['content-type'] === undefined && sent.answer.body.length > 0)
    fail(`${status} without a media type`);
}

/** Bytes that are no HTTP, or not much. */
function bother(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const bytes = Buffer.from(Array.from({ length: 1 + random(400) }, () => random(256)));
    const heads = [
      '',
      'GET / HTTP/1.1\r\nHost: a\r\n',
      'POST /tie/list.json HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{',
      'GET /%zz HTTP/1.1\r\n\r\n',
    ];
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.write(heads[random(heads.length)] ?? '');
    socket.end(bytes);
    setTimeout(() => {
      socket.destroy();
      resolve();
    }, 200);
  });
}

async function memoryMb(): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

const end = performance.now() + seconds * 1_000;
const memory: number[] = [];
async function client(): Promise<void> {
  while (performance.now() < end && mock.kind === 'listening' && mock.alive()) await (random(50) === 0 ? bother() : ask());
}
async function watch(): Promise<void> {
  while (performance.now() < end && mock.kind === 'listening' && mock.alive()) {
    await sleep(Math.min(5_000, Math.max(0, end - performance.now())));
    memory.push(await memoryMb().catch(() => 0));
  }
}
await Promise.all([watch(), ...Array.from({ length: Number(values.clients) }, client)]);
if (!mock.alive()) fail(`the process ended: ${mock.log().slice(-2_000)}`);

// What is created is there, and only there.
const url = `http://127.0.0.1:${port}`;
const json = { 'content-type': 'application/json', 'x-hufu-session': 'afterwards' };
const tie = { uid: 300007, title: 'soak', img: 'https://example.com/a.jpg', brief: 'b', link: 'https://example.com/l' };
const saved = (await (
  await fetch(`${url}/tie/saveOrUpdate.json`, { method: 'POST', headers: json, body: JSON.stringify(tie) })
).json()) as {
  data?: { tieid?: number };
};
const find = async (session: string): Promise<unknown> =>
  (
    (await (
      await fetch(`${url}/tie/findById.json`, {
        method: 'POST',
        headers: { ...json, 'x-hufu-session': session },
        body: JSON.stringify({ tieid: saved.data?.tieid }),
      })
    ).json()) as { data?: { title?: string } }
  ).data?.title;
if ((await find('afterwards')) !== 'soak') fail('a row that was created is not there');
if ((await find('somebody-else')) === 'soak') fail('a row of one session is seen in another');
await mock.stop();

const quarter = memory[Math.floor(memory.length / 4)] ?? 0;
const last = memory.at(-1) ?? 0;
if (memory.length >= 8 && last - quarter > GROWTH_LIMIT_MB) fail(`memory grew from ${quarter.toFixed(0)} to ${last.toFixed(0)} MB`);
const total = [...statuses.values()].reduce((sum, count) => sum + count, 0);
console.log(
  `${total} answers in ${seconds} s: ${[...statuses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([status, count]) => `${status} ${count}`)
    .join(', ')}`,
);
console.log(
  `memory: ${memory[0]?.toFixed(0) ?? '?'} MB after 5 s, ${quarter.toFixed(0)} MB after a quarter, ${last.toFixed(0)} MB at the end`,
);
for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 ? 0 : 1);
