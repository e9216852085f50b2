import { arraysOf, malformed, shapeOf } from '../parameters/index.ts';
import { parseMediaType, essence } from '../media-type.ts';
import { childPointer } from '../pointer.ts';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import type { MalformedBody } from './decoded-body.ts';
import { readPart } from './multipart.ts';
import type { PartNote } from './multipart.ts';
import { DEFAULT_LIMITS, cutParts } from './multipart-parts.ts';

export type DecodedParts =
  | { readonly kind: 'value'; readonly candidates: readonly unknown[]; readonly parts: readonly PartNote[] }
  | MalformedBody;

/**
 * Decodes a multipart body without names, such as `multipart/mixed`, into the array of its parts (OpenAPI 3.2, Encoding By Position). A part is called by its place, `0` the first.
 * @param schema of the array.
 * @param typesAt the documented media types of a part; empty where the document names none.
 */
export function decodePartSequence(
  body: Buffer,
  boundary: string | undefined,
  schema: Schema,
  typesAt: (index: number) => readonly string[],
  lookup: SchemaLookup,
): DecodedParts {
  const cut = cutParts(body, boundary, DEFAULT_LIMITS);
  if (cut.kind === 'malformed') return cut;
  const shape = shapeOf(schema, lookup);
  const items: (readonly unknown[])[] = [];
  const parts: PartNote[] = [];
  for (const [index, { headers, content }] of cut.parts.entries()) {
    const type = parseMediaType(headers['content-type'] ?? 'text/plain');
    const part = {
      name: String(index),
      fileName: undefined,
      contentType: type === undefined ? 'text/plain' : essence(type),
      content,
      headers,
    };
    const read = readPart(part, shape.item(index), typesAt(index), DEFAULT_LIMITS);
    if (read.kind === 'malformed') return { ...malformed(`part ${index + 1} ${read.message}`), pointer: childPointer('', index) };
    items.push(read.candidates);
    parts.push({ name: part.name, headers });
  }
  return { kind: 'value', candidates: arraysOf(items), parts };
}
