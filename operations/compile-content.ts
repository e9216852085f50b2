import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { addressOf, child, entries, members, record } from './document.ts';
import type { Node } from './document.ts';
import { parseMediaType } from './media-type.ts';
import type { Content, NamedExample } from './operation.ts';
import type { View } from './schema/excused.ts';

/** The media types of a body (OpenAPI 3.1 section 4.8.14) in document order. */
export function compileContents(builder: Builder, node: Node | undefined, view: View): Content[] {
  return members(node).flatMap(([mediaType, given]) => {
    const content = follow(builder, given);
    if (content === undefined) return [];
    if (parseMediaType(mediaType) === undefined) {
      builder.problems.push({ address: addressOf(given), message: `"${mediaType}" is no media type; it can not be asked for` });
      return [];
    }
    return [
      contentOf(
        builder,
        mediaType,
        content,
        child(content, 'schema'),
        view,
        examplesOf(builder, content),
        record(record(content.value)['encoding']),
      ),
    ];
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
): Content {
  return {
    mediaType,
    range: parseMediaType(mediaType) ?? { type: '*', subtype: '*', parameters: new Map() },
    address: addressOf(holder),
    validator: schema === undefined ? undefined : builder.validators.at(schema, view),
    examples,
    encoding,
  };
}

/** `example` and `examples` of a media type (OpenAPI 3.1 section 4.8.14.1); one that only names an `externalValue` is left out. */
export function examplesOf(builder: Builder, content: Node): NamedExample[] {
  const list: NamedExample[] = [];
  for (const [name, given] of entries(child(content, 'examples'))) {
    const node = follow(builder, given);
    const value = node === undefined ? undefined : child(node, 'value');
    if (value !== undefined) list.push({ name, value: value.value, address: addressOf(value) });
  }
  const single = child(content, 'example');
  if (single !== undefined) list.push({ name: 'default', value: single.value, address: addressOf(single) });
  return list;
}
