import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';

declare module 'node:http' {
  interface IncomingMessage {
    /** Node's own, behind its option `optimizeEmptyRequests`: it may go as it came. */
    _dumpAndCloseReadable?(): void;
  }
}

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

const NO_BYTES = Buffer.alloc(0);

/**
 * Collects the bytes; tells exactly once. Where none has come yet they are taken as the parser of node:http hands them to the request's stream, and the stream is closed as
 * node:http closes that of a request without a body: what a stream does for its readers costs as much as validating what comes (3 µs of 22).
 */
function collect(request: IncomingMessage, limit: number, tell: (bytes: Buffer | 'too large' | 'aborted') => void): void {
  if (announcesTooMuch(request, limit)) {
    tell('too large');
    return;
  }
  if (request.destroyed) {
    tell('aborted');
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
  const take = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= limit) {
      chunks.push(chunk);
      return;
    }
    chunks.length = 0;
    done('too large');
  };
  const end = (): void => {
    const bytes = chunks.length === 1 ? (chunks[0] ?? NO_BYTES) : Buffer.concat(chunks);
    // The request may be kept for a while; its body is not kept with it.
    chunks.length = 0;
    done(bytes);
  };
  // A request that is broken off is closed; it tells an error only where somebody listens for one.
  request.on('close', () => done('aborted'));

  if (request._dumpAndCloseReadable === undefined || request.complete || request.readableLength > 0) {
    request.on('data', take);
    request.on('end', end);
    return;
  }
  request.push = (chunk: Buffer | null): boolean => {
    if (chunk === null) {
      request._dumpAndCloseReadable?.();
      end();
      return true;
    }
    // What is more than the limit belongs to the stream, for whoever takes it.
    if (size + chunk.length > limit) Reflect.deleteProperty(request, 'push');
    take(chunk);
    return true;
  };
}
