import { isSchemaObject } from '../schema/schema.ts';
import type { Shape } from '../parameters/index.ts';

/** The XML Object of a schema (OpenAPI 3.1 section 4.8.26); what is not given or not usable is `undefined` or false. */
export interface XmlKeyword {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly prefix: string | undefined;
  readonly attribute: boolean;
  readonly wrapped: boolean;
}

export function xmlOf(shape: Shape): XmlKeyword {
  const keyword = shape.keyword('xml');
  const given = isSchemaObject(keyword) ? keyword : {};
  return {
    name: textOf(given['name']),
    namespace: textOf(given['namespace']),
    prefix: textOf(given['prefix']),
    attribute: given['attribute'] === true,
    wrapped: given['wrapped'] === true,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
