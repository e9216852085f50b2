import type { PatternNode } from './pattern-syntax.ts';
import { readPattern } from './pattern-syntax.ts';
import type { Random } from './random.ts';

/** Texts made from a pattern never get longer than this. */
const LONGEST_TEXT = 100_000;

interface Span {
  readonly least: number;
  readonly most: number;
}

/** Writes a text of about so many code points. What groups have captured is noted for back-references. */
type Writer = (length: number, random: Random, captured: Map<string, string>) => string;

/** A pattern prepared for making texts. */
export interface TextPattern {
  readonly write: Writer;
  /** Code points of the part that matches. */
  readonly span: Span;
  /** What positive look-aheads ask for somewhere in the text. */
  readonly demands: readonly Demand[];
  /** Whether anything may follow, or come before, the part that matches. */
  readonly openEnd: boolean;
  readonly openStart: boolean;
  readonly refersBack: boolean;
}

interface Demand {
  readonly write: Writer;
  readonly least: number;
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
  return {
    write: writerOf(node),
    span,
    demands: demands.map((demand) => ({ write: writerOf(demand), least: measure(demand).least })),
    refersBack: /\\(?:[1-9]|k<)/.test(source),
    openEnd: !/(?<!\\)\$/.test(source),
    openStart: !/(?<![\\[])\^/.test(source),
  };
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

/** More choices than this, of 132, leave out next to nothing: `.` has 130, `\D` 122. */
const NEARLY_ALL = 125;

/** `.{3,5}` asks for a length, not for characters. */
function isAnything(node: PatternNode): boolean {
  const item = node.kind === 'repeat' ? node.item : node;
  return item.kind === 'character' && item.choices.length > NEARLY_ALL;
}

/** Picks out of look-aheads like `(?=.*[A-Z])(?=.*\d)` the parts that are not just "anything". */
function collectDemands(node: PatternNode, demands: PatternNode[]): void {
  if (node.kind === 'look' && node.ahead && !node.negative) {
    const items = node.item.kind === 'sequence' ? node.item.items : [node.item];
    const definite = items.filter((item) => item.kind !== 'edge' && measure(item).least > 0 && !isAnything(item));
    if (definite.length > 0) demands.push({ kind: 'sequence', items: definite });
  } else if (node.kind === 'sequence') for (const item of node.items) collectDemands(item, demands);
  else if (node.kind === 'group' || node.kind === 'repeat') collectDemands(node.item, demands);
}

/**
 * Makes a text for a pattern with about `length` code points. It is a proposal: whether it matches is for the caller to see, since
 * look-around, word edges and back-references are followed only in part.
 */
export function textFor(pattern: TextPattern, length: number, random: Random): string {
  const captured = pattern.refersBack ? new Map<string, string>() : NOTHING;
  const wanted = Math.min(Math.max(length, pattern.span.least), Math.max(pattern.span.least, pattern.span.most), LONGEST_TEXT);
  const text = pattern.write(wanted, random, captured);
  if (pattern.demands.length === 0 && !pattern.openEnd && !pattern.openStart) return text;
  const characters = Array.from(text);

  // Demands overwrite what they fall on, each in a stretch of its own as long as there is room.
  let at = pattern.demands.length > 1 ? 0 : random.int(0, characters.length);
  for (const demand of pattern.demands) {
    const text = Array.from(demand.write(demand.least, random, captured));
    if (text.length > characters.length) continue;
    at = Math.min(at, characters.length - text.length);
    characters.splice(at, text.length, ...text);
    at += text.length;
  }
  const padding = 'a'.repeat(Math.max(0, Math.min(length, LONGEST_TEXT) - characters.length));
  if (pattern.openEnd) return characters.join('') + padding;
  return pattern.openStart ? padding + characters.join('') : characters.join('');
}

const NOTHING = new Map<string, string>();
const writers = new WeakMap<PatternNode, Writer>();
const writeNothing: Writer = () => '';

/** The writer of a node. Characters of a class are shared between patterns, and so are their writers. */
function writerOf(node: PatternNode): Writer {
  const known = writers.get(node);
  if (known !== undefined) return known;
  const writer = makeWriter(node);
  writers.set(node, writer);
  return writer;
}

function makeWriter(node: PatternNode): Writer {
  if (node.kind === 'character') return characterWriter(node.choices, node.likely);
  if (node.kind === 'sequence') return sequenceWriter(node.items);
  if (node.kind === 'either') return eitherWriter(node, node.options);
  if (node.kind === 'repeat') return repeatWriter(node);
  if (node.kind === 'group') {
    const write = writerOf(node.item);
    return (length, random, captured) => {
      const text = write(length, random, captured);
      if (captured !== NOTHING) for (const name of node.names) captured.set(name, text);
      return text;
    };
  }
  return node.kind === 'backreference' ? (_length, _random, captured) => captured.get(node.name) ?? '' : writeNothing;
}

/** Mostly a character that a reader expects, now and then any. */
function characterWriter(choices: readonly string[], likely: number): Writer {
  if (likely === 0) return (_, random) => random.pick(choices);
  return (_, random) => (random.next() < 0.97 ? choices[random.int(0, likely - 1)] : random.pick(choices)) ?? '';
}

function sequenceWriter(items: readonly PatternNode[]): Writer {
  const writes = items.map(writerOf);
  const spans = spansOf(items);
  const least = spans.map((span) => span.least);
  const isFixed = spans.every((span) => span.least >= span.most);
  return (length, random, captured) => {
    const lengths = isFixed ? least : share(spans, length, random);
    let text = '';
    let index = 0;
    for (const write of writes) text += write(lengths[index++] ?? 0, random, captured);
    return text;
  };
}

function eitherWriter(node: PatternNode, options: readonly PatternNode[]): Writer {
  const branches = options.map((option) => ({ write: writerOf(option), span: measure(option) }));
  const { least, most } = measure(node);
  const atLeast = (length: number): typeof branches => branches.filter(({ span }) => span.least <= Math.max(length, least));
  const fitting = (length: number): typeof branches => branches.filter(({ span }) => span.least <= length && span.most >= length);
  const areAlike = branches.every(({ span }) => span.least === least && span.most === most);
  return (length, random, captured) => {
    let possible = areAlike ? branches : fitting(length);
    if (possible.length === 0) possible = atLeast(length);
    return random.pick(possible.length > 0 ? possible : branches).write(length, random, captured);
  };
}

function repeatWriter(node: Extract<PatternNode, { kind: 'repeat' }>): Writer {
  const span = measure(node.item);
  const { least, most } = span;
  const write = writerOf(node.item);
  return (length, random, captured) => {
    const low = Math.max(node.least, most === 0 ? 0 : Math.ceil(length / most));
    const high = Math.min(node.most, least === 0 ? Math.max(node.least, length) : Math.floor(length / least));
    const count = Math.min(LONGEST_TEXT, Math.max(node.least, Math.min(node.most, random.int(Math.min(low, high), high))));
    if (count === 0) return '';
    let text = '';
    if (least === most) for (let index = 0; index < count; index++) text += write(least, random, captured);
    else
      for (const each of share(
        Array.from({ length: count }, () => span),
        length,
        random,
      ))
        text += write(each, random, captured);
    return text;
  };
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
