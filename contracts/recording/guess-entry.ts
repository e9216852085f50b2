import { MAX_DEPTH } from './piece.ts';
import type { ParsedEntry } from './piece.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** So few bytes hold fewer values than an entry may have; longer entries are scanned. */
const MAX_GUESSED = 64 * 1024;
/** Between two entries, to the end of the second one's first key. */
const MAX_SEAM = 100;
/** After so many wrong guesses a file is no longer worth one. */
const MAX_WRONG = 20;

/** An entry whose end was guessed, and its text parsed: the parser's consent is the proof. */
export interface GuessedEntry extends ParsedEntry {
  /** The place after its last byte. */
  readonly end: number;
  /** Lines that end within it. */
  readonly lines: number;
}

/**
 * Guesses where an entry ends. Recorders write all entries alike: the bytes from the last bracket of one to the first key of the next are the same each time (`},\n{"startedDateTime"`),
 * and the engine finds them ten times as fast as a loop over all bytes. Text that begins where an entry does and is one JSON value as a whole is that entry, whatever it was found by; where it
 * is none, the entry is scanned as ever.
 */
export interface EntryGuesser {
  /** @param at where the entry begins. `undefined`: scan it. */
  readonly guess: (chunk: Buffer, at: number) => GuessedEntry | undefined;
  /** Takes notice of an entry that was scanned, within one chunk. */
  readonly learn: (chunk: Buffer, end: number) => void;
}

/** @param limit the largest entry in bytes. */
export function createEntryGuesser(limit: number): EntryGuesser {
  const most = Math.min(limit, MAX_GUESSED);
  let seam: Buffer | undefined;
  let wrong = 0;
  let isOpen = false;

  function guess(chunk: Buffer, at: number): GuessedEntry | undefined {
    isOpen = false;
    if (seam === undefined || chunk[at] !== OPEN_OBJECT) return undefined;
    // Of a guess that fails nothing is known before the entry is scanned: it may go on in the next chunk.
    isOpen = true;
    const found = chunk.indexOf(seam, at);
    if (found < 0 || found - at >= most) return undefined;
    const end = found + 1;
    const text = chunk.toString('utf8', at, end);
    const value = parse(text);
    if (value === undefined || (end - at > 2 * MAX_DEPTH && isDeeper(value, MAX_DEPTH))) return undefined;
    return { text, value, end, lines: linesIn(chunk, at, end) };
  }

  function learn(chunk: Buffer, end: number): void {
    if (isOpen) wrong += 1;
    isOpen = false;
    seam = wrong > MAX_WRONG ? undefined : (seamAt(chunk, end) ?? seam);
  }

  return { guess, learn };
}

/** What lies between the entry that ends here and the next one's first value; `undefined` where it is not wholly in the chunk, or no object follows an object. */
function seamAt(chunk: Buffer, end: number): Buffer | undefined {
  if (chunk[end - 1] !== CLOSE_OBJECT) return undefined;
  const rest = chunk.subarray(end, end + MAX_SEAM);
  const open = rest.indexOf(OPEN_OBJECT);
  const quote = open < 0 ? -1 : rest.indexOf(QUOTE, open);
  const close = quote < 0 ? -1 : rest.indexOf(QUOTE, quote + 1);
  return close < 0 ? undefined : Buffer.from(chunk.subarray(end - 1, end + close + 1));
}

/** `undefined`: it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function linesIn(chunk: Buffer, from: number, to: number): number {
  const first = chunk.indexOf(LINE_FEED, from);
  if (first < 0 || first >= to) return 0;
  // Where there is one there are many: a loop counts them faster than a search for each.
  let lines = 1;
  for (let at = first + 1; at < to; at += 1) if (chunk[at] === LINE_FEED) lines += 1;
  return lines;
}

/** Whether a value is nested deeper than so many levels. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (isDeeper(value[index], levels - 1)) return true;
    return false;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) if (isDeeper(members[name], levels - 1)) return true;
  return false;
}
