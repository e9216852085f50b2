import { examplesOf } from './compile-examples.ts';
import { follow } from './builder.ts';
import type { Builder } from './builder.ts';
import { compileQuerystring, isForm, isWholeQuery, withReadableQuery } from './compile-querystring.ts';
import { addressOf, child, items, members, record } from './document.ts';
import type { Document, Node } from './document.ts';
import { templateNames } from './match.ts';
import type { OperationParameter } from './operation.ts';
import { reportOtherParameter } from './other-version.ts';
import { compileDecoder } from './parameters/index.ts';
import type { Parameter, ParameterPlace, ParameterStyle } from './parameters/index.ts';
import { basePaths } from './route.ts';
import type { Route } from './route.ts';
import type { View } from './schema/excused.ts';
import { isSchemaObject } from './schema/schema.ts';
import type { Schema, SchemaLookup } from './schema/schema.ts';
import { speaks32 } from './version.ts';

/** Header parameters that OpenAPI 3 tells to ignore: other parts of the document describe them (OpenAPI 3.1 section 4.8.12.1). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** The path item's parameters, replaced by the operation's of the same name and place, as the document writes them. */
export function declaredParameters(builder: Builder, route: Route): Node[] {
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
  return withReadableQuery(builder, [...byKey.values()]);
}

/** The place of a parameter, the query for one that stands for all of it; `undefined` for Swagger 2.0's `body` and `formData`, which are parts of the body, and for what is no place. */
function parameterPlace(node: Node, document: Document): ParameterPlace | undefined {
  const place = record(node.value)['in'];
  if (place === 'querystring' && speaks32(document)) return 'query';
  return place === 'path' || place === 'query' || place === 'header' || place === 'cookie' ? place : undefined;
}

/** @returns nothing for a parameter that is described elsewhere (a body, a media type) or that no request could ever send. */
export function compileParameter(builder: Builder, route: Route, node: Node, queryNames: readonly string[]): OperationParameter[] {
  const { name: given, in: stated } = record(node.value);
  const name = String(given);
  const place = parameterPlace(node, builder.document);
  if (place === undefined) {
    if (builder.document.dialect === '2.0' && (stated === 'body' || stated === 'formData')) return [];
    builder.problems.push({ address: addressOf(node), message: `"in: ${String(stated)}" is no place of a parameter; it is not checked` });
    return [];
  }
  if (builder.document.dialect !== '2.0' && place === 'header' && IGNORED_HEADERS.has(name.toLowerCase())) return [];
  if (place === 'path' && ![route.path, ...basePaths(route)].some((path) => templateNames(path).includes(name))) {
    builder.problems.push({ address: addressOf(node), message: `the path ${route.path} has no {${name}}; the parameter is not checked` });
    return [];
  }
  reportOtherParameter(builder, node);
  return [buildParameter(builder, node, name, place, 'request', queryNames)];
}

/** A parameter or header (OpenAPI 3.1 sections 4.8.12 and 4.8.21) with its defaults filled in, its decoder and its validator. */
export function buildParameter(
  builder: Builder,
  node: Node,
  name: string,
  place: ParameterPlace,
  view: View,
  queryNames: readonly string[],
): OperationParameter {
  const given = record(node.value);
  const old = builder.document.dialect === '2.0';
  const [mediaType, content] = members(child(node, 'content'))[0] ?? [];
  const schemaNode = old ? node : child(content ?? node, 'schema');
  const validator = schemaNode === undefined ? undefined : builder.validators.at(schemaNode, view);
  const isWhole = place === 'query' && isWholeQuery(node);
  // The properties of a form stand in the query as those of an exploded object do.
  const whole = { style: 'form', explode: isForm(mediaType) } as const;
  const { style, explode } = isWhole ? whole : old ? style20(given, place) : style30(given, place, speaks32(builder.document));
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
    ...(isWhole ? { isWholeQuery: true } : {}),
  };
  const { lookup } = builder.validators;
  return {
    // What every request asks of it stands together at the beginning, in memory too.
    decode:
      isWhole && mediaType !== undefined
        ? compileQuerystring(mediaType, validator?.schema, record(record(content?.value)['encoding']), lookup)
        : compileDecoder(parameter, lookup, { queryNames }),
    validator,
    ...parameter,
    address: addressOf(node),
    sensitive: given['x-sensitive'] === true || isSensitive(validator?.schema, lookup),
    examples: old ? [] : examplesOf(builder, content ?? node).map((example) => example.value),
  };
}

/** Whether the value must not be shown: `format: password` or `x-sensitive`. */
function isSensitive(schema: Schema | undefined, lookup: SchemaLookup): boolean {
  if (!isSchemaObject(schema)) return false;
  if (schema['format'] === 'password' || schema['x-sensitive'] === true) return true;
  // A reference never leads to a mere reference, so one step is nearly always enough and a few always are.
  const target = schema.$ref === undefined ? undefined : lookup(schema.$ref);
  return isSchemaObject(target) && (target['format'] === 'password' || target['x-sensitive'] === true);
}

const STYLES = new Set(['simple', 'label', 'matrix', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject']);

/** Defaults of OpenAPI 3.1 section 4.8.12.2; a cookie may have the style `cookie` from 3.2 on, but has it not by itself. */
function style30(
  given: Readonly<Record<string, unknown>>,
  place: ParameterPlace,
  is32: boolean,
): { style: ParameterStyle; explode: boolean } {
  const preset: ParameterStyle = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  if (is32 && place === 'cookie' && given['style'] === 'cookie') return { style: 'cookie', explode: given['explode'] !== false };
  const style = typeof given['style'] === 'string' && STYLES.has(given['style']) ? (given['style'] as ParameterStyle) : preset;
  return { style, explode: typeof given['explode'] === 'boolean' ? given['explode'] : style === 'form' };
}

/** Swagger 2.0's `collectionFormat` as a style. */
export function style20(
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
