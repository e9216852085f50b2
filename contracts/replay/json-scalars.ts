import { childPointer } from '../../operations/index.ts';

/** A scalar of a JSON text and where it stands, so that it can be replaced without touching another byte. */
export interface JsonScalar {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** The name of the nearest member around it; `''` at the top. */
  readonly name: string;
  /** Of the value with its quotes, as indexes into the text given. */
  readonly start: number;
  readonly end: number;
  /** Decoded; the digits of a number as they are written. */
  readonly text: string;
  readonly kind: 'string' | 'number' | 'literal';
}

const SPACE = /[\s\uFEFF\u00EF\u00BB\u00BF]*/y;
const STRING = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const SCALAR = /[^\s,:[\]{}"]+/y;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_PLAIN = /[\\\x00-\x1f\x7f-\xff]/;
/** Deeper values are left alone: their pointers together would outgrow the text. */
const MAX_DEPTH = 100;

interface Level {
  readonly isArray: boolean;
  readonly pointer: string;
  readonly name: string;
  index: number;
  key: string | undefined;
}

/**
 * The scalars of a JSON text (RFC 8259), in their order. A text that stops being JSON gives those before that place.
 * @param source one character a byte (`latin1`), so that spans are spans of the body; what stands in strings is read as UTF-8.
 * @param limit the most that are given.
 * @param isWanted whether a text is worth giving. Default: all are.
 */
export function jsonScalars(source: string, limit: number, isWanted: (text: string) => boolean = () => true): JsonScalar[] {
  const found: JsonScalar[] = [];
  const levels: Level[] = [];
  let at = 0;
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0] ?? '';
    at += text.length;
    return text;
  };
  for (read(SPACE); at < source.length && found.length < limit; read(SPACE)) {
    const level = levels.at(-1);
    const character = source.charAt(at);
    if (character === '{' || character === '[') {
      if (levels.length >= MAX_DEPTH) return found;
      levels.push({ isArray: character === '[', pointer: pointerHere(level), name: nameHere(level), index: 0, key: undefined });
      at += 1;
    } else if (character === '}' || character === ']') {
      if (levels.pop()?.isArray !== (character === ']')) return found;
      at += 1;
    } else if (character === ',') {
      if (level === undefined) return found;
      level.index += 1;
      level.key = undefined;
      at += 1;
    } else if (level?.isArray === false && level.key === undefined) {
      level.key = textOf(read(STRING));
      read(SPACE);
      if (level.key === undefined || source.charAt(at) !== ':') return found;
      at += 1;
    } else {
      const start = at;
      const raw = read(character === '"' ? STRING : SCALAR);
      const text = character === '"' ? textOf(raw) : raw;
      if (raw === '' || text === undefined) return found;
      if (!isWanted(text)) continue;
      const kind = character === '"' ? 'string' : NUMBER.test(raw) ? 'number' : 'literal';
      found.push({ pointer: pointerHere(level), name: nameHere(level), start, end: at, text, kind });
    }
  }
  return found;
}

function pointerHere(level: Level | undefined): string {
  return level === undefined ? '' : childPointer(level.pointer, level.isArray ? level.index : (level.key ?? ''));
}

function nameHere(level: Level | undefined): string {
  return level === undefined ? '' : level.isArray ? level.name : (level.key ?? '');
}

function textOf(raw: string): string | undefined {
  // Nearly every name and value is plain ASCII.
  if (raw.length >= 2 && !NOT_PLAIN.test(raw)) return raw.slice(1, -1);
  try {
    return String(JSON.parse(Buffer.from(raw, 'latin1').toString('utf8')));
  } catch {
    return undefined;
  }
}
