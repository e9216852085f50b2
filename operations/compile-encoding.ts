import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { buildParameter } from './compile-parameter.ts';
import { child, entries, items } from './document.ts';
import type { Node } from './document.ts';
import type { OperationParameter, PartHeaders } from './operation.ts';
import type { View } from './schema/excused.ts';

/** The headers that Encoding Objects ask for in the parts of a multipart body, by property (OpenAPI 3.1 section 4.8.15.1); `undefined` where there are none. */
export function compilePartHeaders(builder: Builder, content: Node, mediaType: string, view: View): PartHeaders | undefined {
  if (!/^multipart\//i.test(mediaType)) return undefined;
  const found = new Map<string, readonly OperationParameter[]>();
  for (const [property, encoding] of encodingsOf(content)) {
    const headers = entries(child(encoding, 'headers')).flatMap(([name, given]) => {
      const header = follow(builder, given);
      // "Content-Type is described separately and SHALL be ignored in this section."
      if (header === undefined || name.toLowerCase() === 'content-type') return [];
      return [buildParameter(builder, header, name, 'header', view, [])];
    });
    if (headers.length > 0) found.set(property, headers);
  }
  return found.size === 0 ? undefined : found;
}

/** Encoding Objects by property, or by place (OpenAPI 3.2, Encoding By Position). */
function encodingsOf(content: Node): [string, Node][] {
  const item = child(content, 'itemEncoding');
  const byPlace: [string, Node][] = items(child(content, 'prefixEncoding')).map((node, index) => [String(index), node]);
  if (item !== undefined) byPlace.push(['item', item]);
  return byPlace.length > 0 ? byPlace : entries(child(content, 'encoding'));
}
