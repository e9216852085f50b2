import { decodeForm, decodeMultipart, decodePartSequence, decodeSequence, decodeText, decodeXml } from './bodies/index.ts';
import type { PartNote, UploadedFile } from './bodies/index.ts';
import { parseJson, readJson } from './json.ts';
import { essence, fit, isJson, isXml, parseMediaType } from './media-type.ts';
import type { MediaType } from './media-type.ts';
import type { Content, Sequence } from './operation.ts';
import { ARRAY, jsonOf, OBJECT, PRIMITIVE, shapeOf, STRING, typesOf } from './parameters/index.ts';
import type { Schema, SchemaLookup } from './schema/schema.ts';

/** Uploaded files of a multipart body, by the name of their part. */
export type Uploads = ReadonlyMap<string, readonly UploadedFile[]>;

/** A body read by its media type: what it may mean, best reading first, or why it can't be read. */
export type DecodedBody =
  | {
      readonly kind: 'value';
      readonly candidates: readonly unknown[];
      /** No `bigint` is in any of them. */
      readonly isPlain?: boolean;
      readonly files?: Uploads;
      /** Of a multipart body: what stands above the content of each part. */
      readonly parts?: readonly PartNote[];
    }
  /** Bytes that no schema can say anything about: images, archives. */
  | { readonly kind: 'opaque' }
  | { readonly kind: 'malformed'; readonly message: string; readonly pointer?: string };

/**
 * The documented content that a message's media type belongs to; the closest where several ranges fit (OpenAPI 3.1 section 4.8.14).
 * `application/json` does not cover `application/problem+json`: that is a media type of its own.
 */
export function findContent(contents: readonly Content[], mediaType: MediaType): Content | undefined {
  let best: Content | undefined;
  let bestScore = 0;
  for (const content of contents) {
    const score = fit(content.range, mediaType);
    if (score > bestScore) [best, bestScore] = [content, score];
  }
  if (best !== undefined) return best;
  // Parameters are the last thing to differ by: version=1 documented, none sent.
  return contents.find((content) => content.range.type === mediaType.type && content.range.subtype === mediaType.subtype);
}

/**
 * Decodes a body. Multipart bodies need a promise; everything else is answered at once, so that the ordinary request never waits.
 * @param mediaType the message's own; `undefined` when it names none or one that can't be parsed: the documented one is then assumed.
 */
export function decodeBody(
  bytes: Buffer,
  content: Content,
  mediaType: MediaType | undefined,
  lookup: SchemaLookup,
): DecodedBody | Promise<DecodedBody> {
  const type = mediaType ?? content.range;
  const schema = content.validator?.schema;
  if (isJson(type)) {
    const charset = type.parameters.get('charset');
    const text = decodeText(bytes, charset);
    return text.kind === 'malformed' ? text : decodeJson(text.text, isUtf8(bytes, charset) ? bytes : undefined);
  }
  if (content.sequence !== undefined) return decodeItems(bytes, content.sequence, type, schema ?? true, lookup);
  if (essence(type) === 'application/x-www-form-urlencoded') {
    const text = decodeText(bytes, type.parameters.get('charset'));
    return text.kind === 'malformed' ? text : decodeForm(text.text, schema ?? true, content.encoding, lookup);
  }
  if (essence(type) === 'multipart/form-data') {
    return decodeMultipart(bytes, type.parameters.get('boundary'), schema ?? true, content.encoding, lookup);
  }
  if (isXml(type)) {
    const text = decodeText(bytes, type.parameters.get('charset'));
    return text.kind === 'malformed' ? text : decodeXml(text.text, schema ?? true, lookup);
  }
  if (type.type === 'text') {
    const text = decodeText(bytes, type.parameters.get('charset'));
    return text.kind === 'malformed' ? text : decodePlain(text.text, content, lookup);
  }
  return { kind: 'opaque' };
}

function decodeItems(bytes: Buffer, sequence: Sequence, type: MediaType, schema: Schema, lookup: SchemaLookup): DecodedBody {
  if (sequence.form === 'parts')
    return decodePartSequence(bytes, type.parameters.get('boundary'), schema, (index) => partTypes(sequence, index), lookup);
  const text = decodeText(bytes, type.parameters.get('charset'));
  return text.kind === 'malformed' ? text : decodeSequence(text.text, sequence.form, schema, lookup);
}

/** The documented media types of a part by its place, in lower case and without parameters; empty where the document names none. */
export function partTypes({ prefixEncoding, itemEncoding }: Sequence, index: number): readonly string[] {
  const { contentType } = prefixEncoding[index] ?? itemEncoding;
  if (typeof contentType !== 'string') return [];
  return contentType.split(',').flatMap((text) => {
    const mediaType = parseMediaType(text.trim());
    return mediaType === undefined ? [] : [essence(mediaType)];
  });
}

/**
 * Whether a text can't be judged by its schema: the documented media type says nothing of how values become text (`text/csv`, `text/event-stream`, `application/yaml`), and the schema speaks
 * of objects or lists alone. It tells what the text is about, then, not how it is written. Of plain text and HTML everybody knows what they are an object or a list of: of none.
 */
export function isBeyondSchema({ range, validator, sequence }: Content, lookup: SchemaLookup): boolean {
  if (
    validator === undefined ||
    sequence !== undefined ||
    range.type === '*' ||
    range.subtype.includes('*') ||
    isJson(range) ||
    isXml(range)
  )
    return false;
  if (range.type === 'multipart' || /^(?:text\/plain|text\/html|application\/x-www-form-urlencoded)$/.test(essence(range))) return false;
  return (typesOf(validator.schema, lookup) & PRIMITIVE) === 0;
}

/** Plain text is a string; `5` may be the number of a schema that asks for one, `{"a":1}` the object. */
function decodePlain(text: string, content: Content, lookup: SchemaLookup): DecodedBody {
  const { types } = shapeOf(content.validator?.schema ?? true, lookup);
  // What fits none of the types asked for is judged by the first reading.
  const value = (...typed: readonly unknown[]): DecodedBody => ({
    kind: 'value',
    candidates: types & STRING ? [text, ...typed] : [...typed, text],
  });
  const json = types & (OBJECT | ARRAY) && /^\s*[{[]/.test(text) ? jsonOf(text) : undefined;
  if (json !== undefined) return value(json);
  if (isBeyondSchema(content, lookup)) return { kind: 'opaque' };
  const trimmed = text.length < 200 ? text.trim() : '';
  return LITERAL.test(trimmed) ? value(parseJson(trimmed)) : value();
}

const LITERAL = /^(?:-?(?:0|[1-9]\d{0,99})(?:\.\d{1,99})?|true|false|null)$/;

/** Whether bytes are UTF-8 for sure. A byte order mark, which decides over the charset, is none of ASCII. */
function isUtf8(bytes: Buffer, charset: string | undefined): boolean {
  return (charset === undefined || charset === 'utf-8' || charset === 'UTF-8') && (bytes[0] ?? 0) < 0x80;
}

/**
 * @param bytes of the text in UTF-8, where they are at hand.
 * @returns a value, or a message that names the place by line and column where the engine tells it.
 */
export function decodeJson(text: string, bytes?: Uint8Array): DecodedBody {
  try {
    const { value, isPlain } = readJson(text, bytes);
    return { kind: 'value', candidates: [value], isPlain };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'malformed', message: 'must be JSON, but is nested too deeply to be read' };
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
    return { kind: 'malformed', message: `must be JSON: ${reason}` };
  }
}

/** The media type of a Content-Type header; doubled or malformed ones (`application/json, application/json`) are read as far as they go. */
export function contentTypeOf(header: string | undefined): MediaType | undefined {
  if (header === undefined) return undefined;
  return parseMediaType(header) ?? parseMediaType(header.split(',')[0] ?? '');
}
