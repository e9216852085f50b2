/** The decisions behind a workspace's documents: the tables of `DECISIONS.md`, by the ids that `x-discrepancy` names. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dereference, record } from '../../operations/index.ts';
import type { Document, Node, Route } from '../../operations/index.ts';
import { discrepanciesOf } from './extensions.ts';

export interface Decision {
  readonly id: string;
  /** The heading that the table stands under, without its second half: the module. */
  readonly section: string;
  readonly kind: string;
  readonly where: string;
  /** CommonMark. */
  readonly source: string;
  readonly decided: string;
}

const MAX_BYTES = 4 * 1024 * 1024;
const MAX_VISITS = 100_000;

/** The decisions that lie beside the documents; none where there is no such file. */
export function readDecisions(documents: readonly Document[]): Decision[] {
  const folders = new Set(documents.map(({ path }) => dirname(path)));
  return [...folders].flatMap((folder) => {
    const file = join(folder, 'DECISIONS.md');
    return existsSync(file) && statSync(file).size <= MAX_BYTES ? parseDecisions(readFileSync(file, 'utf8')) : [];
  });
}

/** Rows of every table that has the columns `id`, `the source says` and `decided`, in whatever order. */
export function parseDecisions(markdown: string): Decision[] {
  const decisions: Decision[] = [];
  let section = '';
  let columns: readonly string[] | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    const heading = /^#{1,6}\s+([^:]+)/.exec(line);
    if (heading !== null) section = heading[1]?.trim() ?? '';
    const cells = cellsOf(line);
    if (cells === undefined) {
      columns = undefined;
      continue;
    }
    if (columns === undefined) {
      columns = cells.map((cell) => cell.toLowerCase());
      continue;
    }
    const cell = (name: string): string => cells[columns?.indexOf(name) ?? -1] ?? '';
    const id = cell('id');
    if (id === '' || /^:?-+:?$/.test(id) || !columns.includes('decided') || !columns.includes('the source says')) continue;
    decisions.push({ id, section, kind: cell('kind'), where: cell('where'), source: cell('the source says'), decided: cell('decided') });
  }
  return decisions;
}

/** The cells of a table row; a pipe that is escaped or inside of code is no border (GitHub's tables). */
function cellsOf(line: string): string[] | undefined {
  const row = line.trim();
  if (!row.startsWith('|')) return undefined;
  return row
    .slice(1)
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** The ids that touch an operation: on it, on its path, and on everything it refers to. */
export function discrepanciesOfRoute({ document, node, pathItem }: Route): string[] {
  if (![...document.sources.values()].some(({ text }) => text.includes('x-discrepancy'))) return [];
  const own = { ...record(pathItem.value) };
  for (const method of ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query', 'additionalOperations'])
    delete own[method];
  return collect(document, [node, { ...pathItem, value: own }]);
}

/** The ids that concern a document as a whole. */
export function discrepanciesOfDocument(document: Document): string[] {
  const { info, servers, tags } = record(document.root.value);
  return collect(document, [{ value: { info, servers, tags }, source: document.root, pointer: '' }]);
}

function collect(document: Document, start: readonly Node[]): string[] {
  const ids = new Set<string>();
  const seen = new Set<unknown>();
  const pending = [...start];
  while (pending.length > 0 && seen.size < MAX_VISITS) {
    const node = pending.pop();
    if (node === undefined || typeof node.value !== 'object' || node.value === null || seen.has(node.value)) continue;
    seen.add(node.value);
    for (const id of discrepanciesOf(node.value)) ids.add(id);
    if (typeof record(node.value)['$ref'] === 'string') {
      const target = dereference(document, node);
      if (target.ok) pending.push(target.node);
    }
    for (const value of Object.values(node.value)) pending.push({ ...node, value });
  }
  return [...ids].sort();
}
