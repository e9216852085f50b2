import type { Operation, OperationTable, Route } from '../../operations/index.ts';
import type { Judged } from '../judged.ts';
import type { Cell, CoverageResult, OperationCoverage } from '../result.ts';
import { countExchange, countTransition } from './count-exchange.ts';
import { compileCells } from './operation-cells.ts';
import type { OperationCells } from './operation-cells.ts';
import type { CoverageSnapshot, OperationCounts } from './snapshot.ts';
import { addCounts, addUp } from './tally.ts';
import type { Tally, Turn } from './tally.ts';
import type { RememberedDocument } from './transitions.ts';

/** Counts which of the things that documents say can happen did happen. */
export interface Coverage {
  /** Counts one exchange; one that means no operation or was left aside counts nothing. */
  readonly add: (judged: Judged) => void;
  /**
   * Counts a transition that the sequence of exchanges shows, for the exchange that made it; call it right after `add` of that exchange. What the answer itself tells was counted
   * by `add`, and is not counted twice.
   * @param from the status before, as in the state file or as text.
   */
  readonly addTransition: (judged: Judged, from: unknown, to: unknown) => void;
  /** Adds counts made elsewhere, in any order and grouping. Operations and cells that there are not any more are dropped. */
  readonly merge: (other: CoverageSnapshot) => void;
  /** The counts so far, cells without any left out: structured-clonable, JSON. */
  readonly snapshot: () => CoverageSnapshot;
  /** All cells of all operations, in the order of the documents. */
  readonly result: () => CoverageResult;
}

/**
 * Coverage of the operations of a table: statuses, media types, parameters, listed values, branches of responses and transitions. The cells of an operation are made when its
 * first exchange comes, or for the result.
 * @param remembered documents with state files: their envelopes and transitions are cells too.
 */
export function createCoverage(table: OperationTable, remembered: readonly RememberedDocument[] = []): Coverage {
  const known = new Map<Route, OperationCells>();
  const states = new Map(remembered.map((state) => [state.model.module, state] as const));
  const routes = routesById(table);
  const turn: Turn = { exchange: 0, isFailing: false };

  function cellsOf(operation: Operation): OperationCells {
    const made = known.get(operation.route);
    if (made !== undefined) return made;
    const cells = compileCells(operation, states.get(operation.document.name));
    known.set(operation.route, cells);
    return cells;
  }

  function add(judged: Judged): void {
    if (judged.operation === undefined || judged.skipped !== undefined) return;
    turn.exchange += 1;
    turn.isFailing = isFailing(judged);
    countExchange(cellsOf(judged.operation), judged, turn);
  }

  function addTransition(judged: Judged, from: unknown, to: unknown): void {
    if (judged.operation === undefined) return;
    const { transitions } = cellsOf(judged.operation);
    if (transitions !== undefined) countTransition(transitions, from, to, { exchange: turn.exchange, isFailing: isFailing(judged) });
  }

  function merge({ operations }: CoverageSnapshot): void {
    for (const counts of operations) {
      const route = routeOf(routes, counts);
      if (route === undefined) continue;
      const cells = cellsOf(table.operation(route));
      cells.exchanges = addUp(cells.exchanges, counts.exchanges);
      cells.failing = addUp(cells.failing, counts.failing);
      for (const cell of counts.list) {
        const tally = cells.tallies.find(cell.kind, cell.name);
        if (tally !== undefined) addCounts(tally, cell);
      }
    }
  }

  function snapshot(): CoverageSnapshot {
    const operations = table.routes.flatMap((route): OperationCounts[] => {
      const cells = known.get(route);
      const list = (cells?.tallies.list ?? []).filter((tally) => tally.ok + tally.failing > 0).map(cellOf);
      if (cells === undefined || (cells.exchanges === 0 && list.length === 0)) return [];
      return [{ ...nameOf(route), exchanges: cells.exchanges, failing: cells.failing, list }];
    });
    return { operations };
  }

  function result(): CoverageResult {
    const operations = table.routes.map((route): OperationCoverage => {
      const { tallies, exchanges, failing } = cellsOf(table.operation(route));
      const list = tallies.list.map(cellOf);
      return { ...nameOf(route), exchanges, failing, cells: list.length, covered: list.filter((cell) => cell.ok > 0).length, list };
    });
    return {
      cells: operations.reduce((sum, operation) => sum + operation.cells, 0),
      covered: operations.reduce((sum, operation) => sum + operation.covered, 0),
      failing: operations.reduce((sum, { list }) => sum + list.filter((cell) => cell.ok === 0 && cell.failing > 0).length, 0),
      operations,
    };
  }

  return { add, addTransition, merge, snapshot, result };
}

function isFailing({ findings }: Judged): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

function cellOf({ kind, name, ok, failing }: Tally): Cell {
  return { kind, name, ok, failing };
}

function nameOf({ document, id, method, path }: Route): Pick<OperationCounts, 'document' | 'id' | 'method' | 'path'> {
  return { document: document.name, id, method, path };
}

/** Routes by document name, then by id. Documents are told not to use an id twice, and do. */
type RoutesById = ReadonlyMap<string, ReadonlyMap<string, readonly Route[]>>;

function routesById({ routes }: OperationTable): RoutesById {
  const byDocument = new Map<string, Map<string, Route[]>>();
  for (const route of routes) {
    const byId = byDocument.get(route.document.name) ?? new Map<string, Route[]>();
    byDocument.set(route.document.name, byId);
    byId.set(route.id, [...(byId.get(route.id) ?? []), route]);
  }
  return byDocument;
}

function routeOf(routes: RoutesById, { document, id, method, path }: OperationCounts): Route | undefined {
  const found = routes.get(document)?.get(id) ?? [];
  return found.length <= 1 ? found[0] : found.find((route) => route.method === method && route.path === path);
}
