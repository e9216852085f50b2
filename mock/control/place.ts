import { relative, sep } from 'node:path';
import { labelOf, positionOf } from '../../operations/index.ts';
import type { Document, Source } from '../../operations/index.ts';

/** A place in a file as people open it. */
export interface Place {
  /** Relative to the working directory where it is inside of it, else absolute. */
  readonly file: string;
  /** Counts from 1; absent for a file too large to be searched while requests wait. */
  readonly line?: number;
}

/** Finding a line parses the whole file once. */
const MAX_SEARCHED = 4 * 1024 * 1024;

export function placeIn(source: Source, pointer: string): Place {
  const file = shownPath(source.path);
  return source.text.length > MAX_SEARCHED ? { file } : { file, line: positionOf(source, pointer).line };
}

/** The place that an address (`file#/pointer`) of a document's violation, example or schema names; `undefined` when no file of the document has the name. */
export function placeOf(document: Document, address: string): Place | undefined {
  const hash = address.indexOf('#');
  const name = hash < 0 ? address : address.slice(0, hash);
  const ends = (source: Source): boolean => labelOf(source) === name;
  const source = ends(document.root) ? document.root : [...document.sources.values()].find(ends);
  return source === undefined ? undefined : placeIn(source, hash < 0 ? '' : address.slice(hash + 1));
}

export function shownPath(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside === '' || inside.startsWith(`..${sep}`) || /^(?:https?:|[A-Za-z]:)/.test(path) ? path : inside.split(sep).join('/');
}
