import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';

export type ReadBody = { readonly ok: true; readonly body: Buffer | undefined } | { readonly ok: false; readonly reply: Reply };

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

/** True when the request announces a body (RFC 9112 section 6). */
export function announcesBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return (length !== undefined && length !== '0') || request.headers['transfer-encoding'] !== undefined;
}

/** True when a request says itself that its body is larger than the limit. */
export function announcesTooMuch(request: IncomingMessage, limit: number): boolean {
  return Number(request.headers['content-length'] ?? 0) > limit;
}

/** Nobody compresses more often than this; each round costs as much as the limit allows. */
const MAX_ENCODINGS = 4;

/**
 * Reads a request's body whole, decompressed as `Content-Encoding` says (RFC 9110 section 8.4). Tells the result by a call, at once when the last byte
 * is there: a promise would cost every request with a body its turn.
 * @param limit the largest body in bytes, before and after decompression.
 */
export function readBody(request: IncomingMessage, limit: number, done: (read: ReadBody) => void): void {
  collect(request, limit, (bytes) => {
    if (bytes === 'too large') done({ ok: false, reply: tooLarge(limit) });
    else if (bytes === 'aborted') done({ ok: false, reply: problem('MALFORMED_REQUEST', 'The request ended before its body did.') });
    else if (request.headers['content-encoding'] === undefined) done({ ok: true, body: bytes.length === 0 ? undefined : bytes });
    else void decompress(bytes, request.headers['content-encoding'], limit).then(done);
  });
}

async function decompress(bytes: Buffer, header: string, limit: number): Promise<ReadBody> {
  const encodings = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const unknown = encodings.find((name) => !Object.hasOwn(DECODERS, name));
  if (unknown !== undefined) return { ok: false, reply: unknownEncoding(`Content-Encoding "${unknown}" is not known.`) };
  if (encodings.length > MAX_ENCODINGS)
    return { ok: false, reply: unknownEncoding(`More than ${MAX_ENCODINGS} content codings are not taken off.`) };
  let body = bytes;
  for (const encoding of encodings.toReversed()) {
    try {
      body = await DECODERS[encoding as keyof typeof DECODERS](body, { maxOutputLength: limit });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'ERR_BUFFER_TOO_LARGE') return { ok: false, reply: tooLarge(limit) };
      return { ok: false, reply: problem('MALFORMED_REQUEST', `The body is not valid ${encoding} data.`) };
    }
  }
  return { ok: true, body: body.length === 0 ? undefined : body };
}

function unknownEncoding(reason: string): Reply {
  const known = Object.keys(DECODERS).join(', ');
  return problem('INVALID_CONTENT_TYPE', `${reason} Known: ${known}.`, {}, { 'accept-encoding': known });
}

function tooLarge(limit: number): Reply {
  return problem('REQUEST_TOO_LARGE', `The body is larger than ${limit} bytes. Raise the limit with --body-limit.`);
}

/** Collects the bytes; tells exactly once. */
function collect(request: IncomingMessage, limit: number, tell: (bytes: Buffer | 'too large' | 'aborted') => void): void {
  if (announcesTooMuch(request, limit)) {
    tell('too large');
    return;
  }
  let told = false;
  const done = (bytes: Buffer | 'too large' | 'aborted'): void => {
    if (told) return;
    told = true;
    tell(bytes);
  };
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) {
      chunks.length = 0;
      done('too large');
      return;
    }
    chunks.push(chunk);
  });
  request.on('end', () => done(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)));
  // A request that is broken off is closed; it tells an error only where somebody listens for one.
  request.on('close', () => done('aborted'));
}
