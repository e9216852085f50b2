import {
  ARRAY,
  PRIMITIVE,
  arraysOf,
  cutText,
  isJsonMediaType,
  jsonOf,
  malformed,
  objectsOf,
  readNested,
  shapeOf,
} from '../parameters/index.ts';
import { parseMediaType } from '../media-type.ts';
import { childPointer } from '../pointer.ts';
import type { ParameterStyle, Shape } from '../parameters/index.ts';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import type { MalformedBody } from './decoded-body.ts';
import { encodingOf } from './encoding.ts';
import { DEFAULT_LIMITS, readParts, type FormPart, type MultipartLimits, type PartFields } from './multipart-parts.ts';
import { decodeText } from './text.ts';

/** An uploaded file, bytes as sent. */
export interface UploadedFile {
  readonly fileName: string | undefined;
  readonly contentType: string;
  readonly content: Buffer;
}

/** A part without its content. */
export interface PartNote {
  readonly name: string;
  readonly headers: PartFields;
}

export type DecodedMultipart =
  | {
      readonly kind: 'value';
      readonly candidates: readonly unknown[];
      /** By part name, in the order sent: parts with a file name and parts that are not text. */
      readonly files: ReadonlyMap<string, readonly UploadedFile[]>;
      /** What stands above the content of each part. */
      readonly parts: readonly PartNote[];
    }
  | MalformedBody;

/**
 * Decodes a multipart/form-data body (RFC 7578; OpenAPI 3.1 sections 4.8.14.5 and 4.8.15) into an object with one property a part
 * name. JSON parts are parsed, text parts typed by the schema, binary parts are strings of one character a byte, so that `minLength`
 * and `maxLength` count bytes.
 * @param boundary the parameter of the Content-Type.
 * @param encoding Encoding Objects by property name, as the document gives them.
 * @param limits see {@link MultipartLimits} for the defaults.
 */
export async function decodeMultipart(
  body: Buffer,
  boundary: string | undefined,
  schema: Schema,
  encoding: Readonly<Record<string, unknown>>,
  lookup: SchemaLookup,
  limits: Partial<MultipartLimits> = {},
): Promise<DecodedMultipart> {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  const read = await readParts(body, boundary, bounds);
  if (read.kind === 'malformed') return read;

  const form = shapeOf(schema, lookup);
  const files = new Map<string, UploadedFile[]>();
  const properties = new Map<string, readonly unknown[]>();
  for (const [name, parts] of Map.groupBy(read.parts, (part) => part.name)) {
    const shape = form.property(name);
    const { contentTypes, styled, explode, style } = encodingOf(encoding, name);
    const items: (readonly unknown[])[] = [];
    // Each item of an array is a part of its own (OpenAPI 3.1 section 4.8.14.5).
    const several = parts.length > 1 || Boolean(shape.types & ARRAY && !(shape.types & PRIMITIVE));
    for (const [index, part] of parts.entries()) {
      const item = readPart(part, several ? shape.item(index) : shape, contentTypes, bounds);
      if (item.kind === 'malformed') return { ...malformed(`part "${name}" ${item.message}`), pointer: childPointer('', name) };
      if (item.isFile)
        files.set(name, [...(files.get(name) ?? []), { fileName: part.fileName, contentType: part.contentType, content: part.content }]);
      items.push(item.candidates);
    }
    const [only] = parts;
    // One text for the whole list, where the document gives it a style (Swagger 2.0: `collectionFormat`).
    const listed = several && only !== undefined && parts.length === 1 && styled && !explode ? readList(only, shape, style) : [];
    properties.set(name, several ? [...listed, ...arraysOf(items), ...wholeArray(parts)] : (items[0] ?? []));
  }
  return { kind: 'value', candidates: objectsOf(properties), files, parts: read.parts.map(({ name, headers }) => ({ name, headers })) };
}

function readList(part: FormPart, shape: Shape, style: ParameterStyle): readonly unknown[] {
  const text = decodeText(part.content);
  return text.kind === 'text' ? cutText(text.text, shape, style) : [];
}

/** One part that holds the whole array as JSON, as some clients send it. */
function wholeArray(parts: readonly FormPart[]): unknown[] {
  const [part] = parts;
  if (part === undefined || parts.length > 1 || part.content[0] !== 0x5b) return [];
  const json = jsonOf(part.content.toString());
  return Array.isArray(json) ? [json] : [];
}

type ReadPart = { readonly kind: 'value'; readonly candidates: readonly unknown[]; readonly isFile: boolean } | MalformedBody;

/** @param documented media types of the part, lower-cased. */
export function readPart(part: FormPart, shape: Shape, documented: readonly string[], limits: MultipartLimits): ReadPart {
  const isFile = part.fileName !== undefined || !isTextual(part.contentType);
  if (!isFile && part.content.length > limits.fieldSize) return malformed(`must have at most ${limits.fieldSize} bytes`);
  // Clients that name no type say nothing (the parser gives text/plain): the document decides then.
  const type = part.contentType === 'text/plain' ? (documented[0] ?? part.contentType) : part.contentType;
  const charset = parseMediaType(part.headers['content-type'] ?? '')?.parameters.get('charset');

  if (isJsonMediaType(type)) {
    const text = decodeText(part.content, charset);
    const json = text.kind === 'text' ? jsonOf(text.text) : undefined;
    if (json !== undefined) return { kind: 'value', candidates: [json], isFile };
    return malformed('must be JSON');
  }
  if (isBinary(shape) || !isTextual(part.contentType)) return { kind: 'value', candidates: [part.content.toString('latin1')], isFile };

  const text = decodeText(part.content, charset);
  if (text.kind === 'malformed') {
    return part.fileName === undefined ? text : { kind: 'value', candidates: [part.content.toString('latin1')], isFile };
  }
  // Where nobody names a type an object is JSON (OpenAPI 3.1 section 4.8.15.1), which is what reading by the schema makes of it.
  return { kind: 'value', candidates: readNested(text.text, shape), isFile };
}

function isTextual(contentType: string): boolean {
  return (
    contentType.startsWith('text/') ||
    isJsonMediaType(contentType) ||
    contentType.endsWith('xml') ||
    contentType === 'application/x-www-form-urlencoded'
  );
}

function isBinary(shape: Shape): boolean {
  return (
    shape.keyword('format') === 'binary' ||
    (typeof shape.keyword('contentMediaType') === 'string' && shape.keyword('contentEncoding') === undefined)
  );
}
