import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpack, withoutContentCoding } from './content-coding.ts';

const TEXT = JSON.stringify({ name: '任务'.repeat(50) });
const BYTES = Buffer.from([0xff, 0xfe, 0x00, 0x81, 0xff]);
const gzip = gzipSync(TEXT);

describe('a body of the wire', () => {
  test.each<readonly [name: string, header: string | string[] | undefined, body: Buffer, want: string | Buffer]>([
    ['no coding', undefined, BYTES, BYTES],
    ['identity is none', 'identity', BYTES, BYTES],
    ['gzip', 'GZIP', gzip, TEXT],
    ['x-gzip', 'x-gzip', gzip, TEXT],
    ['deflate as it is meant', 'deflate', deflateSync(TEXT), TEXT],
    ['deflate as many send it', 'deflate', deflateRawSync(TEXT), TEXT],
    ['br', 'br', brotliCompressSync(TEXT), TEXT],
    ['zstd', 'zstd', zstdCompressSync(TEXT), TEXT],
    ['the last coding comes off first', 'gzip, br', brotliCompressSync(gzip), TEXT],
    ['the field in several lines', ['gzip', 'br'], brotliCompressSync(gzip), TEXT],
    ['unpacked before: text', 'gzip', Buffer.from(TEXT), TEXT],
    ['unpacked before: bytes without the mark', 'zstd', BYTES, BYTES],
    ['text of an unknown coding', 'rot13', Buffer.from(TEXT), TEXT],
    ['nothing', 'gzip', Buffer.alloc(0), ''],
    ['as large as allowed', 'gzip', gzipSync(Buffer.alloc(1_000, 'a')), 'a'.repeat(1_000)],
  ])('%s', (_name, header, body, want) => {
    expect(withoutContentCoding(body, header, 1_000)).toEqual({ ok: true, body: Buffer.from(want) });
  });

  test.each<readonly [name: string, header: string, body: Buffer, reason: string]>([
    ['larger than allowed', 'gzip', gzipSync(Buffer.alloc(1_001)), 'too-large'],
    ['cut', 'gzip', gzip.subarray(0, 40), 'broken'],
    ['bytes that may be packed', 'br', BYTES, 'broken'],
    ['bytes of an unknown coding', 'rot13', BYTES, 'unknown'],
    ['more codings than anybody uses', 'gzip, gzip, gzip, gzip, gzip', BYTES, 'unknown'],
    ['the name of what every object has', 'constructor', BYTES, 'unknown'],
  ])('%s: told why not', (_name, header, body, reason) => {
    expect(withoutContentCoding(body, header, 1_000)).toEqual({ ok: false, reason });
  });
});

describe('a recorded body', () => {
  test.each<readonly [name: string, header: string | undefined, body: Buffer, want: object]>([
    ['no coding', undefined, gzip, { kind: 'same', bytes: gzip }],
    ['still packed', 'gzip', gzip, { kind: 'unpacked', bytes: Buffer.from(TEXT) }],
    ['unpacked by the recorder', 'gzip', Buffer.from(TEXT), { kind: 'same', bytes: Buffer.from(TEXT) }],
    ['one of two codings taken off', 'br, gzip', gzipSync(TEXT), { kind: 'unpacked', bytes: Buffer.from(TEXT) }],
    ['bytes that are no Brotli', 'br', BYTES, { kind: 'same', bytes: BYTES }],
    ['an unknown coding', 'rot13', BYTES, { kind: 'same', bytes: BYTES }],
    ['cut', 'gzip', gzip.subarray(0, 40), { kind: 'undecodable', reason: 'it is not valid gzip data' }],
    ['too many codings', 'br, br, br, br, br', BYTES, { kind: 'undecodable', reason: 'more than 4 content codings' }],
  ])('%s', (_name, header, body, want) => {
    expect(unpack(body, header)).toEqual(want);
  });
});
