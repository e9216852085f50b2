/**
 * What remembering costs inside of the process: the whole of `handleRequest` without sockets, beside matching and judging the request alone.
 * `node scripts/bench/state-steps.ts [case ...]`. The least of many rounds counts: what else the machine does only adds to it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createMock, handleRequest, loadBehaviour, loadDocuments } from '../../mock/index.ts';
import { createOperationTable, validateRequest } from '../../operations/index.ts';
import type { RequestMessage } from '../../operations/index.ts';
import { figure, table } from './report.ts';
import { thingsDocument, thingsState } from './things.ts';

const ROUNDS = 60;

const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-state-'));
const doc = join(folder, 'things.yaml');
await writeFile(doc, stringify(thingsDocument()));
await writeFile(join(folder, 'things.state.yaml'), stringify(thingsState()));
const operations = createOperationTable(await loadDocuments([doc], {}));
const behaviour = await loadBehaviour(operations);
const options = { dynamic: false, seed: '1', errors: false, cors: false, ignoreExamples: false };
const mock = createMock(operations, options, behaviour);
await rm(folder, { recursive: true });

const headers = { host: '127.0.0.1:4010', connection: 'keep-alive' };
const get = (target: string): RequestMessage => {
  const [path = '', query = ''] = target.split('?');
  return { method: 'GET', path, query, headers, body: undefined };
};
const created = Buffer.from(JSON.stringify({ name: '天天健步走', owner: 7, price: 19.9, tags: ['a', 'b'] }));
const post: RequestMessage = {
  method: 'POST',
  path: '/things',
  query: '',
  headers: { ...headers, 'content-type': 'application/json', 'content-length': String(created.length) },
  body: created,
};
const CASES: { readonly name: string; readonly count: number; readonly request: (turn: number) => RequestMessage }[] = [
  { name: 'get', count: 10_000, request: (turn) => get(`/things/${1 + (turn % 10_000)}`) },
  { name: 'missing', count: 10_000, request: (turn) => get(`/things/${1_000_000 + (turn % 10_000)}`) },
  { name: 'create', count: 5_000, request: () => post },
  { name: 'list', count: 100, request: (turn) => get(`/many?owner=7&limit=${10 + (turn % 20)}`) },
];

const wanted = process.argv.slice(2);
const rows: (string | undefined)[][] = [];
for (const { name, count, request } of CASES.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
  const requests = Array.from({ length: count }, (_, turn) => request(turn));
  const judging = least(requests, (message) => {
    const found = operations.find(message.method, message.path);
    return found.kind === 'operation' ? validateRequest(found.operation, message, found.values) : undefined;
  });
  const whole = least(requests, (message) => handleRequest(mock, message));
  rows.push([name, figure(whole), figure(judging), figure(whole - judging)]);
}
console.log(table(['case', 'handleRequest µs', 'match and judge µs', 'the rest µs'], rows));

/** Microseconds a request, in the quickest of the rounds. */
function least(requests: readonly RequestMessage[], work: (message: RequestMessage) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  let kept: unknown;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Rows of earlier rounds would make maps that no session has.
    void behaviour.sessions.reset('default');
    const began = process.cpuUsage();
    for (const message of requests) kept = work(message);
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / requests.length);
  }
  if (kept instanceof Promise) throw new Error('the memory store answers at once');
  return best;
}
