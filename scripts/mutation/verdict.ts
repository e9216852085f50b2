import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRecordings, createChecker, createHarWriter, createRedactor, loadOracle, loadRemembered } from '../../contracts/index.ts';
import type { Finding } from '../../contracts/index.ts';
import type { DefectId } from '../../examples/index.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { Document, OperationTable } from '../../operations/index.ts';
import { expectedOf } from './expected.ts';
import { ride } from './ride.ts';
import type { Ride } from './ride.ts';

/** The part of a finding that the table is made of. */
export type Told = Pick<Finding, 'rule' | 'side' | 'severity' | 'message'> & { readonly operation: string };

export interface Workspace {
  readonly documents: readonly Document[];
  readonly table: OperationTable;
}

/**
 * The documents ready to judge by.
 * @throws StateFileError when a state file beside them has a flaw.
 */
export async function createWorkspace(documents: readonly Document[]): Promise<Workspace> {
  const table = createOperationTable(documents, { remarks: true });
  await loadRemembered(table);
  return { documents, table };
}

/** Everything that the checker and the oracle say of a ride. */
export async function judge({ table }: Workspace, { origin, exchanges }: Ride): Promise<Told[]> {
  const checker = createChecker(table, { servers: [origin] });
  const oracle = await loadOracle(table);
  const found: Told[] = [];
  for (const exchange of exchanges) found.push(...oracle.judge(await checker.check(exchange)).findings.map(told));
  return found;
}

/** The same by way of a file: secrets masked as `hufu record` does, written, read and judged as `hufu check` does. */
export async function judgeRecorded({ documents, table }: Workspace, { origin, exchanges }: Ride): Promise<Told[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-mutation-'));
  try {
    const file = join(folder, 'drive.har');
    const redactor = createRedactor(table);
    const writer = await createHarWriter(file);
    for (const exchange of exchanges) await writer.append(redactor.redact(exchange));
    await writer.close();
    const { result } = await checkRecordings(documents, [file], { servers: [origin], threads: 1 });
    return result.groups.flatMap(({ samples: [first] }) => (first === undefined ? [] : [told(first.finding)]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function told({ rule, side, severity, message, operation }: Finding): Told {
  return { rule, side, severity, message, operation: operation?.id ?? '' };
}

/** Whether a finding says that something is wrong: notices accuse nobody. */
export function isAlarm({ severity }: Told): boolean {
  return severity !== 'notice';
}

export interface Trial {
  readonly verdict: 'hit' | 'wrong reason' | 'miss';
  /** What accuses the server: `rule@operation`, the expected first. */
  readonly foundBy: readonly string[];
}

/** A drive of the backend with one defect: found is what is told of the server by a rule that names the mistake, about an operation that shows it. */
export async function tryDefect(workspace: Workspace, id: DefectId, seed: number): Promise<Trial> {
  const found = (await judge(workspace, await ride([id], seed))).filter((one) => isAlarm(one) && one.side === 'server');
  const expected = expectedOf(id);
  const isExpected = ({ rule, operation }: Told): boolean =>
    expected?.rules.includes(rule) === true && expected.operations.includes(operation);
  const names = (list: readonly Told[]): string[] => list.map(({ rule, operation }) => `${rule}@${operation}`);
  const hits = found.filter(isExpected);
  return {
    verdict: hits.length > 0 ? 'hit' : found.length > 0 ? 'wrong reason' : 'miss',
    foundBy: [...new Set([...names(hits), ...names(found)])],
  };
}
