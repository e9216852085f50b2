import { decodeQueryText } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';

/** What stands in the place of a secret. */
export const MASK = '***';

const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'x-hufu-token']);
const SECRET_NAME = /token|secret|passw|pwd|api[-_]?key|credential|signature|session|^sig$|^auth$/i;
/** The name of a session is shown everywhere: it is no secret. */
const SESSION_NAME = 'x-hufu-session';

/** Names, in lower case, that the document of an operation calls secret: credentials, and parameters marked `x-sensitive` or `format: password`. */
export function secretsOf(operation: Operation | undefined): ReadonlySet<string> {
  if (operation === undefined) return new Set();
  const credentials = operation.security.flat().flatMap((scheme) => (scheme.kind === 'apiKey' ? [scheme.parameter.toLowerCase()] : []));
  const parameters = operation.parameters.flatMap((parameter) => (parameter.sensitive ? [parameter.name.toLowerCase()] : []));
  return new Set([...credentials, ...parameters]);
}

/** A header's value without its secret; what is needed to see that there was one stays: the scheme, the names of cookies. */
export function maskHeader(name: string, value: string, secrets: ReadonlySet<string>): string {
  if (name === 'cookie') return value.split(';').map(maskCookie).join(';');
  if (name === 'set-cookie') return value.replace(/^[^;]*/, maskCookie);
  if (name === 'referer' || name === 'location') return maskTarget(value, secrets);
  if (SECRET_HEADERS.has(name)) return value.replace(/^(\S+ +)?.*$/s, (_all, scheme: string | undefined) => `${scheme ?? ''}${MASK}`);
  return isSecret(name, secrets) ? MASK : value;
}

/** A raw query whose secret values are masked; everything else is left as it was sent. */
export function maskQuery(query: string, secrets: ReadonlySet<string>): string {
  return query
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = pair.slice(0, Math.max(equals, 0));
      return equals >= 0 && isSecret(decodeQueryText(name) ?? name, secrets) ? `${name}=${MASK}` : pair;
    })
    .join('&');
}

function maskTarget(target: string, secrets: ReadonlySet<string>): string {
  return target.replace(/[?#].*$/s, (rest) => `${rest.charAt(0)}${maskQuery(rest.slice(1), secrets)}`);
}

function maskCookie(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair.trim() === '' ? pair : MASK;
  return pair.slice(0, equals).trim() === SESSION_NAME ? pair : `${pair.slice(0, equals)}=${MASK}`;
}

function isSecret(name: string, secrets: ReadonlySet<string>): boolean {
  const plain = name.toLowerCase();
  return plain !== SESSION_NAME && (secrets.has(plain) || SECRET_NAME.test(plain));
}
