import {
  ARRAY,
  BROKEN_PERCENT_MESSAGE,
  OBJECT,
  arraysOf,
  compileClaim,
  compileQueryField,
  decodeQueryText,
  isJsonMediaType,
  jsonOf,
  malformed,
  objectsOf,
  parseQueryString,
  readNested,
  shapeOf,
  valuesOf,
} from '../parameters/index.ts';
import { childPointer } from '../pointer.ts';
import type { QueryField, QueryString, ReadQuery, Shape } from '../parameters/index.ts';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import type { DecodedBody } from './decoded-body.ts';
import { encodingOf } from './encoding.ts';

/**
 * Decodes an application/x-www-form-urlencoded body into an object (OpenAPI 3.1 sections 4.8.14.4 and 4.8.15.1): properties are
 * written like query parameters, style form and exploded unless the encoding says otherwise. Names that the schema does not declare
 * become properties too, so that `additionalProperties: false` can refuse them.
 * @param encoding Encoding Objects by property name, as the document gives them.
 */
export function decodeForm(text: string, schema: Schema, encoding: Readonly<Record<string, unknown>>, lookup: SchemaLookup): DecodedBody {
  // Text whose every "%" is sound has sound names and values: nothing below can meet a broken one.
  if (decodeQueryText(text) === undefined) return malformed(BROKEN_PERCENT_MESSAGE);
  const form = compiledForm(shapeOf(schema, lookup), encoding);
  const query = parseQueryString(text);

  const properties = new Map<string, readonly unknown[]>();
  for (const property of form.properties) {
    const decoded = property.read(query);
    if (decoded.kind === 'malformed')
      return { ...malformed(`property "${property.name}" ${decoded.message}`), pointer: childPointer('', property.name) };
    if (decoded.kind === 'value') properties.set(property.name, decoded.candidates);
  }
  for (const [name, texts] of undeclared(query, form.claims)) properties.set(name, readUndeclared(texts, form.shape.property(name)));
  return { kind: 'value', candidates: objectsOf(properties) };
}

interface Form {
  readonly shape: Shape;
  readonly encoding: Readonly<Record<string, unknown>>;
  readonly properties: readonly { readonly name: string; readonly read: ReadQuery }[];
  /** The name is read by one of the properties. */
  readonly claims: (name: string) => boolean;
}

const forms = new WeakMap<Shape, Form>();

function compiledForm(shape: Shape, encoding: Readonly<Record<string, unknown>>): Form {
  const known = forms.get(shape);
  if (known?.encoding === encoding) return known;
  const fields = [...shape.declared].map((name) => compileProperty(name, shape, encoding));
  const form: Form = {
    shape,
    encoding,
    properties: fields,
    claims: (name) => shape.declared.has(name) || fields.some((field) => field.claims(name)),
  };
  forms.set(shape, form);
  return form;
}

function compileProperty(
  name: string,
  form: Shape,
  encodings: Readonly<Record<string, unknown>>,
): Form['properties'][number] & { claims: Form['claims'] } {
  const shape = form.property(name);
  const encoding = encodingOf(encodings, name);
  if (!encoding.styled && encoding.contentTypes.some(isJsonMediaType))
    return { name, read: compileJson(name, shape), claims: (given) => given === name };

  const field: QueryField = {
    name,
    shape,
    style: encoding.style,
    explode: encoding.explode,
    allowEmptyValue: false,
    siblings: form.declared,
  };
  const read = compileQueryField(field);
  if (encoding.styled || !(shape.types & OBJECT)) return { name, read, claims: compileClaim(field) };

  // An object without a word about its encoding: JSON under its own name, as OpenAPI 3.0 has it, or exploded, as 3.1 has it. The names
  // of the form itself and free names are not its own.
  const claims = compileClaim(field);
  const isOwn = (given: string): boolean => !form.declared.has(given) && shape.declared.has(given) && claims(given);
  const readOwn: ReadQuery = (query) => {
    const raws = valuesOf(query, name);
    if (raws.length > 0) return readJson(raws, shape);
    return read(onlyNames(query, isOwn));
  };
  return { name, read: readOwn, claims: isOwn };
}

function onlyNames({ names, values, text }: QueryString, keep: (name: string) => boolean): QueryString {
  const kept = [...names.keys()].filter((at) => keep(names[at] ?? ''));
  return { names: kept.map((at) => names[at] ?? ''), values: kept.map((at) => values[at] ?? ''), text };
}

function readJson(raws: readonly string[], shape: Shape): ReturnType<ReadQuery> {
  const texts = raws.map((raw) => decodeQueryText(raw) ?? raw);
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return { kind: 'value', candidates: readNested(only, shape) };
  return { kind: 'value', candidates: arraysOf(texts.map((text, index) => readNested(text, shape.item(index)))) };
}

/** A property whose encoding is JSON; an array may also come as one JSON text an item. */
function compileJson(name: string, shape: Shape): ReadQuery {
  return (query) => {
    const raws = valuesOf(query, name);
    if (raws.length === 0) return { kind: 'absent' };
    const values: unknown[] = [];
    for (const raw of raws) {
      const json = jsonOf(decodeQueryText(raw) ?? raw);
      if (json === undefined) return malformed('must be JSON');
      values.push(json);
    }
    const [first] = values;
    if (values.length > 1) return { kind: 'value', candidates: [values] };
    return { kind: 'value', candidates: shape.types & ARRAY && !Array.isArray(first) ? [[first], first] : [first] };
  };
}

/** Texts by name, gathered in one pass: a body may hold very many names. */
function undeclared({ names, values }: QueryString, claims: Form['claims']): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [at, name] of names.entries()) {
    if (claims(name)) continue;
    const raw = values[at] ?? '';
    const text = decodeQueryText(raw) ?? raw;
    const texts = found.get(name);
    if (texts === undefined) found.set(name, [text]);
    else texts.push(text);
  }
  return found;
}

function readUndeclared(texts: readonly string[], shape: Shape): readonly unknown[] {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return readNested(only, shape);
  return arraysOf(texts.map((text, index) => readNested(text, shape.item(index))));
}
