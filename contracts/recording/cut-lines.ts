import { sizeText } from './piece.ts';
import type { Cutter, Piece } from './piece.ts';

const LINE_FEED = 0x0a;
const DATA = Buffer.from('data:');

/**
 * Cuts text into one entry a line: NDJSON, where blank lines mean nothing, or server-sent events (HTML standard, section 9.2), where only
 * `data:` lines hold entries. A broken line costs that line only.
 * @param limit the longest line in bytes; longer ones are not held.
 */
export function createLineCutter(form: 'lines' | 'events', limit: number): Cutter {
  let parts: Buffer[] = [];
  let size = 0;
  let offset = 0;
  let line = 1;
  let index = 0;

  function finish(pieces: Piece[]): void {
    const [only] = parts;
    const bytes = size > limit ? undefined : parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    const text = bytes === undefined || form === 'lines' ? bytes : dataOf(bytes);
    if (bytes === undefined)
      pieces.push({ kind: 'lost', index: index++, offset, line, whole: false, reason: `is larger than ${sizeText(limit)}` });
    else if (text !== undefined && !isBlank(text)) pieces.push({ kind: 'entry', index: index++, offset, line, content: text });
    offset += size + 1;
    line += 1;
    parts = [];
    size = 0;
  }

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      for (let start = 0; ;) {
        const end = chunk.indexOf(LINE_FEED, start);
        const part = chunk.subarray(start, end < 0 ? chunk.length : end);
        size += part.length;
        // What goes on in the next chunk is kept: the chunk itself is gone by then.
        if (size <= limit) parts.push(end < 0 ? Buffer.from(part) : part);
        else parts = [];
        if (end < 0) return pieces;
        finish(pieces);
        start = end + 1;
      }
    },
    end() {
      const pieces: Piece[] = [];
      if (size > 0) finish(pieces);
      return pieces;
    },
  };
}

/** The value of a `data:` line; `undefined` for any other line. */
function dataOf(line: Buffer): Buffer | undefined {
  return line.subarray(0, DATA.length).equals(DATA) ? line.subarray(DATA.length) : undefined;
}

/** White space only, or the record separator of JSON text sequences (RFC 7464). */
function isBlank(text: Buffer): boolean {
  return text.every((byte) => byte <= 0x20);
}
