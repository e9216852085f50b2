import { pointerTokens } from '../operations/index.ts';

/** A piece of a JSON text. `rest` is what follows where the text stops being JSON: a cut or a mistake. */
export interface JsonToken {
  readonly kind: 'open' | 'close' | 'key' | 'value' | 'comma' | 'rest';
  readonly text: string;
}

const SPACE = /[\s\uFEFF]*/y;
const STRING = /"(?:[^"\\]|\\.)*(?:"|$|\\$)/sy;
const SCALAR = /[^\s,:[\]{}"]+/y;

/**
 * Cuts a JSON text (RFC 8259) into pieces without judging it: every digit and every escape stays as it was sent, and a text that was cut in the
 * middle gives the pieces that are there. Keys come without their colon.
 */
export function* jsonTokens(text: string): Generator<JsonToken> {
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  let at = 0;
  const objects: boolean[] = [];
  let expectsKey = false;
  // Inside of brackets a second value without a comma before it is a mistake; on the outside it is the next line of NDJSON.
  let isFull = false;
  for (read(SPACE); at < text.length; read(SPACE)) {
    const start = at;
    const character = text.charAt(at);
    if (isFull && objects.length > 0 && !'}],'.includes(character)) return yield { kind: 'rest', text: text.slice(start) };
    isFull = character !== ',';
    if (character === '{' || character === '[') {
      at += 1;
      objects.push(character === '{');
      expectsKey = character === '{';
      isFull = false;
      yield { kind: 'open', text: character };
    } else if (character === '}' || character === ']') {
      if (objects.pop() !== (character === '}')) return yield { kind: 'rest', text: text.slice(start) };
      at += 1;
      expectsKey = false;
      yield { kind: 'close', text: character };
    } else if (character === ',') {
      at += 1;
      expectsKey = objects.at(-1) === true;
      yield { kind: 'comma', text: ',' };
    } else if (expectsKey) {
      const key = character === '"' ? read(STRING) : '';
      read(SPACE);
      if (key === '' || text.charAt(at) !== ':') return yield { kind: 'rest', text: text.slice(start) };
      at += 1;
      expectsKey = false;
      isFull = false;
      yield { kind: 'key', text: key };
    } else {
      const value = read(character === '"' ? STRING : SCALAR);
      if (value === '') return yield { kind: 'rest', text: text.slice(start) };
      yield { kind: 'value', text: value };
    }
  }
}

/** The name that a key's text stands for; the text itself where its escapes are broken. */
export function keyName(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replace(/^"|"$/g, '');
  }
}

/** Whether a text looks like a JSON object or array, which is worth laying out. */
export function looksLikeJson(text: string): boolean {
  return /^[\s\uFEFF]*[[{]/.test(text);
}

/** A line of a laid-out JSON text. */
export interface JsonLine {
  /** Levels of indentation. */
  readonly depth: number;
  /** The member's name with its quotes. */
  readonly key?: string;
  /** Value, bracket or comma: what follows the key. */
  readonly text: string;
  /** `value`: the value looked for begins here. `missing`: a line of our own for a property that is not there. */
  readonly mark?: 'value' | 'missing';
}

/** The place in a JSON text to be marked. */
export interface JsonMark {
  /** JSON pointer (RFC 6901) to the value, or to the object that lacks `missing`. */
  readonly pointer: string;
  /** The property that is not there. */
  readonly missing?: string;
}

interface Level {
  readonly isArray: boolean;
  index: number;
  key: string | undefined;
  /** How many tokens of the wanted pointer lead to this container; -1 off the way. */
  readonly matched: number;
}

/**
 * Lays a JSON text out, one member a line, two brackets of an empty container together. Marks the value at a pointer. Cost grows with the text, not with
 * its depth: no pointer is written out.
 */
export function jsonLines(text: string, mark?: JsonMark): JsonLine[] {
  const wanted = mark === undefined ? undefined : pointerTokens(mark.pointer);
  const lines: JsonLine[] = [];
  const levels: Level[] = [];
  let isEmpty = false;

  /** How much of the wanted pointer leads to the value that begins now. */
  const matchedHere = (): number => {
    const level = levels.at(-1);
    if (wanted === undefined) return -1;
    if (level === undefined) return 0;
    if (level.matched < 0 || level.matched >= wanted.length) return -1;
    const name = level.isArray ? String(level.index) : level.key === undefined ? undefined : keyName(level.key);
    return name === wanted[level.matched] ? level.matched + 1 : -1;
  };
  const push = (value: string): number => {
    const level = levels.at(-1);
    const matched = matchedHere();
    const hit = wanted !== undefined && matched === wanted.length && mark?.missing === undefined;
    const key = level?.isArray === false ? level.key : undefined;
    lines.push({ depth: levels.length, ...(key === undefined ? {} : { key }), text: value, ...(hit ? { mark: 'value' } : {}) });
    return matched;
  };
  const append = (more: string): void => {
    const last = lines.findLastIndex((line) => line.mark !== 'missing');
    const line = lines[last];
    if (line !== undefined) lines[last] = { ...line, text: line.text + more };
  };

  for (const token of jsonTokens(text)) {
    const level = levels.at(-1);
    if (token.kind === 'key' && level !== undefined) level.key = token.text;
    else if (token.kind === 'comma') {
      append(',');
      if (level !== undefined) level.index += 1;
    } else if (token.kind === 'open') {
      const matched = push(token.text);
      levels.push({ isArray: token.text === '[', index: 0, key: undefined, matched });
      isEmpty = true;
      if (wanted !== undefined && matched === wanted.length && mark?.missing !== undefined)
        lines.push({ depth: levels.length, key: JSON.stringify(mark.missing), text: '', mark: 'missing' });
      continue;
    } else if (token.kind === 'close') {
      levels.pop();
      if (isEmpty) append(token.text);
      else lines.push({ depth: levels.length, text: token.text });
    } else push(token.text);
    isEmpty = false;
  }
  return lines;
}

/** The mark of a finding: what is missing is shown in the object that lacks it, everything else where it stands. */
export function markOf(finding: { readonly code?: string; readonly pointer?: string; readonly property?: string }): JsonMark | undefined {
  if (finding.pointer === undefined) return undefined;
  const isMissing = finding.code === 'required' || finding.code === 'dependentRequired';
  return { pointer: finding.pointer, ...(isMissing && finding.property !== undefined ? { missing: finding.property } : {}) };
}
