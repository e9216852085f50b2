import { compilePattern } from '../schema/pattern.ts';
import type { Part } from './conjunction.ts';
import { matchesFormat, sampleFormat, sizedFormat } from './format.ts';
import { fakeFormat, hasFake } from './json-schema-faker.ts';
import { numberAt, textAt } from './keywords.ts';
import { plainText, type Hint } from './name-hints.ts';
import { prepareTextPattern, textFor, type TextPattern } from './pattern-text.ts';
import { childSeed, deriveSeed, intAt, randomFrom, seedKey } from './random.ts';
import { codePoints } from './satisfies.ts';

/** What the parts ask of a string. */
interface TextRules {
  readonly least: number;
  readonly most: number;
  /** What `format` says. */
  readonly stated: readonly string[];
  /** The same and base64 (`contentEncoding`), which is a format too. */
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
  return { least, most, stated: formats, formats: encoded ? [...formats, 'byte'] : formats, patterns, encoded };
}

type Check = (text: string) => boolean;

/** A way to find a text: it takes a seed and gives the first of its proposals that passes the check. */
type Search = (seed: number, check: Check) => string | undefined;

/** A string longer than this is not written, whatever the schema asks. */
const LONGEST_STRING = 100_000;

/** Whether a text has the length and matches the patterns; `formats` are those to look at as well. */
function checkOf({ least, most, patterns, encoded }: TextRules, formats: readonly string[]): Check {
  const tests = patterns.map(compilePattern).flatMap((compiled) => (compiled.ok ? [compiled.pattern.test] : []));
  return (text) => {
    const units = text.length;
    if (units > LONGEST_STRING * 2 || (encoded && units % 4 > 0)) return false;
    // A character is one unit or two: mostly that tells enough.
    if ((units > most || units < 2 * least) && !isWithin(codePoints(text), least, most)) return false;
    for (const test of tests) if (!test(text)) return false;
    for (const format of formats) if (!matchesFormat(format, text)) return false;
    return true;
  };
}

const isWithin = (length: number, least: number, most: number): boolean => length >= least && length <= most;

/** The plain string: the format's sample, else "string", fitted to length and pattern. `undefined` when none was found. */
export function sampleString(parts: readonly Part[]): string | undefined {
  const rules = rulesOf(parts);
  if (rules.least > Math.min(rules.most, LONGEST_STRING)) return undefined;
  const check = checkOf(rules, rules.stated);
  for (const format of rules.formats.length === 0 ? [''] : rules.formats) {
    const text = sampleFormat(format) ?? fitted('string', rules);
    if (check(text)) return text;
  }
  return first([patternSearch(rules, true), spliceSearch(rules), sizeSearch(rules)], SAMPLE_SEED, check);
}

const SAMPLE_SEED = 0x5a3b1e;

function first(searches: readonly Search[], seed: number, check: Check): string | undefined {
  for (const search of searches) {
    const text = search(seed, check);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The search that has one proposal; `own` is for those that need less of a check. */
function single(propose: (seed: number) => string | undefined, own?: Check): Search {
  return (seed, check) => {
    const text = propose(seed);
    return text !== undefined && (own ?? check)(text) ? text : undefined;
  };
}

/**
 * How plausible strings are drawn: what the name of the property suggests, else a value of the format, else a text for the pattern.
 * @param examples strings from the document, of which one may serve as a model.
 * @returns a function of the seed; it gives `undefined` when no string was found.
 */
export function stringDrawer(
  parts: readonly Part[],
  hint: Hint['text'],
  examples: readonly string[],
): (seed: number) => string | undefined {
  const rules = rulesOf(parts);
  if (rules.least > Math.min(rules.most, LONGEST_STRING)) return () => undefined;
  const check = checkOf(rules, rules.stated);
  const likely = likelySearches(rules, hint, examples);
  return (seed) => first(likely, seed, check) ?? first([spliceSearch(rules), sizeSearch(rules)], seed, check) ?? sampleString(parts);
}

/** What mostly finds one. */
function likelySearches(rules: TextRules, hint: Hint['text'], examples: readonly string[]): readonly Search[] {
  const { formats, patterns } = rules;
  const free = formats.every((format) => sampleFormat(format) === undefined);
  const searches: Search[] = [];
  if (hint !== undefined && free) searches.push(single((seed) => hint(randomFrom(seed))));
  // An avatar is better told by its name than by being a URI; its address is one.
  else if (hint !== undefined && formats.every((format) => ADDRESS_FORMATS.has(format))) {
    searches.push(single((seed) => addressOnly(hint(randomFrom(seed))), checkOf(rules, [])));
  }
  for (const format of formats) if (hasFake(format)) searches.push(formatSearch(format, rules));
  if (patterns.length > 0) searches.push(patternSearch(rules, false));
  else if (free) {
    if (examples.length > 0) searches.push(single((seed) => likeExample(examples[intAt(seed, 0, examples.length - 1)] ?? '', seed)));
    searches.push(single((seed) => plainText(randomFrom(seed))));
    searches.push(single((seed) => fitted(plainText(randomFrom(seed)), rules)));
  }
  return searches;
}

const ADDRESS_FORMATS: ReadonlySet<string> = new Set(['uri', 'url', 'uri-reference', 'iri', 'iri-reference']);
const addressOnly = (text: string): string | undefined => (text.startsWith('https://') ? text : undefined);
const FORMAT_ATTEMPTS = 3;

/** Values of a format. They are right as such, so that only what else is asked for needs a look. */
function formatSearch(format: string, rules: TextRules): Search {
  const check = checkOf(
    rules,
    rules.stated.filter((other) => other !== format),
  );
  const key = seedKey(format);
  return (seed) => {
    for (let attempt = 0; attempt < FORMAT_ATTEMPTS; attempt++) {
      const text = fakeFormat(format, childSeed(seed, key + attempt));
      if (text !== undefined && check(text)) return text;
    }
    return undefined;
  };
}

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

function patternSearch(rules: TextRules, plain: boolean): Search {
  const prepared = rules.patterns.map(prepareTextPattern).filter((pattern): pattern is TextPattern => pattern !== undefined);
  return (seed, check) => {
    const random = randomFrom(seed);
    for (let attempt = 0; attempt < PATTERN_ATTEMPTS && prepared.length > 0; attempt++) {
      // Several patterns take turns: what one proposes is checked against all.
      const pattern = prepared[attempt % prepared.length];
      if (pattern === undefined) continue;
      const least = Math.max(rules.least, pattern.span.least);
      const most = Math.min(rules.most, Math.max(least, pattern.openEnd || pattern.openStart ? Infinity : pattern.span.most));
      if (least > most) continue;
      const wanted =
        plain && attempt === 0 ? Math.max(least, Math.min(most, 3)) : random.int(least, Math.min(most, least + ROOM + attempt));
      const text = textFor(pattern, wanted, random);
      if (check(text)) return text;
    }
    return undefined;
  };
}

/** For a format with a pattern: values of the format whose beginning or end is overwritten by what the pattern asks for. */
function spliceSearch(rules: TextRules): Search {
  return (seed, check) => {
    const random = randomFrom(deriveSeed(seed, 'splice'));
    for (const format of rules.formats) {
      for (const source of rules.patterns) {
        const pattern = prepareTextPattern(source);
        if (pattern === undefined) continue;
        for (let attempt = 0; attempt < 8; attempt++) {
          const drawn = attempt === 0 ? undefined : fakeFormat(format, random.int(0, 0xffffffff));
          const found = spliced(drawn ?? sampleFormat(format) ?? '', textFor(pattern, pattern.span.least, random)).find(check);
          if (found !== undefined) return found;
        }
      }
    }
    return undefined;
  };
}

const spliced = (text: string, piece: string): readonly string[] => [
  text,
  piece + text.slice(piece.length),
  text.slice(0, Math.max(0, text.length - piece.length)) + piece,
  piece + text,
  text + piece,
];

/** Values of a format in every length that may do. */
function sizeSearch(rules: TextRules): Search {
  return (_, check) => {
    const high = Math.min(rules.most, rules.least + 16);
    for (const format of rules.formats) {
      for (let length = rules.least; length <= high; length++) {
        const text = sizedFormat(format, length);
        if (text !== undefined && check(text)) return text;
      }
    }
    const text = rules.formats.length === 0 ? fitted('string', rules) : undefined;
    return text !== undefined && check(text) ? text : undefined;
  };
}
