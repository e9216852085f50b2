import { isUtf8 } from 'node:buffer';
import type { Mark } from './marks.ts';
import { maskValue } from './mask-value.ts';
import type { Mask } from './mask-value.ts';
import { isSecretName } from './secret-names.ts';

/** Nobody names a part in more than this many bytes. */
const MAX_HEADER = 16 * 1024;

/**
 * Masks the parts of a multipart body (RFC 7578, RFC 2046 section 5.1) by their names; all other bytes stay. Read as far as it goes.
 * @param boundary of the Content-Type; without one, that of the first line.
 */
export function maskMultipart(body: Buffer, boundary: string | undefined, markOf: (name: string) => Mark, mask: Mask): Buffer {
  const delimiter = boundary === undefined || boundary === '' ? firstLine(body) : `--${boundary}`;
  if (delimiter === undefined) return body;
  const pieces: Buffer[] = [];
  let copied = 0;
  for (let at = body.indexOf(delimiter); at >= 0;) {
    const headerEnd = body.indexOf('\r\n\r\n', at + delimiter.length);
    if (headerEnd < 0) break;
    const next = body.indexOf(`\r\n${delimiter}`, headerEnd + 2);
    const end = next < 0 ? body.length : Math.max(next, headerEnd + 4);
    const content = body.subarray(headerEnd + 4, end);
    const masked = maskPart(
      body.subarray(at + delimiter.length, Math.min(headerEnd, at + delimiter.length + MAX_HEADER)).toString(),
      content,
      markOf,
      mask,
    );
    if (masked !== undefined) {
      pieces.push(body.subarray(copied, headerEnd + 4), masked);
      copied = end;
    }
    at = next < 0 ? -1 : next + 2;
  }
  return copied === 0 ? body : Buffer.concat([...pieces, body.subarray(copied)]);
}

function firstLine(body: Buffer): string | undefined {
  const line = body.subarray(0, 80).toString('latin1').split('\r\n', 1)[0] ?? '';
  return line.startsWith('--') && line.length > 2 && line.length < 80 ? line : undefined;
}

/** @returns `undefined`: nothing in it is secret. */
function maskPart(headers: string, content: Buffer, markOf: (name: string) => Mark, mask: Mask): Buffer | undefined {
  const name = nameOf(headers);
  const whole = markOf(name);
  // Several parts of one name are the items of a list.
  const mark = whole.item().secret ? whole.item() : whole;
  if (content.length === 0) return undefined;
  if (!isUtf8(content)) return mark.secret || isSecretName(name) ? Buffer.from(mask(content.toString('latin1'), 'marked')) : undefined;
  const text = content.toString();
  const masked = maskValue(text, name, mark, mask);
  return masked === text ? undefined : Buffer.from(masked);
}

function nameOf(headers: string): string {
  const [, quoted, bare] = /;\s*name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(headers) ?? [];
  return (quoted ?? bare ?? '').replace(/%22/g, '"').replace(/\\(.)/g, '$1');
}
