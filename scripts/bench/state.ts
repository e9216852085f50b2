/**
 * What remembering costs: a stateful mock beside bare `node:http`, in one run, and the price of a session. `npm run bench:state [-- --quick]`.
 * Timings never fail this script.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { createSessions } from '../../state/index.ts';
import { HUFU } from '../mock-process.ts';
import { coldStart, measureLoad, memory } from './measure.ts';
import { figure, median, table } from './report.ts';
import { ROWS, thingsDocument, thingsState } from './things.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const rounds = values.quick ? 1 : 3;
/** A case. */
const WARM_UP_MS = 4_000;
const load = { milliseconds: values.quick ? 500 : 2_000, connections: 32, pipeline: 1 };

const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-state-'));
const doc = join(folder, 'things.yaml');
await writeFile(doc, stringify(thingsDocument()));
await writeFile(join(folder, 'things.state.yaml'), stringify(thingsState()));

const body = JSON.stringify({ name: '天天健步走', owner: 7, price: 19.9, tags: ['a', 'b'] });
const CASES = [
  { name: 'GET by key', bytes: request('GET', '/things/5000') },
  { name: 'POST create', bytes: request('POST', '/things', body) },
  { name: `GET list, filter over ${ROWS} rows`, bytes: request('GET', '/many?owner=7&limit=20') },
];

const servers = [
  { name: 'bare node:http', ...(await coldStart({ template: '{node} scripts/bench/floor.mjs {port}', doc }, '/')) },
  { name: 'hufu mock, state in memory', ...(await coldStart({ template: `${HUFU} --quiet`, doc }, '/things/1')) },
  {
    name: 'hufu mock, state in a file',
    ...(await coldStart({ template: `${HUFU} --quiet`, doc, flags: `--state ${join(folder, 'state.db')}` }, '/things/1')),
  },
];
// Until the engine has compiled what is hot, a case costs half as much again; that takes some 100,000 requests, however short the measurements are.
for (const { server } of servers) for (const { bytes } of CASES) await measureLoad(server, bytes, { ...load, milliseconds: WARM_UP_MS });
const found: { server: string; case: string; micros: number | undefined; perSecond: number; statuses: string }[] = [];
for (let round = 0; round < rounds; round += 1) {
  for (const { name, bytes } of CASES) {
    for (const { name: server, server: target } of servers) {
      const { cpuMicros, perSecond, statuses } = await measureLoad(target, bytes, load);
      found.push({ server, case: name, micros: cpuMicros, perSecond, statuses: Object.keys(statuses).join(' ') });
    }
  }
}
const middle = (server: string, name: string): { micros: number | undefined; perSecond: number | undefined } => {
  const own = found.filter((item) => item.server === server && item.case === name);
  return { micros: median(own.flatMap((item) => item.micros ?? [])), perSecond: median(own.map((item) => item.perSecond)) };
};
const rows = CASES.flatMap(({ name }) =>
  servers.map(({ name: server }) => {
    const { micros, perSecond } = middle(server, name);
    const floor = middle('bare node:http', name).micros;
    const statuses = found.find((item) => item.server === server && item.case === name)?.statuses;
    return [
      name,
      server,
      figure(perSecond),
      figure(micros),
      figure(floor === undefined || micros === undefined ? undefined : floor / micros),
      statuses,
    ];
  }),
);
console.log(table(['case', 'server', 'requests/s', 'CPU µs', 'of the floor', 'status'], rows), '\n');
console.log(
  table(['after load', 'MB'], await Promise.all(servers.map(async ({ name, server }) => [name, figure(await memory(server.pid))]))),
  '\n',
);
await Promise.all(servers.map(async ({ server }) => server.stop()));
await rm(folder, { recursive: true });
console.log(table(['session', 'µs'], [['created and asked once, 10,000 starting rows', figure(sessionCost())]]));

/** Microseconds to create a session and look one row up in it. */
function sessionCost(): number {
  const things = new Map(Array.from({ length: ROWS }, (_, index) => [String(index), { id: index }] as const));
  const sessions = createSessions({ bases: new Map([['default', new Map([['things/thing', things]])]]), maxSessions: 1_000 });
  const create = (name: string): void => void sessions.get(name).transact((world) => world.get('things/thing', '5000'));
  for (let index = 0; index < 5_000; index += 1) create(`warm-${index}`);
  const began = performance.now();
  const count = 20_000;
  for (let index = 0; index < count; index += 1) create(`session-${index}`);
  return ((performance.now() - began) * 1_000) / count;
}

function request(method: string, path: string, content = ''): string {
  const headers = content === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n${content}`;
}
