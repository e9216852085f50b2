/**
 * What a request costs: the mock beside bare `node:http` and beside Prism, in one run, cases interleaved so that noise hits all alike.
 * The figure to trust is the ratio of CPU times; timings never fail this script.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { HUFU, PRISM } from '../mock-process.ts';
import type { MockProcess } from '../mock-process.ts';
import { CASES } from './cases.ts';
import { benchDocument } from './document.ts';
import { coldStart, measureLoad, memory } from './measure.ts';
import type { LoadMeasure } from './measure.ts';
import { figure, median, table } from './report.ts';

const USAGE = `usage: npm run bench [-- options]
  --quick              one short round, no large document for Prism
  --rounds N           rounds (default 3)
  --ms N               milliseconds a measurement (default 2000)
  --connections N      connections (default 32)
  --pipeline N         requests under way on a connection (default 1)
  --no-prism           leave Prism out
  --json FILE          write every measurement
  --server TEMPLATE    another mock in the place of hufu: a shell command with {port} {doc} {flags}`;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    ms: { type: 'string' },
    connections: { type: 'string', default: '32' },
    pipeline: { type: 'string', default: '1' },
    prism: { type: 'boolean', default: true },
    json: { type: 'string' },
    server: { type: 'string', default: `${HUFU} --quiet --no-journal` },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

interface Contestant {
  readonly name: string;
  readonly template: string;
}

/** Hufu is measured with its log and journal off, so the Prism to compare it with is the one with its log off too. */
const LIKE_FOR_LIKE = 'prism mock -v error';
const FLOOR = '{node} scripts/bench/floor.ts {port}';
const contestants: Contestant[] = [
  { name: 'bare node:http', template: FLOOR },
  { name: 'bare + JSON.parse', template: `${FLOOR} parse` },
  { name: 'hufu mock', template: values.server },
  // As its users start it, and with its log of every request switched off.
  ...(values.prism
    ? [
        { name: 'prism mock', template: PRISM },
        { name: 'prism mock -v error', template: `${PRISM} -v error` },
      ]
    : []),
];
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const milliseconds = Number(values.ms ?? (values.quick ? 500 : 2_000));
const load = { milliseconds, connections: Number(values.connections), pipeline: Number(values.pipeline) };
/** The 10 MB document has this many modules of about 7 KB. */
const LARGE_MODULES = 1_470;
const PATH = '/api/v1/notice4/1000001';

const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-'));
const small = join(folder, 'small.yaml');
const large = join(folder, 'large.json');
await writeFile(small, stringify(benchDocument(9), { aliasDuplicateObjects: false }));
const largeText = JSON.stringify(benchDocument(LARGE_MODULES));
await writeFile(large, largeText);

const starts = await measureStarts();
const requests = await measureRequests();
await rm(folder, { recursive: true, force: true });
if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ rounds, ...load, starts, requests }, null, 1));

interface Start {
  readonly server: string;
  readonly document: string;
  readonly firstAnswerMs: number;
  readonly megabytes: number | undefined;
}

/** From the spawn to the first answer, with the small and the large document. */
async function measureStarts(): Promise<Start[]> {
  const size = `${(Buffer.byteLength(largeText) / 1e6).toFixed(1)} MB`;
  const documents = [
    { name: '46 operations', doc: small },
    { name: size, doc: large },
  ];
  const found: Start[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, doc } of documents) {
      for (const { name: server, template } of contestants) {
        const slow = server.startsWith('prism') && doc === large;
        if (server.startsWith('bare +') || (slow && (values.quick || round > 0))) continue;
        const start = await coldStart({ template, doc, limitMs: 180_000 }, PATH);
        found.push({ server, document: name, firstAnswerMs: start.firstAnswerMs, megabytes: start.megabytes });
        await start.server.stop();
      }
    }
  }
  const rows = documents.flatMap(({ name }) => contestants.map(({ name: server }) => startRow(found, server, name)));
  console.log(
    table(
      ['cold start', 'document', 'first answer, ms', 'MB'],
      rows.filter((row) => row[2] !== undefined),
    ),
    '\n',
  );
  return found;
}

function startRow(found: readonly Start[], server: string, document: string): (string | undefined)[] {
  const own = found.filter((start) => start.server === server && start.document === document);
  const megabytes = own.flatMap((start) => (start.megabytes === undefined ? [] : [start.megabytes]));
  return [server, document, figure(median(own.map((start) => start.firstAnswerMs))), figure(median(megabytes))];
}

interface Measured extends LoadMeasure {
  readonly server: string;
  readonly case: string;
  readonly right: boolean;
}

/** Every case against every server, round by round. */
async function measureRequests(): Promise<Measured[]> {
  const servers: { name: string; server: MockProcess }[] = [];
  for (const { name, template } of contestants) servers.push({ name, server: (await coldStart({ template, doc: small }, PATH)).server });
  // All alike: until the engine has compiled what is hot, a case costs half as much again; that takes some 100,000 requests.
  for (const { server } of servers)
    for (const { bytes } of CASES) await measureLoad(server, bytes, { ...load, milliseconds: milliseconds * 2 });
  const found: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, bytes, right } of CASES) {
      for (const { name: server, server: target } of servers) {
        const measure = await measureLoad(target, bytes, load);
        const expected = server.startsWith('bare') || Object.keys(measure.statuses).every((status) => right(Number(status)));
        found.push({ server, case: name, right: expected && measure.broken === 0, ...measure });
      }
    }
  }
  printRequests(found);
  const sizes = await Promise.all(servers.map(async ({ name, server }) => [name, figure(await memory(server.pid))]));
  console.log(table(['after load', 'MB'], sizes));
  await Promise.all(servers.map(async ({ server }) => server.stop()));
  return found;
}

function printRequests(found: readonly Measured[]): void {
  const rows = CASES.flatMap(({ name }) => {
    const cpuOf = (server: string): number | undefined => cpu(found.filter((item) => item.case === name && item.server === server));
    return contestants.map(({ name: server }) => {
      const own = found.filter((item) => item.case === name && item.server === server);
      const micros = cpuOf(server);
      const wrong = own.every((item) => item.right)
        ? ''
        : `unexpected answers: ${JSON.stringify(own.find((item) => !item.right)?.statuses)}`;
      const perSecond = figure(median(own.map((item) => item.perSecond)));
      return [
        name,
        server,
        perSecond,
        figure(micros),
        figure(ratio(cpuOf('bare node:http'), micros)),
        figure(ratio(cpuOf(LIKE_FOR_LIKE), micros)),
        wrong,
      ];
    });
  });
  console.log(table(['case', 'server', 'requests/s', 'CPU µs', 'of the floor', 'x silent Prism', ''], rows), '\n');
}

function cpu(own: readonly Measured[]): number | undefined {
  return median(own.flatMap((item) => (item.cpuMicros === undefined ? [] : [item.cpuMicros])));
}

/** How many times cheaper the second is: 1 is as dear, above 1 is better. */
function ratio(other: number | undefined, own: number | undefined): number | undefined {
  return other === undefined || own === undefined ? undefined : other / own;
}
