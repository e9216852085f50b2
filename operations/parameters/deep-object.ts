import { arraysOf, objectsOf } from './combinations.ts';
import { ABSENT, BROKEN_PERCENT, malformed, value, type Decoded } from './decoded.ts';
import { decodeQueryText } from './percent.ts';
import type { QueryString } from './query-string.ts';
import { readNested, readPrimitive } from './read-text.ts';
import { ARRAY, OBJECT } from './schema-types.ts';
import type { Shape } from './shape.ts';

/** More brackets than any document needs, few enough for every reader of the value. */
const MOST_BRACKETS = 32;

interface Node {
  /** Texts given for exactly this name. */
  readonly texts: string[];
  readonly children: Map<string, Node>;
}

/**
 * Compiles the reader of `name[a]=1&name[b][c]=2` (OpenAPI 3.1 section 4.8.12.3, style deepObject). The specification defines one
 * level; what clients send beyond is read as they mean it: deeper brackets, `name[a][]=1`, `name[a][0]=1`, repeated names.
 */
export function compileDeepObject(name: string, shape: Shape): (query: QueryString) => Decoded {
  const start = `${name}[`;
  return (query) => {
    let root: Node | undefined;
    for (let at = 0; at < query.names.length; at += 1) {
      const given = query.names[at] ?? '';
      if (!given.startsWith(name)) continue;
      const path = given === name ? [] : given.startsWith(start) ? cutBrackets(given, name.length) : undefined;
      if (path === undefined) continue;
      if (path.length > MOST_BRACKETS) return malformed(`must not be nested deeper than ${MOST_BRACKETS} levels`);
      const text = decodeQueryText(query.values[at] ?? '');
      if (text === undefined) return BROKEN_PERCENT;
      root ??= newNode();
      nodeAt(root, path).texts.push(text);
    }
    if (root === undefined) return ABSENT;
    if (hasConflict(root)) return malformed('must not give both a value and members under one name');
    // `name=...` is not this style: text that no object can be, JSON or not. Only an array, of which the style does not speak, may be so sent.
    const [only] = root.texts;
    if (root.texts.length === 1 && only !== undefined && shape.types & OBJECT) return value(readPrimitive(only, shape.types));
    return value(readNode(root, shape));
  };
}

/** `a[b][]` from the first bracket on gives `['b', '']`; `undefined` where brackets do not match: then it is another name. */
function cutBrackets(given: string, from: number): string[] | undefined {
  const path: string[] = [];
  let at = from;
  while (at < given.length) {
    const end = given.indexOf(']', at);
    if (given[at] !== '[' || end === -1) return undefined;
    path.push(given.slice(at + 1, end));
    at = end + 1;
  }
  return path;
}

function newNode(): Node {
  return { texts: [], children: new Map() };
}

function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const key of path) {
    let child = node.children.get(key);
    if (child === undefined) node.children.set(key, (child = newNode()));
    node = child;
  }
  return node;
}

function hasConflict(node: Node): boolean {
  if (node.children.size === 0) return false;
  return node.texts.length > 0 || node.children.values().some(hasConflict);
}

function readNode(node: Node, shape: Shape): readonly unknown[] {
  const [only] = node.texts;
  if (node.texts.length === 1 && only !== undefined) return readNested(only, shape);
  if (node.texts.length > 1) return arraysOf(node.texts.map((text, index) => readNested(text, shape.item(index))));
  if (isList(node, shape)) return readList(node, shape);
  const properties = new Map<string, readonly unknown[]>();
  for (const [name, child] of node.children) properties.set(name, readNode(child, shape.property(name)));
  return objectsOf(properties);
}

/** Empty brackets or numbers, where the schema does not ask for an object with such names. */
function isList(node: Node, shape: Shape): boolean {
  if (shape.types & OBJECT && !(shape.types & ARRAY)) return false;
  const keys = [...node.children.keys()];
  if (keys.every((key) => key === '')) return true;
  return Boolean(shape.types & ARRAY) && keys.every((key) => key === '' || /^\d{1,9}$/.test(key));
}

function readList(node: Node, shape: Shape): readonly unknown[] {
  const elements: Node[] = [];
  for (const [, child] of [...node.children].sort(byIndex)) {
    if (child.children.size > 0) elements.push(child);
    for (const text of child.texts) elements.push({ texts: [text], children: new Map() });
  }
  return arraysOf(elements.map((element, index) => readNode(element, shape.item(index))));
}

/** Numbers in their order, empty brackets last. The numbers only order: a huge one must not make a huge array. */
function byIndex([a]: [string, Node], [b]: [string, Node]): number {
  return (a === '' ? Number.MAX_SAFE_INTEGER : Number(a)) - (b === '' ? Number.MAX_SAFE_INTEGER : Number(b));
}
