import { writeJson, writeXml } from '../../operations/index.ts';
import { members } from '../judge/index.ts';
import type { PlainBody, PlainContent, Schemas } from '../judge/index.ts';
import { scalarText } from './parameter-text.ts';
import { findValue } from './values.ts';

export type Body =
  | { readonly kind: 'body'; readonly mediaType: string; readonly bytes: Buffer }
  | { readonly kind: 'none'; readonly reason: string };

const BOUNDARY = 'hufu-conformance';
/** The media types that can be written, the surest first. */
const PREFERENCE = [/[/+]json$/, /^application\/x-www-form-urlencoded$/, /^multipart\//, /^text\//, /[/+]xml$/, /./];

/** A valid body in the media type that is written most surely. */
export function buildBody(schemas: Schemas, body: PlainBody): Body {
  const [mediaType, content] = preferred(body) ?? [];
  if (mediaType === undefined || content === undefined) return { kind: 'none', reason: 'the body has no media type' };
  const essence = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!PREFERENCE.slice(0, 5).some((pattern) => pattern.test(essence))) {
    return { kind: 'body', mediaType: essence.includes('*') ? 'application/octet-stream' : mediaType, bytes: Buffer.from('bytes') };
  }
  const found = findValue({ schemas, schema: content.schema, examples: content.examples, omit: 'readOnly' });
  if (found.kind === 'none') return { kind: 'none', reason: `no valid body: ${found.reason}` };
  return encode(essence, mediaType, found.value);
}

function encode(essence: string, mediaType: string, value: unknown): Body {
  if (/[/+]json$/.test(essence)) return { kind: 'body', mediaType, bytes: Buffer.from(writeJson(value)) };
  if (essence === 'application/x-www-form-urlencoded')
    return { kind: 'body', mediaType, bytes: Buffer.from(new URLSearchParams(pairs(value)).toString()) };
  if (essence.startsWith('multipart/')) return { kind: 'body', mediaType: `${essence}; boundary=${BOUNDARY}`, bytes: multipart(value) };
  if (/[/+]xml$/.test(essence) && typeof value === 'object')
    return { kind: 'body', mediaType, bytes: Buffer.from(writeXml(value, true, () => undefined)) };
  return { kind: 'body', mediaType: mediaType.replace('*', 'plain'), bytes: Buffer.from(scalarText(value)) };
}

function preferred(body: PlainBody): [string, PlainContent] | undefined {
  const rank = (mediaType: string): number =>
    PREFERENCE.findIndex((pattern) => pattern.test(mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''));
  return [...body.contents].sort(([one], [other]) => rank(one) - rank(other))[0];
}

/** Fields of a form: a list is a field that comes again, an object is JSON (OpenAPI 3.1 section 4.8.14.4). */
function pairs(value: unknown): [string, string][] {
  return Object.entries(members(value)).flatMap(([name, member]) => {
    const items: readonly unknown[] = Array.isArray(member) ? member : [member];
    return items.map((item): [string, string] => [name, scalarText(item)]);
  });
}

function multipart(value: unknown): Buffer {
  const parts = pairs(value).map(([name, text]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`);
  return Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`);
}
