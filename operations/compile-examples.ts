import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { addressOf, child, entries, items, record } from './document.ts';
import type { Node } from './document.ts';
import type { NamedExample } from './operation.ts';
import { example32 } from './compile-example32.ts';
import { dereference, resolveReference } from './reference.ts';
import { speaks32 } from './version.ts';

/**
 * `example` and `examples` of a media type, or of a parameter or header (OpenAPI 3.1 section 4.8.14.1).
 * @param mediaType of the value; absent for a parameter or header, whose text may hold more than the value.
 */
export function examplesOf(builder: Builder, content: Node, mediaType?: string): NamedExample[] {
  const list: NamedExample[] = [];
  const named = child(content, 'examples');
  for (const [name, given] of entries(named)) {
    const node = follow(builder, given);
    if (node === undefined) continue;
    const example = speaks32(builder.document) ? example32(builder, name, node, mediaType) : undefined;
    const value = example === undefined ? valueOf(builder, node) : undefined;
    if (example !== undefined) list.push(example);
    else if (value !== undefined) list.push(exampleAt(builder, name, value));
  }
  // A list of values is what schemas have; here it is a mistake with only one meaning.
  for (const [index, item] of items(named).entries()) list.push(exampleAt(builder, String(index), valueOf(builder, item) ?? item));
  const single = child(content, 'example');
  if (single !== undefined) list.push(exampleAt(builder, 'default', single));
  return list;
}

/**
 * An example where the document writes it. A mere `$ref` in its place is taken for what it leads to, since that is what its author means: the specification knows no
 * reference there, but a value in a file of its own is often written so.
 */
export function exampleAt({ document }: Builder, name: string, node: Node): NamedExample {
  const resolved = dereference(document, node);
  const target = resolved.ok ? (insideExample(resolved.node) ?? resolved.node) : node;
  return { name, value: target.value, address: addressOf(target) };
}

/** `value`, else what `externalValue` names where that is one of the document's files; other addresses are not asked for. */
function valueOf({ document }: Builder, example: Node): Node | undefined {
  const value = child(example, 'value');
  const { externalValue } = record(example.value);
  if (value !== undefined || typeof externalValue !== 'string') return value;
  const resolved = resolveReference(document, externalValue, example);
  return resolved.ok ? resolved.node : undefined;
}

/** A reference may lead to an Example Object instead of the value in it. */
function insideExample(node: Node): Node | undefined {
  return /\/examples\/[^/]+$/.test(node.pointer) ? (child(node, 'value') ?? child(node, 'dataValue')) : undefined;
}
