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

/**
 * Reads a request's body whole, decompressed as `Content-Encoding` says.
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
  let body = bytes;
  for (const encoding of encodings.toReversed()) {
    const decode = DECODERS[encoding as keyof typeof DECODERS];
    if (!Object.hasOwn(DECODERS, encoding))
      return {
        ok: false,
        reply: problem('INVALID_CONTENT_TYPE', `Content-Encoding "${encoding}" is not known. Known: ${Object.keys(DECODERS).join(', ')}.`),
      };
    try {
      body = await decode(body, { maxOutputLength: limit });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'ERR_BUFFER_TOO_LARGE') return { ok: false, reply: tooLarge(limit) };
      return { ok: false, reply: problem('MALFORMED_REQUEST', `The body is not valid ${encoding} data.`) };
    }
  }
  return { ok: true, body: body.length === 0 ? undefined : body };
}

function tooLarge(limit: number): Reply {
  return problem(
    'REQUEST_TOO_LARGE',
    `The body is larger than ${limit} bytes. Raise the limit with --body-limit.`,
    {},
    { connection: 'close' },
  );
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer | 'too large' | 'aborted'> {
  return new Promise((resolve) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > limit) {
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
