import { record } from '../../operations/index.ts';
import type { RequestMessage } from '../../operations/index.ts';
import type { Gap } from '../exchange.ts';
import type { Attachments } from './attachment.ts';
import { formBody } from './form-body.ts';
import { cookieField, fieldOf, readHeaders, setField } from './headers.ts';
import type { Headers } from './headers.ts';
import { readBody, recodedType, saysCut } from './recorded-body.ts';
import type { ReadBody } from './recorded-body.ts';
import type { Target } from './target.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * HAR's `request` (HAR 1.2, section "request") as a message.
 * @param target taken from its `url`.
 */
export function harRequest(
  request: Members,
  method: string,
  target: Target,
  attachments: Attachments,
): { message: RequestMessage; gaps: Gap[] } {
  const gaps: Gap[] = [];
  const { headers, lack } = readHeaders(request['headers']);
  if (lack === 'missing')
    gaps.push({ of: 'request-headers', code: 'missing', message: 'The header fields of the request were not recorded.' });
  if (lack === 'invalid')
    gaps.push({ of: 'request-headers', code: 'invalid', message: 'The recording holds header fields of the request that are none.' });
  const cookie = headers['cookie'] === undefined ? cookieField(request['cookies']) : undefined;
  if (cookie !== undefined) headers['cookie'] = cookie;

  const { bytes, gap, isRebuilt } = bodyOf(request, headers, attachments);
  if (gap !== undefined) gaps.push({ of: 'request-body', ...gap, message: `${gap.message}.` });
  if (isRebuilt === true && (fieldOf(headers, 'content-type') ?? '').startsWith('multipart/')) gaps.push(PART_HEADERS);
  const query = target.query === '' ? queryOf(request['queryString']) : target.query;
  return { message: { method, path: target.path, query, headers, body: bytes }, gaps };
}

/** `queryString` where the URL has none: names and values are decoded there. */
function queryOf(list: unknown): string {
  if (!Array.isArray(list)) return '';
  const pairs = (list as readonly unknown[]).flatMap((item) => {
    const { name, value } = record(item);
    if (typeof name !== 'string') return [];
    const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `=${encode(String(value))}` : '';
    return [`${encode(name)}${text}`];
  });
  return pairs.join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

const PART_HEADERS: Gap = {
  of: 'part-headers',
  code: 'missing',
  message: 'The header fields of the parts of the form were not recorded.',
  perhaps: true,
};

const SUBJECT = 'The body of the request';

/** The body from `postData`: its text, or its parameters. Adjusts the Content-Type to what the bytes are now. */
function bodyOf(request: Members, headers: Headers, attachments: Attachments): ReadBody & { readonly isRebuilt?: true } {
  const post = record(request['postData']);
  const header = fieldOf(headers, 'content-type');
  const mimeType = typeof post['mimeType'] === 'string' ? post['mimeType'] : undefined;
  const contentType = header ?? mimeType;
  const size = sizeOf(headers, request['bodySize']);
  const comment = typeof post['comment'] === 'string' ? post['comment'] : '';
  const read = readBody(
    {
      text: post['text'] === '' ? undefined : post['text'],
      encoding: post['encoding'],
      file: post['_file'] ?? post['_sha1'],
      size,
      contentType,
      contentEncoding: fieldOf(headers, 'content-encoding'),
      cut: post['_truncated'] === true || saysCut(comment),
      textInBase64: false,
    },
    SUBJECT,
    attachments,
  );
  if (read.bytes !== undefined || read.gap !== undefined) {
    if (header === undefined && mimeType !== undefined && mimeType !== '') setField(headers, 'content-type', mimeType);
    if (read.recoded && contentType !== undefined) setField(headers, 'content-type', recodedType(contentType));
    return read;
  }
  const form = formBody(post['params'], formType(mimeType ?? '', header ?? ''));
  if (form !== undefined) {
    // Some recorders name the form only beside its parameters; the header, where there is one, is what was sent.
    const isMultipart = form.contentType.startsWith('multipart/');
    if (header === undefined || (isMultipart && !/boundary=/i.test(header))) setField(headers, 'content-type', form.contentType);
    const names = form.lost.map((name) => JSON.stringify(name.slice(0, 100))).join(', ');
    const gap =
      names === '' ? undefined : ({ code: 'missing', message: `${SUBJECT} was recorded without the content of ${names}` } as const);
    return { bytes: form.bytes, recoded: true, gap, isRebuilt: true };
  }
  const hasParameters = Array.isArray(post['params']) && post['params'].length > 0;
  if ((size ?? 0) > 0 || hasParameters || /not included/i.test(comment)) {
    return { ...read, gap: { code: 'missing', message: `${SUBJECT} was not recorded${(size ?? 0) > 0 ? `: it had ${size} bytes` : ''}` } };
  }
  return read;
}

/** The media type of the form: what stands beside its parameters, with the boundary of the header where both mean the same. */
function formType(mimeType: string, header: string): string {
  const essence = (type: string): string | undefined => type.split(';', 1)[0]?.trim().toLowerCase();
  return mimeType === '' || essence(mimeType) === essence(header) ? header : mimeType;
}

/** What the wire says goes before what the recorder counted: Chrome counts its own text. */
function sizeOf(headers: Headers, bodySize: unknown): number | undefined {
  const length = Number(fieldOf(headers, 'content-length') ?? Number.NaN);
  if (Number.isSafeInteger(length) && length >= 0) return length;
  return typeof bodySize === 'number' && bodySize >= 0 ? bodySize : undefined;
}
