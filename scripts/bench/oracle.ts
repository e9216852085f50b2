/**
 * What judging the sequence costs: exchanges per second with the oracle and without it, on one core, and its memory over a long recording.
 * `npm run bench:oracle [-- --exchanges 1000000]`. Timings never fail this script; a finding does, since nothing is wrong with the traffic.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { createChecker, loadOracle } from '../../contracts/index.ts';
import type { Exchange } from '../../contracts/index.ts';
import { createMock, handleRequest, loadBehaviour, loadDocuments } from '../../mock/index.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { RequestMessage } from '../../operations/index.ts';

const { values } = parseArgs({ options: { exchanges: { type: 'string', default: '1000000' } } });
const total = Number(values.exchanges);
/** Things that exist at one time: older ones are deleted. */
const ALIVE = 2_000;

const thing = { $ref: '#/components/schemas/Thing' };
const json = (schema: object): object => ({ 'application/json': { schema } });
const answer = (schema: object): object => ({ description: 'ok', content: json(schema) });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const properties = { id: { type: 'integer' }, name: { type: 'string' }, owner: { type: 'integer' }, price: { type: 'number' } };
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        requestBody: { required: true, content: json({ type: 'object', properties }) },
        responses: { 201: answer(thing) },
      },
      get: {
        operationId: 'listThings',
        parameters: [
          { name: 'owner', in: 'query', schema: { type: 'integer' } },
          { name: 'offset', in: 'query', schema: { type: 'integer' } },
        ],
        responses: { 200: answer({ type: 'object', properties: { total: { type: 'integer' }, items: { type: 'array', items: thing } } }) },
      },
    },
    '/things/{id}': {
      parameters: [id],
      get: { operationId: 'getThing', responses: { 200: answer(thing), 404: answer({ type: 'object' }) } },
      put: {
        operationId: 'updateThing',
        requestBody: { required: true, content: json({ type: 'object', properties }) },
        responses: { 200: answer(thing), 404: answer({ type: 'object' }) },
      },
      delete: { operationId: 'deleteThing', responses: { 204: { description: 'gone' }, 404: answer({ type: 'object' }) } },
    },
  },
  components: { schemas: { Thing: { type: 'object', required: ['id', 'name'], properties } } },
};
const STATE = {
  collections: { thing: { key: { field: 'id', strategy: 'sequence', start: 1 } } },
  operations: {
    createThing: { do: 'create', in: 'thing', set: '$request.body', data: '$row' },
    getThing: { do: 'get', in: 'thing', key: '$request.path.id' },
    updateThing: { do: 'update', in: 'thing', key: '$request.path.id', set: '$request.body', data: '$row' },
    deleteThing: { do: 'delete', in: 'thing', key: '$request.path.id' },
    listThings: {
      do: 'list',
      in: 'thing',
      where: { owner: '$request.query.owner' },
      page: { offset: '$request.query.offset', size: 20, out: { total: '$total', items: '$rows' } },
    },
  },
};

const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-oracle-'));
try {
  const file = join(folder, 'things.yaml');
  await writeFile(file, stringify(DOCUMENT));
  await writeFile(join(folder, 'things.state.yaml'), stringify(STATE));
  const documents = await loadDocuments([file], {});
  const table = createOperationTable(documents);
  const options = { dynamic: false, seed: '1', errors: false, cors: false, ignoreExamples: false };
  const mock = createMock(table, options, await loadBehaviour(table, { workspace: folder }));

  let newest = 0;
  let turn = 0;
  /** Creates, reads, changes, lists and deletes, as a busy client would. */
  const nextRequest = (): RequestMessage => {
    turn += 1;
    const body = { name: `thing ${turn}`, owner: turn % 50, price: (turn % 1000) / 10 };
    const some = Math.max(1, newest - (turn % ALIVE));
    switch (turn % 5) {
      case 0:
        newest += 1;
        return requestOf('POST', '/things', body);
      case 1:
        return requestOf('GET', `/things/${some}`);
      case 2:
        return requestOf('PUT', `/things/${some}`, body);
      case 3:
        return requestOf('GET', `/things?owner=${turn % 50}&offset=0`);
      default:
        return newest > ALIVE ? requestOf('DELETE', `/things/${newest - ALIVE}`) : requestOf('GET', `/things/${some}`);
    }
  };
  const exchangeOf = async (index: number): Promise<Exchange> => {
    const request = nextRequest();
    const { reply } = await handleRequest(mock, request);
    const headers = Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, String(value)]));
    const response = { status: reply.status, headers, body: reply.body };
    return {
      place: { file: 'bench', index },
      origin: undefined,
      request,
      response,
      startedAt: Date.UTC(2026, 2, 1) + index * 10,
      milliseconds: 1,
      gaps: [],
    };
  };

  const [plain, judged] = [createChecker(documents), createChecker(documents)];
  const oracle = await loadOracle(judged.table);
  const block = 20_000;
  let [without, withOracle, findings, heap] = [0, 0, 0, 0];
  for (let done = 0; done < total; done += block) {
    const exchanges: Exchange[] = [];
    for (let index = 0; index < block; index += 1) exchanges.push(await exchangeOf(done + index));
    let before = process.cpuUsage();
    for (const exchange of exchanges) await plain.check(exchange);
    without += cpuSince(before);
    before = process.cpuUsage();
    for (const exchange of exchanges) findings += oracle.judge(await judged.check(exchange)).findings.filter(isAccusation).length;
    withOracle += cpuSince(before);
    exchanges.length = 0;
    globalThis.gc?.();
    heap = process.memoryUsage().heapUsed / 1024 / 1024;
    if (done === 0) console.log(`heap after ${block} exchanges: ${heap.toFixed(0)} MB`);
  }
  console.log(`heap after ${total} exchanges: ${heap.toFixed(0)} MB (the mock that answers is in it)`);
  console.log(`without the oracle: ${(without / total).toFixed(1)} µs an exchange, ${Math.round(1e6 / (without / total))} a second`);
  console.log(`with the oracle:    ${(withOracle / total).toFixed(1)} µs an exchange, ${Math.round(1e6 / (withOracle / total))} a second`);
  console.log(`findings: ${findings}`);
  process.exitCode = findings === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function isAccusation({ severity }: { readonly severity: string }): boolean {
  return severity !== 'notice';
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function requestOf(method: string, target: string, body?: object): RequestMessage {
  const [path = '', query = ''] = target.split('?');
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return { method, path, query, headers, body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)) };
}
