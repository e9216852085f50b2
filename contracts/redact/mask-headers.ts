import { isUtf8 } from 'node:buffer';
import { ALL_SECRET } from './marks.ts';
import type { Mark } from './marks.ts';
import { isJsonLike, maskCredentials, maskValue } from './mask-value.ts';
import type { Mask } from './mask-value.ts';
import { maskLooks, percentDecoded } from './secret-looks.ts';
import { isSecretName, isSessionName } from './secret-names.ts';

export type Headers = NodeJS.Dict<string | string[]>;

/** Their values are credentials whatever they say (RFC 9110 sections 11.6.2 and 11.7.2). */
const CREDENTIALS = new Set(['authorization', 'proxy-authorization']);
/** Challenges and lists of names speak of secrets, they hold none. */
const NEVER_SECRET = new Set(['www-authenticate', 'proxy-authenticate', 'vary', 'accept', 'allow', 'trailer']);
const SETS_OF_NAMES = /^access-control-/;

export interface HeaderMarks {
  /** By the name in lower case. */
  readonly header: (name: string) => Mark;
  readonly cookie: (name: string) => Mark;
}

/** Masks the field values that are secret by their place: credentials, cookies, what the document marks, what is called or looks like a secret. */
export function maskHeaders(headers: Headers, marks: HeaderMarks, mask: Mask): Headers {
  return mapHeaders(headers, (value, name) => {
    const text = meantText(value);
    const masked = maskField(name.toLowerCase(), text, marks, mask);
    return masked === text ? value : masked;
  });
}

/** Node reads field values as Latin-1; who sends other characters mostly sends them in UTF-8. */
function meantText(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value) || /[\u0100-\uffff]/.test(value)) return value;
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : value;
}

/** A copy with other values; names that are no names of ordinary properties (`__proto__`) are kept like any other. */
export function mapHeaders(headers: Headers, change: (value: string, name: string) => string): Headers {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? change(value, name) : value.map((one) => change(one, name))] as const];
  });
  return Object.fromEntries(entries);
}

function maskField(name: string, value: string, marks: HeaderMarks, mask: Mask): string {
  if (CREDENTIALS.has(name)) return maskCredentials(value, mask);
  if (name === 'cookie')
    return value
      .split(';')
      .map((pair) => maskCookie(pair, marks, mask))
      .join(';');
  if (name === 'set-cookie') return value.replace(/^[^;]*/, (pair) => maskCookie(pair, marks, mask));
  if (NEVER_SECRET.has(name) || SETS_OF_NAMES.test(name) || isSessionName(name)) return value;
  const mark = marks.header(name);
  // An object in a header field has no quotes that would tell where a member ends: where one is secret, all of it is masked.
  if (!mark.secret && mark.deep() && !isJsonLike(value)) return maskValue(value, name, ALL_SECRET, mask);
  return maskValue(value, name, mark, mask);
}

/** Name and attributes stay (RFC 6265 sections 4.1.1 and 4.2.1). */
function maskCookie(pair: string, marks: HeaderMarks, mask: Mask): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair.trim() === '' ? pair : maskLooks(pair, (value) => mask(value, 'guessed'));
  const name = pair.slice(0, equals).trim();
  const raw = pair.slice(equals + 1).trim();
  const value = /^"(.*)"$/s.exec(raw)?.[1] ?? raw;
  if (value === '' || isSessionName(name)) return pair;
  const decoded = value.includes('%') ? percentDecoded(value.replaceAll('+', '%2B')) : value;
  const mark = marks.cookie(name);
  const certain = mark.secret || mark.deep() || isSecretName(name);
  return `${pair.slice(0, equals)}=${mask(decoded, certain ? 'marked' : 'guessed')}`;
}
