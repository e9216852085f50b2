import { childPointer } from './pointer.ts';
import type { Source } from './source.ts';

/** How schemas are read; OpenAPI 3.2 reads them as 3.1 does. */
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
  /** Files by another address that references name them by, such as their `$self` (OpenAPI 3.2); absent where there is none. */
  readonly aliases?: ReadonlyMap<string, Source>;
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

/** Every member of a node that is a map of free names (headers, examples): there `x-total` is a name like any other. */
export function entries(node: Node | undefined): [string, Node][] {
  if (node === undefined) return [];
  return Object.entries(record(node.value)).map(([key, value]) => [
    key,
    { value, source: node.source, pointer: childPointer(node.pointer, key) },
  ]);
}

/** Every member of an object node, in document order, without `x-` extensions. */
export function members(node: Node | undefined): [string, Node][] {
  return entries(node).filter(([key]) => !key.startsWith('x-'));
}

/** Every item of an array node. */
export function items(node: Node | undefined): Node[] {
  if (node === undefined || !Array.isArray(node.value)) return [];
  return node.value.map((value: unknown, index) => ({ value, source: node.source, pointer: childPointer(node.pointer, index) }));
}

/** The address of a node as people read it: `file#/pointer`, the file as it is seen from that of the document. */
export function addressOf(node: { readonly source: Source; readonly pointer: string }): string {
  return `${labelOf(node.source)}#${node.pointer}`;
}

/** What addresses call a file. */
export function labelOf({ label, path }: Source): string {
  return label ?? path.slice(path.lastIndexOf('/') + 1);
}
