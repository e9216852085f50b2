import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { compileContents, contentOf } from './compile-content.ts';
import { style20 } from './compile-parameter.ts';
import { addressOf, child, record } from './document.ts';
import type { Document, Node } from './document.ts';
import type { Content, RequestBody } from './operation.ts';
import { referenceTo } from './reference.ts';
import type { Route } from './route.ts';
import type { SchemaObject } from './schema/schema.ts';

/** The Request Body Object of OpenAPI 3.x (OpenAPI 3.1 section 4.8.13). */
export function compileBody30(builder: Builder, operation: Node): RequestBody | undefined {
  const node = follow(builder, child(operation, 'requestBody'));
  if (node === undefined) return undefined;
  return bodyOf(record(node.value)['required'] === true, node, compileContents(builder, child(node, 'content'), 'request'));
}

/** Swagger 2.0: the `body` parameter, or the `formData` ones as the properties of one object. */
export function compileBody20(builder: Builder, route: Route, declared: readonly Node[]): RequestBody | undefined {
  const whole = declared.find((parameter) => record(parameter.value)['in'] === 'body');
  const consumes = mediaTypes20(builder.document, route.node, 'consumes');
  if (whole !== undefined) {
    const schema = child(whole, 'schema');
    const mediaTypes = consumes.length > 0 ? consumes : ['application/json'];
    const contents = mediaTypes.map((mediaType) => contentOf(builder, mediaType, whole, schema, 'request', [], {}));
    return bodyOf(record(whole.value)['required'] === true, whole, contents);
  }
  const fields = declared.filter((parameter) => record(parameter.value)['in'] === 'formData');
  const first = fields[0];
  if (first === undefined) return undefined;
  const named = fields.map((field): [string, Node] => [String(record(field.value)['name']), field]);
  const required = named.filter(([, field]) => record(field.value)['required'] === true).map(([name]) => name);
  // Each property refers to its parameter, which normalising reads as a schema: so a violation names the parameter.
  const properties = Object.fromEntries(named.map(([name, field]) => [name, propertyOf(field)]));
  const encoding = Object.fromEntries(named.map(([name, field]) => [name, style20(record(field.value), 'formData')]));
  const schema: Node = {
    value: { type: 'object', properties, required },
    source: route.node.source,
    pointer: `${route.node.pointer}/parameters`,
  };
  const forms = consumes.filter((mediaType) => /form/.test(mediaType));
  const hasFile = fields.some((field) => record(field.value)['type'] === 'file');
  const preset = hasFile ? ['multipart/form-data'] : ['application/x-www-form-urlencoded', 'multipart/form-data'];
  const contents = (forms.length > 0 ? forms : preset).map((mediaType) =>
    contentOf(builder, mediaType, schema, schema, 'request', [], encoding),
  );
  return bodyOf(required.length > 0, first, contents);
}

function bodyOf(required: boolean, node: Node, contents: readonly Content[]): RequestBody {
  return { only: contents.length === 1 ? contents[0] : undefined, required, address: addressOf(node), contents };
}

/** `allowEmptyValue` lets a field be empty, whatever else is asked of it (Swagger 2.0 Parameter Object). */
function propertyOf(field: Node): SchemaObject {
  const value = { $ref: referenceTo(field) };
  return record(field.value)['allowEmptyValue'] === true ? { anyOf: [value, { enum: [''] }] } : value;
}

/** `consumes` or `produces` of the operation, else of the document. */
export function mediaTypes20(document: Document, operation: Node, key: 'consumes' | 'produces'): string[] {
  const own = record(operation.value)[key] ?? record(document.root.value)[key];
  return Array.isArray(own) ? own.filter((item): item is string => typeof item === 'string') : [];
}
