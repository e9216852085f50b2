import { isAscii } from 'node:buffer';
import { isJson, isXml, parseMediaType, writeJson, writeXml } from '../operations/index.ts';
import type { Content, SchemaLookup } from '../operations/index.ts';
import { writeCsv } from './write-csv.ts';

/**
 * A value as bytes in a media type. JSON, XML, forms and CSV are written as such; text as it is; a structured value in a type that has no
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
  if (/^(?:x-)?(?:ndjson|jsonl|json-lines|json-seq)$/.test(parsed.subtype) && Array.isArray(value)) {
    return Buffer.from(value.map((item) => `${writeJson(item)}\n`).join(''));
  }
  return Buffer.from(writeJson(value));
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
