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
 * Reads a request's body whole, decompressed as `Content-Encoding` says (RFC 9110 section 8.4).
 * @param limit the largest body in bytes, before and after decompression.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<ReadBody> {
  const bytes = await collect(request, limit);
  if (bytes === 'too large') return { ok: false, reply: tooLarge(limit) };
  if (bytes === 'aborted') return { ok: false, reply: problem('MALFORMED_REQUEST', 'The request ended before its body did.') };
  const encodings = (request.headers['content-encoding'] ?? '')
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

function collect(request: IncomingMessage, limit: number): Promise<Buffer | 'too large' | 'aborted'> {
  return new Promise((resolve) => {
    if (announcesTooMuch(request, limit)) {
      resolve('too large');
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        chunks.length = 0;
        resolve('too large');
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)));
    request.on('error', () => resolve('aborted'));
    request.on('close', () => resolve('aborted'));
  });
}
