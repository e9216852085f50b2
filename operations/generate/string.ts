import type { Part } from './conjunction.ts';
import { fakerAt } from './faker.ts';
import { sampleFormat, sizedFormat } from './format.ts';
import { fakeFormat } from './json-schema-faker.ts';
import { numberAt, textAt } from './keywords.ts';
import { plainText, textHint } from './name-hints.ts';
import { prepareTextPattern, textFor, type TextPattern } from './pattern-text.ts';
import { deriveSeed, randomFrom } from './random.ts';
import { codePoints, textHolds } from './satisfies.ts';

/** What the parts ask of a string. */
interface TextRules {
  readonly parts: readonly Part[];
  readonly least: number;
  readonly most: number;
  readonly formats: readonly string[];
  readonly patterns: readonly string[];
  readonly encoded: boolean;
}

function rulesOf(parts: readonly Part[]): TextRules {
  let least = 0;
  let most = Infinity;
  let encoded = false;
  const formats: string[] = [];
  const patterns: string[] = [];
  for (const { schema } of parts) {
    least = Math.max(least, Math.ceil(numberAt(schema, 'minLength') ?? 0));
    most = Math.min(most, Math.floor(numberAt(schema, 'maxLength') ?? Infinity));
    const format = textAt(schema, 'format');
    const pattern = textAt(schema, 'pattern');
    if (format !== undefined) formats.push(format);
    if (pattern !== undefined) patterns.push(pattern);
    encoded ||= schema['contentEncoding'] === 'base64';
  }
  return { parts, least, most, formats: encoded ? [...formats, 'byte'] : formats, patterns, encoded };
}

/** A string longer than this is not written, whatever the schema asks. */
const LONGEST_STRING = 100_000;

/** The plain string: the format's sample, else "string", fitted to length and pattern. `undefined` when none was found. */
export function sampleString(parts: readonly Part[]): string | undefined {
  const rules = rulesOf(parts);
  if (rules.least > Math.min(rules.most, LONGEST_STRING)) return undefined;
  return firstFitting(rules, sampleProposals(rules));
}

function* sampleProposals(rules: TextRules): Generator<string> {
  for (const format of rules.formats) yield sampleFormat(format) ?? fitted('string', rules);
  if (rules.formats.length === 0) yield fitted('string', rules);
  yield* patternProposals(rules, SAMPLE_SEED, true);
  yield* splicedProposals(rules, SAMPLE_SEED);
  yield* sizedProposals(rules);
}

const SAMPLE_SEED = 0x5a3b1e;

/**
 * A plausible string drawn from the seed: what the name of the property suggests, else a value of the format by json-schema-faker, else
 * a text for the pattern. `undefined` when none was found.
 * @param examples strings from the document, of which one may serve as a model.
 */
export function drawString(parts: readonly Part[], seed: number, name: string, examples: readonly string[]): string | undefined {
  const rules = rulesOf(parts);
  if (rules.least > Math.min(rules.most, LONGEST_STRING)) return undefined;
  return firstFitting(rules, drawProposals(rules, seed, name, examples)) ?? sampleString(parts);
}

function* drawProposals(rules: TextRules, seed: number, name: string, examples: readonly string[]): Generator<string> {
  const hint = textHint(name);
  const free = rules.formats.every((format) => sampleFormat(format) === undefined);
  // An avatar is better told by its name than by being a URI.
  const hinted = free || rules.formats.every((format) => ADDRESS_FORMATS.has(format));
  const suggestion = hinted ? hint?.(fakerAt(seed), randomFrom(seed)) : undefined;
  if (suggestion !== undefined && (free || suggestion.startsWith('https://'))) yield suggestion;
  for (const format of rules.formats) {
    for (let attempt = 0; attempt < 3; attempt++) {
      const text = fakeFormat(format, deriveSeed(seed, `${format} ${attempt}`));
      if (text !== undefined) yield text;
    }
  }
  yield* patternProposals(rules, seed, false);
  if (free && rules.patterns.length === 0) {
    if (examples.length > 0) yield likeExample(randomFrom(seed).pick(examples), seed);
    const text = plainText(randomFrom(seed));
    yield text;
    yield fitted(text, rules);
  }
  yield* splicedProposals(rules, seed);
  yield* sizedProposals(rules);
}

const ADDRESS_FORMATS: ReadonlySet<string> = new Set(['uri', 'url', 'uri-reference', 'iri', 'iri-reference']);
const LOOKS_LIKE_TIME = /\d[-:/.]\d/;

/** An example with its digits drawn anew: `PO-2024-001` becomes `PO-8310-447`. Dates and the like stay. */
function likeExample(example: string, seed: number): string {
  if (LOOKS_LIKE_TIME.test(example) || example.length > 100) return example;
  const random = randomFrom(seed);
  return example.replaceAll(/\d/g, () => String(random.int(1, 9)));
}

/** Repeats or cuts a text to the length asked for. */
function fitted(text: string, rules: TextRules): string {
  const length = codePoints(text);
  // Texts without surrogate pairs, nearly all of them, can be cut by index.
  if (length === text.length)
    return text
      .repeat(Math.max(1, Math.ceil(rules.least / Math.max(1, length))))
      .slice(0, rules.most)
      .slice(0, Math.max(length, rules.least));
  if (length < rules.least)
    return Array.from(text.repeat(Math.ceil(rules.least / Math.max(1, length))))
      .slice(0, rules.least)
      .join('');
  return length > rules.most ? Array.from(text).slice(0, rules.most).join('') : text;
}

const PATTERN_ATTEMPTS = 60;
/** How far beyond its least length a text may go when the schema leaves it open. */
const ROOM = 12;

function* patternProposals(rules: TextRules, seed: number, plain: boolean): Generator<string> {
  const prepared = rules.patterns.map(prepareTextPattern).filter((pattern): pattern is TextPattern => pattern !== undefined);
  const random = randomFrom(seed);
  for (let attempt = 0; attempt < PATTERN_ATTEMPTS && prepared.length > 0; attempt++) {
    // Several patterns take turns: what one proposes is checked against all.
    const pattern = prepared[attempt % prepared.length];
    if (pattern === undefined) continue;
    const least = Math.max(rules.least, pattern.span.least);
    const most = Math.min(rules.most, Math.max(least, pattern.openEnd || pattern.openStart ? Infinity : pattern.span.most));
    if (least > most) continue;
    const wanted = plain && attempt === 0 ? Math.max(least, Math.min(most, 3)) : random.int(least, Math.min(most, least + ROOM + attempt));
    yield textFor(pattern, wanted, random);
  }
}

/** For a format with a pattern: values of the format whose beginning or end is overwritten by what the pattern asks for. */
function* splicedProposals(rules: TextRules, seed: number): Generator<string> {
  const random = randomFrom(deriveSeed(seed, 'splice'));
  for (const format of rules.formats) {
    for (const source of rules.patterns) {
      const pattern = prepareTextPattern(source);
      if (pattern === undefined) continue;
      for (let attempt = 0; attempt < 8; attempt++) {
        const drawn = attempt === 0 ? undefined : fakeFormat(format, random.int(0, 0xffffffff));
        const text = drawn ?? sampleFormat(format) ?? '';
        yield text;
        const piece = textFor(pattern, pattern.span.least, random);
        yield piece + text.slice(piece.length);
        yield text.slice(0, Math.max(0, text.length - piece.length)) + piece;
        yield piece + text;
        yield text + piece;
      }
    }
  }
}

function* sizedProposals(rules: TextRules): Generator<string> {
  const high = Math.min(rules.most, rules.least + 16);
  for (const format of rules.formats) {
    for (let length = rules.least; length <= high; length++) {
      const text = sizedFormat(format, length);
      if (text !== undefined) yield text;
    }
  }
  if (rules.formats.length === 0) yield fitted('string', rules);
}

function firstFitting(rules: TextRules, proposals: Iterable<string>): string | undefined {
  for (const text of proposals) {
    if (text.length > LONGEST_STRING * 2) continue;
    if (rules.parts.every(({ schema }) => textHolds(schema, text)) && (!rules.encoded || text.length % 4 === 0)) return text;
  }
  return undefined;
}
