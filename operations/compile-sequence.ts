import { sequenceForm } from './bodies/index.ts';
import type { Builder } from './builder.ts';
import { addressOf, child, items, record } from './document.ts';
import type { Document, Node } from './document.ts';
import { parseMediaType } from './media-type.ts';
import type { MediaType } from './media-type.ts';
import type { Sequence } from './operation.ts';
import { ARRAY, NULL, typesOf } from './parameters/index.ts';
import { referenceTo } from './reference.ts';
import type { SchemaValidator } from './schema/validator.ts';
import { speaks32 } from './version.ts';

/** The schema of a media type's content and how its items are strung together, where they are. */
export interface WholeSchema {
  readonly schema: Node | undefined;
  readonly sequence?: Sequence;
}

/**
 * Reads the fields of a Media Type Object that are about items (OpenAPI 3.2, Media Type Object: `itemSchema`, `prefixEncoding`, `itemEncoding`) as what the other schemas are made of: the content is the array of its
 * items, each by `itemSchema`, and the whole by `schema`.
 */
export function wholeSchema(builder: Builder, content: Node, range: MediaType | undefined): WholeSchema {
  const schema = child(content, 'schema');
  if (!speaks32(builder.document) || range === undefined) return { schema };
  const form = sequenceForm(range);
  reportMisplaced(builder, content, range, form !== undefined);
  if (form === undefined) return { schema };
  const [prefix, item] = [items(child(content, 'prefixEncoding')), child(content, 'itemEncoding')];
  const sequence: Sequence = { form, prefixEncoding: prefix.map(({ value }) => record(value)), itemEncoding: record(item?.value) };
  return { schema: arrayOfItems(content) ?? schema, sequence };
}

/** The schema of a media type's whole content, as a reader of the document means it. @param mediaType its key. */
export function schemaOfContent(document: Document, content: Node, mediaType: string): Node | undefined {
  const range = parseMediaType(mediaType);
  const isSequence = speaks32(document) && range !== undefined && sequenceForm(range) !== undefined;
  return (isSequence ? arrayOfItems(content) : undefined) ?? child(content, 'schema');
}

/** The array of what `itemSchema` describes, which is what `schema` describes too; `undefined` without `itemSchema`. */
function arrayOfItems(content: Node): Node | undefined {
  const [itemSchema, schema] = [child(content, 'itemSchema'), child(content, 'schema')];
  if (itemSchema === undefined) return undefined;
  const array = { type: 'array', items: { $ref: referenceTo(itemSchema) } };
  const value = schema === undefined ? array : { ...array, allOf: [{ $ref: referenceTo(schema) }] };
  // No schema stands at the place of the content itself.
  return { value, source: content.source, pointer: content.pointer };
}

/** Whether the schema of a sequential media type is about the array of its items: documents of older versions write that of one item, or of the text, in its place. */
export function isOfItems(validator: SchemaValidator | undefined, content: Node, builder: Builder): boolean {
  if (['itemSchema', 'prefixEncoding', 'itemEncoding'].some((field) => child(content, field) !== undefined)) return true;
  const types = validator === undefined ? 0 : typesOf(validator.schema, builder.validators.lookup);
  return types === ARRAY || types === (ARRAY | NULL);
}

/** Tells of fields that stand where they have no meaning. */
function reportMisplaced({ problems }: Builder, content: Node, range: MediaType, isSequence: boolean): void {
  const tell = (field: string, message: string): void => {
    const node = child(content, field);
    if (node !== undefined) problems.push({ address: addressOf(node), message });
  };
  const name = `${range.type}/${range.subtype}`;
  if (!isSequence && !/[*]/.test(name))
    tell('itemSchema', `"itemSchema" is for sequential media types, and ${name} is not known as one; its items are not checked`);
  for (const field of ['prefixEncoding', 'itemEncoding']) {
    if (range.type !== 'multipart' || !isSequence)
      tell(field, `"${field}" is for the parts of a multipart body that have no names, but this is ${name}; it is not read`);
    else if (child(content, 'encoding') !== undefined)
      tell(field, `"${field}" stands beside "encoding", but parts are described by name or by place; "encoding" is not read`);
  }
}
