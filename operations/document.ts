import { fileURLToPath, pathToFileURL } from 'node:url';
import { childPointer, pointerTokens, valueAt } from './pointer.ts';
import type { Source } from './source.ts';

export type Dialect = '2.0' | '3.0' | '3.1';

/** An OpenAPI file with every file it refers to, read but not expanded: `$ref`s stay and are followed when needed. */
export interface Document {
  /** The module's name: the file name without its extension. */
  readonly name: string;
  /** Absolute path of the root file. */
  readonly path: string;
  readonly dialect: Dialect;
  readonly title: string;
  readonly root: Source;
  /** Every file that was read, by absolute path or URL; the root among them. */
  readonly sources: ReadonlyMap<string, Source>;
  /** References that were refused or could not be read, by target file, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
}

/** A value in a document, with its address. */
export interface Node {
  readonly value: unknown;
  readonly source: Source;
  readonly pointer: string;
}

/** An object of the document as a record; an empty one for anything else, since documents hold anything anywhere. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function rootNode(document: Document): Node {
  return { value: document.root.value, source: document.root, pointer: '' };
}

/** The member of an object or array node; `undefined` when it is not there. */
export function child(node: Node, token: string | number): Node | undefined {
  if (typeof node.value !== 'object' || node.value === null || !Object.hasOwn(node.value, token)) return undefined;
  const value = (node.value as Record<string | number, unknown>)[token];
  return value === undefined ? undefined : { value, source: node.source, pointer: childPointer(node.pointer, token) };
}

/** Every member of an object node, in document order, without `x-` extensions. */
export function members(node: Node | undefined): [string, Node][] {
  if (node === undefined) return [];
  return Object.entries(record(node.value))
    .filter(([key]) => !key.startsWith('x-'))
    .map(([key, value]) => [key, { value, source: node.source, pointer: childPointer(node.pointer, key) }]);
}

/** Every item of an array node. */
export function items(node: Node | undefined): Node[] {
  if (node === undefined || !Array.isArray(node.value)) return [];
  return node.value.map((value: unknown, index) => ({ value, source: node.source, pointer: childPointer(node.pointer, index) }));
}

/** The address of a node as people read it: `file#/pointer`, the file by its last name unless it is the root file. */
export function addressOf(node: { readonly source: Source; readonly pointer: string }): string {
  return `${node.source.path.slice(node.source.path.lastIndexOf('/') + 1)}#${node.pointer}`;
}

/** What a reference leads to, or why it leads nowhere. */
export type Resolved = { readonly ok: true; readonly node: Node } | { readonly ok: false; readonly reason: string };

/**
 * Follows one `$ref` (a URI reference, RFC 3986, with a JSON pointer as its fragment) from the file it stands in.
 * Also read: a fragment without a slash (`file.yaml#Name`), which real documents use, as an `$anchor` or a member of the root.
 */
export function resolveReference(document: Document, reference: string, from: Source): Resolved {
  const hash = reference.indexOf('#');
  const target = hash < 0 ? reference : reference.slice(0, hash);
  const source = target === '' ? from : document.sources.get(absoluteTarget(target, from.path));
  if (source === undefined) {
    const reason = document.refused.get(absoluteTarget(target, from.path)) ?? 'was not read';
    return { ok: false, reason: `"${reference}" can not be followed: ${reason}` };
  }
  const pointer = decodeFragment(hash < 0 ? '' : reference.slice(hash + 1));
  const tokens = pointerTokens(pointer);
  if (tokens === undefined) return resolveName(source, pointer, reference);
  const value = valueAt(source.value, pointer);
  if (value === undefined) return { ok: false, reason: `"${reference}" leads nowhere: there is nothing at ${pointer}` };
  return { ok: true, node: { value, source, pointer } };
}

/** Follows `$ref` after `$ref` until a value that is none; a circle of references is reported, not walked for ever. */
export function dereference(document: Document, node: Node): Resolved {
  let current = node;
  for (let steps = 0; steps < 100; steps += 1) {
    const reference = record(current.value)['$ref'];
    if (typeof reference !== 'string') return { ok: true, node: current };
    const next = resolveReference(document, reference, current.source);
    if (!next.ok) return next;
    current = next.node;
  }
  return { ok: false, reason: `the reference at ${addressOf(node)} goes in a circle` };
}

/** The absolute address (path or URL) of a reference's file part, seen from the file it stands in. */
export function absoluteTarget(target: string, from: string): string {
  const base = /^https?:/.test(from) ? from : pathToFileURL(from).href;
  let url: URL;
  try {
    url = new URL(target, base);
  } catch {
    return target;
  }
  return url.protocol === 'file:' ? filePath(url) : url.href;
}

function filePath(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url.href;
  }
}

function resolveName(source: Source, name: string, reference: string): Resolved {
  const pointer = findAnchor(source.value, name) ?? childPointer('', name);
  const value = valueAt(source.value, pointer);
  if (value === undefined) return { ok: false, reason: `"${reference}" leads nowhere: no $anchor and no member is named ${name}` };
  return { ok: true, node: { value, source, pointer } };
}

/** The pointer of the schema with this `$anchor` or `$dynamicAnchor` (JSON Schema 2020-12 section 8.2.2). */
function findAnchor(root: unknown, name: string): string | undefined {
  const pending: { value: unknown; pointer: string }[] = [{ value: root, pointer: '' }];
  const seen = new Set<unknown>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next.value !== 'object' || next.value === null || seen.has(next.value)) continue;
    seen.add(next.value);
    const members = next.value as Record<string, unknown>;
    if (members['$anchor'] === name || members['$dynamicAnchor'] === name) return next.pointer;
    for (const [key, value] of Object.entries(members)) pending.push({ value, pointer: childPointer(next.pointer, key) });
  }
  return undefined;
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
