import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { mediaTypes20 } from './compile-body.ts';
import { compileContents, contentOf } from './compile-content.ts';
import { exampleAt } from './compile-examples.ts';
import { buildParameter } from './compile-parameter.ts';
import { addressOf, child, entries, members } from './document.ts';
import type { Node } from './document.ts';
import { fit, parseMediaType } from './media-type.ts';
import type { Content, OperationParameter, ResponseRule } from './operation.ts';
import { isOtherResponse } from './other-version.ts';

/** The responses of an operation by status (OpenAPI 3.1 sections 4.8.16 and 4.8.17). */
export function compileResponses(builder: Builder, operation: Node): ResponseRule[] {
  const produces = builder.document.dialect === '2.0' ? mediaTypes20(builder.document, operation, 'produces') : undefined;
  return members(child(operation, 'responses')).map(([key, given]) => {
    const status = /^[1-5]xx$/i.test(key) ? key.toUpperCase() : key;
    const node = follow(builder, given);
    // The status is documented all the same; only what its response holds is not known.
    if (node === undefined) return { status, address: addressOf(given), headers: [], contents: [], openMediaType: true };
    const content = child(node, 'content');
    const contents = produces === undefined ? compileContents(builder, content, 'response') : contents20(builder, node, produces);
    const isUnread = isOtherResponse(builder, node) || (contents.length === 0 && members(content).length > 0);
    return {
      status,
      address: addressOf(node),
      headers: compileHeaders(builder, node),
      contents,
      openMediaType: produces?.length === 0 || isUnread,
    };
  });
}

function compileHeaders(builder: Builder, response: Node): OperationParameter[] {
  return entries(child(response, 'headers')).flatMap(([name, header]) => {
    const target = follow(builder, header);
    // Content-Type is described by the keys of `content` (OpenAPI 3.1 section 4.8.17.1).
    if (target === undefined || name.toLowerCase() === 'content-type') return [];
    return [buildParameter(builder, target, name, 'header', 'response', [])];
  });
}

/** Swagger 2.0: one schema for all of `produces`, examples by media type; without `produces` the examples' types, else JSON. */
function contents20(builder: Builder, response: Node, produces: readonly string[]): Content[] {
  const schema = child(response, 'schema');
  const examples = members(child(response, 'examples'));
  if (schema === undefined && examples.length === 0) return [];
  const exampleTypes = examples.map(([name]) => name).filter((name) => parseMediaType(name) !== undefined);
  const mediaTypes = [produces, exampleTypes].find((list) => list.length > 0) ?? ['application/json'];
  return mediaTypes.map((mediaType) => {
    const list = examples.filter(([name]) => isExampleFor(name, mediaType));
    const named = list.map(([name, node]) => exampleAt(builder, parseMediaType(name) === undefined ? name : 'default', node));
    return contentOf(builder, mediaType, response, schema, 'response', named, {});
  });
}

/** Keys of Swagger 2.0 examples are media types or ranges; one that is neither is the name of an example, as tools of that time wrote them. */
function isExampleFor(key: string, mediaType: string): boolean {
  const range = parseMediaType(key);
  const concrete = parseMediaType(mediaType);
  return range === undefined || concrete === undefined || fit(range, concrete) > 0;
}
