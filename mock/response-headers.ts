import { generate, isJson, parseMediaType, validateHeaders, writeJson } from '../operations/index.ts';
import type { OperationParameter, ResponseRule, Schema, SchemaLookup } from '../operations/index.ts';

/** Written by the server itself, or a promise about bytes that a generated value would break. */
const NOT_INVENTED = new Set([
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'trailer',
  'upgrade',
  'date',
  'te',
]);

/** A field name (RFC 9110 section 5.1); anything else can't be sent. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** Bytes above 0xFF can't stand in a header; percent-encoding would be another value. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** One line, or one for each item: `Set-Cookie` is the field that can't be joined by commas (RFC 6265 section 3). */
type Lines = string | string[];

/** Header fields by their names in lower case. */
export type Fields = Record<string, Lines> & { 'content-type'?: string };

/** Values for the headers that a response declares, in style `simple` (OpenAPI 3.1 section 4.8.21). A header without a usable value is left out. */
export function responseHeaders(rule: ResponseRule, lookup: SchemaLookup, seed: string, dynamic: boolean): Fields {
  const headers: Fields = {};
  for (const header of rule.headers) {
    const name = header.name.toLowerCase();
    if (NOT_INVENTED.has(name) || !TOKEN.test(name)) continue;
    const value = name.startsWith('access-control-')
      ? corsText(header, name, lookup)
      : headerText(header, lookup, `${seed}/${name}`, dynamic);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/**
 * Headers of the CORS protocol that documents describe, without a value as a rule, are sent by cors.ts; text that is made up in their place would keep every page from the
 * answer. So only the document's own values are sent, or, of what must be there, the one that allows most.
 */
function corsText(header: OperationParameter, name: string, lookup: SchemaLookup): Lines | undefined {
  if (header.examples.length > 0 || givesValue(header.validator?.schema, lookup)) return headerText(header, lookup, '', false);
  if (!header.required) return undefined;
  const most = name === 'access-control-allow-credentials' ? 'true' : '*';
  return readsBack(header, most) ? most : headerText(header, lookup, '', false);
}

/** Whether a schema names values of its own; a reference never leads to a mere reference. */
function givesValue(schema: Schema | undefined, lookup: SchemaLookup): boolean {
  if (typeof schema !== 'object') return false;
  const says = (one: Schema | undefined): boolean =>
    typeof one === 'object' && ['const', 'enum', 'default', 'examples'].some((keyword) => one[keyword] !== undefined);
  return says(schema) || (schema.$ref !== undefined && says(lookup(schema.$ref)));
}

function headerText(header: OperationParameter, lookup: SchemaLookup, seed: string, dynamic: boolean): Lines | undefined {
  if (!dynamic) {
    for (const example of header.examples) {
      const text = textOf(header, example);
      if (text !== undefined && isSendable(text) && readsBack(header, text)) return text;
    }
  }
  for (const mode of dynamic ? (['fake', 'sample'] as const) : (['sample', 'fake'] as const)) {
    const value =
      header.validator === undefined
        ? 'string'
        : generate(header.validator.schema, { mode, seed, lookup, validate: header.validator.isValid, omit: 'writeOnly' }).value;
    const text = textOf(header, value);
    if (text === undefined || !isSendable(text)) continue;
    if (readsBack(header, text)) return text;
  }
  return undefined;
}

function isSendable(text: Lines): boolean {
  return ![text].flat().some((line) => UNSENDABLE.test(line));
}

/** A value that does not survive being text (a list item with a comma) is no good as a header. */
function readsBack(header: OperationParameter, text: Lines): boolean {
  const rule: ResponseRule = { status: '', address: '', headers: [header], contents: [], openMediaType: false };
  return validateHeaders(rule, { [header.name.toLowerCase()]: text }).length === 0;
}

/** A header that is described by a media type holds a text of it (OpenAPI 3.1 section 4.8.21). */
function textOf({ name, mediaType, explode }: OperationParameter, value: unknown): Lines | undefined {
  if (Array.isArray(value) && mediaType === undefined && name.toLowerCase() === 'set-cookie') return value.map(String);
  const parsed = mediaType === undefined ? undefined : parseMediaType(mediaType);
  return value !== undefined && parsed !== undefined && isJson(parsed) ? writeJson(value) : inSimpleStyle(value, explode);
}

function inSimpleStyle(value: unknown, explode: boolean): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map(String).join(',');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, item]) => (explode ? `${key}=${String(item)}` : `${key},${String(item)}`))
      .join(',');
  }
  return typeof value === 'string' ? value : writeJson(value);
}
