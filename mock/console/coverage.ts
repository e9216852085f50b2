import type { ServedOperation, Summary } from './exchange.ts';

export interface StatusSeen {
  readonly status: string;
  readonly count: number;
  readonly documented: boolean;
}

export interface OperationCoverage {
  readonly operation: ServedOperation;
  readonly calls: number;
  readonly bad: number;
  /** Documented ones in document order, then what else was seen. */
  readonly statuses: readonly StatusSeen[];
}

export interface ModuleCoverage {
  readonly document: string;
  readonly called: number;
  readonly operations: readonly OperationCoverage[];
}

/** What of the documents the exchanges touched. A status counts for its own entry, else for its class (`4XX`), else for `default`. */
export function coverageOf(operations: readonly ServedOperation[], entries: readonly Summary[]): ModuleCoverage[] {
  const byOperation = new Map<string, Summary[]>();
  for (const entry of entries) {
    const name = `${entry.document} ${entry.operationId}`;
    const known = byOperation.get(name);
    if (known === undefined) byOperation.set(name, [entry]);
    else known.push(entry);
  }
  const modules = Map.groupBy(operations, (operation) => operation.document);
  return [...modules].map(([document, list]) => {
    const covered = list.map((operation) => operationCoverage(operation, byOperation.get(`${document} ${operation.operationId}`) ?? []));
    return { document, called: covered.filter(({ calls }) => calls > 0).length, operations: covered };
  });
}

function operationCoverage(operation: ServedOperation, entries: readonly Summary[]): OperationCoverage {
  const counts = new Map<string, number>(operation.statuses.map((status) => [status, 0]));
  for (const { status } of entries) {
    const key =
      [String(status), `${String(status).charAt(0)}XX`, 'default'].find((name) => operation.statuses.includes(name)) ?? String(status);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const statuses = [...counts].map(([status, count]) => ({ status, count, documented: operation.statuses.includes(status) }));
  return { operation, calls: entries.length, bad: entries.filter(({ errors }) => errors > 0).length, statuses };
}
