import { relative } from 'node:path';
import { versionOf } from '../operations/index.ts';
import type { Document, OperationTable } from '../operations/index.ts';
import type { CheckResult, RecordingSummary } from './result.ts';
import type { Tally } from './tally.ts';

/** What was found, in the form of all reports. */
export function toResult(
  documents: readonly Document[],
  table: OperationTable,
  recordings: readonly RecordingSummary[],
  tally: Tally,
): CheckResult {
  return {
    version: 1,
    documents: documents.map((document) => ({
      name: document.name,
      title: document.title,
      file: relative(process.cwd(), document.path).replaceAll('\\', '/'),
      dialect: versionOf(document),
      operations: table.routes.filter((route) => route.document === document).length,
    })),
    recordings,
    ...tally.result(),
  };
}
