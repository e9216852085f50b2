import { fileURLToPath, pathToFileURL } from 'node:url';
import { addressOf, record } from './document.ts';
import type { Document, Node } from './document.ts';
import { childPointer, pointerTokens, valueAt } from './pointer.ts';
import { anchorIn, enclosingResource, resourceNamed } from './resource.ts';
import type { Source } from './source.ts';

/** What a reference leads to, or why it leads nowhere. */
export type Resolved = { readonly ok: true; readonly node: Node } | { readonly ok: false; readonly reason: string };

/** Where a reference stands: the file and the place in it. */
export type Place = Pick<Node, 'source' | 'pointer'>;

/**
 * Follows one `$ref` (a URI reference, RFC 3986, with a JSON pointer or an anchor as its fragment) from where it stands. In OpenAPI 3.1 an
 * `$id` around it is its base (JSON Schema 2020-12 section 8.2.1); a pointer that leads nowhere from there is read from the top of the file, as
 * most authors of `$id` mean it.
 * In OpenAPI 3.2 the `$self` of a file is the base of what stands in it.
 * Also read: a fragment without a slash (`file.yaml#Name`), which real documents use, as a member of the root.
 */
export function resolveReference(document: Document, reference: string, from: Place): Resolved {
  const hash = reference.indexOf('#');
  const target = hash < 0 ? reference : reference.slice(0, hash);
  const fragment = decodeFragment(hash < 0 ? '' : reference.slice(hash + 1));
  const resource = target === '' ? enclosingResource(document, from) : resourceNamed(document, target, from);
  if (resource !== undefined) {
    const found = nodeIn(resource, fragment);
    if (found !== undefined) return { ok: true, node: found };
  }
  const address = target === '' ? from.source.path : absoluteTarget(target, from.source.base ?? from.source.path);
  const source = target === '' ? from.source : (document.sources.get(address) ?? document.aliases?.get(address));
  if (source === undefined) {
    const reason = document.refused.get(address) ?? 'was not read';
    return { ok: false, reason: `"${reference}" can not be followed: ${reason}` };
  }
  const node = nodeIn({ value: source.value, source, pointer: '' }, fragment);
  if (node !== undefined) return { ok: true, node };
  const what =
    fragment === '' || fragment.startsWith('/') ? `there is nothing at ${fragment}` : `no $anchor and no member is named ${fragment}`;
  return { ok: false, reason: `"${reference}" leads nowhere: ${what}` };
}

/** Follows `$ref` after `$ref` until a value that is none; a circle of references is reported, not walked for ever. */
export function dereference(document: Document, node: Node): Resolved {
  let current = node;
  let seen: Set<unknown> | undefined;
  for (;;) {
    const reference = record(current.value)['$ref'];
    if (typeof reference !== 'string') return { ok: true, node: current };
    seen ??= new Set();
    if (seen.has(current.value)) return { ok: false, reason: `the reference at ${addressOf(node)} goes in a circle` };
    seen.add(current.value);
    const next = resolveReference(document, reference, current);
    if (!next.ok) return next;
    current = next.node;
  }
}

/** The absolute address (path or URL) of a reference's file part, seen from the file it stands in. */
export function absoluteTarget(target: string, from: string): string {
  const base = /^https?:/.test(from) ? from : pathToFileURL(from).href;
  if (!URL.canParse(target, base)) return target;
  const url = new URL(target, base);
  return url.protocol === 'file:' ? filePath(url) : url.href;
}

/** An absolute reference to a node. */
export function referenceTo({ source, pointer }: Place): string {
  const file = /^https?:/.test(source.path) ? source.path : pathToFileURL(source.path).href;
  return `${file}#${encodeURI(pointer)}`;
}

function filePath(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url.href;
  }
}

/** The node of a fragment, counted from a resource's root. */
function nodeIn(root: Node, fragment: string): Node | undefined {
  if (pointerTokens(fragment) === undefined) {
    const pointer = anchorIn(root, fragment) ?? childPointer(root.pointer, fragment);
    return nodeAt(root.source, pointer);
  }
  return nodeAt(root.source, root.pointer + fragment);
}

function nodeAt(source: Source, pointer: string): Node | undefined {
  const value = valueAt(source.value, pointer);
  return value === undefined ? undefined : { value, source, pointer };
}

function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
