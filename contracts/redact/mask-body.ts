import { isUtf8 } from 'node:buffer';
import { decodeText, essence, isJson, isXml, parseMediaType } from '../../operations/index.ts';
import { ALL_SECRET } from './marks.ts';
import type { Mark } from './marks.ts';
import { maskForm } from './mask-form.ts';
import { maskMultipart } from './mask-multipart.ts';
import { isJsonLike, maskJson, maskValue } from './mask-value.ts';
import type { Mask } from './mask-value.ts';
import { maskXml } from './mask-xml.ts';
import { maskLooks } from './secret-looks.ts';

export interface MaskedBody {
  /** UTF-8 where the body is text in another charset. */
  readonly bytes: Buffer;
  readonly isJson: boolean;
  /** The text is written in another charset than its Content-Type says. */
  readonly recoded: boolean;
  /** Something was masked. */
  readonly changed: boolean;
}

/** Masks what is secret in a body by its place or look, in the form that its media type says, or that it has where nobody says. */
export function maskBody(body: Buffer, contentType: string | undefined, mark: Mark, mask: Mask): MaskedBody {
  const mediaType = parseMediaType(contentType ?? '');
  if (mediaType?.type === 'multipart') {
    const bytes = maskMultipart(body, mediaType.parameters.get('boundary'), mark.property, mask);
    return { bytes, isJson: false, recoded: false, changed: bytes !== body };
  }
  const decoded = decodeText(body, mediaType?.parameters.get('charset'));
  const text = decoded.kind === 'text' ? decoded.text : isUtf8(body) ? body.toString() : undefined;
  if (text === undefined) {
    // No text: where all of it is secret, nothing of it stays.
    if (!mark.secret) return { bytes: body, isJson: false, recoded: false, changed: false };
    return { bytes: Buffer.from(mask(body.toString('latin1'), 'marked')), isJson: false, recoded: false, changed: true };
  }
  const json = (mediaType !== undefined && isJson(mediaType)) || isJsonLike(text);
  const masked = maskText(text);
  const recoded = !isUtf8(body) || body.length !== Buffer.byteLength(text);
  if (masked === text && !recoded) return { bytes: body, isJson: json, recoded: false, changed: false };
  return { bytes: Buffer.from(masked), isJson: json, recoded, changed: masked !== text };

  function maskText(plain: string): string {
    if (mediaType !== undefined && essence(mediaType) === 'application/x-www-form-urlencoded') return maskForm(plain, mark.property, mask);
    if (mediaType !== undefined && isJson(mediaType)) return maskJson(plain, mark, mask, true);
    if ((mediaType !== undefined && isXml(mediaType)) || /^\uFEFF?<\?xml/.test(plain)) return maskXml(plain, mark, mask);
    if (mark === ALL_SECRET && plain.trim() !== '') return mask(plain, 'marked');
    if (mark.names.includes('data') && mediaType !== undefined && essence(mediaType) === 'text/event-stream') return maskEvents(plain);
    // Lines of JSON, server-sent events, logs.
    const leaves = /[{[]/.test(plain) ? maskJson(plain, mark, mask, false) : plain;
    return maskLooks(leaves, (value) => mask(value, 'guessed'));
  }

  /** Server-sent events whose fields the document describes (OpenAPI 3.2), line by line. */
  function maskEvents(plain: string): string {
    return plain.replace(/^(data|event|id|retry): ?(.+)$/gm, (line, field: string, value: string) => {
      const masked = maskValue(value, field, mark.property(field), mask);
      return masked === value ? line : `${field}: ${masked}`;
    });
  }
}
