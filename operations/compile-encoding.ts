import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { buildParameter } from './compile-parameter.ts';
import { child, entries } from './document.ts';
import type { Node } from './document.ts';
import type { OperationParameter, PartHeaders } from './operation.ts';
import type { View } from './schema/excused.ts';

/** The headers that Encoding Objects ask for in the parts of a multipart body, by property (OpenAPI 3.1 section 4.8.15.1); `undefined` where there are none. */
export function compilePartHeaders(builder: Builder, content: Node, mediaType: string, view: View): PartHeaders | undefined {
  if (!/^multipart\//i.test(mediaType)) return undefined;
  const found = new Map<string, readonly OperationParameter[]>();
  for (const [property, encoding] of entries(child(content, 'encoding'))) {
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
