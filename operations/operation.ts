import { addressOf, child, entries, items, members, record } from './document.ts';
import type { Document, Node } from './document.ts';
import { fit, parseMediaType } from './media-type.ts';
import type { MediaType } from './media-type.ts';
import { compileDecoder } from './parameters/index.ts';
import type { Parameter, ParameterDecoder, ParameterPlace, ParameterStyle } from './parameters/index.ts';
import { dereference } from './reference.ts';
import type { Route } from './route.ts';
import type { Problem } from './schema/schemas.ts';
import type { SchemaValidator, Validators } from './schema/validator.ts';
import type { View } from './schema/normalise.ts';
import { securityOf } from './security.ts';
import type { Security } from './security.ts';

/** An operation ready to judge messages: everything the document says about it, looked up once. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly document: Document;
  readonly route: Route;
  /** `file#/pointer` of the Operation Object. */
  readonly address: string;
  readonly deprecated: boolean;
  readonly parameters: readonly OperationParameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly ResponseRule[];
  readonly security: Security;
  /** What of this operation can't be used as the document gives it. */
  readonly problems: readonly Problem[];
  /** Finds the schemas that references stand for. */
  readonly validators: Validators;
}

/** A parameter or header with its compiled decoder and validator. */
export interface OperationParameter extends Parameter {
  readonly address: string;
  readonly sensitive: boolean;
  readonly decode: ParameterDecoder;
  readonly validator: SchemaValidator | undefined;
}

export interface RequestBody {
  readonly required: boolean;
  readonly address: string;
  readonly contents: readonly Content[];
}

/** One media type of a body (OpenAPI 3.1 section 4.8.14). */
export interface Content {
  /** As the document writes it, ranges included. */
  readonly mediaType: string;
  readonly range: MediaType;
  readonly address: string;
  readonly validator: SchemaValidator | undefined;
  readonly examples: readonly NamedExample[];
  /** Encoding Objects by property, for forms. */
  readonly encoding: Readonly<Record<string, unknown>>;
}

export interface NamedExample {
  readonly name: string;
  readonly value: unknown;
  readonly address: string;
}

export interface ResponseRule {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly address: string;
  readonly headers: readonly OperationParameter[];
  readonly contents: readonly Content[];
  /** True when a Swagger 2.0 document names no `produces`: the media type is then a guess and not held against anybody. */
  readonly openMediaType: boolean;
}

/** Header parameters that OpenAPI 3 tells to ignore: other parts of the document describe them (OpenAPI 3.1 section 4.8.12.1). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** Compiles one operation. Schemas are still compiled only when a value is first checked. Never throws: what can't be used is in `problems`. */
export function compileOperation(route: Route, validators: Validators): Operation {
  const { document, node } = route;
  const problems: Problem[] = [];
  const builder = { document, validators, problems };
  const given = record(node.value);
  const declared = declaredParameters(builder, route);
  const queryNames = declared
    .filter((parameter) => parameterPlace(parameter) === 'query')
    .map((parameter) => String(record(parameter.value)['name']));
  const parameters = declared.flatMap((parameter) => compileParameter(builder, parameter, 'request', queryNames));
  return {
    id: route.id,
    method: route.method,
    path: route.path,
    document,
    route,
    address: addressOf(node),
    deprecated: given['deprecated'] === true,
    parameters,
    requestBody: document.dialect === '2.0' ? body20(builder, route, declared) : body30(builder, node),
    responses: compileResponses(builder, node),
    security: securityOf(document, node),
    problems,
    validators,
  };
}

interface Builder {
  readonly document: Document;
  readonly validators: Validators;
  readonly problems: Problem[];
}

/** Follows references; a dangling one is a problem of the operation and the part is left out. */
function follow(builder: Builder, node: Node | undefined): Node | undefined {
  if (node === undefined) return undefined;
  const resolved = dereference(builder.document, node);
  if (resolved.ok) return resolved.node;
  builder.problems.push({ address: addressOf(node), message: resolved.reason });
  return undefined;
}

/** The path item's parameters, replaced by the operation's of the same name and place. */
function declaredParameters(builder: Builder, route: Route): Node[] {
  const byKey = new Map<string, Node>();
  for (const node of [...items(child(route.pathItem, 'parameters')), ...items(child(route.node, 'parameters'))]) {
    const parameter = follow(builder, node);
    if (parameter === undefined) continue;
    const { name, in: place } = record(parameter.value);
    if (typeof place !== 'string' || (typeof name !== 'string' && place !== 'body')) {
      builder.problems.push({ address: addressOf(node), message: 'a parameter needs "name" and "in"; it is not checked' });
      continue;
    }
    byKey.set(place === 'header' ? `${place} ${String(name).toLowerCase()}` : `${place} ${String(name)}`, parameter);
  }
  return [...byKey.values()];
}

function parameterPlace(node: Node): ParameterPlace | undefined {
  const place = record(node.value)['in'];
  return place === 'path' || place === 'query' || place === 'header' || place === 'cookie' ? place : undefined;
}

function compileParameter(builder: Builder, node: Node, view: View, siblings: readonly string[]): OperationParameter[] {
  const place = parameterPlace(node);
  if (place === undefined) return [];
  const name = String(record(node.value)['name']);
  if (builder.document.dialect !== '2.0' && place === 'header' && IGNORED_HEADERS.has(name.toLowerCase())) return [];
  return [buildParameter(builder, node, name, place, view, siblings)];
}

function buildParameter(
  builder: Builder,
  node: Node,
  name: string,
  place: ParameterPlace,
  view: View,
  siblings: readonly string[],
): OperationParameter {
  const given = record(node.value);
  const old = builder.document.dialect === '2.0';
  const [mediaType, content] = members(child(node, 'content'))[0] ?? [];
  const schemaNode = old
    ? { ...node, value: place === 'query' ? notEmpty20(given) : node.value }
    : content === undefined
      ? child(node, 'schema')
      : child(content, 'schema');
  const validator = schemaNode === undefined ? undefined : builder.validators.at(schemaNode, view);
  const { style, explode } = old ? style20(given, place) : style30(given, place);
  const parameter: Parameter = {
    name,
    in: place,
    required: place === 'path' || given['required'] === true,
    deprecated: given['deprecated'] === true,
    allowEmptyValue: given['allowEmptyValue'] === true,
    allowReserved: given['allowReserved'] === true,
    style,
    explode,
    schema: validator?.schema,
    mediaType,
  };
  return {
    ...parameter,
    address: addressOf(node),
    sensitive: given['x-sensitive'] === true || given['format'] === 'password',
    decode: compileDecoder(parameter, builder.validators.lookup, { queryNames: siblings }),
    validator,
  };
}

const STYLES = new Set(['simple', 'label', 'matrix', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject']);

/** Defaults of OpenAPI 3.1 section 4.8.12.2. */
function style30(given: Readonly<Record<string, unknown>>, place: ParameterPlace): { style: ParameterStyle; explode: boolean } {
  const preset: ParameterStyle = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  const style = typeof given['style'] === 'string' && STYLES.has(given['style']) ? (given['style'] as ParameterStyle) : preset;
  return { style, explode: typeof given['explode'] === 'boolean' ? given['explode'] : style === 'form' };
}

/** Swagger 2.0's `collectionFormat` as a style. */
function style20(
  given: Readonly<Record<string, unknown>>,
  place: ParameterPlace | 'formData',
): { style: ParameterStyle; explode: boolean } {
  const plain: ParameterStyle = place === 'path' || place === 'header' ? 'simple' : 'form';
  switch (given['collectionFormat']) {
    case 'multi':
      return { style: 'form', explode: true };
    case 'ssv':
      return { style: 'spaceDelimited', explode: false };
    case 'tsv':
      return { style: 'tabDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    default:
      return { style: plain, explode: false };
  }
}

function body30(builder: Builder, operation: Node): RequestBody | undefined {
  const node = follow(builder, child(operation, 'requestBody'));
  if (node === undefined) return undefined;
  return {
    required: record(node.value)['required'] === true,
    address: addressOf(node),
    contents: compileContents(builder, child(node, 'content'), 'request'),
  };
}

/** Swagger 2.0: the `body` parameter, or the `formData` ones as the properties of one object. */
function body20(builder: Builder, route: Route, declared: readonly Node[]): RequestBody | undefined {
  const whole = declared.find((parameter) => record(parameter.value)['in'] === 'body');
  const consumes = mediaTypes20(builder.document, route.node, 'consumes');
  if (whole !== undefined) {
    const schema = child(whole, 'schema');
    const mediaTypes = consumes.length > 0 ? consumes : ['application/json'];
    return {
      required: record(whole.value)['required'] === true,
      address: addressOf(whole),
      contents: mediaTypes.map((mediaType) => contentOf(builder, mediaType, whole, schema, 'request', [], {})),
    };
  }
  const fields = declared.filter((parameter) => record(parameter.value)['in'] === 'formData');
  const first = fields[0];
  if (first === undefined) return undefined;
  const properties: Record<string, unknown> = {};
  const encoding: Record<string, unknown> = {};
  const required: string[] = [];
  for (const field of fields) {
    const given = record(field.value);
    const name = String(given['name']);
    properties[name] = given['type'] === 'file' ? { ...given, type: 'string', format: 'binary' } : notEmpty20(given);
    encoding[name] = style20(given, 'formData');
    if (given['required'] === true) required.push(name);
  }
  const schema: Node = {
    value: { type: 'object', properties, required },
    source: route.node.source,
    pointer: `${route.node.pointer}/parameters`,
  };
  const forms = consumes.filter((mediaType) => /form/.test(mediaType));
  const hasFile = fields.some((field) => record(field.value)['type'] === 'file');
  const preset = hasFile ? ['multipart/form-data'] : ['application/x-www-form-urlencoded', 'multipart/form-data'];
  return {
    required: required.length > 0,
    address: addressOf(first),
    contents: (forms.length > 0 ? forms : preset).map((mediaType) =>
      contentOf(builder, mediaType, schema, schema, 'request', [], encoding),
    ),
  };
}

/**
 * Swagger 2.0: a query or form parameter may be sent with an empty value only where `allowEmptyValue` says so. OpenAPI 3 leaves that to the
 * schema: an empty string is a string, and its style table writes one as `color=`.
 */
function notEmpty20(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const decided = given['allowEmptyValue'] === true || given['minLength'] !== undefined || given['enum'] !== undefined;
  return given['type'] === 'string' && !decided ? { ...given, minLength: 1 } : given;
}

/** `consumes` or `produces` of the operation, else of the document. */
function mediaTypes20(document: Document, operation: Node, key: 'consumes' | 'produces'): string[] {
  const own = record(operation.value)[key] ?? record(document.root.value)[key];
  return Array.isArray(own) ? own.filter((item): item is string => typeof item === 'string') : [];
}

function compileResponses(builder: Builder, operation: Node): ResponseRule[] {
  return members(child(operation, 'responses')).flatMap(([status, given]) => {
    const node = follow(builder, given);
    if (node === undefined) return [];
    const headers = members(child(node, 'headers')).flatMap(([name, header]) => {
      const target = follow(builder, header);
      // Content-Type is described by the keys of `content` (OpenAPI 3.1 section 4.8.17.1).
      if (target === undefined || name.toLowerCase() === 'content-type') return [];
      return [buildParameter(builder, target, name, 'header', 'response', [])];
    });
    const base = { status: /^[1-5]xx$/i.test(status) ? status.toUpperCase() : status, address: addressOf(node), headers };
    if (builder.document.dialect !== '2.0') {
      return [{ ...base, contents: compileContents(builder, child(node, 'content'), 'response'), openMediaType: false }];
    }
    const produces = mediaTypes20(builder.document, operation, 'produces');
    return [{ ...base, contents: contents20(builder, node, produces), openMediaType: produces.length === 0 }];
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
    const named = list.map(([name, node]) => ({
      name: parseMediaType(name) === undefined ? name : 'default',
      value: node.value,
      address: addressOf(node),
    }));
    return contentOf(builder, mediaType, response, schema, 'response', named, {});
  });
}

/** Keys of Swagger 2.0 examples are media types or ranges; one that is neither is the name of an example, as tools of that time wrote them. */
function isExampleFor(key: string, mediaType: string): boolean {
  const range = parseMediaType(key);
  const concrete = parseMediaType(mediaType);
  return range === undefined || concrete === undefined || fit(range, concrete) > 0;
}

function compileContents(builder: Builder, node: Node | undefined, view: View): Content[] {
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

function contentOf(
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
function examplesOf(builder: Builder, content: Node): NamedExample[] {
  const list: NamedExample[] = [];
  for (const [name, given] of members(child(content, 'examples'))) {
    const node = follow(builder, given);
    const value = node === undefined ? undefined : child(node, 'value');
    if (value !== undefined) list.push({ name, value: value.value, address: addressOf(value) });
  }
  const single = child(content, 'example');
  if (single !== undefined) list.push({ name: 'default', value: single.value, address: addressOf(single) });
  return list;
}
