import type { Readable } from 'node:stream';

/** A body on its way through, of which no more than a limit is kept. */
export interface KeptBody {
  /** What was seen so far; `undefined` when it is larger than the limit. */
  readonly bytes: () => Buffer | undefined;
  /** Bytes seen. */
  readonly size: () => number;
}

/** Listens along; the stream flows as fast as the one who reads it lets it. */
export function keepBody(stream: Readable, limit: number): KeptBody {
  let chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) chunks = [];
    else chunks.push(chunk);
  });
  return { bytes: () => (size > limit ? undefined : Buffer.concat(chunks)), size: () => size };
}
