import type { Builder } from './builder.ts';
import { decodeForm } from './bodies/index.ts';
import { BROKEN_PERCENT_MESSAGE, decodePercent, readContent, typesOf } from './parameters/index.ts';
import type { ParameterDecoder } from './parameters/index.ts';
import { addressOf, child, members, record } from './document.ts';
import type { Node } from './document.ts';
import type { Schema, SchemaLookup } from './schema/schema.ts';
import { speaks32 } from './version.ts';

/** Whether a parameter stands for the whole query string (OpenAPI 3.2, Parameter Object, `in: querystring`). */
export function isWholeQuery(parameter: Node): boolean {
  return record(parameter.value)['in'] === 'querystring';
}

/** A form is what names and values make: its properties stand in the query by their own names, as those of an exploded object do. */
export function isForm(mediaType: string | undefined): boolean {
  return mediaType !== undefined && /^application\/x-www-form-urlencoded *(?:;|$)/i.test(mediaType);
}

/**
 * The parameters of an operation without those of the whole query string that can't be read; each of these is told (OpenAPI 3.2, Parameter Object: `querystring` "MUST be used with content",
 * "MUST NOT appear more than once, and MUST NOT appear in the same operation (or in the operation's path-item) as any `in: query` parameters").
 */
export function withReadableQuery({ document, problems }: Builder, declared: Node[]): Node[] {
  if (!declared.some(isWholeQuery) || !speaks32(document)) return declared;
  return declared.filter((parameter) => {
    const message = isWholeQuery(parameter) ? unreadable(parameter, declared) : undefined;
    if (message !== undefined) problems.push({ address: addressOf(parameter), message: `${message}; it is not checked` });
    return message === undefined;
  });
}

function unreadable(parameter: Node, declared: readonly Node[]): string | undefined {
  const first = declared.find(isWholeQuery);
  if (first !== parameter) return `"in: querystring" stands beside another one, "${nameOf(first)}": a query string is one value`;
  const single = declared.find(({ value }) => record(value)['in'] === 'query');
  if (single !== undefined)
    return `"in: querystring" stands beside "${nameOf(single)}", which is "in: query": a query is described as a whole or by its parameters`;
  const { length } = members(child(parameter, 'content'));
  return length === 1 ? undefined : `"in: querystring" needs "content" with one media type, not ${length === 0 ? 'none' : length}`;
}

function nameOf(parameter: Node | undefined): string {
  return String(record(parameter?.value)['name']);
}

/**
 * Compiles what reads the whole query string: a form by the schema of its properties, everything else as one percent-encoded text in its media type (OpenAPI 3.2, Parameter Object). No query is no value.
 * @param encoding Encoding Objects by property, for a form.
 */
export function compileQuerystring(
  mediaType: string,
  schema: Schema | undefined,
  encoding: Readonly<Record<string, unknown>>,
  lookup: SchemaLookup,
): ParameterDecoder {
  if (isForm(mediaType)) return ({ query: { text } }) => (text === '' ? ABSENT : decodeForm(text, schema ?? true, encoding, lookup));
  const types = typesOf(schema, lookup);
  return ({ query: { text: raw } }) => {
    if (raw === '') return ABSENT;
    const text = decodePercent(raw);
    return text === undefined ? { kind: 'malformed', message: BROKEN_PERCENT_MESSAGE } : readContent(text, mediaType, types);
  };
}

const ABSENT = Object.freeze({ kind: 'absent' });
