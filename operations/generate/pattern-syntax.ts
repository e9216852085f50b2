import { asEcma, forUnicode, needsUnicode } from '../schema/pattern-dialect.ts';

/**
 * Regular expressions (ECMA-262 section 22.2.1) as a tree that texts can be made from.
 */
export type PatternNode =
  /** One character out of these; the first `likely` ones are those a reader expects. */
  | { readonly kind: 'character'; readonly choices: readonly string[]; readonly likely: number }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'either'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly least: number; readonly most: number }
  | { readonly kind: 'group'; readonly item: PatternNode; readonly names: readonly string[] }
  | { readonly kind: 'backreference'; readonly name: string }
  | { readonly kind: 'look'; readonly item: PatternNode; readonly ahead: boolean; readonly negative: boolean }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' | 'word' };

type CharacterNode = Extract<PatternNode, { kind: 'character' }>;

const literal = (character: string): CharacterNode => ({ kind: 'character', choices: [character], likely: 1 });

const LONGEST_PATTERN = 4000;
const DEEPEST_PATTERN = 100;

/** State of the reader: where it is, and how many groups it has opened. */
interface Reader {
  readonly source: string;
  readonly flags: string;
  at: number;
  groups: number;
  depth: number;
  failed: boolean;
}

/** Reads a pattern; `undefined` for one that is no regular expression or is beyond what is sensible. */
export function readPattern(source: string): PatternNode | undefined {
  if (source.length > LONGEST_PATTERN) return undefined;
  const { body: ecma, flags } = asEcma(source);
  const isUnicode = needsUnicode(ecma);
  const body = isUnicode ? forUnicode(ecma) : ecma;
  const reader: Reader = { source: body, flags: isUnicode ? `u${flags}` : flags, at: 0, groups: 0, depth: 0, failed: false };
  const node = readEither(reader);
  return reader.failed || reader.at < body.length ? undefined : node;
}

function readEither(reader: Reader): PatternNode {
  if (++reader.depth > DEEPEST_PATTERN) reader.failed = true;
  const options = [readSequence(reader)];
  while (!reader.failed && reader.source[reader.at] === '|') {
    reader.at++;
    options.push(readSequence(reader));
  }
  reader.depth--;
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: 'either', options };
}

function readSequence(reader: Reader): PatternNode {
  const items: PatternNode[] = [];
  while (!reader.failed && reader.at < reader.source.length) {
    const next = reader.source[reader.at];
    if (next === '|' || next === ')') break;
    const item = readQuantifier(reader, readAtom(reader));
    // What a pattern looks back at before anything else has to be written as well.
    const isBefore = item.kind === 'look' && !item.ahead && !item.negative && items.length === 0 && reader.depth === 1;
    items.push(isBefore ? item.item : item);
  }
  return { kind: 'sequence', items };
}

const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/;

function readQuantifier(reader: Reader, item: PatternNode): PatternNode {
  const found = QUANTIFIER.exec(reader.source.slice(reader.at, reader.at + 40));
  if (found === null) return item;
  reader.at += found[0].length;
  const [, sign, low, comma, high] = found;
  if (sign === '?') return { kind: 'repeat', item, least: 0, most: 1 };
  if (sign !== undefined) return { kind: 'repeat', item, least: sign === '+' ? 1 : 0, most: Infinity };
  const least = Number(low);
  const most = comma === undefined ? least : high === '' ? Infinity : Number(high);
  return { kind: 'repeat', item, least, most };
}

function readAtom(reader: Reader): PatternNode {
  const next = reader.source[reader.at];
  if (next === '(') return readGroup(reader);
  if (next === '[') return readClass(reader);
  if (next === '\\') return readEscape(reader);
  if (next === '^' || next === '$') {
    reader.at++;
    return { kind: 'edge', at: next === '^' ? 'start' : 'end' };
  }
  const character = String.fromCodePoint(reader.source.codePointAt(reader.at) ?? 0);
  reader.at += character.length;
  if (character === '.') return charactersOf('.', reader.flags, []);
  if (character === '*' || character === '+' || character === '?') reader.failed = true;
  return literal(character);
}

const GROUP_OPENING = /^\((?:\?(?:(:)|(<?)([=!])|<([^>]+)>))?/;

function readGroup(reader: Reader): PatternNode {
  const opening = GROUP_OPENING.exec(reader.source.slice(reader.at));
  const [text = '(', plain, behind, look, name] = opening ?? [];
  reader.at += text.length;
  if (text === '(' && reader.source[reader.at] === '?') reader.failed = true;
  const capturing = plain === undefined && look === undefined;
  const names = capturing ? [String(++reader.groups), ...(name === undefined ? [] : [name])] : [];
  const item = readEither(reader);
  if (reader.source[reader.at] !== ')') reader.failed = true;
  reader.at++;
  if (look !== undefined) return { kind: 'look', item, ahead: behind !== '<', negative: look === '!' };
  return capturing ? { kind: 'group', item, names } : item;
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' };
const ESCAPE = /^\\(?:[pP]\{[^}]*\}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|k<[^>]+>|[1-9]\d*|[^])/;

function readEscape(reader: Reader): PatternNode {
  const found = ESCAPE.exec(reader.source.slice(reader.at, reader.at + 80));
  if (found === null) {
    reader.failed = true;
    return { kind: 'sequence', items: [] };
  }
  const [text] = found;
  reader.at += text.length;
  const letter = text[1] ?? '';
  if (text === '\\b' || text === '\\B') return { kind: 'edge', at: 'word' };
  if (text.startsWith('\\k<')) return { kind: 'backreference', name: text.slice(3, -1) };
  if (/^\\[1-9]/.test(text)) return { kind: 'backreference', name: text.slice(1) };
  if ('dDsSwWpP'.includes(letter)) return charactersOf(text, reader.flags, []);
  return literal(escapedCharacter(text));
}

function escapedCharacter(text: string): string {
  const hexadecimal = /^\\(?:u\{([0-9a-fA-F]+)\}|[ux]([0-9a-fA-F]+))$/.exec(text);
  if (hexadecimal !== null) return characterOf(Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? '0', 16));
  if (/^\\c[A-Za-z]$/.test(text)) return String.fromCodePoint((text.codePointAt(2) ?? 0) % 32);
  return CONTROLS[text[1] ?? ''] ?? text.slice(1);
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function readClass(reader: Reader): PatternNode {
  let end = reader.at + 1;
  while (end < reader.source.length && reader.source[end] !== ']') end += reader.source[end] === '\\' ? 2 : 1;
  const text = reader.source.slice(reader.at, end + 1);
  reader.at = end + 1;
  const node = charactersOf(text, reader.flags, namedInClass(text));
  if (node.choices.length === 0) reader.failed = true;
  return node;
}

const CLASS_MEMBER = /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[^])|[^]/gu;
/** How many characters of a range are tried; `[\u4e00-\u9fa5]` has 20,902. */
const FROM_RANGE = 40;

/** Characters that a class names itself, ranges by a spread of samples. */
function namedInClass(text: string): string[] {
  const members = (text.slice(1, -1).match(CLASS_MEMBER) ?? []).map((member) =>
    member.startsWith('\\') ? escapedCharacter(member) : member,
  );
  const named = [...members];
  for (let index = 1; index < members.length - 1; index++) {
    if (members[index] !== '-') continue;
    const low = members[index - 1]?.codePointAt(0) ?? 0;
    const high = members[index + 1]?.codePointAt(0) ?? 0;
    const step = Math.max(1, (high - low) / FROM_RANGE);
    for (let code = low; code < high; code += step) named.push(characterOf(Math.floor(code)));
  }
  return named;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const HAN = '天地人和山水风云日月春秋东西南北中大小上下左右前后明安平乐文学生活工作时间城市海江河花木金石';
const SIGNS = '_-.@#!$%&*+=?/:;,~^|<>(){}[]\'"`\\ ';
const OTHERS = 'éüñßøαβγΔабвДאבاب日あいアイ가나กขéЖ€£°１Ａ\t\n\r\0\u007f';

/** The characters that a class or a class escape matches, out of those named and a pool of common ones, likely ones first. */
function charactersOf(text: string, flags: string, named: readonly string[]): CharacterNode {
  let matcher: RegExp;
  try {
    matcher = new RegExp(`^${text}$`, flags);
  } catch {
    return { kind: 'character', choices: [], likely: 0 };
  }
  const known = CHARACTERS.get(matcher.toString());
  if (known !== undefined) return known;
  const fitting = (pool: Iterable<string>): string[] => [...pool].filter((character) => character !== '' && matcher.test(character));
  const letters = fitting(LETTERS);
  const han = letters.length > 0 ? [] : fitting(HAN);
  const plain = [...letters, ...han];
  const choices = [
    ...new Set([...plain, ...fitting(SIGNS), ...fitting(named), ...fitting(OTHERS), ...(flags.includes('u') ? fitting(['😀', '𠀀']) : [])]),
  ];
  if (CHARACTERS.size > 2000) CHARACTERS.clear();
  const node: CharacterNode = { kind: 'character', choices, likely: plain.length };
  CHARACTERS.set(matcher.toString(), node);
  return node;
}

const CHARACTERS = new Map<string, CharacterNode>();
