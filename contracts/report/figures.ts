import type { Cell, CheckResult, OperationCoverage } from '../result.ts';
import type { Text } from './text.ts';
import { text } from './text.ts';

/** How much of a kind was exercised. */
export interface Figure {
  readonly title: Text;
  readonly covered: number;
  /** Only by exchanges with an error. */
  readonly failing: number;
  readonly total: number;
}

/** Operations, statuses, parameters, and everything else that a document says can happen. */
export function figuresOf(result: CheckResult): Figure[] {
  const operations = result.coverage.operations;
  const cells = operations.flatMap((operation) => operation.list);
  const of = (...kinds: readonly Cell['kind'][]): Cell[] => cells.filter((cell) => kinds.includes(cell.kind));
  const called = operations.filter((operation) => operation.exchanges > 0);
  const clean = called.filter((operation) => operation.failing < operation.exchanges);
  return [
    {
      title: text('Operations called', '已调用的接口'),
      covered: clean.length,
      failing: called.length - clean.length,
      total: operations.length,
    },
    figure(text('Statuses seen', '出现过的状态码'), of('status')),
    figure(text('Parameters sent', '传过的参数'), of('parameter')),
    figure(text('Values, branches, transitions', '取值、分支与状态迁移'), of('enum', 'branch', 'transition', 'media-type')),
  ];
}

function figure(title: Text, cells: readonly Cell[]): Figure {
  const covered = cells.filter((cell) => cell.ok > 0).length;
  const failing = cells.filter((cell) => cell.ok === 0 && cell.failing > 0).length;
  return { title, covered, failing, total: cells.length };
}

/** The operations of one document, in the document's order. */
export interface ModuleCoverage {
  readonly name: string;
  readonly title: string;
  readonly operations: readonly OperationCoverage[];
  readonly cells: number;
  readonly covered: number;
}

/** Coverage by document, in the order of the documents; operations of a document that is not listed come last. */
export function modulesOf(result: CheckResult): ModuleCoverage[] {
  const titles = new Map(result.documents.map((document) => [document.name, document.title]));
  const byName = new Map<string, OperationCoverage[]>(result.documents.map((document) => [document.name, []]));
  for (const operation of result.coverage.operations) {
    const known = byName.get(operation.document);
    if (known === undefined) byName.set(operation.document, [operation]);
    else known.push(operation);
  }
  return [...byName].map(([name, operations]) => ({
    name,
    title: titles.get(name) ?? name,
    operations,
    cells: operations.reduce((total, operation) => total + operation.cells, 0),
    covered: operations.reduce((total, operation) => total + operation.covered, 0),
  }));
}
