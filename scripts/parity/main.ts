/**
 * Plays Prism's own test cases against the mock and says which answers differ.
 * Exit code 1 when a case fails that is not listed in mock/PARITY.md, or when a listed one passes after all.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { HUFU } from '../mock-process.ts';
import { acceptedCases } from './accepted.ts';
import { loadCases } from './case.ts';
import { play } from './play.ts';
import type { Result } from './play.ts';

const USAGE = `usage: npm run parity [-- CASES] [options]
  CASES, --cases DIR   folder of cases (default: scripts/parity/cases)
  --filter RE          only cases whose file name matches
  --show all           name the cases that pass, too
  --jobs N             cases at the same time (default: one a core)
  --json FILE          write every result
  --server TEMPLATE    another mock: a shell command with {port} {doc} {flags}; {case-flags}: the flags in Prism's spelling`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string' },
    filter: { type: 'string', default: '' },
    show: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'string' },
    server: { type: 'string', default: HUFU },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const folder = values.cases ?? positionals[0] ?? join(import.meta.dirname, 'cases');
const filter = new RegExp(values.filter);
const cases = (await loadCases(folder)).filter((given) => filter.test(given.file));
if (cases.length === 0) {
  console.error(`no case in ${folder} fits --filter ${values.filter}`);
  process.exit(2);
}
// What another mock does is no difference that we accept.
const accepted = values.server === HUFU ? acceptedCases(await readFile('mock/PARITY.md', 'utf8').catch(() => '')) : new Set<string>();
const results = await playAll();
report(results);

async function playAll(): Promise<Result[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'hufu-parity-'));
  const results: Result[] = [];
  const queue = cases.values();
  const worker = async (): Promise<void> => {
    for (const given of queue) {
      results.push(await play(given, values.server, scratch));
      if (process.stderr.isTTY) process.stderr.write(`\r${results.length}/${cases.length} `);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs) || 1) }, worker));
  if (process.stderr.isTTY) process.stderr.write('\r');
  await rm(scratch, { recursive: true, force: true });
  return results.sort((one, other) => (one.file < other.file ? -1 : 1));
}

function report(results: readonly Result[]): void {
  const passed = results.filter((result) => result.reasons.length === 0);
  const differing = results.filter((result) => result.reasons.length > 0);
  const failed = differing.filter((result) => !accepted.has(result.file));
  const settled = passed.filter((result) => accepted.has(result.file));
  if (values.show === 'all') for (const result of passed) console.log(`pass    ${result.file}`);
  for (const result of differing) {
    console.log(
      `${accepted.has(result.file) ? 'differs' : 'FAIL   '} ${result.file}\n          ${result.reasons.join('; ').slice(0, 400)}`,
    );
  }
  for (const result of settled) console.log(`LISTED  ${result.file}\n          passes: take it out of mock/PARITY.md`);
  for (const file of unknownFiles()) console.log(`LISTED  ${file}\n          no such case: take it out of mock/PARITY.md`);
  console.log(
    `${results.length} cases: ${passed.length} pass, ${differing.length - failed.length} differ on purpose (mock/PARITY.md), ${failed.length} fail`,
  );
  const starts = results.flatMap((result) => (result.startMs === undefined ? [] : [result.startMs])).sort((one, other) => one - other);
  console.log(`start of the mock: median ${Math.round(starts[starts.length >> 1] ?? 0)} ms`);
  process.exitCode = failed.length + settled.length + unknownFiles().length > 0 ? 1 : 0;
}

/** Listed files that are no case; not told when only some of the cases are played. */
function unknownFiles(): string[] {
  if (values.filter !== '' || values.cases !== undefined || positionals.length > 0) return [];
  const known = new Set(cases.map((given) => given.file));
  return [...accepted].filter((file) => !known.has(file));
}

if (values.json !== undefined) await writeFile(values.json, JSON.stringify(results, null, 1));
