/** A body as it passes by, of which no more than a limit is kept. */
export interface Capture {
  /** What `write` and `data` events take: bytes, or text with its encoding. Anything else is passed over. */
  readonly add: (chunk: unknown, encoding: unknown) => void;
  /** All of it; `undefined` where it was larger than the limit. */
  readonly bytes: () => Buffer | undefined;
}

export function createCapture(limit: number): Capture {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk, encoding) {
      const bytes = bytesOf(chunk, encoding);
      size += bytes?.length ?? 0;
      if (size > limit) chunks = [];
      else if (bytes !== undefined) chunks.push(bytes);
    },
    bytes: () => (size > limit ? undefined : Buffer.concat(chunks)),
  };
}

/** A copy: the one who wrote it may use its buffer again. */
function bytesOf(chunk: unknown, encoding: unknown): Buffer | undefined {
  if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined;
}
