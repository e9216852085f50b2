/**
 * `npm run bench:checker [-- --big] [-- --quick] [document ...]`: the checker beside its floor and its peers. Ratios count, not times: the machine is
 * another one each time. Nothing here decides a test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { harIn, writeHarOf } from './checker-document.ts';
import { againstValidator } from './checker-peers.ts';
import { HUFU, measureProcess, REDOCLY } from './checker-process.ts';
import type { Usage } from './checker-process.ts';
import { reasons } from './checker-reasons.ts';
import { againstFloor, flatness } from './checker-speed.ts';
import { writeHar } from './checker-traffic.ts';
import { figure, table } from './report.ts';
import type { Row } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { big: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const SHOP = join(import.meta.dirname, '../../contracts/bench/shop-3.1.yaml');
/** Of each command, beside the first one. */
const WHOLE_RUNS = 3;
const USAGE: Row = ['', 'CPU s', 's', 'peak MB', 'exit'];
const rounds = values.quick ? 3 : 11;
const folder = mkdtempSync(join(tmpdir(), 'hufu-bench-'));

try {
  show(
    'Right reason: hits of what was planted, accusations of what is clean',
    ['', 'hits', 'false alarms'],
    await reasons(folder, !values.quick),
  );
  show(
    'CPU per exchange, microseconds; the floor is JSON.parse and a precompiled AJV validator',
    ['', 'floor', 'hufu', 'ratio', 'per second'],
    await againstFloor(SHOP, rounds),
  );
  show(
    'CPU of a list and a creation, microseconds; express-openapi-validator in process, the middle one of fresh processes',
    ['', 'validator', 'hufu', 'ratio', 'in each process'],
    await againstValidator(SHOP, folder, values.quick ? 3 : undefined),
  );
  show('CPU per exchange, microseconds: flat?', ['', 'hufu'], await flatness(SHOP, folder));
  await wholeRuns();
  for (const document of positionals) await largeDocument(document);
  if (values.big) await bigRecording();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** HARs from the file to the report: one as a test run leaves it, and one as a day of a gateway does. Each command has run once before: what it keeps between runs is there. */
async function wholeRuns(): Promise<void> {
  for (const exchanges of values.quick ? [20_000] : [20_000, 100_000]) {
    const file = join(folder, 'many.har');
    writeHar(file, { exchanges });
    const check = ['check', file, '-d', SHOP, '--format', 'json', '-o', join(folder, 'result.json'), '--no-baseline', '--quiet'];
    const drift = ['drift', file, '--api', SHOP, '--format', 'json', '-o', join(folder, 'drift.json')];
    const runs = await byTurns([
      async () => measureProcess(HUFU, [...check, '--threads', '1'], folder),
      async () => measureProcess(HUFU, check, folder),
      async () => measureProcess(REDOCLY, drift, folder),
    ]);
    const [single, ours, peer] = runs.map(middle);
    if (single === undefined || ours === undefined || peer === undefined) throw new Error('nothing was measured');
    show(`A HAR of ${exchanges.toLocaleString('en')} exchanges, the middle one of ${WHOLE_RUNS} runs`, USAGE, [
      usage('hufu check --threads 1', single),
      usage('hufu check', ours),
      usage('redocly drift', peer),
    ]);
    console.log(`CPU of redocly drift to that of hufu check --threads 1: ${figure(peer.cpuSeconds / single.cpuSeconds)}`);
  }
}

/** Measures commands by turns, so that what else the machine does falls on all alike; the first round is not counted. */
async function byTurns(commands: readonly (() => Promise<Usage>)[]): Promise<Usage[][]> {
  const taken = commands.map((): Usage[] => []);
  for (let round = 0; round <= WHOLE_RUNS; round += 1) {
    for (const [index, run] of commands.entries()) {
      const used = await run();
      if (round > 0) taken[index]?.push(used);
    }
  }
  return taken;
}

/** The run with the middle figure of CPU. */
function middle(runs: readonly Usage[]): Usage | undefined {
  return [...runs].sort((a, b) => a.cpuSeconds - b.cpuSeconds)[Math.floor(runs.length / 2)];
}

async function largeDocument(document: string): Promise<void> {
  const exchanges = await writeHarOf(document, harIn(folder), 20);
  const run = await measureProcess(HUFU, ['check', harIn(folder), '-d', document, '--format', 'json', '--no-baseline', '--quiet'], folder);
  const { exchanges: counts } = JSON.parse(run.out) as { exchanges: { judged: number; clean: number } };
  show(`${document}: ${exchanges} exchanges, ${counts.judged} judged, ${counts.clean} clean`, USAGE, [usage('hufu check', run)]);
}

async function bigRecording(): Promise<void> {
  const file = join(folder, 'big.har');
  const exchanges = writeHar(file, { bytes: 2 * 1024 ** 3 });
  const check = ['check', file, '-d', SHOP, '--format', 'json', '-o', join(folder, 'result.json'), '--no-baseline', '--quiet'];
  const single = await measureProcess(HUFU, [...check, '--threads', '1'], folder);
  const threads = await measureProcess(HUFU, check, folder);
  show(`A HAR of 2 GiB, ${exchanges} exchanges`, USAGE, [usage('hufu check --threads 1', single), usage('hufu check', threads)]);
}

function usage(name: string, { cpuSeconds, seconds, megabytes, code }: Usage): Row {
  return [name, figure(cpuSeconds), figure(seconds), figure(megabytes), code];
}

function show(title: string, head: Row, rows: readonly Row[]): void {
  console.log(`\n${title}\n${table(head, rows)}`);
}
