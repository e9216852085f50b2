import { isUtf8 } from 'node:buffer';

/** A body as JSON can carry it: text where the bytes are UTF-8, base64 for everything else; both give the very bytes back. */
export interface JournalBody {
  /** Of the whole body, in bytes. */
  readonly size: number;
  readonly encoding: 'utf-8' | 'base64';
  readonly text: string;
  /** Only the beginning is given. */
  readonly truncated?: true;
}

/** @param limit bytes to give; a character is not cut in two. Default: all. */
export function journalBody(bytes: Buffer, limit = Number.POSITIVE_INFINITY): JournalBody {
  const size = bytes.length;
  const encoding = isUtf8(bytes) ? 'utf-8' : 'base64';
  if (size <= limit) return { size, encoding, text: bytes.toString(encoding) };
  const end = encoding === 'utf-8' ? characterStart(bytes, limit) : limit;
  return { size, encoding, text: bytes.subarray(0, end).toString(encoding), truncated: true };
}

/** Where the character that a byte belongs to begins (RFC 3629 section 3). */
function characterStart(bytes: Buffer, index: number): number {
  let start = index;
  while (start > 0 && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start -= 1;
  return start;
}
