import { isUtf8 } from 'node:buffer';
import { encodeText, isJson, parseMediaType } from '../../operations/index.ts';
import type { Gap } from '../exchange.ts';
import type { Attachments } from './attachment.ts';
import { unpack } from '../content-coding.ts';

/** What a recorder says of one body. */
export interface BodyNotes {
  readonly text: unknown;
  readonly encoding: unknown;
  /** Name of a file beside the recording that holds it. */
  readonly file: unknown;
  /** Bytes that the recorder says there were, before it made text of them; `undefined` where it does not say. */
  readonly size: number | undefined;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** The recorder says itself that it kept only a part. */
  readonly cut: boolean;
  /** Base64 of this recorder holds text that was decoded before (Chrome does so where text has unusual characters). */
  readonly textInBase64: boolean;
}

export interface ReadBody {
  /** `undefined`: none, or it can't be told. */
  readonly bytes: Buffer | undefined;
  /** The bytes are UTF-8 now, whatever charset they were in on the wire. */
  readonly recoded: boolean;
  readonly gap: Pick<Gap, 'code' | 'message' | 'perhaps'> | undefined;
}

const BASE64 = /^[A-Za-z\d+/\s]*={0,2}\s*$/;
const BASE64_URL = /^[\w-\s]*={0,2}\s*$/;
const REPLACEMENT = '\uFFFD';

/**
 * Reads a recorded body. Recorders give it as text in the file's own encoding, as base64, or in a file beside the recording.
 * @param subject `The body of the request`.
 */
export function readBody(notes: BodyNotes, subject: string, attachments: Attachments): ReadBody {
  const { text, encoding, file } = notes;
  if (typeof file === 'string' && (typeof text !== 'string' || text === '')) {
    const bytes = attachments(file);
    if (bytes === undefined) return lost('missing', `${subject} is in a file that does not lie beside the recording: ${shown(file)}`);
    return fromBytes(bytes, notes, subject);
  }
  if (typeof text !== 'string') {
    return text === undefined || text === null
      ? { bytes: undefined, recoded: false, gap: undefined }
      : lost('undecodable', `${subject} is recorded as ${typeof text}, not as text`);
  }
  if (typeof encoding === 'string' && encoding !== '') {
    if (encoding.toLowerCase() !== 'base64')
      return lost('undecodable', `${subject} is recorded in an encoding that is not known: ${shown(encoding)}`);
    if (!BASE64.test(text) && !BASE64_URL.test(text)) return lost('undecodable', `${subject} is recorded as base64, but is none`);
    return fromBytes(Buffer.from(text, 'base64'), notes, subject);
  }
  return fromText(text, notes, subject);
}

function fromBytes(given: Buffer, notes: BodyNotes, subject: string): ReadBody {
  const unpacked = unpack(given, notes.contentEncoding);
  if (unpacked.kind === 'undecodable') return lost('undecodable', `${subject} is compressed and can't be unpacked: ${unpacked.reason}`);
  const { bytes } = unpacked;
  const recoded = notes.textInBase64 && isUtf8(bytes) && needsRecoding(notes.contentType, bytes.toString());
  if (unpacked.kind === 'same' && isCut(bytes, notes)) return { bytes, recoded, gap: cut(subject, bytes, notes) };
  return { bytes, recoded, gap: undefined };
}

function fromText(text: string, notes: BodyNotes, subject: string): ReadBody {
  const bytes = encodeText(text);
  const recoded = needsRecoding(notes.contentType, text);
  if (text.includes(REPLACEMENT) && notes.size !== bytes.length) {
    return {
      bytes,
      recoded,
      gap: {
        code: 'undecodable',
        message: `${subject} was made text by the recorder and lost bytes: it holds replacement characters (U+FFFD)`,
      },
    };
  }
  return { bytes, recoded, gap: isCut(bytes, notes) ? cut(subject, bytes, notes) : undefined };
}

/** A body is cut when the recorder says so, or when it counted more bytes than it kept. */
function isCut(bytes: Buffer, notes: BodyNotes): boolean {
  if (notes.cut) return true;
  const { size, contentType, contentEncoding } = notes;
  // Of compressed bodies some count one length, some the other; text of another charset has another length in UTF-8.
  if (size === undefined || size <= bytes.length || contentEncoding !== undefined || !isUtf8Text(contentType)) return false;
  // A byte order mark is not part of the text that browsers give.
  if (size - bytes.length === 3) return false;
  // Who masks a body by hand leaves its size. JSON that is whole was not cut.
  return !(isJsonType(contentType) && isWholeJson(bytes));
}

function cut(subject: string, bytes: Buffer, { size }: BodyNotes): ReadBody['gap'] {
  const counted = size !== undefined && size > bytes.length ? ` of ${size}` : '';
  return { code: 'truncated', message: `${subject} is recorded in part: ${bytes.length}${counted} bytes` };
}

function lost(code: 'missing' | 'undecodable', message: string): ReadBody {
  return { bytes: undefined, recoded: false, gap: { code, message } };
}

function charsetOf(contentType: string | undefined): string {
  return (parseMediaType(contentType ?? '')?.parameters.get('charset') ?? 'utf-8').toLowerCase();
}

function isUtf8Text(contentType: string | undefined): boolean {
  return /^(?:utf-?8|us-ascii|ascii)$/.test(charsetOf(contentType));
}

/** Text that is UTF-8 now would be read wrongly with the charset that its Content-Type names. */
function needsRecoding(contentType: string | undefined, text: string): boolean {
  const charset = charsetOf(contentType);
  if (/^utf-?8$/.test(charset)) return false;
  // oxlint-disable-next-line no-control-regex -- ASCII means the same bytes in all charsets but these.
  return /^(?:utf-?(?:16|32)|ucs|iso-10646)/.test(charset) || /[^\x00-\x7f]/.test(text);
}

/** The Content-Type of a body that is UTF-8 now. */
export function recodedType(contentType: string): string {
  return contentType.replace(/(;\s*charset\s*=\s*)(?:"[^"]*"|[^\s;]*)/i, '$1utf-8');
}

function isJsonType(contentType: string | undefined): boolean {
  const type = parseMediaType(contentType ?? '');
  return type !== undefined && isJson(type);
}

function isWholeJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

/** Whether a comment of the recorder says that it kept only a part. */
export function saysCut(comment: unknown): boolean {
  return typeof comment === 'string' && comment !== '' && /truncated/i.test(comment);
}

/** Text of a stranger in a message. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);
}
