import { list, members } from '../judge/index.ts';
import type { Members, PlainOperation, Schemas } from '../judge/index.ts';
import { credentialsFor } from './credentials.ts';
import { isFlat, parameterText, queryPairs, scalarText, writingOf } from './parameter-text.ts';
import { buildBody } from './request-body.ts';
import { findValue } from './values.ts';
import type { Found } from './values.ts';

export interface Request {
  readonly kind: 'request';
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** Why no valid request can be made: the document asks for the impossible. */
export interface NoRequest {
  readonly kind: 'none';
  readonly reason: string;
}

/** Headers that other parts of the document describe, or that steer the connection or the mock. */
const LEFT_OUT = new Set([
  'accept',
  'content-type',
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'prefer',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Builds a valid request for an operation.
 * @param extent `required`: only what must be there; `all`: optional parameters and body as well.
 */
export function buildRequest(schemas: Schemas, operation: PlainOperation, extent: 'required' | 'all'): Request | NoRequest {
  const credentials = credentialsFor(operation);
  if (credentials === undefined) return { kind: 'none', reason: 'no request can carry the credentials of any alternative together' };
  const headers: Record<string, string> = {};
  const query: string[] = [];
  const cookies: string[] = [];
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const name = String(parameter['name']);
    const required = parameter['required'] === true || parameter['in'] === 'path';
    if ((!required && extent === 'required') || (parameter['in'] === 'header' && LEFT_OUT.has(name.toLowerCase()))) continue;
    const found = parameterValue(schemas, parameter);
    if (found.kind === 'none') {
      if (required) return { kind: 'none', reason: `parameter "${name}": ${found.reason}` };
      continue;
    }
    const writing = writingOf(parameter);
    const value = parameter['content'] === undefined ? found.value : JSON.stringify(found.value);
    if (parameter['in'] === 'path') path = path.replaceAll(`{${name}}`, () => parameterText(name, value, writing, encodeURIComponent));
    if (parameter['in'] === 'query') query.push(...queryPairs(name, value, writing));
    if (parameter['in'] === 'header') headers[name.toLowerCase()] = parameterText(name, value, writing, (text) => text);
    if (parameter['in'] === 'cookie')
      cookies.push(`${name}=${parameterText(name, value, { ...writing, explode: false }, encodeURIComponent)}`);
  }
  if (path.includes('#')) return { kind: 'none', reason: 'the path holds a "#": what follows it is never sent' };
  Object.assign(headers, credentials.headers);
  cookies.push(...credentials.cookies);
  query.push(...credentials.query);
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  const body =
    operation.body !== undefined && (operation.body.required || extent === 'all') ? buildBody(schemas, operation.body) : undefined;
  if (body?.kind === 'none' && operation.body?.required === true) return body;
  if (body?.kind === 'body') headers['content-type'] = body.mediaType;
  // A template variable that no parameter describes takes anything.
  const filled = path.replace(/\{[^{}]*\}/g, '1');
  const target = query.length === 0 ? filled : `${filled}${filled.includes('?') ? '&' : '?'}${query.join('&')}`;
  return { kind: 'request', method: operation.method, path: target, headers, body: body?.kind === 'body' ? body.bytes : undefined };
}

/** Whether there is anything that the shortest request leaves out. */
export function hasOptionalParts(operation: PlainOperation): boolean {
  const parameters = operation.parameters.some((parameter) => parameter['required'] !== true && parameter['in'] !== 'path');
  return parameters || operation.body?.required === false;
}

function parameterValue(schemas: Schemas, parameter: Members): Found {
  const content = Object.values(members(parameter['content']))[0];
  const old = parameter['schema'] === undefined && content === undefined;
  const schema = parameter['schema'] ?? members(content)['schema'] ?? (old ? parameter : undefined);
  const named = Object.values(members(parameter['examples'])).map((example) => members(example)['value']);
  const examples = [
    parameter['example'],
    ...named,
    members(schema)['example'],
    members(schema)['default'],
    ...list(members(schema)['enum']),
  ];
  const fits = (value: unknown): boolean => (content === undefined ? fitsPlace(String(parameter['in']), value) : true);
  return findValue({ schemas, schema, examples, fits, omit: 'readOnly' });
}

/** What can't be said in a place: nothing at all, nesting, and in headers what is no visible ASCII or would end an item. */
function fitsPlace(place: string, value: unknown): boolean {
  if (value === null || !isFlat(value)) return place === 'query' && typeof value === 'object' && value !== null && !Array.isArray(value);
  const texts = typeof value === 'object' ? Object.values(value).map(scalarText) : [scalarText(value)];
  if (texts.length === 0 || texts.includes('')) return false;
  return (
    place !== 'header' ||
    texts.every((text) => /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text) && (typeof value !== 'object' || !/[,=]/.test(text)))
  );
}
