/**
 * Makes the recordings of the modules: `npm run recordings [-- --check] [module...]`.
 * With `--check` they are made again beside and compared with those of `contracts/recordings/`; exit code 1 when something differs.
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOperationTable } from '../../operations/index.ts';
import { loadDocuments, workspaceDocuments } from '../../mock/index.ts';
import { differences } from './difference.ts';
import { FLOWS } from './flows/index.ts';
import type { Flow } from './flow.ts';
import { leaksOf } from './leaks.ts';
import { record } from './record.ts';

const FOLDER = 'contracts/recordings';

const words = process.argv.slice(2);
const isCheck = words.includes('--check');
const modules = words.filter((word) => word !== '--check');
const unknown = modules.filter((name) => !FLOWS.some((flow) => flow.module === name));
if (unknown.length > 0) {
  console.error(`There is no flow ${unknown.join(', ')}; there are ${FLOWS.map((flow) => flow.module).join(', ')}.`);
  process.exit(2);
}

const table = createOperationTable(await loadDocuments(workspaceDocuments(process.cwd()), {}));
const aside = await mkdtemp(join(tmpdir(), 'hufu-recordings-'));
let failed = false;
try {
  for (const flow of FLOWS) {
    if (modules.length > 0 && !modules.includes(flow.module)) continue;
    if (isCheck) failed = !(await compare(flow)) || failed;
    else await make(flow, join(FOLDER, `${flow.module}.har`));
  }
} finally {
  await rm(aside, { recursive: true });
}
process.exit(failed ? 1 : 0);

/** @throws Error when a secret has come to the file; the file is removed. */
async function make(flow: Flow, file: string): Promise<string> {
  const { exchanges, secrets } = await record(table, flow, file);
  const text = await readFile(file, 'utf8');
  const leaks = leaksOf(text, secrets);
  if (leaks.length > 0) {
    await rm(file);
    throw new Error(
      `${file} held ${leaks.length} of the secrets of the flow ${flow.module} and was removed; the first is ${leaks[0]?.slice(0, 4)}…`,
    );
  }
  // The writer lets only its owner read what may hold secrets; these are published.
  await chmod(file, 0o644);
  console.log(`${flow.module}: ${exchanges} exchanges, ${Math.ceil(text.length / 1024)} KiB`);
  return text;
}

/** Whether the recording of a flow, made again, is the one that is there. */
async function compare(flow: Flow): Promise<boolean> {
  const was = await readFile(join(FOLDER, `${flow.module}.har`), 'utf8');
  const is = await make(flow, join(aside, `${flow.module}.har`));
  const found = differences(JSON.parse(was), JSON.parse(is));
  for (const one of found) console.error(`  ${one.pointer}: ${JSON.stringify(one.was)} -> ${JSON.stringify(one.is)}`);
  if (found.length > 0) console.error(`  ${flow.module}.har is not what its flow gives now: npm run recordings -- ${flow.module}`);
  return found.length === 0;
}
