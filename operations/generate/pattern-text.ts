import type { PatternNode } from './pattern-syntax.ts';
import { readPattern } from './pattern-syntax.ts';
import type { Random } from './random.ts';

/** Texts made from a pattern never get longer than this. */
const LONGEST_TEXT = 100_000;

interface Span {
  readonly least: number;
  readonly most: number;
}

/** A pattern prepared for making texts. */
export interface TextPattern {
  readonly node: PatternNode;
  /** Code points of the part that matches. */
  readonly span: Span;
  /** What positive look-aheads ask for somewhere in the text. */
  readonly demands: readonly PatternNode[];
  /** Whether anything may follow, or come before, the part that matches. */
  readonly openEnd: boolean;
  readonly openStart: boolean;
}

const prepared = new Map<string, TextPattern | undefined>();
const MOST_PREPARED = 5000;

/** Prepares a pattern (remembered); `undefined` when it can't be read or its shortest match is beyond all measure. */
export function prepareTextPattern(source: string): TextPattern | undefined {
  if (prepared.has(source)) return prepared.get(source);
  if (prepared.size >= MOST_PREPARED) prepared.clear();
  const pattern = prepare(source);
  prepared.set(source, pattern);
  return pattern;
}

function prepare(source: string): TextPattern | undefined {
  const node = readPattern(source);
  if (node === undefined) return undefined;
  const span = spanOf(node);
  if (span.least > LONGEST_TEXT) return undefined;
  const demands: PatternNode[] = [];
  collectDemands(node, demands);
  return { node, span, demands, openEnd: !/(?<!\\)\$/.test(source), openStart: !/(?<![\\[])\^/.test(source) };
}

/** The lengths that a node can have. Look-around and edges have none; a back-reference may have any. */
function spanOf(node: PatternNode): Span {
  if (node.kind === 'character') return node.choices.length > 0 ? { least: 1, most: 1 } : { least: Infinity, most: 0 };
  if (node.kind === 'sequence') {
    const spans = spansOf(node.items);
    return { least: spans.reduce((sum, span) => sum + span.least, 0), most: spans.reduce((sum, span) => sum + span.most, 0) };
  }
  if (node.kind === 'either') {
    const spans = spansOf(node.options);
    return { least: Math.min(...spans.map((span) => span.least)), most: Math.max(...spans.map((span) => span.most)) };
  }
  if (node.kind === 'repeat') {
    const item = measure(node.item);
    return { least: node.least === 0 ? 0 : item.least * node.least, most: item.most === 0 || node.most === 0 ? 0 : item.most * node.most };
  }
  if (node.kind === 'group') return measure(node.item);
  return { least: 0, most: 0 };
}

const spansOf = (nodes: readonly PatternNode[]): Span[] => nodes.map(measure);
const measured = new WeakMap<PatternNode, Span>();

function measure(node: PatternNode): Span {
  const known = measured.get(node);
  if (known !== undefined) return known;
  const span = spanOf(node);
  measured.set(node, span);
  return span;
}

/** Picks out of look-aheads like `(?=.*[A-Z])(?=.*\d)` the parts that are not just "anything". */
function collectDemands(node: PatternNode, demands: PatternNode[]): void {
  if (node.kind === 'look' && node.ahead && !node.negative) {
    const items = node.item.kind === 'sequence' ? node.item.items : [node.item];
    const definite = items.filter((item) => item.kind !== 'edge' && measure(item).least > 0);
    if (definite.length > 0) demands.push({ kind: 'sequence', items: definite });
  } else if (node.kind === 'sequence') for (const item of node.items) collectDemands(item, demands);
  else if (node.kind === 'group' || node.kind === 'repeat') collectDemands(node.item, demands);
}

/**
 * Makes a text for a pattern with about `length` code points. It is a proposal: whether it matches is for the caller to see, since
 * look-around, word edges and back-references are followed only in part.
 */
export function textFor(pattern: TextPattern, length: number, random: Random): string {
  const captured = new Map<string, string>();
  const wanted = Math.min(Math.max(length, pattern.span.least), Math.max(pattern.span.least, pattern.span.most), LONGEST_TEXT);
  const characters = Array.from(write(pattern.node, wanted, random, captured));

  // Demands overwrite what they fall on, each in a stretch of its own as long as there is room.
  let at = pattern.demands.length > 1 ? 0 : random.int(0, characters.length);
  for (const demand of pattern.demands) {
    const text = Array.from(write(demand, measure(demand).least, random, captured));
    if (text.length > characters.length) continue;
    at = Math.min(at, characters.length - text.length);
    characters.splice(at, text.length, ...text);
    at += text.length;
  }
  const padding = 'a'.repeat(Math.max(0, Math.min(length, LONGEST_TEXT) - characters.length));
  if (pattern.openEnd) return characters.join('') + padding;
  return pattern.openStart ? padding + characters.join('') : characters.join('');
}

function write(node: PatternNode, length: number, random: Random, captured: Map<string, string>): string {
  if (node.kind === 'character') return pickCharacter(node.choices, node.likely, random);
  if (node.kind === 'sequence') {
    const lengths = share(spansOf(node.items), length, random);
    return node.items.map((item, index) => write(item, lengths[index] ?? 0, random, captured)).join('');
  }
  if (node.kind === 'either') {
    const fitting = node.options.filter((option) => measure(option).least <= length && measure(option).most >= length);
    const possible =
      fitting.length > 0 ? fitting : node.options.filter((option) => measure(option).least <= Math.max(length, measure(node).least));
    return write(random.pick(possible.length > 0 ? possible : node.options), length, random, captured);
  }
  if (node.kind === 'repeat') {
    const { least, most } = measure(node.item);
    const low = Math.max(node.least, most === 0 ? 0 : Math.ceil(length / most));
    const high = Math.min(node.most, least === 0 ? Math.max(node.least, length) : Math.floor(length / least));
    const count = Math.min(LONGEST_TEXT, Math.max(node.least, Math.min(node.most, random.int(Math.min(low, high), high))));
    if (count === 0) return '';
    const lengths = share(
      Array.from({ length: count }, () => ({ least, most })),
      length,
      random,
    );
    return lengths.map((each) => write(node.item, each, random, captured)).join('');
  }
  if (node.kind === 'group') {
    const text = write(node.item, length, random, captured);
    for (const name of node.names) captured.set(name, text);
    return text;
  }
  return node.kind === 'backreference' ? (captured.get(node.name) ?? '') : '';
}

/** Mostly one that a reader expects, now and then any. */
function pickCharacter(choices: readonly string[], likely: number, random: Random): string {
  if (likely > 0 && random.next() < 0.97) return choices[random.int(0, likely - 1)] ?? '';
  return random.pick(choices);
}

/** Shares a length out among neighbours, none below its least or above its most. */
function share(spans: readonly Span[], length: number, random: Random): number[] {
  const lengths = spans.map((span) => span.least);
  let left = length - lengths.reduce((sum, each) => sum + each, 0);
  const open = spans.map((_, index) => index).filter((index) => (spans[index]?.most ?? 0) > (spans[index]?.least ?? 0));
  while (left > 0 && open.length > 0) {
    const place = random.int(0, open.length - 1);
    const index = open[place] ?? 0;
    const room = (spans[index]?.most ?? 0) - (lengths[index] ?? 0);
    const given = open.length === 1 ? Math.min(room, left) : random.int(1, Math.min(room, Math.max(1, Math.ceil(left / 2))));
    lengths[index] = (lengths[index] ?? 0) + given;
    left -= given;
    if (given >= room) {
      open[place] = open.at(-1) ?? 0;
      open.pop();
    }
  }
  return lengths;
}
