/**
 * What a request costs as things grow: operations of a document, rows of a collection, sessions, the journal. `npm run bench:growth [-- options]`.
 * Each size is measured next to the others and to bare `node:http`, in turn. Timings never fail this script.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MockProcess } from '../mock-process.ts';
import { CORES } from './cores.ts';
import { growJournal } from './growth-journal.ts';
import type { GrowthSettings } from './growth-measure.ts';
import { growOperations } from './growth-operations.ts';
import { GROWTH_PLACE, growthTables, writeGrowth } from './growth-page.ts';
import type { GrowthPart } from './growth-page.ts';
import { growRows } from './growth-rows.ts';
import { growSessions } from './growth-sessions.ts';
import { coldStart } from './measure.ts';
import { table } from './report.ts';

const PARTS = { operations: growOperations, rows: growRows, sessions: growSessions, journal: growJournal };

const USAGE = `usage: npm run bench:growth [-- options]
  --quick        one short round
  --only PARTS   of ${Object.keys(PARTS).join(', ')}; several with commas
  --json FILE    write every figure
  --write        render the tables of PERFORMANCE.md`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const wanted = values.only.split(',');
const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`there is no part ${unknown.join(', ')}\n${USAGE}`);
  process.exit(2);
}

const settings: GrowthSettings = values.quick
  ? { rounds: 1, milliseconds: 500, connections: 32, warmUp: 20_000, longestWarmUp: 1_000 }
  : { rounds: 3, milliseconds: 1_500, connections: 32, warmUp: 100_000, longestWarmUp: 4_000 };
const PAGE = join(import.meta.dirname, '../../PERFORMANCE.md');
const told = [
  `CPU µs of the server for a request and, in parentheses, how much of the floor that is: the CPU of bare \`node:http\` for the same requests, measured next to it, divided by it. The last column is the throughput of a core at the last size in % of that at the first. Medians of ${settings.rounds} rounds of ${settings.milliseconds / 1_000} s, ${settings.connections} connections; ${CORES === undefined ? 'server and load are placed by the kernel' : 'server and load have a core each'}. \`hufu mock --quiet\`, journal on. Node ${process.versions.node}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${new Date().toISOString().slice(0, 10)}; \`npm run bench:growth -- --write\`.`,
];
console.log(told.join('\n'), '\n');

const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-growth-'));
const parts: GrowthPart[] = [];
try {
  for (const [name, grow] of Object.entries(PARTS)) {
    if (!wanted.includes(name)) continue;
    const part = await withFloor((floor) => grow(floor, folder, settings));
    parts.push(part);
    for (const { head, rows } of growthTables(part)) console.log(table(head, rows), '\n');
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ ...settings, parts }, null, 1));
if (values.write) {
  const page = await readFile(PAGE, 'utf8').catch(() => `# Performance\n\n## Growth\n\n${GROWTH_PLACE}\n`);
  await writeFile(PAGE, writeGrowth(page, told, parts));
}

async function withFloor<T>(work: (floor: MockProcess) => Promise<T>): Promise<T> {
  const { server } = await coldStart({ template: '{node} scripts/bench/floor.mjs {port}', doc: '' }, '/');
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}
