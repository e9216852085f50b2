/**
 * A second reading of OpenAPI documents, for judging the mock. It shares no code with `operations/`, so that a mistake made there
 * can't hide itself here.
 */
import { readFile } from 'node:fs/promises';
import SwaggerParser from '@apidevtools/swagger-parser';
import { load } from 'js-yaml';
import { parse } from 'yaml';

export type Members = Readonly<Record<string, unknown>>;

export interface PlainDocument {
  readonly file: string;
  readonly dialect: '2.0' | '3.0' | '3.1';
  readonly root: Members;
}

/**
 * Reads a document; references to other files are bundled into it.
 * @throws Error when it is no OpenAPI 2.0, 3.0 or 3.1 document.
 */
export async function readDocument(file: string): Promise<PlainDocument> {
  const text = await readFile(file, 'utf8');
  const document = parseDocument(text, file);
  if (!/\$ref["']?\s*:\s*["']?[^\s"'#]/.test(text)) return document;
  const bundled: unknown = await SwaggerParser.bundle(file).catch(() => document.root);
  return { ...document, root: members(bundled) };
}

/** Reads the text of a document. @throws Error as {@link readDocument} does. */
export function parseDocument(text: string, file: string): PlainDocument {
  const root = members(parseText(text));
  const field = root['openapi'] ?? root['swagger'];
  const version = typeof field === 'string' || typeof field === 'number' ? String(field) : '';
  const dialect = version.startsWith('2') ? '2.0' : version.startsWith('3.0') ? '3.0' : version.startsWith('3') ? '3.1' : undefined;
  if (dialect === undefined) throw new Error(`${file} is not an OpenAPI document`);
  return { file, dialect, root };
}

/** An object's members; none for anything else. */
export function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Follows `$ref`s inside the document until a value that is none; `undefined` when one leads nowhere or in a circle. */
export function follow(document: PlainDocument, value: unknown): unknown {
  let current = value;
  for (let steps = 0; steps < 50; steps += 1) {
    const reference = members(current)['$ref'];
    if (typeof reference !== 'string') return current;
    current = target(document, reference);
  }
  return undefined;
}

/** What `#/a/b`, `#name` (an anchor) or `#` stands for; `undefined` when nothing is there. */
export function target(document: PlainDocument, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  const fragment = decode(reference.slice(1));
  if (fragment === '') return document.root;
  if (!fragment.startsWith('/')) return anchor(document.root, fragment);
  let value: unknown = document.root;
  for (const token of fragment.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Members)[key];
  }
  return value;
}

/** js-yaml and yaml refuse different texts; what one of them reads, counts. */
function parseText(text: string): unknown {
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // YAML in flow style, or a slip that YAML forgives.
    }
  }
  try {
    return load(text);
  } catch {
    return parse(text, { merge: true, maxAliasCount: -1, uniqueKeys: false, strict: false });
  }
}

function anchor(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const { $anchor, $dynamicAnchor } = value as Members;
  if ($anchor === name || $dynamicAnchor === name) return value;
  for (const member of Object.values(value)) {
    const found = anchor(member, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
