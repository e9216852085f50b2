import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

export type Uncoded =
  | { readonly ok: true; readonly body: Buffer }
  /** `too-large`: longer than the limit when unpacked. `broken`: not what the header says. `unknown`: nobody knows the coding. */
  | { readonly ok: false; readonly reason: 'too-large' | 'broken' | 'unknown' };

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  // "deflate" means zlib (RFC 9110 section 8.4.1.2), but many send it without zlib's header.
  deflate: (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options)),
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};
/** Nobody compresses more often than this; each round costs as much as the limit allows. */
const MAX_CODINGS = 4;

/**
 * Takes the content codings off a body (RFC 9110 section 8.4). What is unpacked already, as recordings have it, is left alone.
 * @param header the Content-Encoding field.
 * @param limit the largest result in bytes.
 */
export function withoutContentCoding(body: Buffer, header: string | string[] | undefined, limit: number): Uncoded {
  const codings = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (codings.length === 0 || body.length === 0) return { ok: true, body };
  if (codings.length > MAX_CODINGS || codings.some((name) => !Object.hasOwn(DECODERS, name)))
    return isUtf8(body) ? { ok: true, body } : { ok: false, reason: 'unknown' };
  let bytes = body;
  for (const coding of codings.toReversed()) {
    try {
      bytes = DECODERS[coding]?.(bytes, { maxOutputLength: limit }) ?? bytes;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return { ok: false, reason: 'too-large' };
      return isUnpacked(body, codings) ? { ok: true, body } : { ok: false, reason: 'broken' };
    }
  }
  return { ok: true, body: bytes };
}

/** Text is hardly ever compressed data; bytes without the mark of their coding are no such data either. */
function isUnpacked(body: Buffer, codings: readonly string[]): boolean {
  if (isUtf8(body)) return true;
  const last = codings.at(-1);
  if (last === 'gzip' || last === 'x-gzip') return body[0] !== 0x1f || body[1] !== 0x8b;
  return last === 'zstd' && !body.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
}
