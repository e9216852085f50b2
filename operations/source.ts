import { readFile } from 'node:fs/promises';
import { CORE_SCHEMA, NOT_RESOLVED, Schema, YAMLException, defineScalarTag, load, mergeTag } from 'js-yaml';
import { LineCounter, isMap, isNode, isPair, isSeq, parseDocument } from 'yaml';
import { DocumentError } from './document-error.ts';
import { parseJson } from './json.ts';
import { pointerTokens } from './pointer.ts';

/** One file of a document, as text and as a plain value. */
export interface Source {
  /** Absolute path or URL. */
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
}

/** The largest file that is read, in bytes. */
export const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

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
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new DocumentError(path, readFailure(error), undefined, { cause: error });
  }
  if (bytes.length > MAX_SOURCE_BYTES)
    throw new DocumentError(path, `is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB; split it by $ref`);
  return parseSource(path, bytes.toString('utf8'));
}

/** Parses text as JSON where it looks like JSON, as YAML otherwise. @throws DocumentError as {@link readSource}. */
export function parseSource(path: string, text: string): Source {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (/^\s*[[{]/.test(body)) {
    try {
      return { path, text: body, value: parseJson(body) };
    } catch {
      // Not JSON after all: YAML's flow style also starts with a brace, and its parser tells line and column.
    }
  }
  try {
    return { path, text: body, value: load(body, { schema: YAML_SCHEMA, filename: path }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw new DocumentError(path, 'can not be parsed', undefined, { cause: error });
    const second = parseLeniently(body);
    if (second !== undefined) return { path, text: body, value: second };
    const position = error.mark ? { line: error.mark.line + 1, column: error.mark.column + 1 } : undefined;
    throw new DocumentError(path, `is not valid ${body.trimStart().startsWith('{') ? 'JSON or YAML' : 'YAML'}: ${error.reason}`, position, {
      cause: error,
    });
  }
}

/** Some YAML is read by one parser and refused by another: a second opinion before a document is refused. */
function parseLeniently(text: string): unknown {
  const document = parseDocument(text, { merge: true, strict: true, intAsBigInt: false });
  if (document.errors.length > 0) return undefined;
  const value: unknown = document.toJS({ maxAliasCount: 10_000 });
  return typeof value === 'object' && value !== null ? value : undefined;
}

/**
 * Line and column of the value at a JSON pointer, both 1-based; of its nearest ancestor where the pointer leads nowhere.
 * Parses the text again, so it is for error messages, not for every request.
 */
export function positionOf(source: Source, pointer: string): { line: number; column: number } {
  const counter = new LineCounter();
  let node: unknown = parseDocument(source.text, { lineCounter: counter, uniqueKeys: false }).contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const token of pointerTokens(pointer) ?? []) {
    let next: unknown;
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
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist; check the path';
  if (code === 'EACCES') return 'may not be read; check its permissions';
  if (code === 'EISDIR') return 'is a folder; name the documents inside it';
  return `can not be read (${String(code ?? error)})`;
}
