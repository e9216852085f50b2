/** Content codings (RFC 9110 section 8.4) taken off bodies: off the wire, where the header is to be believed, and in recordings, where somebody may have done it before. */
import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

export type Uncoded =
  | { readonly ok: true; readonly body: Buffer }
  /** `too-large`: longer than the limit when unpacked. `broken`: not what the header says. `unknown`: nobody knows the coding. */
  | { readonly ok: false; readonly reason: 'too-large' | 'broken' | 'unknown' };

export type Unpacked =
  | { readonly kind: 'same' | 'unpacked'; readonly bytes: Buffer }
  | { readonly kind: 'undecodable'; readonly reason: string };

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
/** The largest body in bytes that a recorded one may become. */
const MAX_RECORDED = 64 * 1024 * 1024;

/**
 * Takes the content codings off a body of the wire. What is unpacked already, as recordings have it, is left alone.
 * @param header the Content-Encoding field.
 * @param limit the largest result in bytes.
 */
export function withoutContentCoding(body: Buffer, header: string | string[] | undefined, limit: number): Uncoded {
  const codings = codingsOf(header);
  if (codings.length === 0 || body.length === 0) return { ok: true, body };
  if (codings.length > MAX_CODINGS || codings.some((name) => !Object.hasOwn(DECODERS, name)))
    return isUtf8(body) ? { ok: true, body } : { ok: false, reason: 'unknown' };
  let bytes = body;
  for (const coding of codings) {
    const next = decoded(coding, bytes, limit);
    if (next === 'too-large') return { ok: false, reason: next };
    // Text is hardly ever compressed data; bytes without the mark of their coding are no such data either.
    if (next === 'broken') return isUtf8(body) || lacksMark(codings[0], body) ? { ok: true, body } : { ok: false, reason: next };
    bytes = next;
  }
  return { ok: true, body: bytes };
}

/**
 * HAR holds bodies without their content coding (HAR 1.2, section "content"); some proxies keep it all the same. Takes it off where the bytes are still compressed as the
 * header says.
 * @param header the Content-Encoding field.
 */
export function unpack(bytes: Buffer, header: string | undefined): Unpacked {
  const codings = codingsOf(header);
  if (codings.length === 0 || bytes.length === 0) return { kind: 'same', bytes };
  if (codings.length > MAX_CODINGS) return { kind: 'undecodable', reason: `more than ${MAX_CODINGS} content codings` };
  let body = bytes;
  for (const coding of codings) {
    if (!looksLike(coding, body)) return { kind: body === bytes ? 'same' : 'unpacked', bytes: body };
    const next = decoded(coding, body, MAX_RECORDED);
    // Brotli has no mark: what is no Brotli was simply decoded before.
    if (next === 'broken' && coding === 'br') return { kind: 'same', bytes: body };
    if (next === 'broken') return { kind: 'undecodable', reason: `it is not valid ${coding} data` };
    if (next === 'too-large') return { kind: 'undecodable', reason: `it unpacks to more than ${MAX_RECORDED / 1024 / 1024} MiB` };
    body = next;
  }
  return { kind: 'unpacked', bytes: body };
}

/** The codings of a field in lower case, the one to take off first first. */
function codingsOf(header: string | string[] | undefined): string[] {
  const names = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return names.filter((name) => name !== '' && name !== 'identity').toReversed();
}

function decoded(coding: string, bytes: Buffer, maxOutputLength: number): Buffer | 'too-large' | 'broken' {
  try {
    return DECODERS[coding]?.(bytes, { maxOutputLength }) ?? 'broken';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'broken';
  }
}

/** True where the data of a coding always begins with a mark, and these bytes don't. */
function lacksMark(coding: string | undefined, bytes: Buffer): boolean {
  if (coding === 'gzip' || coding === 'x-gzip') return bytes[0] !== 0x1f || bytes[1] !== 0x8b;
  return coding === 'zstd' && (bytes.length < 4 || bytes.readUInt32LE() !== 0xfd2fb528);
}

function looksLike(coding: string, bytes: Buffer): boolean {
  if (!Object.hasOwn(DECODERS, coding) || lacksMark(coding, bytes)) return false;
  if (coding === 'br') return !isUtf8(bytes);
  const [first = 0, second = 0] = bytes;
  return coding !== 'deflate' || ((first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0) || !isUtf8(bytes);
}
