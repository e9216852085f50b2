import { isSchemaObject } from '../schema/schema.ts';
import type { Shape } from '../parameters/index.ts';

/** The XML Object of a schema (OpenAPI 3.1 section 4.8.26; `nodeType` since 3.2); what is not given or not usable is `undefined` or false. */
export interface XmlKeyword {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly prefix: string | undefined;
  readonly attribute: boolean;
  readonly wrapped: boolean;
  /** The value stands as text in the element of its object, which has no element for it: `text` or `cdata`. */
  readonly text: 'text' | 'cdata' | undefined;
}

export function xmlOf(shape: Shape): XmlKeyword {
  const keyword = shape.keyword('xml');
  const given = isSchemaObject(keyword) ? keyword : {};
  // OpenAPI 3.2 says it in one word: `attribute` is that of before, and an array that is an element is one that wraps its items.
  const { nodeType } = given;
  return {
    name: textOf(given['name']),
    namespace: textOf(given['namespace']),
    prefix: textOf(given['prefix']),
    attribute: given['attribute'] === true || nodeType === 'attribute',
    wrapped: given['wrapped'] === true || nodeType === 'element',
    text: nodeType === 'text' || nodeType === 'cdata' ? nodeType : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
