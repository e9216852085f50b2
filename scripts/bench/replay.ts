/** What a replayed request costs beside a bare undici loop that sends the same requests to the same server: `node scripts/bench/replay.ts [exchanges]`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Pool } from 'undici';
import {
  createChecker,
  contractMarks,
  createPlan,
  loadRemembered,
  readSecrets,
  replay,
  select,
  unsteadyPlaces,
} from '../../contracts/index.ts';
import type { Exchange, Judged } from '../../contracts/index.ts';
import { createOperationTable, loadDocument } from '../../operations/index.ts';

const COUNT = Number(process.argv[2] ?? 5_000);
const ROUNDS = 5;
const task = {
  id: 2001,
  createTime: '2026-03-01 08:00:00',
  lastUpdateTime: '2026-03-01 08:00:00',
  taskName: '春季新品',
  taskType: 'APPOINTMENT_REMINDER',
  status: 'PENDING',
  scheduledStartTime: '2026-03-02 09:00:00',
  scheduledEndTime: '2026-03-02 22:00:00',
};
const listed = JSON.stringify({
  page: { current: 0, size: 20, total: 20 },
  records: Array.from({ length: 20 }, (_, index) => ({
    ...task,
    id: 2001 + index,
    createTime: undefined,
    lastUpdateTime: undefined,
    contents: [{ contentType: 'TEXT', contentValue: '您好' }],
  })),
});

let calls = 0;
const server = createServer((request, response) => {
  request.resume();
  // No two answers are equal to the byte, as with a real backend.
  calls += 1;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`${listed.slice(0, -1)}${' '.repeat(calls % 7)}}`);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const table = createOperationTable([await loadDocument(join(import.meta.dirname, '../../openapi/notification-task.yaml'))], {
  remarks: true,
});
const marks = contractMarks(table, await loadRemembered(table));
const exchanges = Array.from({ length: COUNT }, (_, index): Exchange => ({
  place: { file: 'bench.har', index },
  origin: url,
  request: {
    method: 'GET',
    path: '/api/v1/notification-tasks',
    query: `taskType=APPOINTMENT_REMINDER&current=${index % 50}`,
    headers: { authorization: 'Bearer token' },
    body: undefined,
  },
  response: { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(listed) },
  startedAt: index,
  milliseconds: 1,
  gaps: [],
}));

async function bare(concurrency: number): Promise<number> {
  const pool = new Pool(url, { connections: concurrency });
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let exchange = exchanges[next++]; exchange !== undefined; exchange = exchanges[next++]) {
        const { body } = await pool.request({
          method: 'GET',
          path: `${exchange.request.path}?${exchange.request.query}`,
          headers: { authorization: 'Bearer token' },
        });
        await body.arrayBuffer();
      }
    }),
  );
  const took = performance.now() - start;
  await pool.close();
  return took;
}

async function planned(): Promise<{ readonly milliseconds: number; readonly run: (concurrency: number) => Promise<number> }> {
  const checker = createChecker(table);
  const recorded: Judged[] = [];
  for (const exchange of exchanges) recorded.push(await checker.check(exchange));
  const start = performance.now();
  const plan = createPlan(recorded, table, marks, { secrets: readSecrets(undefined, {}) });
  const chosen = select(plan.exchanges, {});
  const unsteady = unsteadyPlaces(recorded, marks);
  const milliseconds = performance.now() - start;
  return {
    milliseconds,
    async run(concurrency) {
      const begin = performance.now();
      const counts = await replay(plan, chosen, createChecker(table), marks, unsteady, { target: url, concurrency });
      if (counts.same !== COUNT) throw new Error(`only ${counts.same} of ${COUNT} were answered alike`);
      return performance.now() - begin;
    },
  };
}

const { milliseconds, run } = await planned();
console.log(`plan: ${((milliseconds * 1_000) / COUNT).toFixed(0)} µs an exchange`);
for (const concurrency of [1, 8]) {
  const [floors, replays]: [number[], number[]] = [[], []];
  // By turns, so that a busy machine is busy for both; the first round only warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [floor, took] = [await bare(concurrency), await run(concurrency)];
    if (round > 0) floors.push(floor);
    if (round > 0) replays.push(took);
  }
  const [floor, took] = [Math.min(...floors), Math.min(...replays)];
  const each = (time: number): string => `${((time * 1_000) / COUNT).toFixed(0)} µs`;
  console.log(`${concurrency} at once: undici ${each(floor)}, replay ${each(took)} a request: ratio ${(took / floor).toFixed(2)}`);
}
server.close();
server.closeAllConnections();
