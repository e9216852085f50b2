/** Media types and ranges (RFC 9110 sections 8.3.1 and 12.5.1). */
export interface MediaType {
  readonly type: string;
  readonly subtype: string;
  /** Without quotes, names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const parsed = new Map<string, MediaType | undefined>();
const CACHE_SIZE = 1_000;
/** Headers of strangers can be long; what documents and ordinary clients write is not. */
const CACHED_LENGTH = 200;

/** Parses `type/subtype; name=value`; `undefined` when it is no media type. `*` stands for any, as in ranges; a lone `*` is read as any type. */
export function parseMediaType(text: string): MediaType | undefined {
  const known = parsed.get(text);
  if (known !== undefined || parsed.has(text)) return known;
  const result = parse(text);
  if (text.length > CACHED_LENGTH) return result;
  if (parsed.size >= CACHE_SIZE) parsed.clear();
  parsed.set(text, result);
  return result;
}

function parse(text: string): MediaType | undefined {
  const [essence = '', ...rest] = splitOutsideQuotes(text, ';');
  const [type = '', subtype = type === '*' ? '*' : '', ...more] = essence.trim().toLowerCase().split('/');
  if (more.length > 0 || !TOKEN.test(type) || !TOKEN.test(subtype)) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const value = part.slice(equals + 1).trim();
    const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(value);
    parameters.set(part.slice(0, equals).trim().toLowerCase(), quoted === null ? value : (quoted[1] ?? '').replace(/\\(.)/gs, '$1'));
  }
  return { type, subtype, parameters };
}

/** `type/subtype` without parameters. */
export function essence(mediaType: MediaType): string {
  return `${mediaType.type}/${mediaType.subtype}`;
}

/** JSON by name: `application/json`, `text/json` or a `+json` suffix (RFC 6839). */
export function isJson(mediaType: MediaType): boolean {
  return mediaType.subtype === 'json' || mediaType.subtype.endsWith('+json');
}

export function isXml(mediaType: MediaType): boolean {
  return mediaType.subtype === 'xml' || mediaType.subtype.endsWith('+xml');
}

/**
 * How well a concrete media type fits a range: 0 not at all, higher is closer. A range's parameters must all be there with the same value,
 * but for `charset`, which says how text is encoded, not what it is.
 */
export function fit(range: MediaType, concrete: MediaType): number {
  if (range.type !== '*' && range.type !== concrete.type) return 0;
  let score = range.type === '*' ? 1 : 2;
  if (range.subtype === concrete.subtype) score += 3;
  else if (range.subtype.startsWith('*+') && concrete.subtype.endsWith(range.subtype.slice(1))) score += 2;
  else if (range.subtype !== '*') return 0;
  if (range.parameters.size === 0) return score;
  for (const [name, value] of range.parameters) {
    if (name === 'charset' || name === 'q') continue;
    if (concrete.parameters.get(name)?.toLowerCase() !== value.toLowerCase()) return 0;
    score += 1;
  }
  return score;
}

/** One entry of an Accept header with its weight. */
export interface AcceptRange {
  readonly range: MediaType;
  /** 0 to 1; 0 means "not this". */
  readonly quality: number;
}

/** Parses an Accept header (RFC 9110 section 12.5.1); what is no media range is left out, and a weight that is no number counts as 1. */
export function parseAccept(header: string): AcceptRange[] {
  const ranges: AcceptRange[] = [];
  for (const part of splitOutsideQuotes(header, ',')) {
    const range = parseMediaType(part.trim());
    if (range === undefined) continue;
    const weight = range.parameters.get('q') ?? '';
    ranges.push({ range, quality: /^(?:\d+\.?\d*|\.\d+)$/.test(weight) ? Math.min(Number(weight), 1) : 1 });
  }
  return ranges;
}

/** Splits at a separator that does not stand inside a quoted string. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\' && quoted) index += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
