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
  const known = charset === 'utf-8' ? madeOf(bytes) : undefined;
  if (known !== undefined) return { kind: 'text', text: known };
  const label = charset === 'utf-8' ? charset : charset.trim().replaceAll('"', '').toLowerCase();
  const mark = byteOrderMark(bytes);
  if (mark === undefined && LATIN1.has(label)) return { kind: 'text', text: Buffer.from(bytes).toString('latin1') };
  const decoder = decoderOf(mark ?? (label === '' ? 'utf-8' : label));
  if (decoder === undefined) return malformed(`must be text in a known charset, but "${charset.slice(0, 40)}" is none`);
  try {
    const quick = mark === undefined && decoder === utf8 && Buffer.isBuffer(bytes) ? utf8Of(bytes) : undefined;
    return { kind: 'text', text: quick ?? decoder.decode(bytes) };
  } catch {
    return malformed(`must be valid ${decoder.encoding.toUpperCase()} text`);
  }
}

/** The last two bodies that were made of text, as one exchange has: whoever judges it next need not have them decoded again. Each is given once. */
const made: ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[] = [undefined, undefined];
let turn = 0;

/** A body of text, in UTF-8. What it is made of is taken for its decoded text when it is read next: leave the bytes as they are. */
export function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text);
  // Half a character becomes another one on its way, and a byte order mark is left out when it is read.
  if (text.isWellFormed() && text.charCodeAt(0) !== 0xfeff) {
    made[turn] = { bytes, text };
    turn = 1 - turn;
  }
  return bytes;
}

function madeOf(bytes: Uint8Array): string | undefined {
  const at = made[0]?.bytes === bytes ? 0 : 1;
  const known = made[at];
  if (known?.bytes !== bytes) return undefined;
  made[at] = undefined;
  return known.text;
}

/** The decoder of buffers is the quicker one, and puts a sign of its own for what is no UTF-8: a text without that sign had none. `undefined`: somebody has to look. */
function utf8Of(bytes: Buffer): string | undefined {
  const text = bytes.toString();
  return text.includes('\ufffd') ? undefined : text;
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
