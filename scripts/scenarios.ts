/**
 * How many of the modules' scenarios hold: `npm run scenarios` runs mock/scenarios and prints `97/97`. A scenario is a test whose name begins with its id (`T-TIE-1 ...`); it
 * counts once, and only when every test of its id passes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Scenarios of each module's rules: invite-plan 10, auth 9, notification-task 15, file 8, marketing-notice 15, member 5, tie 15, sop-task 8, distribute 12. */
const MODULES: Readonly<Record<string, number>> = { INV: 10, AUTH: 9, NTF: 15, FILE: 8, MKT: 15, MEM: 5, TIE: 15, SOP: 8, DST: 12 };

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly { readonly title: string; readonly status: string }[] }[];
}

const expected = Object.entries(MODULES).flatMap(([module, count]) =>
  Array.from({ length: count }, (_, index) => `T-${module}-${index + 1}`),
);
const folder = mkdtempSync(join(tmpdir(), 'hufu-scenarios-'));
try {
  const file = join(folder, 'report.json');
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', 'mock/scenarios', '--reporter=json', `--outputFile=${file}`], {
    encoding: 'utf8',
  });
  const report = readReport(file, run.stderr);
  const outcomes = new Map<string, boolean>();
  for (const { title, status } of report.testResults.flatMap((result) => result.assertionResults)) {
    const id = /^T-[A-Z]+-\d+/.exec(title)?.[0];
    if (id !== undefined) outcomes.set(id, (outcomes.get(id) ?? true) && status === 'passed');
  }
  for (const id of expected) {
    if (outcomes.get(id) !== true) console.log(`${id} ${outcomes.has(id) ? 'fails' : 'has no test'}`);
  }
  const held = expected.filter((id) => outcomes.get(id) === true).length;
  console.log(`${held}/${expected.length}`);
  process.exitCode = held === expected.length ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function readReport(file: string, errors: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    throw new Error(`vitest wrote no report:\n${errors}`);
  }
}
