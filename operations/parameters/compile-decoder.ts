import type { SchemaLookup } from '../schema/schema.ts';
import { readContent } from './content-parameter.ts';
import { compileCookie } from './cookie-parameter.ts';
import { ABSENT, BROKEN_PERCENT, malformed, type Decoded, type ParameterDecoder } from './decoded.ts';
import { compileHeader, type ReadHeader } from './header.ts';
import type { Parameter } from './parameter.ts';
import { compileLabelPath, compileMatrixPath, compileSimplePath, type ReadPath } from './path.ts';
import { decodePercent, decodeQueryText, utf8FromLatin1 } from './percent.ts';
import { compileClaim, compileQueryField, type QueryField } from './query.ts';
import { valuesOf } from './query-string.ts';
import { ARRAY, OBJECT } from './schema-types.ts';
import { shapeOf } from './shape.ts';

export interface DecoderOptions {
  /**
   * Names that query parameters and `apiKey` schemes read. An exploded object whose schema takes additional properties leaves them
   * alone. Default: none.
   */
  readonly queryNames?: Iterable<string>;
}

/**
 * Compiles the decoder of one parameter (OpenAPI 3.1 section 4.8.12), once, so that a request looks nothing up in the document.
 * The decoder never throws: what cannot be read is `malformed`.
 * @param lookup finds the schemas behind `$ref` keys; one function for all parameters of a document, giving the same object for the
 *   same key: what is known of a schema is kept by its identity.
 */
export function compileDecoder(parameter: Parameter, lookup: SchemaLookup, options: DecoderOptions = {}): ParameterDecoder {
  const same = scalarKey(parameter, lookup);
  if (same === undefined) return compile(parameter, lookup, options);
  let decoders = scalars.get(lookup);
  if (decoders === undefined) scalars.set(lookup, (decoders = new Map()));
  let decoder = decoders.get(same);
  if (decoder === undefined) decoders.set(same, (decoder = compile(parameter, lookup, options)));
  return decoder;
}

/** Every second operation has an `id` or a `page`: parameters that are read alike share what reads them. */
const scalars = new WeakMap<SchemaLookup, Map<string, ParameterDecoder>>();

/** All that the reading of one number or text depends on; `undefined` for what has parts. */
function scalarKey(
  { name, in: place, style, explode, allowEmptyValue, schema, mediaType }: Parameter,
  lookup: SchemaLookup,
): string | undefined {
  const { types } = shapeOf(schema, lookup);
  if (mediaType !== undefined || style === 'deepObject' || (types & (ARRAY | OBJECT)) !== 0) return undefined;
  return `${place} ${style} ${explode} ${allowEmptyValue} ${types} ${name}`;
}

function compile(parameter: Parameter, lookup: SchemaLookup, options: DecoderOptions): ParameterDecoder {
  const { mediaType } = parameter;
  if (mediaType !== undefined) return compileContent(parameter, mediaType, lookup);
  if (parameter.in === 'path') {
    const read = compilePath(parameter, lookup);
    return ({ path }) => read(path.get(parameter.name));
  }
  if (parameter.in === 'query') {
    const read = compileQueryField(fieldOf(parameter, lookup, options));
    return ({ query }) => read(query);
  }
  if (parameter.in === 'header') {
    const read = compileHeaderDecoder(parameter, lookup);
    return ({ headers }) => read(headers);
  }
  const read = compileCookie(fieldOf(parameter, lookup, options));
  return ({ cookies }) => read(cookies);
}

/**
 * Compiles the decoder of one header out of lower-cased names: a request's or, with the Header Object as parameter, a response's.
 */
export function compileHeaderDecoder(parameter: Parameter, lookup: SchemaLookup): ReadHeader {
  const { mediaType } = parameter;
  if (mediaType === undefined) return compileHeader(parameter.name, shapeOf(parameter.schema, lookup), parameter.explode, parameter.style);
  const { types } = shapeOf(parameter.schema, lookup);
  const read = compileHeader(parameter.name, shapeOf(undefined, lookup), false);
  return (headers) => {
    const decoded = read(headers);
    const text = decoded.kind === 'value' ? decoded.candidates[0] : undefined;
    return typeof text === 'string' ? readContent(text, mediaType, types) : decoded;
  };
}

/**
 * Tells which names of a query string a parameter reads: for an exploded object these are its properties, for deepObject `name[...]`.
 * A name that no parameter claims is undocumented. False for parameters of other places.
 */
export function compileQueryClaim(parameter: Parameter, lookup: SchemaLookup, options: DecoderOptions = {}): (name: string) => boolean {
  if (parameter.in !== 'query') return () => false;
  if (parameter.mediaType !== undefined) return (name) => name === parameter.name;
  return compileClaim(fieldOf(parameter, lookup, options));
}

function fieldOf(parameter: Parameter, lookup: SchemaLookup, { queryNames = [] }: DecoderOptions): QueryField {
  const { name, style, explode, allowEmptyValue } = parameter;
  const field = { name, style, explode, allowEmptyValue, shape: shapeOf(parameter.schema, lookup), siblings: new Set(queryNames) };
  return parameter.in === 'query' ? { ...field, ofUri: true } : field;
}

function compilePath(parameter: Parameter, lookup: SchemaLookup): ReadPath {
  const { name, explode, style } = parameter;
  const field = { name, shape: shapeOf(parameter.schema, lookup), explode, style };
  if (style === 'label') return compileLabelPath(field);
  if (style === 'matrix') return compileMatrixPath(field);
  return compileSimplePath(field);
}

/** A parameter with `content` is one text in every place. */
function compileContent(parameter: Parameter, mediaType: string, lookup: SchemaLookup): ParameterDecoder {
  const { name } = parameter;
  const { types } = shapeOf(parameter.schema, lookup);
  const read = (raw: string | undefined, decode: (raw: string) => string | undefined): Decoded => {
    if (raw === undefined) return ABSENT;
    const text = decode(raw);
    return text === undefined ? BROKEN_PERCENT : readContent(text, mediaType, types);
  };

  if (parameter.in === 'path') {
    return ({ path }) => read(path.get(name), (raw) => decodePercent(utf8FromLatin1(raw)));
  }
  if (parameter.in === 'query') {
    return ({ query }) => {
      const raws = valuesOf(query, name);
      return raws.length > 1 ? malformed(`must be given once, as ${mediaType}`) : read(raws[0], decodeQueryText);
    };
  }
  if (parameter.in === 'header') {
    const readHeader = compileHeaderDecoder(parameter, lookup);
    return ({ headers }) => readHeader(headers);
  }
  return ({ cookies }) => read(cookies.all().find((cookie) => cookie.name === name)?.value, (raw) => decodePercent(raw) ?? raw);
}
