import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { addressOf, child, entries } from './document.ts';
import type { Node } from './document.ts';
import type { NamedExample } from './operation.ts';

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
