import { basename, isAbsolute, relative, sep } from 'node:path';
import type { Document } from '../operations/index.ts';
import { emitTypes } from './emit.ts';

/** A module to be written. */
export interface TypesFile {
  /** The file name without a folder. */
  readonly name: string;
  readonly text: string;
}

/** The module of a document; its first line names the document as seen from the workspace, so that every machine makes the same text. */
export function typesFile(document: Document, workspace: string): TypesFile {
  const way = relative(workspace, document.path);
  const isInside = !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
  return { name: `${document.name}.ts`, text: emitTypes(document, isInside ? way.split(sep).join('/') : basename(document.path)) };
}
