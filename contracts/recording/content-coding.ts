import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { isUtf8 } from 'node:buffer';

/** The largest body in bytes that compressed bytes may become. */
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Nobody compresses more often than this. */
const MAX_CODINGS = 4;

type Unpacked = { readonly kind: 'same' | 'unpacked'; readonly bytes: Buffer } | { readonly kind: 'undecodable'; readonly reason: string };

/**
 * HAR holds bodies without their content coding (HAR 1.2, section "content"); some proxies keep it all the same. Takes it off where the bytes
 * are still compressed as `Content-Encoding` says (RFC 9110 section 8.4), told by their marks.
 * @param header of Content-Encoding.
 */
export function unpack(bytes: Buffer, header: string | undefined): Unpacked {
  const codings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (codings.length === 0 || bytes.length === 0) return { kind: 'same', bytes };
  if (codings.length > MAX_CODINGS) return { kind: 'undecodable', reason: `more than ${MAX_CODINGS} content codings` };
  let body = bytes;
  for (const coding of codings.toReversed()) {
    if (!looksLike(coding, body)) return { kind: body === bytes ? 'same' : 'unpacked', bytes: body };
    const next = decode(coding, body);
    // Brotli has no mark: what is no Brotli was simply decoded before.
    if (typeof next === 'string' && coding === 'br' && next !== TOO_LARGE) return { kind: 'same', bytes: body };
    if (typeof next === 'string') return { kind: 'undecodable', reason: next };
    body = next;
  }
  return { kind: 'unpacked', bytes: body };
}

function looksLike(coding: string, bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return first === 0x1f && second === 0x8b;
    case 'zstd':
      return bytes.length > 3 && bytes.readUInt32LE() === 0xfd2fb528;
    case 'deflate':
      return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0 ? true : !isUtf8(bytes);
    case 'br':
      return !isUtf8(bytes);
    default:
      return false;
  }
}

const TOO_LARGE = `it unpacks to more than ${MAX_UNPACKED / 1024 / 1024} MiB`;

function decode(coding: string, bytes: Buffer): Buffer | string {
  const options = { maxOutputLength: MAX_UNPACKED };
  try {
    switch (coding) {
      case 'zstd':
        return zstdDecompressSync(bytes, options);
      case 'br':
        return brotliDecompressSync(bytes, options);
      case 'deflate':
        // Some servers send it without its zlib frame (RFC 9110 section 8.4.1.2).
        return ((bytes[0] ?? 0) & 0x0f) === 8
          ? inflateSync(bytes, options)
          : inflateRawSync(bytes, { ...options, finishFlush: constants.Z_FINISH });
      default:
        return gunzipSync(bytes, options);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ERR_BUFFER_TOO_LARGE' ? TOO_LARGE : `it is not valid ${coding} data`;
  }
}
