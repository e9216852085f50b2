import { readFile, stat } from 'node:fs/promises';
import { CORE_SCHEMA, NOT_RESOLVED, Schema, YAMLException, defineScalarTag, load, mergeTag } from 'js-yaml';
import { LineCounter, isAlias, isMap, isNode, isPair, isSeq, parseDocument } from 'yaml';
import { DocumentError } from './document-error.ts';
import { createJsonPlaces } from './json-places.ts';
import { parseJson } from './json.ts';
import { pointerTokens } from './pointer.ts';

type YamlDocument = ReturnType<typeof parseDocument>;

/** One file of a document, as text and as a plain value. */
export interface Source {
  /** Absolute path or URL. */
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
  /** The text is JSON; else it is YAML. */
  readonly isJson?: boolean;
}

/** The largest file that is read, in bytes. */
export const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

const MAX_VALUES = 20_000_000;
const MAX_NESTING = 2_000;

/** Integers as YAML 1.2 core writes them; beyond 2^53 they become `bigint`, so that no digit of an id is lost. */
const integerTag = defineScalarTag<number | bigint>('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: Array.from('+-0123456789'),
  resolve(source) {
    if (!/^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(source)) return NOT_RESOLVED;
    const value = Number(source);
    if (Number.isSafeInteger(value)) return value;
    return source.startsWith('-') ? -BigInt(source.slice(1)) : BigInt(source.replace('+', ''));
  },
  identify: () => false,
});

/** YAML 1.2 core plus merge keys, which real documents use although 1.2 dropped them. */
const YAML_SCHEMA = new Schema([integerTag, ...CORE_SCHEMA.tags.filter((tag) => tag.tagName !== integerTag.tagName), mergeTag]);

/**
 * Reads one JSON or YAML file.
 * @throws DocumentError when it can't be read, is too large, or is neither JSON nor YAML; with line and column.
 */
export async function readSource(path: string): Promise<Source> {
  return parseSource(path, await readText(path));
}

async function readText(path: string): Promise<string> {
  let size: number;
  try {
    const { size: bytes, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() || found.isDirectory() }));
    // A pipe or a device may never end.
    if (!isFile) throw new DocumentError(path, 'is no ordinary file');
    size = bytes;
    if (size <= MAX_SOURCE_BYTES) return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError(path, readFailure(error), undefined, { cause: error });
  }
  throw new DocumentError(path, `is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB; split it by $ref`);
}

/** Parses text as JSON where it looks like JSON, as YAML otherwise. @throws DocumentError as {@link readSource}. */
export function parseSource(path: string, text: string): Source {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (/^\s*[[{]/.test(body)) {
    try {
      return { path, text: body, value: parseJson(body), isJson: true };
    } catch {
      // Not JSON after all: YAML's flow style also starts with a brace, and its parser tells line and column.
    }
  }
  const value = parseYaml(path, body);
  // Without an anchor and an alias a value is as large as its text.
  const aliased = body.includes('&') && body.includes('*');
  if (aliased && !isBounded(value))
    throw new DocumentError(path, 'has YAML aliases that stand for themselves or for too much; write the values out');
  return { path, text: body, value };
}

function parseYaml(path: string, text: string): unknown {
  try {
    return load(text, { schema: YAML_SCHEMA, filename: path });
  } catch (error) {
    if (error instanceof RangeError) throw new DocumentError(path, 'is nested too deeply to be read', undefined, { cause: error });
    if (!(error instanceof YAMLException)) throw new DocumentError(path, 'can not be parsed', undefined, { cause: error });
    const second = parseLeniently(text);
    if (second !== undefined) return second;
    const position = error.mark ? { line: error.mark.line + 1, column: error.mark.column + 1 } : undefined;
    throw new DocumentError(path, `is not valid ${text.trimStart().startsWith('{') ? 'JSON or YAML' : 'YAML'}: ${error.reason}`, position, {
      cause: error,
    });
  }
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

/** Some YAML is read by one parser and refused by another: a second opinion before a document is refused. */
function parseLeniently(text: string): unknown {
  try {
    const document = parseDocument(text, { merge: true, strict: true, intAsBigInt: false });
    if (document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 10_000 });
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Too deep, or too many aliases: the first parser's complaint stands.
    return undefined;
  }
}

/**
 * Line and column, both 1-based, of the value at a JSON pointer; of its nearest ancestor where the pointer leads nowhere.
 * Reads the text again, YAML as a whole, so it is for error messages, not for every request.
 */
export function positionOf(source: Source, pointer: string): { line: number; column: number } {
  const { offsetOf, counter } = placesOf(source);
  const { line, col } = counter.linePos(offsetOf(pointerTokens(pointer) ?? []));
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

interface Places {
  readonly offsetOf: (tokens: readonly string[]) => number;
  readonly counter: LineCounter;
}

/** Kept as long as the source is: a large YAML document takes seconds to parse, and a linter asks a hundred times. */
const known = new WeakMap<Source, Places>();

function placesOf(source: Source): Places {
  const found = known.get(source);
  if (found !== undefined) return found;
  const counter = new LineCounter();
  const places = { offsetOf: source.isJson === true ? jsonOffsets(source.text, counter) : yamlOffsets(source.text, counter), counter };
  known.set(source, places);
  return places;
}

function jsonOffsets(text: string, counter: LineCounter): Places['offsetOf'] {
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  return createJsonPlaces(text).offsetOf;
}

function yamlOffsets(text: string, counter: LineCounter): Places['offsetOf'] {
  const document = parseForPlaces(text, counter);
  return (tokens) => offsetOf(document, tokens);
}

function parseForPlaces(text: string, lineCounter: LineCounter): YamlDocument {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: false });
  } catch {
    // Nested deeper than that parser goes: no place is known but the top.
    return parseDocument('', { lineCounter });
  }
}

function offsetOf(document: YamlDocument, tokens: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const token of tokens) {
    let next: unknown;
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(isNode(item.key) ? item.key.toJSON() : item.key) === token);
      if (isNode(pair?.key)) offset = pair.key.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[Number(token)];
      if (isNode(next)) offset = next.range?.[0] ?? offset;
    }
    if (next === undefined) break;
    node = next;
  }
  return offset;
}

function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist; check the path';
  if (code === 'EACCES') return 'may not be read; check its permissions';
  if (code === 'EISDIR') return 'is a folder; name the documents inside it';
  return `can not be read (${String(code ?? error)})`;
}
