import { createEntryGuesser } from './guess-entry.ts';
import { MAX_DEPTH, MAX_VALUES, sizeText } from './piece.ts';
import type { Cutter, Piece } from './piece.ts';
import { scanValue, startScan } from './scan-json.ts';
import type { Scan } from './scan-json.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Members beside the entries that are kept: `creator`, `version`. Pages of a long recording are not. */
const MAX_MEMBER = 64 * 1024;
const KEPT = new Set(['creator', 'version', 'browser']);

/**
 * Where the cutter stands. `sequence`: JSON values one after another without a frame. `file`: in the outermost object of a HAR. `log`: in
 * its `log`. `entries`: in the array of entries. `done`: after the last bracket. `stopped`: the text is broken, the rest is not read.
 */
type Where = 'start' | 'sequence' | 'file' | 'log' | 'entries' | 'done' | 'stopped';

export interface JsonCutter extends Cutter {
  /** Members of `log` beside its entries, as far as they were met: `creator`, `version`, `browser`. */
  readonly members: () => Readonly<Record<string, unknown>>;
  /** Whether an array of entries was met. */
  readonly found: () => boolean;
  /** Where the cutter stands in the text. */
  readonly position: () => { readonly offset: number; readonly line: number };
}

/**
 * Cuts JSON text into its entries without parsing it: `log.entries` of a HAR (1.2, section "log"), with its frame or without, the elements of an array, or values that
 * follow one another. It knows strings and brackets only; whether an entry is JSON is found out by who parses it, so one that is not costs itself only.
 * @param shape `frame`: an object with `log`, or an array. `log`: what stands in `log` by itself. `sequence`: values one after another.
 * @param limit the largest entry in bytes; larger ones are not held.
 * @param guesses whether entries may be guessed and parsed at once, which costs more than cutting them where not all are wanted.
 */
export function createJsonCutter(shape: 'frame' | 'log' | 'sequence', limit: number, guesses = true): JsonCutter {
  const guesser = guesses ? createEntryGuesser(limit) : undefined;
  const kept: Record<string, unknown> = {};
  let where: Where = shape === 'sequence' ? 'sequence' : 'start';
  /** The frame is an array: it is closed by one bracket. */
  let bare = false;
  let found = shape === 'sequence';
  let index = 0;
  /** Of the chunk's first byte. */
  let base = 0;
  let line = 1;
  /** The key whose value comes next; `undefined` where a key is wanted. */
  let key: string | undefined;

  /** Of the value that is being scanned; absent between values. */
  let scan: Scan | undefined;
  let purpose: 'entry' | 'key' | 'kept' | 'other' = 'other';
  let parts: Buffer[] = [];
  let size = 0;
  let offset = 0;
  let firstLine = 1;
  function begin(at: number, as: typeof purpose): void {
    scan = startScan();
    purpose = as;
    parts = [];
    size = 0;
    offset = base + at;
    firstLine = line;
  }

  /** Why the scanned value can't be an entry. */
  function refusal({ deepest, values }: Scan): string | undefined {
    if (size > limit) return `is larger than ${sizeText(limit)}`;
    if (deepest > MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels`;
    return values > MAX_VALUES ? `is made of more than ${MAX_VALUES} values` : undefined;
  }

  /** @param goesOn in the next chunk: the chunk itself is gone by then. */
  function take(chunk: Buffer, from: number, to: number, goesOn: boolean): void {
    size += to - from;
    const most = purpose === 'entry' ? limit : MAX_MEMBER;
    if (purpose === 'other' || size > most) parts = [];
    else parts.push(goesOn ? Buffer.from(chunk.subarray(from, to)) : chunk.subarray(from, to));
  }

  /** What is done with a value that has ended. */
  function finish(scanned: Scan, pieces: Piece[]): void {
    scan = undefined;
    line += scanned.lines;
    const [only] = parts;
    const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    parts = [];
    if (purpose === 'key') {
      const name = size > MAX_MEMBER ? undefined : parsed(bytes);
      key = typeof name === 'string' ? name : '';
      return;
    }
    if (purpose === 'entry') {
      const reason = refusal(scanned);
      if (reason === undefined) pieces.push({ kind: 'entry', index, offset, line: firstLine, content: bytes });
      else pieces.push({ kind: 'lost', index, offset, line: firstLine, reason, whole: false });
      index += 1;
      return;
    }
    if (purpose === 'kept' && key !== undefined && size <= MAX_MEMBER && scanned.deepest <= MAX_DEPTH) kept[key] = parsed(bytes);
    key = undefined;
  }

  function stop(at: number, reason: string, pieces: Piece[]): void {
    pieces.push({ kind: 'lost', index, offset: base + at, line, reason, whole: true });
    where = 'stopped';
  }

  /** Handles one byte between values. @returns the place to go on from. */
  function step(chunk: Buffer, at: number, byte: number, pieces: Piece[]): number {
    if (byte === LINE_FEED) line += 1;
    if (byte <= 0x20) return at + 1;
    switch (where) {
      case 'start':
        where = byte === OPEN_ARRAY ? 'entries' : shape === 'log' ? 'log' : 'file';
        bare = byte === OPEN_ARRAY;
        found ||= bare;
        return at + 1;
      case 'entries':
      case 'sequence':
        if (byte === COMMA) return at + 1;
        if (byte === CLOSE_ARRAY && where === 'entries') {
          where = bare ? 'done' : 'log';
          key = undefined;
          return at + 1;
        }
        if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
          stop(at, `has a "${String.fromCharCode(byte)}" where an entry should begin: what follows was not read`, pieces);
          return chunk.length;
        }
        return stepEntry(chunk, at, pieces);
      case 'file':
      case 'log':
        return stepMember(chunk, at, byte, pieces);
      case 'done':
        stop(at, 'goes on after the end of the recording: what follows was not read', pieces);
        return chunk.length;
      case 'stopped':
        return chunk.length;
    }
  }

  /** An entry begins: it is there as a whole, or its scan begins. */
  function stepEntry(chunk: Buffer, at: number, pieces: Piece[]): number {
    const guessed = guesser?.guess(chunk, at);
    if (guessed === undefined) {
      begin(at, 'entry');
      return at;
    }
    pieces.push({ kind: 'entry', index, offset: base + at, line, content: guessed });
    index += 1;
    line += guessed.lines;
    return guessed.end;
  }

  /** The same within the frame's objects. */
  function stepMember(chunk: Buffer, at: number, byte: number, pieces: Piece[]): number {
    if (byte === COMMA || byte === COLON) return at + 1;
    if (byte === CLOSE_OBJECT) {
      where = where === 'log' && shape !== 'log' ? 'file' : 'done';
      key = undefined;
      return at + 1;
    }
    if (byte === CLOSE_ARRAY) {
      stop(at, 'has a "]" where a member should begin: what follows was not read', pieces);
      return chunk.length;
    }
    if (key === undefined) {
      begin(at, byte === QUOTE ? 'key' : 'other');
      return at;
    }
    const isLog = where === 'file' && key === 'log' && byte === OPEN_OBJECT;
    const isEntries = where === 'log' && key === 'entries' && byte === OPEN_ARRAY;
    if (isLog || isEntries) {
      where = isLog ? 'log' : 'entries';
      found ||= isEntries;
      key = undefined;
      return at + 1;
    }
    begin(at, where === 'log' && KEPT.has(key) ? 'kept' : 'other');
    return at;
  }

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (scan === undefined) at = step(chunk, at, chunk[at] ?? 0, pieces);
        // A step either goes on by a byte or begins a value.
        if (scan === undefined) continue;
        const end = scanValue(scan, chunk, at);
        take(chunk, at, end < 0 ? chunk.length : end, end < 0);
        if (end >= 0) {
          if (purpose === 'entry' && offset >= base) guesser?.learn(chunk, end);
          finish(scan, pieces);
        }
        at = end < 0 ? chunk.length : end;
      }
      base += chunk.length;
      return pieces;
    },
    end() {
      const pieces: Piece[] = [];
      // A number or a word ends with the text.
      if (scan?.plain === true) finish(scan, pieces);
      const at = { index, offset: scan === undefined ? base : offset, line: scan === undefined ? line : firstLine };
      const within = where === 'entries' || where === 'sequence';
      if (scan !== undefined && within)
        pieces.push({ kind: 'lost', ...at, reason: 'is cut: the file ends in the middle of it', whole: false });
      else if (where !== 'sequence' && where !== 'done' && where !== 'stopped') {
        const last = index === 0 ? 'before its first entry' : `after entry ${index - 1}`;
        pieces.push({ kind: 'lost', ...at, reason: `ends ${last}, without its closing brackets: the rest was not written`, whole: true });
      }
      return pieces;
    },
    members: () => kept,
    found: () => found,
    position: () => ({ offset: base, line }),
  };
}

/** A member's value; `undefined` when it is no JSON. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
