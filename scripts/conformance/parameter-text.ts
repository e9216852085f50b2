import type { Members } from '../judge/index.ts';

/** How a parameter's value is written; Swagger 2.0's `collectionFormat` is already a style. */
export interface Writing {
  readonly style: string;
  readonly explode: boolean;
}

const FORMATS: Readonly<Record<string, Writing>> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  tsv: { style: 'tabDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};
const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C', tabDelimited: '%09', label: '.' };

/** Defaults of OpenAPI 3.1 section 4.8.12.2 and of Swagger 2.0's `collectionFormat`. */
export function writingOf(parameter: Members): Writing {
  const separated = parameter['in'] === 'query' || parameter['in'] === 'cookie';
  const format = FORMATS[String(parameter['collectionFormat'])];
  if (format !== undefined) return separated ? format : { ...format, style: format.style === 'form' ? 'simple' : format.style };
  const old = parameter['schema'] === undefined && parameter['type'] !== undefined;
  const preset = separated ? 'form' : 'simple';
  const style = typeof parameter['style'] === 'string' ? parameter['style'] : preset;
  return { style, explode: typeof parameter['explode'] === 'boolean' ? parameter['explode'] : style === 'form' && !old };
}

/**
 * The value of a path, header or cookie parameter as text (RFC 6570, OpenAPI 3.1 section 4.8.12.4).
 * @param encode how one scalar is escaped for its place.
 */
export function parameterText(name: string, value: unknown, { style, explode }: Writing, encode: (text: string) => string): string {
  const write = (item: unknown): string => encode(scalarText(item));
  const separator = explode && style === 'matrix' ? ';' : explode && style === 'label' ? '.' : (SEPARATORS[style] ?? ',');
  const text = listText(name, value, separator, { style, explode }, write);
  if (style === 'label') return `.${text}`;
  if (style !== 'matrix') return text;
  return explode && typeof value === 'object' && value !== null ? `;${text}` : `;${name}=${text}`;
}

function listText(name: string, value: unknown, separator: string, { style, explode }: Writing, write: (item: unknown) => string): string {
  if (Array.isArray(value)) {
    const named = style === 'matrix' && explode;
    return value.map((item) => (named ? `${name}=${write(item)}` : write(item))).join(separator);
  }
  if (typeof value !== 'object' || value === null) return write(value);
  return Object.entries(value)
    .map(([key, member]) => `${write(key)}${explode ? '=' : separator === '.' ? '.' : ','}${write(member)}`)
    .join(separator);
}

/** The `name=value` pairs of a query parameter. */
export function queryPairs(name: string, value: unknown, writing: Writing): string[] {
  const write = (item: unknown): string => encodeURIComponent(scalarText(item));
  const key = encodeURIComponent(name);
  const { style, explode } = writing;
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => `${key}=${write(item)}`);
    return [`${key}=${value.map(write).join(SEPARATORS[style] ?? ',')}`];
  }
  if (typeof value !== 'object' || value === null) return [`${key}=${write(value)}`];
  const entries = Object.entries(value);
  if (style === 'deepObject') return entries.map(([member, item]) => `${key}[${encodeURIComponent(member)}]=${write(item)}`);
  if (explode) return entries.map(([member, item]) => `${encodeURIComponent(member)}=${write(item)}`);
  const separator = SEPARATORS[style] ?? ',';
  return [`${key}=${entries.map(([member, item]) => `${encodeURIComponent(member)}${separator}${write(item)}`).join(separator)}`];
}

/** Whether a value can be written without nesting: no list of lists, no object in an object. */
export function isFlat(value: unknown): boolean {
  const isScalar = (item: unknown): boolean => typeof item !== 'object';
  if (typeof value !== 'object') return true;
  return value !== null && Object.values(value).every(isScalar);
}

export function scalarText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
