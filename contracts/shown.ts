import { isUtf8 } from 'node:buffer';
import { decodeQueryText, findResponse, parseMediaType } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';
import type { Exchange } from './exchange.ts';
import { isSecretName } from './redact/secret-names.ts';
import type { Field } from './sensitive-field.ts';
import { fieldOf } from './sensitive-field.ts';
import type { ShownExchange, ShownMessage } from './result.ts';
import { MASK, maskBody } from './shown-body.ts';

/** The most of a body that a report shows, in bytes of UTF-8. */
export const SHOWN_BODY_BYTES = 64 * 1024;
const MAX_HEADERS = 100;
const MAX_HEADER_LENGTH = 2_048;
const MAX_TARGET_LENGTH = 4_096;

const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization']);
const URL_HEADERS = new Set(['referer', 'location', 'content-location', 'origin']);

/**
 * An exchange as reports show it. Credentials, cookies and whatever the document marks as sensitive (security schemes, `x-sensitive`, `writeOnly`,
 * `format: password`) or is called like a secret is replaced by `***`; bodies are cut after {@link SHOWN_BODY_BYTES}.
 * @param operation what the request means; without it only names and looks tell what is secret.
 */
export function showExchange(exchange: Exchange, operation: Operation | undefined): ShownExchange {
  const { place, request, response, startedAt } = exchange;
  const secrets = secretsOf(operation);
  const target = showTarget(request.path, request.query, operation, secrets);
  const moment = startedAt === undefined ? undefined : new Date(startedAt);
  return {
    place: { file: place.file, index: place.index },
    ...(moment === undefined || Number.isNaN(moment.getTime()) ? {} : { startedAt: moment.toISOString() }),
    request: { method: request.method, target, ...showMessage(request, requestField(operation), secrets) },
    ...(response === undefined
      ? {}
      : { response: { status: response.status, ...showMessage(response, responseField(operation, response.status), secrets) } }),
  };
}

/** The path as reports show it: segments that stand for a sensitive parameter are masked. */
export function showPath(path: string, operation: Operation | undefined): string {
  const hidden = new Set(
    operation?.parameters.flatMap((parameter) => (parameter.in === 'path' && parameter.sensitive ? [parameter.name] : [])),
  );
  if (operation === undefined || hidden.size === 0) return path;
  const template = operation.path.split('/').toReversed();
  const segments = path.split('/').toReversed();
  const shown = segments.map((segment, index) => {
    const names = [...(template[index] ?? '').matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
    return names.some((name) => hidden.has(name)) ? MASK : segment;
  });
  return shown.toReversed().join('/');
}

/** Names, in lower case, that the document calls secret: API keys and parameters marked sensitive. */
function secretsOf(operation: Operation | undefined): ReadonlySet<string> {
  const keys = operation?.security.flat().flatMap((scheme) => (scheme.kind === 'apiKey' ? [scheme.parameter] : [])) ?? [];
  const parameters = operation?.parameters.flatMap((parameter) => (parameter.sensitive ? [parameter.name] : [])) ?? [];
  const headers = operation?.responses.flatMap((rule) => rule.headers.flatMap((header) => (header.sensitive ? [header.name] : []))) ?? [];
  return new Set([...keys, ...parameters, ...headers].map((name) => name.toLowerCase()));
}

function requestField(operation: Operation | undefined): Field | undefined {
  return fieldOfContents(operation, operation?.requestBody?.contents ?? []);
}

function responseField(operation: Operation | undefined, status: number): Field | undefined {
  return fieldOfContents(operation, operation === undefined ? [] : (findResponse(operation, status)?.contents ?? []));
}

function fieldOfContents(operation: Operation | undefined, contents: NonNullable<Operation['requestBody']>['contents']): Field | undefined {
  if (operation === undefined) return undefined;
  return fieldOf(
    contents.map((content) => content.validator?.schema),
    operation.validators.lookup,
  );
}

function showMessage(
  message: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: Buffer | undefined },
  field: Field | undefined,
  secrets: ReadonlySet<string>,
): ShownMessage {
  const headers = Object.entries(message.headers)
    .flatMap(([name, value]) =>
      value === undefined ? [] : typeof value === 'string' ? [[name, value] as const] : value.map((one) => [name, one] as const),
    )
    .slice(0, MAX_HEADERS)
    .map(([name, value]) => [name, cutText(showHeader(name.toLowerCase(), value, secrets), MAX_HEADER_LENGTH)] as const);
  if (message.body === undefined || message.body.length === 0) return { headers };
  const type = message.headers['content-type'];
  return { headers, body: showBody(message.body, typeof type === 'string' ? type : type?.[0], field) };
}

/** A header without its secret; what tells that there was one stays: the scheme, the names and attributes of cookies. */
function showHeader(name: string, value: string, secrets: ReadonlySet<string>): string {
  if (name === 'cookie') return value.split(';').map(maskCookie).join(';');
  if (name === 'set-cookie') return value.replace(/^[^;]*/, maskCookie);
  if (URL_HEADERS.has(name)) return value.replace(/[?#].*$/s, (rest) => rest.charAt(0) + showQuery(rest.slice(1), secrets));
  if (CREDENTIAL_HEADERS.has(name)) return value.replace(/^(\S+ +)?.*$/s, (_all, scheme: string | undefined) => `${scheme ?? ''}${MASK}`);
  return secrets.has(name) || isSecretName(name) ? MASK : value;
}

function maskCookie(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair.trim() === '' ? pair : MASK;
  return `${pair.slice(0, equals)}=${MASK}`;
}

function showTarget(path: string, query: string, operation: Operation | undefined, secrets: ReadonlySet<string>): string {
  const shown = showPath(path, operation);
  return cutText(query === '' ? shown : `${shown}?${showQuery(query, secrets)}`, MAX_TARGET_LENGTH);
}

function showQuery(query: string, secrets: ReadonlySet<string>): string {
  return query
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return pair;
      const written = pair.slice(0, equals);
      const name = decodeQueryText(written) ?? written;
      return secrets.has(name.toLowerCase()) || isSecretName(name) ? `${written}=${MASK}` : pair;
    })
    .join('&');
}

function showBody(bytes: Buffer, contentType: string | undefined, field: Field | undefined): NonNullable<ShownMessage['body']> {
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType);
  const head = bytes.subarray(0, SHOWN_BODY_BYTES);
  const text = textOf(head, head.length < bytes.length, mediaType?.parameters.get('charset'));
  const cut = head.length < bytes.length;
  if (text !== undefined) return { text: maskBody(text, mediaType, field), bytes: bytes.length, cut, binary: false };
  const beginning =
    field?.sensitive === true ? MASK : [...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return { text: beginning, bytes: bytes.length, cut: bytes.length > 16, binary: true };
}

/** The text of a body, or of its beginning; `undefined` for what is no text. */
function textOf(bytes: Buffer, isCut: boolean, charset: string | undefined): string | undefined {
  const whole = isCut ? bytes.subarray(0, lastCharacter(bytes)) : bytes;
  if (whole.includes(0)) return undefined;
  if (isUtf8(whole)) return whole.toString('utf8');
  if (charset === undefined || /^utf-?8$/i.test(charset)) return undefined;
  try {
    return new TextDecoder(charset, { fatal: !isCut }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where the last, perhaps incomplete, character begins (RFC 3629 section 3). */
function lastCharacter(bytes: Buffer): number {
  let start = bytes.length - 1;
  while (start > bytes.length - 4 && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start -= 1;
  return start;
}

function cutText(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
