import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { compilePartHeaders } from './compile-encoding.ts';
import { examplesOf } from './compile-examples.ts';
import { isOfItems, wholeSchema } from './compile-sequence.ts';
import { addressOf, members, record } from './document.ts';
import type { Node } from './document.ts';
import { parseMediaType } from './media-type.ts';
import type { Content, NamedExample, PartHeaders } from './operation.ts';
import type { View } from './schema/excused.ts';

/** The media types of a body (OpenAPI 3.1 section 4.8.14) in document order. */
export function compileContents(builder: Builder, node: Node | undefined, view: View): Content[] {
  return members(node).flatMap(([mediaType, given]) => {
    const content = follow(builder, given);
    if (content === undefined) return [];
    const range = parseMediaType(mediaType);
    if (range === undefined) {
      builder.problems.push({ address: addressOf(given), message: `"${mediaType}" is no media type; it can not be asked for` });
      return [];
    }
    const { schema, sequence } = wholeSchema(builder, content, range);
    const compiled = contentOf(
      builder,
      mediaType,
      content,
      schema,
      view,
      examplesOf(builder, content, mediaType),
      record(record(content.value)['encoding']),
      compilePartHeaders(builder, content, mediaType, view),
    );
    return [sequence !== undefined && isOfItems(compiled.validator, content, builder) ? { ...compiled, sequence } : compiled];
  });
}

/** One media type with its schema; a key that is no media type stands for any. */
export function contentOf(
  builder: Builder,
  mediaType: string,
  holder: Node,
  schema: Node | undefined,
  view: View,
  examples: readonly NamedExample[],
  encoding: Readonly<Record<string, unknown>>,
  partHeaders?: PartHeaders,
): Content {
  return {
    // What every request with a body asks of it stands together at the beginning, in memory too.
    range: parseMediaType(mediaType) ?? { type: '*', subtype: '*', parameters: new Map() },
    validator: schema === undefined ? undefined : builder.validators.at(schema, view),
    mediaType,
    address: addressOf(holder),
    examples,
    encoding,
    ...(partHeaders === undefined ? {} : { partHeaders }),
  };
}
