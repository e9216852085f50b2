import { readFileSync, statSync } from 'node:fs';
import { DocumentError } from './document-error.ts';
import { createJsonPlaces } from './json-places.ts';
import { parseJson } from './json.ts';
import { keptYaml, noteYaml } from './kept-yaml.ts';
import { pointerTokens } from './pointer.ts';
import { createYamlPlaces } from './yaml-places.ts';
import { readYaml } from './yaml.ts';

/** One file of a document, as text and as a plain value. */
export interface Source {
  /** Absolute path or URL. */
  readonly path: string;
  /** What addresses call it: seen from the folder of the document's root file, with forward slashes. Default: the last part of the path. */
  readonly label?: string;
  readonly text: string;
  readonly value: unknown;
  /** The path or URL that references in it start from, where that is not its own path: its `$self` (OpenAPI 3.2). */
  readonly base?: string;
  /** The text is JSON; else it is YAML. */
  readonly isJson?: boolean;
}

/** The largest file that is read, in bytes. */
export const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

const MAX_VALUES = 20_000_000;
const MAX_NESTING = 2_000;

/**
 * Reads one JSON or YAML file.
 * @throws DocumentError when it can't be read, is too large, or is neither JSON nor YAML; with line and column.
 */
export async function readSource(path: string): Promise<Source> {
  const text = withoutMark(readText(path));
  const value = keptYaml(text);
  if (value !== undefined) return { path, text, value };
  const source = parseSource(path, text);
  if (source.isJson !== true) noteYaml(text, source.value);
  return source;
}

/** At once: the files of documents are small and near, and going by the thread pool takes longer than reading them. */
function readText(path: string): string {
  let size: number;
  try {
    const found = statSync(path);
    // A pipe or a device may never end.
    if (!found.isFile() && !found.isDirectory()) throw new DocumentError(path, 'is no ordinary file');
    size = found.size;
    if (size <= MAX_SOURCE_BYTES) return decoded(path, readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError(path, readFailure(error), undefined, { cause: error });
  }
  throw new DocumentError(path, `is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB; split it by $ref`);
}

/** UTF-16 (YAML 1.2 section 5.2, and what PowerShell's `>` writes) begins with a mark that is no UTF-8. */
function decoded(path: string, text: string): string {
  if (!text.startsWith('\ufffd\ufffd')) return text;
  const bytes = readFileSync(path);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be').decode(bytes) : text;
}

/** Parses text as JSON where it looks like JSON, as YAML otherwise. @throws DocumentError as {@link readSource}. */
export function parseSource(path: string, text: string): Source {
  const body = withoutMark(text);
  if (/^\s*[[{]/.test(body)) {
    try {
      return { path, text: body, value: parseJson(body), isJson: true };
    } catch {
      // Not JSON after all: YAML's flow style also starts with a brace, and its parser tells line and column.
    }
  }
  const value = readYaml(path, body);
  // Without an anchor and an alias a value is as large as its text.
  const aliased = body.includes('&') && body.includes('*');
  if (aliased && !isBounded(value))
    throw new DocumentError(path, 'has YAML aliases that stand for themselves or for too much; write the values out');
  return { path, text: body, value };
}

/** Without the mark of byte order at its beginning. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * Aliases make a small text stand for a huge or an endless value ("billion laughs"). Whether a value written out holds no more than
 * {@link MAX_VALUES}.
 */
function isBounded(root: unknown): boolean {
  const sizes = new Map<unknown, number>();
  const measure = (value: unknown, depth: number): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (depth > MAX_NESTING) return Infinity;
    // Met again before it is measured, it holds itself.
    sizes.set(value, Infinity);
    let size = 1;
    for (const item of Object.values(value)) size += measure(item, depth + 1);
    sizes.set(value, size);
    return size;
  };
  return measure(root, 0) <= MAX_VALUES;
}

/**
 * Line and column, both 1-based, of the value at a JSON pointer; of its nearest ancestor where the pointer leads nowhere.
 * Reads the text again, YAML as a whole, so it is for error messages, not for every request.
 */
export function positionOf(source: Source, pointer: string): { line: number; column: number } {
  const { offsetOf, lineStarts } = placesOf(source);
  const offset = offsetOf(pointerTokens(pointer) ?? []);
  const line = lineOf(lineStarts, offset);
  return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
}

interface Places {
  readonly offsetOf: (tokens: readonly string[]) => number;
  /** The offset at which each line begins. */
  readonly lineStarts: readonly number[];
}

/** Kept as long as the source is: a large YAML document takes seconds to parse, and a linter asks a hundred times. */
const known = new WeakMap<Source, Places>();

function placesOf(source: Source): Places {
  const found = known.get(source);
  if (found !== undefined) return found;
  const { offsetOf } = source.isJson === true ? createJsonPlaces(source.text) : createYamlPlaces(source.text);
  const places = { offsetOf, lineStarts: lineStartsOf(source.text) };
  known.set(source, places);
  return places;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The number of the last line that begins at or before an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist; check the path';
  if (code === 'EACCES') return 'may not be read; check its permissions';
  if (code === 'EISDIR') return 'is a folder; name the documents inside it';
  return `can not be read (${String(code ?? error)})`;
}
