import { relative } from 'node:path';
import { labelOf, listRoutes, positionOf, record } from '../operations/index.ts';
import type { Document, Source } from '../operations/index.ts';
import type { OperationName } from './finding.ts';

/** A place in a document's file. Lines and columns count from 1. */
export interface DocumentPlace {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A place with the lines around it. */
export interface DocumentExcerpt extends DocumentPlace {
  /** The number of the first line given. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** Where in the files of documents the addresses of findings lie, and what stands there. */
export interface DocumentPlaces {
  /** @param address `file#/pointer`. @param document the document's name, where files of several documents are called alike. */
  readonly placeOf: (address: string, document?: string) => DocumentPlace | undefined;
  readonly excerptOf: (address: string, document?: string) => DocumentExcerpt | undefined;
  /** The operation's `summary`. */
  readonly summaryOf: (operation: OperationName) => string | undefined;
}

const LINES_BEFORE = 6;
const LINES_AFTER = 10;
const MAX_LINE_LENGTH = 200;

/** @param root the folder that files are named from. Default: the working directory. */
export function createDocumentPlaces(documents: readonly Document[], root: string = process.cwd()): DocumentPlaces {
  const lines = new WeakMap<Source, readonly string[]>();
  const places = new Map<string, { source: Source; place: DocumentPlace } | undefined>();
  let summaries: ReadonlyMap<string, string> | undefined;

  function find(address: string, document: string | undefined): { source: Source; place: DocumentPlace } | undefined {
    const key = `${document ?? ''} ${address}`;
    if (places.has(key)) return places.get(key);
    const hash = address.indexOf('#');
    const source = hash < 0 ? undefined : sourceOf(documents, address.slice(0, hash), document);
    const found =
      source === undefined
        ? undefined
        : { source, place: { file: fileName(source.path, root), ...positionOf(source, address.slice(hash + 1)) } };
    places.set(key, found);
    return found;
  }

  function excerptOf(address: string, document?: string): DocumentExcerpt | undefined {
    const found = find(address, document);
    if (found === undefined) return undefined;
    let all = lines.get(found.source);
    if (all === undefined) lines.set(found.source, (all = found.source.text.split(/\r?\n/)));
    return { ...found.place, ...linesAround(all, found.place) };
  }

  function summaryOf({ document, method, path }: OperationName): string | undefined {
    summaries ??= new Map(
      documents.flatMap(listRoutes).flatMap((route) => {
        const summary = record(route.node.value)['summary'];
        return typeof summary === 'string' ? [[`${route.document.name} ${route.method} ${route.path}`, summary] as const] : [];
      }),
    );
    return summaries.get(`${document} ${method} ${path}`);
  }

  return { placeOf: (address, document) => find(address, document)?.place, excerptOf, summaryOf };
}

/** The file of an address, which names it as its document sees it: of the document that is meant first, then of any. */
function sourceOf(documents: readonly Document[], file: string, name: string | undefined): Source | undefined {
  const ordered = [...documents.filter((document) => document.name === name), ...documents.filter((document) => document.name !== name)];
  for (const document of ordered) for (const source of document.sources.values()) if (labelOf(source) === file) return source;
  return undefined;
}

function fileName(path: string, root: string): string {
  if (/^https?:/.test(path)) return path;
  return relative(root, path).replaceAll('\\', '/');
}

/** The node at a place as far as it fits: its line, what is indented below it, and the lines that lead to it. */
function linesAround(all: readonly string[], { line, column }: DocumentPlace): { first: number; lines: string[] } {
  const start = line - 1;
  const indent = indentOf(all[start] ?? '');
  let end = start + 1;
  while (end < all.length && end <= start + LINES_AFTER && ((all[end] ?? '').trim() === '' || indentOf(all[end] ?? '') > indent)) end += 1;
  while (end > start + 1 && (all[end - 1] ?? '').trim() === '') end -= 1;
  const first = Math.max(0, start - LINES_BEFORE);
  // A file in one line has everything in it: then only the text around the column.
  const cut = (text: string, isTarget: boolean): string => {
    if (text.length <= MAX_LINE_LENGTH) return text;
    const from = isTarget ? Math.max(0, column - 1 - 40) : 0;
    return `${from > 0 ? '…' : ''}${text.slice(from, from + MAX_LINE_LENGTH)}…`;
  };
  return { first: first + 1, lines: all.slice(first, end).map((text, index) => cut(text, first + index === start)) };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
