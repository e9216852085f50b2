/**
 * How much of what public documents describe works with no more than the document: `npm run inferred -- DIR`. Serves each document of a folder with its inferred state and goes through create,
 * read, list, change, delete of every resource that has them, over a socket. Prints the flows that hold and why others do not.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMock } from '../mock/index.ts';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import { inferState } from '../state/infer.ts';
import { isWhole, runFlow } from './inferred/flow.ts';
import type { FlowReport } from './inferred/flow.ts';
import { createSchemas, listOperations, readDocument } from './judge/index.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { filter: { type: 'string', default: '' } } });
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: npm run inferred -- DIR [--filter RE]');
  process.exit(2);
}
const filter = new RegExp(values.filter);
const names = (await readdir(folder)).filter((name) => /\.(?:json|ya?ml)$/.test(name) && filter.test(name)).sort();
const workspace = await mkdtemp(join(tmpdir(), 'hufu-inferred-'));
let documents = 0;
let all = 0;
let held = 0;
let changes = 0;
for (const name of names) {
  const file = join(folder, name);
  if (!/^[\s{]*["']?(?:openapi|swagger)["']?\s*:/m.test(await readFile(file, 'utf8'))) continue;
  const { resources, reports, milliseconds } = await runDocument(file);
  const good = reports.filter(({ failures }) => failures.length === 0).length;
  documents += good > 0 ? 1 : 0;
  all += reports.length;
  held += good;
  const seen = reports.reduce((sum, report) => sum + report.changes, 0);
  changes += seen;
  console.log(
    `${name}: ${resources} resources, ${good}/${reports.length} flows hold, ${seen} changes seen (inferred in ${milliseconds} ms)`,
  );
  for (const { path, failures } of reports) {
    if (failures.length > 0)
      console.log(
        `  ${path}\n${failures
          .slice(0, 5)
          .map((failure) => `    ${failure}`)
          .join('\n')}`,
      );
  }
}
await rm(workspace, { recursive: true });
console.log(`${held}/${all} flows hold, ${changes} changes seen, ${documents} documents with at least one`);

async function runDocument(file: string): Promise<{ resources: number; reports: FlowReport[]; milliseconds: number }> {
  const document = await loadDocument(file);
  const table = createOperationTable([document]);
  const began = performance.now();
  const resources = inferState(table, table.routes)?.resources ?? [];
  const milliseconds = Math.round(performance.now() - began);
  const reports: FlowReport[] = [];
  const whole = resources.filter(isWhole);
  if (whole.length === 0) return { resources: resources.length, reports, milliseconds };
  const plain = await readDocument(file);
  const ground = {
    schemas: createSchemas(plain, 'request'),
    operations: new Map(listOperations(plain).map((operation) => [operation.name, operation])),
  };
  // An empty workspace: no state file, no override.
  const mock = await startMock({ documents: [file], stateful: true, workspace });
  try {
    for (const resource of whole) reports.push(await runFlow(resource, { ...ground, session: mock.session() }));
  } finally {
    await mock.close();
  }
  return { resources: resources.length, reports, milliseconds };
}
