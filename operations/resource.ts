import { pathToFileURL } from 'node:url';
import type { Document, Node } from './document.ts';
import { childPointer, pointerTokens, valueAt } from './pointer.ts';
import type { Source } from './source.ts';

/** A schema that names itself by `$id`: a root of its own for the references inside it (JSON Schema 2020-12 section 8.2.1). */
interface Resource {
  readonly pointer: string;
  /** Absolute, without fragment. */
  readonly uri: string;
}

/** Parts of a document that hold data, not schemas: what looks like a keyword there is none. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const']);

const resourcesBySource = new WeakMap<Source, readonly Resource[]>();
const anchorsBySource = new WeakMap<Source, ReadonlyMap<string, readonly string[]>>();

/** The innermost `$id` schema around a place; `undefined` when there is none but the file itself. */
export function enclosingResource(document: Document, at: Pick<Node, 'source' | 'pointer'>): Node | undefined {
  const resource = innermost(document, at);
  return resource === undefined ? undefined : nodeOf(at.source, resource.pointer);
}

/** The schema whose `$id` a reference names, seen from where it stands. */
export function resourceNamed(document: Document, target: string, from: Pick<Node, 'source' | 'pointer'>): Node | undefined {
  if (document.dialect !== '3.1') return undefined;
  const base = innermost(document, from)?.uri ?? fileUri(from.source.base ?? from.source.path);
  if (!URL.canParse(target, base)) return undefined;
  const { href } = new URL(target, base);
  for (const source of document.sources.values()) {
    const resource = resourcesOf(source).find((item) => item.uri === href);
    if (resource !== undefined) return nodeOf(source, resource.pointer);
  }
  return undefined;
}

/**
 * The pointer of the schema with this `$anchor` or `$dynamicAnchor` inside a resource (JSON Schema 2020-12 section 8.2.2); the one nearest to the
 * resource's root where a sloppy document uses a name twice.
 */
export function anchorIn(root: Node, name: string): string | undefined {
  const pointers = anchorsOf(root.source).get(name) ?? [];
  return pointers.find((pointer) => pointer === root.pointer || pointer.startsWith(`${root.pointer}/`));
}

/** The schemas that `$dynamicRef` finds by their `$dynamicAnchor` once a resource was entered. */
export type DynamicAnchors = ReadonlyMap<string, Node>;

const NO_ANCHORS: DynamicAnchors = new Map();
/** Of a file without any: most. */
const NO_ROOTS: Map<string, DynamicAnchors> = new Map();
const dynamicBySource = new WeakMap<Source, Map<string, DynamicAnchors>>();

/**
 * The dynamic anchors of the resource around a place (JSON Schema 2020-12 section 7.1 and 8.2.3.2): the innermost `$id` schema, or the file. A name that a sloppy
 * document gives twice in one resource stands for none.
 */
export function dynamicAnchorsAround(document: Document, at: Pick<Node, 'source' | 'pointer'>): DynamicAnchors {
  if (document.dialect !== '3.1') return NO_ANCHORS;
  let known = dynamicBySource.get(at.source);
  if (known === undefined) dynamicBySource.set(at.source, (known = at.source.text.includes('$dynamicAnchor') ? new Map() : NO_ROOTS));
  if (known === NO_ROOTS) return NO_ANCHORS;
  const root = innermost(document, at)?.pointer ?? '';
  let found = known.get(root);
  if (found === undefined) known.set(root, (found = readDynamicAnchors(document, at.source, root)));
  return found;
}

function readDynamicAnchors(document: Document, source: Source, root: string): DynamicAnchors {
  const all = [...schemasIn(source)].flatMap(({ pointer, members }) => {
    const name = members['$dynamicAnchor'];
    const isHere = typeof name === 'string' && (innermost(document, { source, pointer })?.pointer ?? '') === root;
    return isHere ? [{ name, node: { value: members, source, pointer } }] : [];
  });
  const once = all.filter(({ name }) => all.filter((other) => other.name === name).length === 1);
  return new Map(once.map(({ name, node }) => [name, node]));
}

function innermost(document: Document, at: Pick<Node, 'source' | 'pointer'>): Resource | undefined {
  if (document.dialect !== '3.1') return undefined;
  const { pointer } = at;
  return resourcesOf(at.source).findLast((item) => pointer === item.pointer || pointer.startsWith(`${item.pointer}/`));
}

/** Outer resources before the ones inside them. */
function resourcesOf(source: Source): readonly Resource[] {
  const known = resourcesBySource.get(source);
  if (known !== undefined) return known;
  const found: Resource[] = [];
  if (source.text.includes('$id')) {
    for (const { pointer, members } of schemasIn(source)) {
      const id = members['$id'];
      if (typeof id !== 'string') continue;
      const outer = found.findLast((item) => pointer.startsWith(`${item.pointer}/`));
      const base = outer?.uri ?? fileUri(source.base ?? source.path);
      if (URL.canParse(id, base)) found.push({ pointer, uri: new URL(id, base).href.replace(/#.*$/s, '') });
    }
  }
  resourcesBySource.set(source, found);
  return found;
}

function anchorsOf(source: Source): ReadonlyMap<string, readonly string[]> {
  const known = anchorsBySource.get(source);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  if (/\$(?:dynamicA|a)nchor/.test(source.text)) {
    for (const { pointer, members } of schemasIn(source)) {
      for (const name of new Set([members['$anchor'], members['$dynamicAnchor']])) {
        if (typeof name === 'string') found.set(name, [...(found.get(name) ?? []), pointer]);
      }
    }
    for (const pointers of found.values()) pointers.sort((a, b) => (pointerTokens(a)?.length ?? 0) - (pointerTokens(b)?.length ?? 0));
  }
  anchorsBySource.set(source, found);
  return found;
}

/** Every object of a file that may be a schema, outer ones first. */
function* schemasIn(source: Source): Generator<{ readonly pointer: string; readonly members: Readonly<Record<string, unknown>> }> {
  const pending: { value: unknown; pointer: string }[] = [{ value: source.value, pointer: '' }];
  const seen = new Set<unknown>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next.value !== 'object' || next.value === null || seen.has(next.value)) continue;
    seen.add(next.value);
    const members = next.value as Record<string, unknown>;
    if (!Array.isArray(members)) yield { pointer: next.pointer, members };
    for (const [key, value] of Object.entries(members)) {
      if (!DATA.has(key)) pending.push({ value, pointer: childPointer(next.pointer, key) });
    }
  }
}

function nodeOf(source: Source, pointer: string): Node | undefined {
  const value = valueAt(source.value, pointer);
  return value === undefined ? undefined : { value, source, pointer };
}

function fileUri(path: string): string {
  return /^https?:/.test(path) ? path : pathToFileURL(path).href;
}
