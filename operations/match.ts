/**
 * Finds what a request path means. A tree of path segments; each documented template is a leaf.
 *
 * The rules (OpenAPI 3.1 section 4.8.8, made exact):
 * - a path is split at `/`; literal segments are compared after percent-decoding, case-sensitively;
 * - at each segment a literal wins over a segment with a template in it, one with more literal characters over one with fewer,
 *   `fixed.{format}` over `{name}`; the leftmost difference decides;
 * - a template stands for one segment or a part of one, and is never empty; `%2F` stays inside it;
 * - a trailing slash matters: `/pets/` is not `/pets`;
 * - where the best path lacks the method, the next best that has it answers; where none has it, it is 405 with the methods of all of them.
 */
export interface PathTree<Leaf> {
  readonly root: Segment<Leaf>;
}

interface Segment<Leaf> {
  readonly literals: Map<string, Segment<Leaf>>;
  readonly mixed: MixedSegment<Leaf>[];
  any: Segment<Leaf> | undefined;
  readonly leaves: Placed<Leaf>[];
}

interface MixedSegment<Leaf> {
  readonly shape: string;
  readonly expression: RegExp;
  readonly literalLength: number;
  readonly next: Segment<Leaf>;
}

interface Placed<Leaf> {
  readonly leaf: Leaf;
  /** Template names in the order of their appearance. */
  readonly names: readonly string[];
}

/** A leaf that a path leads to, with the raw (still percent-encoded) text of each template. */
export interface PathMatch<Leaf> {
  readonly leaf: Leaf;
  readonly values: ReadonlyMap<string, string>;
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

export function createPathTree<Leaf>(): PathTree<Leaf> {
  return { root: emptySegment() };
}

/**
 * Adds a template. Two templates that differ only in the names of their parameters share one place; the leaves are kept in order of their coming.
 * @param template such as `/pets/{petId}`, `/files/{name}.{ext}`, `/things/{id}:activate`; a `#variant` or `?query` at its end is left out.
 */
export function addPath<Leaf>(tree: PathTree<Leaf>, template: string, leaf: Leaf): void {
  const names: string[] = [];
  let segment = tree.root;
  for (const part of splitPath(template.replace(/[?#].*$/s, ''))) segment = nextSegment(segment, part, names);
  segment.leaves.push({ leaf, names });
}

/**
 * All leaves that a path leads to, best first. Each branch of the tree is visited at most once, so the cost is bounded by the number of templates.
 * @param path the raw path of the request, without query.
 */
export function matchPath<Leaf>(tree: PathTree<Leaf>, path: string): PathMatch<Leaf>[] {
  const found: PathMatch<Leaf>[] = [];
  const parts = splitPath(path);
  if (parts.length > 256) return found;
  collect(tree.root, parts, 0, [], found, false);
  return found;
}

/** The best leaf only: what nearly every request needs. */
export function firstMatch<Leaf>(tree: PathTree<Leaf>, path: string): PathMatch<Leaf> | undefined {
  const found: PathMatch<Leaf>[] = [];
  const parts = splitPath(path);
  if (parts.length > 256) return undefined;
  collect(tree.root, parts, 0, [], found, true);
  return found[0];
}

function collect<Leaf>(
  segment: Segment<Leaf>,
  parts: readonly string[],
  index: number,
  values: string[],
  found: PathMatch<Leaf>[],
  one: boolean,
): void {
  const part = parts[index];
  if (part === undefined) {
    for (const placed of segment.leaves) found.push({ leaf: placed.leaf, values: named(placed.names, values) });
    return;
  }
  const literal = segment.literals.get(part.includes('%') ? decodeSegment(part) : part);
  if (literal !== undefined) collect(literal, parts, index + 1, values, found, one);
  if (one && found.length > 0) return;
  if (part === '') return;
  for (const mixed of segment.mixed) {
    const match = mixed.expression.exec(part);
    if (match === null) continue;
    collect(mixed.next, parts, index + 1, [...values, ...match.slice(1)], found, one);
    if (one && found.length > 0) return;
  }
  if (segment.any === undefined) return;
  values.push(part);
  collect(segment.any, parts, index + 1, values, found, one);
  values.pop();
}

function named(names: readonly string[], values: readonly string[]): ReadonlyMap<string, string> {
  if (names.length === 0) return NO_VALUES;
  return new Map(names.map((name, index) => [name, values[index] ?? '']));
}

function nextSegment<Leaf>(segment: Segment<Leaf>, part: string, names: string[]): Segment<Leaf> {
  const pieces = part.split(/\{([^{}]*)\}/);
  if (pieces.length === 1) return getOrAdd(segment.literals, decodeSegment(part));
  for (let index = 1; index < pieces.length; index += 2) names.push(pieces[index] ?? '');
  const texts = pieces.filter((_, index) => index % 2 === 0);
  if (texts.length === 2 && texts.every((text) => text === '')) {
    segment.any ??= emptySegment();
    return segment.any;
  }
  const shape = texts.join('{}');
  const known = segment.mixed.find((mixed) => mixed.shape === shape);
  if (known !== undefined) return known.next;
  // Lazy, so that the first template takes as little as it can: {a}.{b} reads x.y.z as x and y.z.
  const expression = new RegExp(`^${texts.map(escapeLiteral).join('(.+?)')}$`, 's');
  const added: MixedSegment<Leaf> = { shape, expression, literalLength: texts.join('').length, next: emptySegment() };
  segment.mixed.push(added);
  segment.mixed.sort((a, b) => b.literalLength - a.literalLength);
  return added.next;
}

/** A literal piece of a mixed segment, matched as it is written or with any of its characters percent-encoded. */
function escapeLiteral(text: string): string {
  return Array.from(text)
    .map((character) => {
      const escaped = character.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&');
      const encoded = [...new TextEncoder().encode(character)]
        .map(
          (byte) =>
            `%${byte
              .toString(16)
              .padStart(2, '0')
              .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`,
        )
        .join('');
      return `(?:${escaped}|${encoded})`;
    })
    .join('');
}

function getOrAdd<Leaf>(map: Map<string, Segment<Leaf>>, key: string): Segment<Leaf> {
  let segment = map.get(key);
  if (segment === undefined) {
    segment = emptySegment();
    map.set(key, segment);
  }
  return segment;
}

function emptySegment<Leaf>(): Segment<Leaf> {
  return { literals: new Map(), mixed: [], any: undefined, leaves: [] };
}

function splitPath(path: string): string[] {
  return (path.startsWith('/') ? path.slice(1) : path).split('/');
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
