import { record } from '../../operations/index.ts';
import type { ResponseMessage } from '../../operations/index.ts';
import type { Gap } from '../exchange.ts';
import type { Attachments } from './attachment.ts';
import { fieldOf, readHeaders, setCookieFields, setField } from './headers.ts';
import type { Headers } from './headers.ts';
import { readBody, recodedType, saysCut } from './recorded-body.ts';
import type { ReadBody } from './recorded-body.ts';

type Members = Readonly<Record<string, unknown>>;

/** What is known of whoever wrote the file. */
export interface HarRecorder {
  /** `creator.name` is WebInspector: Chrome and its kin. */
  readonly chrome: boolean;
  /** All header fields are kept: one that is missing was not on the wire. Hand-made recordings often hold only some. */
  readonly wholeHeaders: boolean;
  readonly attachments: Attachments;
}

export interface HarResponse {
  readonly message: ResponseMessage | undefined;
  readonly gaps: readonly Gap[];
}

/**
 * HAR's `response` (HAR 1.2, section "response") as a message; a status of 0, -1 or -999 is how recorders write that none came.
 * @param file what is known of the recorder: Chrome has ways of its own, and some keep all header fields.
 */
export function harResponse(given: unknown, method: string, file: HarRecorder): HarResponse {
  const response = record(given);
  const status = statusOf(response['status']);
  if (given === undefined || given === null || status === 'none') return { message: undefined, gaps: [] };
  if (status === undefined) {
    return {
      message: undefined,
      gaps: [
        {
          of: 'entry',
          code: 'invalid',
          message: `The recorded response has no status that HTTP knows: ${JSON.stringify(response['status'])?.slice(0, 100)}.`,
        },
      ],
    };
  }
  const gaps: Gap[] = [];
  const { headers, lack } = readHeaders(response['headers']);
  const content = record(response['content']);
  const empty = isEmpty(headers);
  // A response without any header field does not come from a server.
  if (lack === 'missing' || (lack === undefined && empty))
    gaps.push({ of: 'response-headers', code: 'missing', message: 'The header fields of the response were not recorded.' });
  if (lack === 'invalid')
    gaps.push({ of: 'response-headers', code: 'invalid', message: 'The recording holds header fields of the response that are none.' });
  const { mimeType, text } = content;
  // HAR's mimeType is "the value of the Content-Type response header": it stands for the field where the recorder is not known to write all fields.
  const isTyped = typeof mimeType === 'string' && mimeType.includes('/');
  const isKept = file.wholeHeaders && !empty;
  if (isTyped && !isKept && headers['content-type'] === undefined && (empty || (text !== undefined && text !== '')))
    setField(headers, 'content-type', mimeType);
  const cookies = headers['set-cookie'] === undefined ? setCookieFields(response['cookies']) : [];
  if (cookies.length > 0) headers['set-cookie'] = cookies;

  // A browser shows its cached copy with a 304; on the wire there was no body (RFC 9110 section 15.4.5).
  if (status === 304) return { message: { status, headers, body: undefined }, gaps };
  const bodiless = method === 'HEAD' || status < 200 || status === 204 || status === 205;
  const read = bodyOf(response, content, headers, bodiless, file);
  if (read.gap !== undefined) gaps.push({ of: 'response-body', ...read.gap, message: `${read.gap.message}.` });
  return { message: { status, headers, body: read.bytes }, gaps };
}

function statusOf(value: unknown): number | 'none' | undefined {
  const status = typeof value === 'string' && /^-?\d{1,3}$/.test(value) ? Number(value) : value;
  if (status === undefined || status === null) return 'none';
  if (typeof status === 'number' && status <= 0) return 'none';
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 999 ? status : undefined;
}

function isEmpty(headers: Headers): boolean {
  for (const name in headers) if (Object.hasOwn(headers, name)) return false;
  return true;
}

function failureOf(text: unknown): string | undefined {
  return typeof text === 'string' && text !== '' ? text : undefined;
}

const SUBJECT = 'The body of the response';

function bodyOf(response: Members, content: Members, headers: Headers, bodiless: boolean, { chrome, attachments }: HarRecorder): ReadBody {
  const contentType = fieldOf(headers, 'content-type');
  const encoding = fieldOf(headers, 'content-encoding');
  const contentEncoding = encoding?.toLowerCase() === 'identity' ? undefined : encoding;
  const size = typeof content['size'] === 'number' && content['size'] >= 0 ? content['size'] : undefined;
  const read = readBody(
    {
      text: content['text'],
      encoding: content['encoding'],
      file: content['_file'] ?? content['_sha1'],
      size,
      contentType,
      contentEncoding,
      cut: content['_truncated'] === true || response['_truncated'] === true || saysCut(content['comment']),
      textInBase64: chrome,
    },
    SUBJECT,
    attachments,
  );
  if (read.recoded && contentType !== undefined) setField(headers, 'content-type', recodedType(contentType));
  if (read.gap !== undefined || bodiless) return read;
  const failure = failureOf(response['_error']) ?? failureOf(response['_failureText']);
  if (failure !== undefined)
    return { ...read, gap: { code: 'truncated', message: `${SUBJECT} did not come to its end: ${JSON.stringify(failure.slice(0, 100))}` } };
  if (read.bytes !== undefined && read.bytes.length > 0) return read;
  const gap = { code: 'missing', message: `${SUBJECT} was not recorded` } as const;
  const length = Number(fieldOf(headers, 'content-length') ?? Number.NaN);
  if (wasCounted(size, length, response['bodySize'], contentEncoding)) return { ...read, bytes: undefined, gap };
  // Said to be empty: by its text, its size, its length, or by a content that holds nothing at all.
  if (content['text'] === '' || size !== undefined || length === 0 || isNothing(response['content'])) return read;
  return { ...read, bytes: undefined, gap: { ...gap, perhaps: true } };
}

/** Whether somebody counted bytes of a body of which none was recorded. */
function wasCounted(size: number | undefined, length: number, bodySize: unknown, contentEncoding: string | undefined): boolean {
  if ((size ?? 0) > 0) return true;
  // Compressed, even nothing has a length.
  return contentEncoding === undefined && (length > 0 || (typeof bodySize === 'number' && bodySize > 0));
}

/** `content: {}`, which names no text, no size and no media type. */
function isNothing(content: unknown): boolean {
  return typeof content === 'object' && content !== null && !Array.isArray(content) && Object.keys(content).length === 0;
}
