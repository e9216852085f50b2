/** A request that an operation accepts, as plain data: what the samples in all languages write. */
import { isJson, isXml, record, writeParts, writeSequence, writeXml } from '../../../operations/index.ts';
import type { Content, Operation, SecurityScheme, Sequence } from '../../../operations/index.ts';
import { sampleParameter } from '../example-view.ts';
import { headerText, pathText, queryPairs, scalarText } from './parameter-text.ts';

export interface SampleRequest {
  readonly method: string;
  readonly url: string;
  /** Without the credentials of `basic`. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The request carries HTTP Basic credentials (RFC 7617). */
  readonly basic: boolean;
  readonly body: SampleBody;
}

export type SampleBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly mediaType: string; readonly value: unknown }
  | { readonly kind: 'text'; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'file'; readonly mediaType: string; readonly fileName: string }
  | { readonly kind: 'form'; readonly fields: readonly FormField[] }
  | { readonly kind: 'multipart'; readonly fields: readonly FormField[] };

export interface FormField {
  readonly name: string;
  readonly value: string;
  /** Set for a field that is a file: its name. */
  readonly fileName: string | undefined;
}

/** Stand for what only the caller has. */
export const USER = 'USER';
export const PASSWORD = 'PASSWORD';

/** @param mock the address used where the document names no host. */
export function sampleRequest(operation: Operation, content: Content | undefined, value: unknown, mock: string): SampleRequest {
  let path = operation.path;
  const query: string[] = [];
  const headers: [string, string][] = [];
  const cookies: string[] = [];
  for (const parameter of operation.parameters) {
    // Optional ones only where the document shows a value to send.
    if (!parameter.required && parameter.examples.length === 0) continue;
    if (parameter.deprecated && !parameter.required) continue;
    const given = sampleParameter(operation, parameter);
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, () => pathText(parameter, given));
    else if (parameter.in === 'query') query.push(...queryPairs(parameter, given));
    else if (parameter.in === 'header') headers.push([parameter.name, headerText(parameter, given)]);
    else cookies.push(`${parameter.name}=${headerText(parameter, given)}`);
  }
  let basic = false;
  for (const scheme of operation.security.find((alternative) => alternative.length > 0) ?? []) {
    if (scheme.kind === 'basic') basic = true;
    else addCredentials(scheme, { query, headers, cookies });
  }
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')]);
  const body = bodyOf(operation, content, value);
  if (body.kind === 'json' || body.kind === 'text' || body.kind === 'file') headers.push(['Content-Type', body.mediaType]);
  const accepts = operation.responses.find(({ status }) => status.startsWith('2'))?.contents[0]?.mediaType;
  if (accepts !== undefined && !accepts.includes('*')) headers.push(['Accept', accepts]);
  return {
    method: operation.method,
    url: `${baseUrl(operation, mock)}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers: headers.filter(([name, text]) => isSendable(name, text)),
    basic,
    body,
  };
}

/** The first server; a relative one is taken from the mock. */
function baseUrl({ route }: Operation, mock: string): string {
  const [server = '/'] = route.servers;
  const url = URL.canParse(server) ? server : `${mock.replace(/\/+$/, '')}/${server.replace(/^[./]+/, '')}`;
  return url.replace(/\/+$/, '');
}

function addCredentials(scheme: SecurityScheme, places: { query: string[]; headers: [string, string][]; cookies: string[] }): void {
  const placeholder = `YOUR_${(scheme.kind === 'apiKey' ? scheme.parameter : 'ACCESS_TOKEN').replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
  if (scheme.kind === 'apiKey') {
    if (scheme.in === 'query') places.query.push(`${encodeURIComponent(scheme.parameter)}=${placeholder}`);
    else if (scheme.in === 'header') places.headers.push([scheme.parameter, placeholder]);
    else if (scheme.in === 'cookie') places.cookies.push(`${scheme.parameter}=${placeholder}`);
  } else if (scheme.kind === 'bearer' || scheme.kind === 'oauth2' || scheme.kind === 'openIdConnect') {
    places.headers.push(['Authorization', `Bearer ${placeholder}`]);
  } else if (scheme.kind === 'http' || scheme.kind === 'digest') {
    places.headers.push(['Authorization', `${scheme.scheme || 'Digest'} ${placeholder}`]);
  }
}

function bodyOf(operation: Operation, content: Content | undefined, value: unknown): SampleBody {
  if (content === undefined) return { kind: 'none' };
  const { type, subtype } = content.range;
  const { lookup } = operation.validators;
  const mediaType = type === '*' || subtype === '*' ? 'application/octet-stream' : content.mediaType;
  if (isJson(content.range)) return { kind: 'json', mediaType, value: value ?? {} };
  if (content.sequence !== undefined && Array.isArray(value)) return sequenceBody(content.sequence, mediaType, value);
  if (type === 'multipart') return { kind: 'multipart', fields: fieldsOf(operation, content, value) };
  if (subtype === 'x-www-form-urlencoded') return { kind: 'form', fields: fieldsOf(operation, content, value) };
  if (isXml(content.range) && typeof value !== 'string') {
    return { kind: 'text', mediaType, text: writeXml(value, content.validator?.schema ?? true, lookup) };
  }
  if (type === 'text' || (isXml(content.range) && typeof value === 'string')) return { kind: 'text', mediaType, text: scalarText(value) };
  return { kind: 'file', mediaType, fileName: 'file.bin' };
}

const BOUNDARY = 'part-of-the-body';

function sequenceBody({ form, prefixEncoding, itemEncoding }: Sequence, mediaType: string, items: readonly unknown[]): SampleBody {
  if (form !== 'parts') return { kind: 'text', mediaType, text: writeSequence(items, form) };
  const text = writeParts(items, BOUNDARY, (index) => (prefixEncoding[index] ?? itemEncoding)['contentType']);
  return { kind: 'text', mediaType: `${mediaType}; boundary=${BOUNDARY}`, text };
}

function fieldsOf(operation: Operation, content: Content, value: unknown): FormField[] {
  const { lookup } = operation.validators;
  const given = content.validator?.schema;
  const followed = (schema: unknown): unknown => {
    const { $ref: key } = record(schema);
    return typeof key === 'string' ? lookup(key) : schema;
  };
  const properties = record(record(followed(given))['properties']);
  return Object.entries(record(value)).flatMap(([name, item]) => {
    const schema = followed(properties[name]);
    const isUpload = isFile(schema) || isFile(followed(record(schema)['items']));
    return (Array.isArray(item) ? item : [item]).map((one: unknown) => ({
      name,
      value: scalarText(one),
      fileName: isUpload ? 'file.bin' : undefined,
    }));
  });
}

/** OpenAPI 3.0 `format: binary`, 3.1 `contentMediaType`, Swagger 2.0 `type: file`. */
function isFile(schema: unknown): boolean {
  const { format, type, contentMediaType, contentEncoding } = record(schema);
  return (
    format === 'binary' ||
    type === 'file' ||
    (typeof contentMediaType === 'string' && contentEncoding === undefined && !/json|text/.test(contentMediaType))
  );
}

/** What could end a header line early is left out (RFC 9110 section 5.5). */
function isSendable(name: string, text: string): boolean {
  return /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name) && !/[\r\n\0]/.test(text);
}
