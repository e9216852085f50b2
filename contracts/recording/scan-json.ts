const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** A string without quote or backslash for so long is likely base64. */
const LONG_RUN = 96;

/** How far the scan of one JSON value came; it goes on with the next chunk. */
export interface Scan {
  /** No byte of the value was seen yet. */
  fresh: boolean;
  /** The value is a number or a word. */
  plain: boolean;
  depth: number;
  deepest: number;
  /** Objects, arrays and commas: the number of values, nearly. */
  values: number;
  inString: boolean;
  /** The chunk before ended with a backslash that begins an escape. */
  escaped: boolean;
  /** Lines ended within the value. */
  lines: number;
  /** Places in the chunk that a search found. */
  nextQuote: number;
  nextBackslash: number;
}

export function startScan(): Scan {
  return {
    fresh: true,
    plain: false,
    depth: 0,
    deepest: 0,
    values: 0,
    inString: false,
    escaped: false,
    lines: 0,
    nextQuote: -1,
    nextBackslash: -1,
  };
}

/**
 * Scans a JSON value without parsing it: it knows strings and brackets only. Its loop sees every byte of a recording, so it works on local variables.
 * It stands outside of the cutter's closure, where the engine would make it anew, and half as fast, for each recording.
 * @param from where the value begins, or goes on.
 * @returns the place after its last byte, or -1 when the chunk ends first.
 */
export function scanValue(scan: Scan, chunk: Buffer, from: number): number {
  if (scan.fresh) {
    const first = chunk[from];
    scan.fresh = false;
    scan.plain = first !== QUOTE && first !== OPEN_OBJECT && first !== OPEN_ARRAY;
  }
  if (scan.plain) return scanPlain(chunk, from);
  scan.nextQuote = -1;
  scan.nextBackslash = -1;
  const length = chunk.length;
  let at = scan.escaped ? from + 1 : from;
  let { inString, depth, deepest, values, lines } = scan;
  let ended = false;
  while (at < length) {
    if (inString) {
      let run = at + LONG_RUN;
      while (at < length) {
        const byte = chunk[at++];
        if (byte === QUOTE) {
          inString = false;
          break;
        }
        if (byte === BACKSLASH) {
          at += 1;
          run = at + LONG_RUN;
        } else if (at > run) {
          at = skipRun(scan, chunk, at);
          run = at + LONG_RUN;
        }
      }
      ended = depth === 0 && !inString;
      if (ended || at >= length) break;
    }
    const byte = chunk[at++] ?? 0;
    if (byte <= 0x20) {
      if (byte === LINE_FEED) lines += 1;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === COMMA) {
      values += 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      values += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      ended = depth === 0;
      if (ended) break;
    }
  }
  scan.inString = inString;
  scan.escaped = at > length;
  scan.depth = depth;
  scan.deepest = deepest;
  scan.values = values;
  scan.lines = lines;
  return ended ? at : -1;
}

/** A number or a word: everything up to what can't be part of one. */
function scanPlain(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at += 1) {
    const byte = chunk[at] ?? 0;
    if (byte <= 0x20 || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) return at;
  }
  return -1;
}

/**
 * Where the next quote or backslash stands in a string that had none for long: the engine's own search is faster than a loop. What it found
 * is remembered until it is reached, so that no byte is searched twice.
 */
function skipRun(scan: Scan, chunk: Buffer, from: number): number {
  if (scan.nextQuote < from) scan.nextQuote = placeOf(chunk, QUOTE, from);
  if (scan.nextBackslash < from) scan.nextBackslash = placeOf(chunk, BACKSLASH, from);
  return Math.min(scan.nextQuote, scan.nextBackslash);
}

function placeOf(chunk: Buffer, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from);
  return at < 0 ? chunk.length : at;
}
