import { decodePercent, essence, isJson, isXml, parseMediaType } from '../../operations/index.ts';
import type { Operation, RequestMessage } from '../../operations/index.ts';
import { jsonScalars } from './json-scalars.ts';
import type { Carrier, Site, Spelling } from './site.ts';

/** Values of one request beyond this many are sent as they are. */
const MAX_SITES = 5_000;
/** Longer texts are content, not values that another message could hold. */
const MAX_TEXT = 8_192;
/** Header fields of the connection, of the browser, of content and of caches: nothing a server hands out. */
const IGNORED_HEADERS = new Set(
  (
    'host connection content-length content-type content-encoding transfer-encoding accept accept-encoding accept-language accept-charset ' +
    'user-agent referer origin date expect te upgrade via forwarded dnt pragma cache-control keep-alive priority traceparent tracestate ' +
    'upgrade-insecure-requests if-modified-since if-unmodified-since range'
  ).split(' '),
);

/**
 * The values of a request that a server may have made, each where it stands: segments of the path, values of query, cookies, headers, credentials, scalars of a
 * JSON body, fields of forms, texts of XML.
 * @param operation names the variables of the path; without it segments have no names.
 */
export function requestSites(request: RequestMessage, operation: Operation | undefined): Site[] {
  const sites = [
    ...pathSites(request.path, operation),
    ...pairSites(request.query, 'query', 'query'),
    ...headerSites(request),
    ...bodySites(request),
  ];
  return sites.filter(({ text }) => text !== '' && text.length <= MAX_TEXT).slice(0, MAX_SITES);
}

/** Template and path are laid over each other from the end: base paths stand before. */
function pathSites(path: string, operation: Operation | undefined): Site[] {
  const spans = [...path.matchAll(/[^/]+/g)].map((match) => ({ start: match.index, raw: match[0] })).toReversed();
  const template = (operation?.path ?? '')
    .split('/')
    .filter((part) => part !== '')
    .toReversed();
  return spans
    .flatMap(({ start, raw }, index) => {
      const pattern = template[index];
      if (operation !== undefined && (pattern === undefined || !pattern.includes('{'))) return [];
      return (pattern === undefined ? [{ name: '', from: 0, to: raw.length }] : variablesOf(pattern, raw)).map(
        ({ name, from, to }) =>
          ({
            in: 'path',
            name,
            carrier: 'path',
            start: start + from,
            end: start + to,
            spelling: 'percent',
            text: decoded(raw.slice(from, to), false),
          }) satisfies Site,
      );
    })
    .toReversed();
}

/** The variables of one segment: `{id}`, `{id}:activate`, `{from}-{to}`. */
function variablesOf(pattern: string, raw: string): { name: string; from: number; to: number }[] {
  const names = [...pattern.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  const parts = pattern.split(/\{[^{}]+\}/);
  const expression = new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([^/]+)')}$`, 'd');
  const indices = expression.exec(raw)?.indices;
  return names.flatMap((name, index) => {
    const span = indices?.[index + 1];
    return span === undefined ? [] : [{ name, from: span[0], to: span[1] }];
  });
}

/** `a=1&b=2`; a value with commas gives its parts too, after the whole. */
function pairSites(source: string, part: Site['in'], carrier: Carrier): Site[] {
  const sites: Site[] = [];
  for (const match of source.matchAll(/[^&]+/g)) {
    const equals = match[0].indexOf('=');
    if (equals < 0) continue;
    const name = decoded(match[0].slice(0, equals), true);
    const start = match.index + equals + 1;
    const raw = match[0].slice(equals + 1);
    const add = (from: number, to: number): unknown =>
      sites.push({
        in: part,
        name,
        carrier,
        start: start + from,
        end: start + to,
        spelling: 'form',
        text: decoded(raw.slice(from, to), true),
      });
    add(0, raw.length);
    if (/,|%2c/i.test(raw)) for (const piece of raw.matchAll(/(?:[^,%]|%(?!2c))+/gi)) add(piece.index, piece.index + piece[0].length);
  }
  return sites;
}

function headerSites({ headers }: RequestMessage): Site[] {
  return Object.entries(headers).flatMap(([name, given]) => {
    const value = Array.isArray(given) ? given.join(name === 'cookie' ? '; ' : ', ') : given;
    if (value === undefined || IGNORED_HEADERS.has(name) || name.startsWith('sec-')) return [];
    const carrier: Carrier = `header:${name}`;
    if (name === 'cookie') return cookieSites(value, carrier);
    const credentials = /^(\S+)( +)(\S.*?)\s*$/s.exec(value);
    if ((name !== 'authorization' && name !== 'proxy-authorization') || credentials === null)
      return [{ in: 'header', name, carrier, start: 0, end: value.length, spelling: 'raw', text: value } satisfies Site];
    const start = (credentials[1]?.length ?? 0) + (credentials[2]?.length ?? 0);
    const text = credentials[3] ?? '';
    const site = { in: 'header', name, carrier, start, end: start + text.length } as const;
    if (!/^basic$/i.test(credentials[1] ?? '')) return [{ ...site, spelling: 'raw', text } satisfies Site];
    const plain = Buffer.from(text, 'base64').toString('utf8');
    const colon = plain.indexOf(':');
    if (colon < 0) return [];
    return [
      { ...site, spelling: 'basic-user', text: plain.slice(0, colon) } satisfies Site,
      { ...site, spelling: 'basic-password', text: plain.slice(colon + 1) } satisfies Site,
    ];
  });
}

function cookieSites(value: string, carrier: Carrier): Site[] {
  return [...value.matchAll(/([^=;\s]+)=([^;]*)/g)].flatMap((match) => {
    const raw = (match[2] ?? '').trimEnd();
    const quoted = raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"') ? 1 : 0;
    const start = match.index + (match[1]?.length ?? 0) + 1 + quoted;
    const text = raw.slice(quoted, raw.length - quoted);
    return [{ in: 'cookie', name: match[1] ?? '', carrier, start, end: start + text.length, spelling: 'raw', text } satisfies Site];
  });
}

function bodySites({ headers, body }: RequestMessage): Site[] {
  if (body === undefined || body.length === 0) return [];
  const source = body.toString('latin1');
  const header = headers['content-type'];
  const mediaType = parseMediaType((Array.isArray(header) ? header[0] : header) ?? '');
  if (mediaType !== undefined && essence(mediaType) === 'application/x-www-form-urlencoded') return pairSites(source, 'body', 'body');
  if (mediaType?.type === 'multipart') return multipartSites(source, mediaType.parameters.get('boundary'));
  if (mediaType !== undefined && isXml(mediaType)) return xmlSites(source);
  if ((mediaType === undefined || isJson(mediaType)) && /^[\s\u00EF\u00BB\u00BF]*["[{\d-]/.test(source)) {
    return jsonScalars(source, MAX_SITES).flatMap(({ kind, name, pointer, start, end, text }) =>
      kind === 'literal'
        ? []
        : [
            {
              in: 'body',
              name,
              pointer,
              carrier: 'body',
              start,
              end,
              spelling: kind === 'number' ? 'json-number' : 'json-string',
              text,
            } satisfies Site,
          ],
    );
  }
  return mediaType?.type === 'text' ? [bodySite('', 0, source.length, 'raw', source)] : [];
}

/** RFC 7578: the text of each part that is no file. */
function multipartSites(source: string, boundary: string | undefined): Site[] {
  if (boundary === undefined || boundary === '') return [];
  const sites: Site[] = [];
  const mark = `--${boundary}`;
  let from = source.indexOf(mark);
  while (from >= 0 && sites.length < MAX_SITES) {
    const next = source.indexOf(`\r\n${mark}`, from + mark.length);
    if (next < 0) break;
    const end = source.indexOf('\r\n\r\n', from);
    const head = source.slice(from, end);
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    if (end >= 0 && end < next && name !== undefined && !/\bfilename\*?=/i.test(head))
      sites.push(bodySite(utf8(name), end + 4, next, 'raw', source.slice(end + 4, next)));
    from = next + 2;
  }
  return sites;
}

/** Texts between tags, and attributes. */
function xmlSites(source: string): Site[] {
  const texts = [...source.matchAll(/<([\w:.-]+)(?:\s[^<>]*)?>([^<>]+)<\//g)].map((match) => {
    const start = match.index + match[0].length - 2 - (match[2]?.length ?? 0);
    return bodySite(match[1] ?? '', start, start + (match[2]?.length ?? 0), 'xml', match[2] ?? '');
  });
  const attributes = [...source.matchAll(/\s([\w:.-]+)\s*=\s*(["'])([^"'<>]*)\2/g)].map((match) => {
    const start = match.index + match[0].length - 1 - (match[3]?.length ?? 0);
    return bodySite(match[1] ?? '', start, start + (match[3]?.length ?? 0), 'xml', match[3] ?? '');
  });
  return [...texts, ...attributes];
}

function bodySite(name: string, start: number, end: number, spelling: Spelling, raw: string): Site {
  const text = utf8(raw);
  return { in: 'body', name, carrier: 'body', start, end, spelling, text: spelling === 'xml' ? unescapeXml(text) : text };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (all, name: string) => ENTITIES[name] ?? all);
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** @param spaces whether `+` is a space: in queries and forms. */
function decoded(raw: string, spaces: boolean): string {
  const text = spaces ? raw.replaceAll('+', ' ') : raw;
  return decodePercent(text) ?? text;
}
