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
  /** Template names in the order of their appearance, by their text: one list for all paths that have the same. */
  readonly names: Map<string, readonly string[]>;
}

/** One small object, and nothing empty beside it: of thousands that are asked for in turn each comes from far away in memory, and so does all that hangs on it. */
interface Segment<Leaf> {
  literals: Map<string, Segment<Leaf>> | undefined;
  mixed: MixedSegment<Leaf>[] | undefined;
  any: Segment<Leaf> | undefined;
  first: Leaf | undefined;
  /** Those of the first leaf. */
  names: readonly string[];
  /** Further leaves of the same place. */
  others: Placed<Leaf>[] | undefined;
}

/** A segment such as `{name}.{ext}`: literal texts with a template between each two. */
interface MixedSegment<Leaf> {
  readonly shape: string;
  readonly texts: readonly (readonly Unit[])[];
  readonly literalLength: number;
  readonly next: Segment<Leaf>;
}

interface Placed<Leaf> {
  readonly leaf: Leaf;
  readonly names: readonly string[];
}

/** A leaf that a path leads to, with the raw (still percent-encoded) text of each template. */
export interface PathMatch<Leaf> {
  readonly leaf: Leaf;
  readonly values: ReadonlyMap<string, string>;
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();
const NO_NAMES: readonly string[] = [];

export function createPathTree<Leaf>(): PathTree<Leaf> {
  return { root: emptySegment(), names: new Map() };
}

/**
 * Adds a template. Two templates that differ only in the names of their parameters share one place; the leaves are kept in order of their coming.
 * @param template such as `/pets/{petId}`, `/files/{name}.{ext}`, `/things/{id}:activate`; a `#variant`, `?query` or `{?query}` at its end is left out.
 */
export function addPath<Leaf>(tree: PathTree<Leaf>, template: string, leaf: Leaf): void {
  const found: string[] = [];
  let segment = tree.root;
  for (const part of splitPath(template.replace(/\{?[?#].*$/s, ''))) segment = nextSegment(segment, part, found);
  const names = sameNames(tree, found);
  if (segment.first !== undefined) (segment.others ??= []).push({ leaf, names });
  else [segment.first, segment.names] = [leaf, names];
}

function sameNames<Leaf>(tree: PathTree<Leaf>, names: readonly string[]): readonly string[] {
  if (names.length === 0) return NO_NAMES;
  // No name holds a brace.
  const text = names.join('}');
  const known = tree.names.get(text);
  if (known === undefined) tree.names.set(text, names);
  return known ?? names;
}

/** The names of the templates in a path, in their order. */
export function templateNames(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

/**
 * All leaves that a path leads to, best first. Each branch of the tree is visited at most once, so the cost is bounded by the number of templates.
 * @param path the raw path of the request, without query.
 */
export function matchPath<Leaf>(tree: PathTree<Leaf>, path: string): PathMatch<Leaf>[] {
  const found: PathMatch<Leaf>[] = [];
  collect(tree.root, path, path.startsWith('/') ? 1 : 0, [], found, false);
  return found;
}

/** The best leaf only: what nearly every request needs. */
export function firstMatch<Leaf>(tree: PathTree<Leaf>, path: string): PathMatch<Leaf> | undefined {
  const found: PathMatch<Leaf>[] = [];
  collect(tree.root, path, path.startsWith('/') ? 1 : 0, [], found, true);
  return found[0];
}

/** @param from where the next segment of the path begins; behind its end: the path is read. */
function collect<Leaf>(segment: Segment<Leaf>, path: string, from: number, values: string[], found: PathMatch<Leaf>[], one: boolean): void {
  if (from > path.length) {
    if (segment.first === undefined) return;
    found.push({ leaf: segment.first, values: named(segment.names, values) });
    if (segment.others !== undefined) for (const { leaf, names } of segment.others) found.push({ leaf, values: named(names, values) });
    return;
  }
  const slash = path.indexOf('/', from);
  const end = slash === -1 ? path.length : slash;
  const part = path.slice(from, end);
  const literal = segment.literals?.get(part.includes('%') ? decodeSegment(part) : part);
  if (literal !== undefined) collect(literal, path, end + 1, values, found, one);
  if (one && found.length > 0) return;
  if (part === '') return;
  if (segment.mixed !== undefined) {
    for (const mixed of segment.mixed) {
      const match = readMixed(mixed.texts, part);
      if (match === undefined) continue;
      collect(mixed.next, path, end + 1, [...values, ...match], found, one);
      if (one && found.length > 0) return;
    }
  }
  if (segment.any === undefined) return;
  values.push(part);
  collect(segment.any, path, end + 1, values, found, one);
  values.pop();
}

function named(names: readonly string[], values: readonly string[]): ReadonlyMap<string, string> {
  if (names.length === 0) return NO_VALUES;
  const byName = new Map<string, string>();
  for (let index = 0; index < names.length; index += 1) byName.set(names[index] ?? '', values[index] ?? '');
  return byName;
}

function nextSegment<Leaf>(segment: Segment<Leaf>, part: string, names: string[]): Segment<Leaf> {
  const pieces = part.split(/\{([^{}]*)\}/);
  if (pieces.length === 1) return getOrAdd((segment.literals ??= new Map<string, Segment<Leaf>>()), decodeSegment(part));
  for (let index = 1; index < pieces.length; index += 2) names.push(pieces[index] ?? '');
  const texts = pieces.filter((_, index) => index % 2 === 0);
  if (texts.length === 2 && texts.every((text) => text === '')) {
    segment.any ??= emptySegment();
    return segment.any;
  }
  const shape = texts.join('{}');
  segment.mixed ??= [];
  const known = segment.mixed.find((mixed) => mixed.shape === shape);
  if (known !== undefined) return known.next;
  const added: MixedSegment<Leaf> = { shape, texts: texts.map(unitsOf), literalLength: texts.join('').length, next: emptySegment() };
  segment.mixed.push(added);
  segment.mixed.sort((a, b) => b.literalLength - a.literalLength);
  return added.next;
}

/** One character of a path, as it is written (raw) and as it is meant (decoded). */
interface Unit {
  readonly raw: string;
  readonly text: string;
}

/** A percent-encoded UTF-8 character is one unit, so that no template ever ends in the middle of one. */
const UNIT = /%[0-7][\da-f]|%[cd][\da-f]%[\da-f]{2}|%e[\da-f](?:%[\da-f]{2}){2}|%f[\da-f](?:%[\da-f]{2}){3}|./gisu;

function unitsOf(part: string): Unit[] {
  return (part.match(UNIT) ?? []).map((raw) => ({ raw, text: raw.length > 1 ? decodeSegment(raw) : raw }));
}

/**
 * The raw values of the templates between the literal texts; `undefined` when the part does not fit. Each template but the last takes as little
 * as it can: `{a}.{b}` reads `x.y.z` as `x` and `y.z`. So no step is ever taken back, and the time is that of a search for each text.
 */
function readMixed(texts: readonly (readonly Unit[])[], part: string): string[] | undefined {
  const units = unitsOf(part);
  const first = texts[0] ?? [];
  const last = texts[texts.length - 1] ?? [];
  const end = units.length - last.length;
  if (end <= first.length || !standsAt(first, units, 0) || !standsAt(last, units, end)) return undefined;
  const values: string[] = [];
  let start = first.length;
  for (const text of texts.slice(1, -1)) {
    let at = start + 1;
    while (at + text.length < end && !standsAt(text, units, at)) at += 1;
    if (at + text.length >= end) return undefined;
    values.push(rawText(units, start, at));
    start = at + text.length;
  }
  values.push(rawText(units, start, end));
  return values;
}

function standsAt(text: readonly Unit[], units: readonly Unit[], index: number): boolean {
  return text.every((unit, offset) => unit.text === units[index + offset]?.text);
}

function rawText(units: readonly Unit[], start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index += 1) text += units[index]?.raw ?? '';
  return text;
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
  return { literals: undefined, mixed: undefined, any: undefined, first: undefined, names: NO_NAMES, others: undefined };
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
