/**
 * Bytes of memory that one request or exchange costs, counted, not timed: with a young generation that is larger than all of it nothing is collected
 * in between, and the figure is nearly the same on every machine. Prints JSON. Run as
 * `node --expose-gc --min-semi-space-size=256 --max-semi-space-size=256 scripts/bench/allocations.ts`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createChecker } from '../../contracts/index.ts';
import { createMock, handleRequest, loadBehaviour, loadDocuments } from '../../mock/index.ts';
import type { Mock } from '../../mock/index.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { RequestMessage } from '../../operations/index.ts';
import { benchDocument, inputExample } from './document.ts';
import { thingsDocument, thingsState } from './things.ts';

const ROUNDS = 2_000;

async function mockOf(folder: string, name: string, document: object, state?: object): Promise<Mock> {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, stringify(document));
  if (state !== undefined) await writeFile(join(folder, `${name}.state.yaml`), stringify(state));
  const table = createOperationTable(await loadDocuments([file], {}));
  const options = { dynamic: false, seed: '1', errors: false, cors: true, ignoreExamples: false };
  return createMock(table, options, await loadBehaviour(table, { workspace: folder }));
}

function request(method: string, target: string, body?: object, headers: Readonly<Record<string, string>> = {}): RequestMessage {
  const [path = '', query = ''] = target.split('?');
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  return { method, path, query, headers: { host: '127.0.0.1', accept: 'application/json', ...type, ...headers }, body: bytes };
}

/** Bytes for each call of `work`, after it has been called often enough to be compiled. */
function bytesPer(work: () => unknown): number {
  for (let round = 0; round < ROUNDS; round += 1) work();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < ROUNDS; round += 1) work();
  return Math.round((process.memoryUsage().heapUsed - before) / ROUNDS);
}

const folder = await mkdtemp(join(tmpdir(), 'hufu-allocations-'));
try {
  const plain = await mockOf(folder, 'bench', benchDocument(9));
  const stateful = await mockOf(folder, 'things', thingsDocument(), thingsState());
  const checker = createChecker(plain.table.documents);
  const valid = request('POST', '/api/v1/notice4', inputExample());
  const answered = await handleRequest(plain, valid);
  const exchange = {
    place: { file: 'bench', index: 0 },
    origin: undefined,
    request: valid,
    response: { status: answered.reply.status, headers: { 'content-type': 'application/json' }, body: answered.reply.body },
    startedAt: undefined,
    milliseconds: undefined,
    gaps: [],
  };
  const cases: Readonly<Record<string, () => unknown>> = {
    'GET path parameter': () => handleRequest(plain, request('GET', '/api/v1/notice4/1000001')),
    'GET list, query': () => handleRequest(plain, request('GET', '/api/v1/notice4?current=0&size=20&status=EXECUTION&keyWord=spring')),
    'POST valid body': () => handleRequest(plain, valid),
    'POST invalid body': () => handleRequest(plain, request('POST', '/api/v1/notice4', { ...inputExample(), groupId: 'twelve' })),
    'dynamic GET': () => handleRequest(plain, request('GET', '/api/v1/notice4/1000001', undefined, { prefer: 'dynamic=true' })),
    'stateful GET by key': () => handleRequest(stateful, request('GET', '/things/5000')),
    'stateful create': () => handleRequest(stateful, request('POST', '/things', { name: '天天健步走', owner: 7, tags: ['a', 'b'] })),
    'checked exchange': () => checker.check(exchange),
  };
  console.log(JSON.stringify(Object.fromEntries(Object.entries(cases).map(([name, work]) => [name, bytesPer(work)]))));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
