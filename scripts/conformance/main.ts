/**
 * Serves every OpenAPI document of a folder, calls its operations with valid requests and judges the answers by plain AJV.
 * Exit code 1 when an answer does not conform for a reason that is not the document's own.
 */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { HUFU } from '../mock-process.ts';
import { checkDocument } from './check-document.ts';
import type { DocumentReport, OperationReport } from './check-document.ts';

const USAGE = `usage: npm run conformance -- DIR|FILE... [options]
  --dynamic             ask for generated values
  --max-operations N    operations of a document, evenly spread (default 150)
  --filter RE           only documents whose path matches
  --show N              failing operations printed of a document (default 5)
  --json FILE           write every result
  --server TEMPLATE     another mock: a shell command with {port} {doc} {flags}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dynamic: { type: 'boolean', default: false },
    'max-operations': { type: 'string', default: '150' },
    filter: { type: 'string', default: '' },
    show: { type: 'string', default: '5' },
    json: { type: 'string' },
    server: { type: 'string', default: `${HUFU} --quiet --no-state` },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || positionals.length === 0) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

const filter = new RegExp(values.filter);
const files = (await Promise.all(positionals.map(documentsOf))).flat().filter((file) => filter.test(file));
if (files.length === 0) {
  console.error(`no OpenAPI document in ${positionals.join(', ')}`);
  process.exit(2);
}
const options = {
  template: values.server,
  flags: values.dynamic ? '--dynamic' : '',
  maxOperations: Number(values['max-operations']) || 150,
};
const reports: DocumentReport[] = [];
for (const file of files) {
  const report = await checkDocument(file, options);
  reports.push(report);
  print(report);
}
printTotal(reports);
if (values.json !== undefined) await writeFile(values.json, JSON.stringify(reports, null, 1));

/** The OpenAPI documents below a folder: files with the ending and the version field of one. */
async function documentsOf(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const names = (await readdir(path, { recursive: true })).filter((name) => /\.(json|ya?ml)$/.test(name)).sort();
  const paths = names.map((name) => join(path, name));
  const texts = await Promise.all(paths.map((file) => readFile(file, 'utf8').catch(() => '')));
  return paths.filter((_, index) => /^[\s{]*["']?(openapi|swagger)["']?\s*:/m.test(texts[index] ?? ''));
}

function fails(operation: OperationReport): boolean {
  return operation.findings.some((finding) => finding.side === 'mock');
}

function blamesDocument(operation: OperationReport): boolean {
  return !fails(operation) && operation.findings.length > 0;
}

function print(report: DocumentReport): void {
  if (report.refused !== undefined) {
    console.log(`${report.file}\n  refused (${report.refused.side}): ${report.refused.reason}`);
    return;
  }
  const failing = report.operations.filter(fails);
  const excused = report.operations.filter(blamesDocument);
  const asked =
    report.operations.length === report.total ? `${report.total} operations` : `${report.operations.length} of ${report.total} operations`;
  console.log(`${report.file}\n  start ${Math.round(report.startMs ?? 0)} ms, ${asked}, ${share(report.operations)} conform`);
  const lines = [...failing.map((operation) => line('fails', operation)), ...excused.map((operation) => line('document', operation))];
  const limit = Number(values.show) || 0;
  for (const text of lines.slice(0, limit)) console.log(text);
  if (lines.length > limit) console.log(`    ... ${lines.length - limit} more`);
}

function line(word: string, operation: OperationReport): string {
  const reasons = operation.findings.map((finding) => finding.reason).join('; ');
  return `    ${word}: ${operation.name}: ${reasons.slice(0, 300)}`;
}

/** The share of operations that conform, of those whose document can be conformed to. */
function share(operations: readonly OperationReport[]): string {
  const counted = operations.filter((operation) => !blamesDocument(operation));
  const good = counted.filter((operation) => !fails(operation));
  return counted.length === 0 ? 'nothing to' : `${((100 * good.length) / counted.length).toFixed(1)} %`;
}

function printTotal(reports: readonly DocumentReport[]): void {
  const operations = reports.flatMap((report) => report.operations);
  const failing = operations.filter(fails).length;
  const refusals = reports.flatMap((report) => report.refused ?? []);
  const refused = refusals.filter((finding) => finding.side === 'mock').length;
  const excused = operations.filter(blamesDocument).length;
  console.log(
    `${reports.length} documents (${refusals.length} refused, ${refused} of them wrongly), ${operations.length} operations: ${share(operations)} conform, ${failing} fail, ${excused} can't be judged for the document's own reasons`,
  );
  process.exitCode = failing + refused > 0 ? 1 : 0;
}
