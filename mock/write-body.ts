import { isAscii } from 'node:buffer';
import { isJson, isXml, parseMediaType, sequenceForm, writeJson, writeParts, writeSequence, writeXml } from '../operations/index.ts';
import type { Content, MediaType, SchemaLookup } from '../operations/index.ts';
import { writeCsv } from './write-csv.ts';

/**
 * A value as bytes in a media type. JSON, XML, forms, CSV and sequences of items are written as such; text as it is; a structured value in a type that has no
 * structure (`text/plain`, `image/png`) is written as JSON, which is what can be shown of it.
 */
export function writeBody(value: unknown, mediaType: string, content: Content, lookup: SchemaLookup): Buffer {
  if (value === undefined) return Buffer.alloc(0);
  const parsed = parseMediaType(mediaType);
  if (parsed === undefined || isJson(parsed)) return Buffer.from(writeJson(value));
  if (isXml(parsed))
    return Buffer.from(
      typeof value === 'string' && value.trimStart().startsWith('<') ? value : writeXml(value, content.validator?.schema ?? true, lookup),
    );
  if (typeof value === 'string') return Buffer.from(value);
  if (parsed.type === 'text' && parsed.subtype === 'csv') return Buffer.from(writeCsv(value) ?? writeJson(value));
  if (parsed.subtype === 'x-www-form-urlencoded') return Buffer.from(writeForm(value));
  return Buffer.from((Array.isArray(value) ? writeItems(value, parsed, content) : undefined) ?? writeJson(value));
}

/** A list in a sequential media type; `undefined` for any other type, and for one that the document does not use for items. */
function writeItems(items: readonly unknown[], mediaType: MediaType, { sequence }: Content): string | undefined {
  const form = sequenceForm(mediaType);
  if (form === 'lines' || form === 'records' || (form === 'events' && sequence !== undefined)) return writeSequence(items, form);
  if (form !== 'parts' || sequence === undefined) return undefined;
  const typeAt = (index: number): unknown => (sequence.prefixEncoding[index] ?? sequence.itemEncoding)['contentType'];
  return writeParts(items, mediaType.parameters.get('boundary') ?? BOUNDARY, typeAt);
}

/** Stands in no text by chance. */
const BOUNDARY = 'hufu-b4c1e9f07a5d42c8';

/** A documented media type as it is sent: that of unnamed parts needs the boundary between them (RFC 2046 section 5.1.1). */
export function sentType(mediaType: string, { sequence }: Content): string {
  return sequence?.form !== 'parts' || /;\s*boundary\s*=/i.test(mediaType) ? mediaType : `${mediaType}; boundary=${BOUNDARY}`;
}

/** All text is written as UTF-8: a documented type that names another charset is told so where it makes a difference. */
export function withCharset(type: string, body: Buffer): string {
  const named = /;\s*charset\s*=\s*("[^"]*"|[^;\s]*)/i.exec(type);
  if (named === null || /^"?utf-?8"?$/i.test(named[1] ?? '') || isAscii(body)) return type;
  return type.replace(named[0], '; charset=utf-8');
}

function writeForm(value: unknown): string {
  const form = new URLSearchParams();
  if (typeof value !== 'object' || value === null) return String(value);
  for (const [name, item] of Object.entries(value)) {
    for (const single of Array.isArray(item) ? (item as unknown[]) : [item]) {
      form.append(name, typeof single === 'object' && single !== null ? writeJson(single) : String(single));
    }
  }
  return form.toString();
}
