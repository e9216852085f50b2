import { malformed } from '../parameters/index.ts';
import type { MalformedBody } from './decoded-body.ts';

/** Names that WHATWG calls windows-1252 but servers mean as ISO 8859-1; a byte is a character then and nothing is invalid. */
const LATIN1 = new Set(['iso-8859-1', 'iso8859-1', 'iso_8859-1', 'latin1', 'latin-1', 'l1', 'us-ascii', 'ascii']);

/**
 * Decodes the text of a body.
 * @param charset of the Content-Type, any label of the WHATWG Encoding Standard (`gbk`, `gb18030`, `utf-16`, `shift_jis`); default UTF-8.
 *   A byte order mark decides over it and is left out of the text.
 * @returns `malformed` for bytes that are not text in that charset and for an unknown charset.
 */
export function decodeText(bytes: Uint8Array, charset = 'utf-8'): { readonly kind: 'text'; readonly text: string } | MalformedBody {
  const label = charset === 'utf-8' ? charset : charset.trim().replaceAll('"', '').toLowerCase();
  const mark = byteOrderMark(bytes);
  if (mark === undefined && LATIN1.has(label)) return { kind: 'text', text: Buffer.from(bytes).toString('latin1') };
  const decoder = decoderOf(mark ?? (label === '' ? 'utf-8' : label));
  if (decoder === undefined) return malformed(`must be text in a known charset, but "${charset.slice(0, 40)}" is none`);
  try {
    return { kind: 'text', text: decoder.decode(bytes) };
  } catch {
    return malformed(`must be valid ${decoder.encoding.toUpperCase()} text`);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  if (label === 'utf-8' || label === 'utf8') return utf8;
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const first = bytes[0];
  if (first === undefined || first < 0xef) return undefined;
  const second = bytes[1];
  const third = bytes[2];
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
