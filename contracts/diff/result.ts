import { positionOf, versionOf } from '../../operations/index.ts';
import type { Document } from '../../operations/index.ts';
import { createDocumentPlaces } from '../document-place.ts';
import type { Change, Level } from './change.ts';
import { diffDocuments } from './diff-documents.ts';
import { diffStateFiles } from './diff-state-files.ts';
import type { StateFiles } from './diff-state-files.ts';

/** A comparison as all reports have it, and what `--format json` prints. Plain data, the same for the same documents. */
export interface DiffResult {
  readonly version: 1;
  readonly old: readonly ComparedDocument[];
  readonly new: readonly ComparedDocument[];
  readonly counts: Readonly<Record<Level, number>>;
  readonly changes: readonly PlacedChange[];
}

export interface ComparedDocument {
  readonly name: string;
  readonly title: string;
  /** As a reader finds it: `openapi/tie.yaml`, `git:v1:openapi/tie.yaml`. */
  readonly file: string;
  readonly dialect: string;
}

export interface PlacedChange extends Change {
  readonly oldPlace?: FileLine;
  readonly newPlace?: FileLine;
}

export interface FileLine {
  readonly file: string;
  readonly line: number;
}

/** One version of the documents, read. */
export interface Version {
  readonly documents: readonly Document[];
  readonly stateFiles: StateFiles;
  /** The folder that files are named from. Default: the working directory. */
  readonly root?: string;
  /** What stands before their names: `git:v1:`. Default: nothing. */
  readonly prefix?: string;
}

/** Compares two versions, documents and state files, and finds the lines of what changed. */
export function diffVersions(old: Version, next: Version): DiffResult {
  const changes = [...diffDocuments(old.documents, next.documents), ...diffStateFiles(old.stateFiles, next.stateFiles, next.documents)];
  const [before, after] = [placesOf(old), placesOf(next)];
  const placed = changes.map((change): PlacedChange => {
    const oldPlace = change.old === undefined ? undefined : before(change.old, change.document);
    const newPlace = change.new === undefined ? undefined : after(change.new, change.document);
    return { ...change, ...(oldPlace === undefined ? {} : { oldPlace }), ...(newPlace === undefined ? {} : { newPlace }) };
  });
  return {
    version: 1,
    old: old.documents.map((document) => comparedDocument(document, before)),
    new: next.documents.map((document) => comparedDocument(document, after)),
    counts: { breaking: countOf(changes, 'breaking'), warning: countOf(changes, 'warning'), compatible: countOf(changes, 'compatible') },
    changes: placed,
  };
}

function countOf(changes: readonly Change[], level: Level): number {
  return changes.filter((change) => change.level === level).length;
}

type FindPlace = (address: string, document: string) => FileLine | undefined;

function placesOf({ documents, stateFiles, root = process.cwd(), prefix = '' }: Version): FindPlace {
  const places = createDocumentPlaces(documents, root);
  return (address, document) => {
    const found = places.placeOf(address, document);
    if (found !== undefined) return { file: prefix + found.file, line: found.line };
    const source = stateFiles.get(document)?.source;
    const beside = documents.find(({ name }) => name === document);
    if (source === undefined || beside === undefined || !address.startsWith(`${document}.state.yaml#`)) return undefined;
    const folder = places.placeOf(`${beside.path.slice(beside.path.lastIndexOf('/') + 1)}#`, document)?.file.replace(/[^/]*$/, '') ?? '';
    return { file: `${prefix}${folder}${document}.state.yaml`, line: positionOf(source, address.slice(address.indexOf('#') + 1)).line };
  };
}

function comparedDocument(document: Document, find: FindPlace): ComparedDocument {
  const { name, title, path } = document;
  const file = find(`${path.slice(path.lastIndexOf('/') + 1)}#`, name)?.file ?? path;
  return { name, title, file, dialect: versionOf(document) };
}
