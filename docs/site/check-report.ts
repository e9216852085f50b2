/** What a check of recorded traffic found out about each operation: the parts of `hufu check`'s JSON report that partners may see. */
import { record } from '../../operations/index.ts';

export interface Conformance {
  readonly exchanges: number;
  /** Cells of the coverage lattice that recorded traffic reached, and all of them. */
  readonly covered: number;
  readonly cells: number;
  readonly errors: number;
  readonly warnings: number;
}

/** By `document operationId`. */
export type Conformances = ReadonlyMap<string, Conformance>;

export function conformanceKey(document: string, operationId: string): string {
  return `${document} ${operationId}`;
}

/**
 * Reads a report of version 1; what is missing or malformed inside counts as nothing.
 * @throws TypeError with the reason when the value is no such report.
 */
export function readCheckReport(value: unknown): Conformances {
  const report = record(value);
  const { operations } = record(report['coverage']);
  if (report['version'] !== 1) throw new TypeError('it is no check report of version 1; make one with hufu check --format json');
  if (!Array.isArray(operations)) throw new TypeError('it has no coverage.operations; make it with hufu check --format json');
  const found = new Map<string, Conformance>();
  for (const entry of operations.map(record)) {
    const key = keyOf(entry);
    if (key !== undefined)
      found.set(key, {
        exchanges: count(entry['exchanges']),
        covered: count(entry['covered']),
        cells: count(entry['cells']),
        errors: 0,
        warnings: 0,
      });
  }
  for (const group of Array.isArray(report['groups']) ? report['groups'].map(record) : []) {
    // One cause may concern many operations; each of them has it.
    for (const operation of Array.isArray(group['operations']) ? group['operations'].map(record) : []) {
      const key = keyOf(operation);
      const known = key === undefined ? undefined : found.get(key);
      if (key === undefined || known === undefined) continue;
      const times = Math.max(1, count(group['count']));
      if (group['severity'] === 'error') found.set(key, { ...known, errors: known.errors + times });
      if (group['severity'] === 'warning') found.set(key, { ...known, warnings: known.warnings + times });
    }
  }
  return found;
}

function keyOf({ document, id }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof document === 'string' && typeof id === 'string' ? conformanceKey(document, id) : undefined;
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.trunc(value) : 0;
}
