/** Ways to spell a character that JSON, JavaScript, URLs, forms, HTML and XML know. */
export const PERCENT = 1;
export const BACKSLASH = 2;
export const ENTITY = 4;
export const ALL = PERCENT | BACKSLASH | ENTITY;

/** Bytes with their escapes undone, and where each of them came from. */
export interface View {
  readonly bytes: Buffer;
  /** Where in the original the byte at an offset of the view begins. */
  readonly start: (offset: number) => number;
  /** Where in the original the byte before an offset of the view ends. */
  readonly end: (offset: number) => number;
}

/** Escapes inside escapes: JSON in a JSON string in a query is three. */
const MAX_ROUNDS = 5;

/**
 * Every reading of a text that a secret may be found in: as it is, with one kind of escape undone, with all undone, again and again until nothing
 * changes. The same bytes may mean different things (`\n` in JSON, in a Windows path), so each reading counts.
 */
export function* readings(bytes: Buffer): Generator<View> {
  const raw: View = { bytes, start: (offset) => offset, end: (offset) => offset };
  yield raw;
  const kinds = kindsIn(bytes);
  if (kinds === 0) return;
  for (const kind of [PERCENT, BACKSLASH, ENTITY]) {
    if ((kinds & kind) === 0 || kinds === kind) continue;
    const view = unescaped(raw, kind);
    if (view !== undefined) yield view;
  }
  let view: View | undefined = raw;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    view = unescaped(view, ALL);
    if (view === undefined) return;
    yield view;
  }
}

function kindsIn(bytes: Buffer): number {
  return (
    (bytes.includes(0x25) || bytes.includes(0x2b) ? PERCENT : 0) |
    (bytes.includes(0x5c) ? BACKSLASH : 0) |
    (bytes.includes(0x26) ? ENTITY : 0)
  );
}

/** @returns `undefined` when there is nothing to undo. */
export function unescaped(view: View, kinds: number): View | undefined {
  const from = view.bytes;
  const bytes = Buffer.allocUnsafe(from.length);
  /** For each escape: where its first byte stands in the result, where its last one ends, where it ends in the source. */
  const at: number[] = [];
  const until: number[] = [];
  const sourceStart: number[] = [];
  const sourceEnd: number[] = [];
  let length = 0;
  for (let index = 0; index < from.length;) {
    const byte = from[index] ?? 0;
    const found = ESCAPES[byte] === 1 ? escapeAt(from, index, byte, kinds) : undefined;
    if (found === undefined) {
      bytes[length++] = byte;
      index += 1;
      continue;
    }
    at.push(length);
    sourceStart.push(index);
    if (found.isByte) bytes[length++] = found.value;
    else length += writeCodePoint(bytes, length, found.value);
    index += found.length;
    until.push(length);
    sourceEnd.push(index);
  }
  if (at.length === 0) return undefined;

  /** The last escape that begins at or before an offset; -1 where none does. */
  const escapeBefore = (offset: number): number => {
    let low = 0;
    let high = at.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((at[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const sourceOf = (offset: number, side: 'start' | 'end'): number => {
    const probe = side === 'start' ? offset : offset - 1;
    const escape = escapeBefore(probe);
    if (escape < 0) return offset;
    if (probe < (until[escape] ?? 0)) return (side === 'start' ? sourceStart[escape] : sourceEnd[escape]) ?? 0;
    return offset - (until[escape] ?? 0) + (sourceEnd[escape] ?? 0);
  };
  return {
    bytes: bytes.subarray(0, length),
    start: (offset) => view.start(sourceOf(offset, 'start')),
    end: (offset) => view.end(sourceOf(offset, 'end')),
  };
}

/** 1 for the bytes that escapes begin with: `%`, `+`, `\\`, `&`. */
const ESCAPES = new Uint8Array(256);
for (const byte of [0x25, 0x2b, 0x5c, 0x26]) ESCAPES[byte] = 1;

interface Escape {
  /** Bytes that the escape takes. */
  readonly length: number;
  readonly value: number;
  /** `value` is one byte (percent-encoding), not a code point. */
  readonly isByte: boolean;
}

function escapeAt(bytes: Buffer, index: number, byte: number, kinds: number): Escape | undefined {
  if (byte === 0x25) return kinds & PERCENT ? hex(bytes, index + 1, 2, 3, true) : undefined;
  if (byte === 0x2b) return kinds & PERCENT ? { length: 1, value: 0x20, isByte: true } : undefined;
  if (byte === 0x5c) return kinds & BACKSLASH ? backslash(bytes, index) : undefined;
  if (byte === 0x26) return kinds & ENTITY ? entity(bytes, index) : undefined;
  return undefined;
}

function hex(bytes: Buffer, from: number, digits: number, length: number, isByte: boolean): Escape | undefined {
  let value = 0;
  for (let index = from; index < from + digits; index += 1) {
    const digit = hexDigit(bytes[index] ?? 0);
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return { length, value, isByte };
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const SIMPLE: ReadonlyMap<number, number> = new Map(
  [
    ['"', '"'],
    ["'", "'"],
    ['\\', '\\'],
    ['/', '/'],
    ['b', '\b'],
    ['f', '\f'],
    ['n', '\n'],
    ['r', '\r'],
    ['t', '\t'],
  ].map(([written = '', meant = '']) => [written.charCodeAt(0), meant.charCodeAt(0)]),
);

/** RFC 8259 section 7, and what JavaScript adds. */
function backslash(bytes: Buffer, index: number): Escape | undefined {
  const next = bytes[index + 1] ?? 0;
  const simple = SIMPLE.get(next);
  if (simple !== undefined) return { length: 2, value: simple, isByte: false };
  if (next === 0x78) return hex(bytes, index + 2, 2, 4, false);
  if (next !== 0x75) return undefined;
  const first = hex(bytes, index + 2, 4, 6, false);
  if (first === undefined || first.value < 0xd800 || first.value > 0xdbff) return first;
  if (bytes[index + 6] !== 0x5c || bytes[index + 7] !== 0x75) return first;
  const second = hex(bytes, index + 8, 4, 6, false);
  if (second === undefined || second.value < 0xdc00 || second.value > 0xdfff) return first;
  return { length: 12, value: 0x10000 + (first.value - 0xd800) * 0x400 + (second.value - 0xdc00), isByte: false };
}

const NAMED: ReadonlyMap<string, number> = new Map([
  ['amp', 0x26],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['quot', 0x22],
  ['apos', 0x27],
  ['nbsp', 0xa0],
  ['sol', 0x2f],
  ['plus', 0x2b],
  ['equals', 0x3d],
  ['percnt', 0x25],
]);
const REFERENCE = /^&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,7})|(\w{2,6}));/;

/** Character references of HTML and XML. */
function entity(bytes: Buffer, index: number): Escape | undefined {
  const match = REFERENCE.exec(bytes.toString('latin1', index, index + 12));
  if (match === null) return undefined;
  const [all, decimal, hexadecimal, name] = match;
  const value = decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? parseInt(hexadecimal, 16) : NAMED.get(name ?? '');
  return value === undefined || value > 0x10_ffff ? undefined : { length: all.length, value, isByte: false };
}

/** Never longer than the shortest escape of the code point. A lone surrogate becomes U+FFFD, as it does wherever text is written as UTF-8. */
function writeCodePoint(bytes: Buffer, at: number, codePoint: number): number {
  if (codePoint < 0x80) {
    bytes[at] = codePoint;
    return 1;
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return bytes.write(isSurrogate ? '\ufffd' : String.fromCodePoint(codePoint), at, 'utf8');
}
