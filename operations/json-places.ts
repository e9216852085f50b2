/**
 * Where the values of a JSON text stand, found without parsing it again: each object that a pointer passes is read over once, and what was
 * found of it is kept.
 */
export interface JsonPlaces {
  /** The offset of the key (in an object) or the value (in an array) that the tokens lead to; of the nearest one above where they lead nowhere. */
  readonly offsetOf: (tokens: readonly string[]) => number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = ['"', '\\', ',', ':'].map((one) => one.charCodeAt(0)) as [number, number, number, number];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = ['{', '}', '[', ']'].map((one) => one.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];

interface Member {
  /** What is pointed at: the key of a member, the value of an item. */
  readonly at: number;
  readonly value: number;
}

/** @param text valid JSON (RFC 8259). */
export function createJsonPlaces(text: string): JsonPlaces {
  const known = new Map<number, ReadonlyMap<string, Member>>();

  function membersAt(start: number): ReadonlyMap<string, Member> {
    const found = known.get(start);
    if (found !== undefined) return found;
    const members = new Map<string, Member>();
    known.set(start, members);
    const isObject = text.charCodeAt(start) === OPEN_OBJECT;
    if (!isObject && text.charCodeAt(start) !== OPEN_ARRAY) return members;
    let at = skipSpace(text, start + 1);
    for (let index = 0; at < text.length && !isClosing(text.charCodeAt(at)); index += 1) {
      let value = at;
      let name = String(index);
      if (isObject) {
        const end = stringEnd(text, at);
        name = JSON.parse(text.slice(at, end)) as string;
        value = skipSpace(text, end);
        if (text.charCodeAt(value) === COLON) value = skipSpace(text, value + 1);
      }
      // Of two members with one name the last one counts, as in every parser.
      members.set(name, { at, value });
      at = skipSpace(text, valueEnd(text, value));
      if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
    }
    return members;
  }

  return {
    offsetOf(tokens) {
      let value = skipSpace(text, 0);
      let at = value;
      for (const token of tokens) {
        const member = membersAt(value).get(token);
        if (member === undefined) break;
        ({ at, value } = member);
      }
      return at;
    },
  };
}

function isClosing(code: number): boolean {
  return code === CLOSE_OBJECT || code === CLOSE_ARRAY;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** The offset behind a string's closing quote. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** The offset behind a value. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return stringEnd(text, start);
  let at = start;
  let depth = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at);
      continue;
    }
    if (depth === 0 && at > start && (code === COMMA || isClosing(code) || code <= 0x20)) return at;
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
    else if (isClosing(code)) {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
    at += 1;
  }
  return at;
}
