/** Values of parameters as they are written into a request (RFC 6570; OpenAPI 3.1 section 4.8.12.4). */
import { writeJson } from '../../../operations/index.ts';
import type { OperationParameter } from '../../../operations/index.ts';

type Writing = Pick<OperationParameter, 'name' | 'style' | 'explode' | 'mediaType' | 'allowReserved' | 'isWholeQuery'>;

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C', tabDelimited: '%09' };

/** `name=value` pairs, percent-encoded. */
export function queryPairs(parameter: Writing, value: unknown): string[] {
  const { name, style, explode } = parameter;
  const write = (item: unknown): string => encode(scalarText(item), parameter.allowReserved);
  const key = encodeURIComponent(name);
  if (parameter.isWholeQuery === true) return wholeQuery(value, explode);
  if (parameter.mediaType !== undefined) return [`${key}=${encodeURIComponent(writeJson(value))}`];
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

/** The query as one value (OpenAPI 3.2, `in: querystring`): a form, or one text. */
function wholeQuery(value: unknown, isForm: boolean): string[] {
  if (!isForm || typeof value !== 'object' || value === null) return [encodeURIComponent(scalarText(value))];
  return Object.entries(value).flatMap(([name, item]) =>
    (Array.isArray(item) ? item : [item]).map((one: unknown) => `${encodeURIComponent(name)}=${encodeURIComponent(scalarText(one))}`),
  );
}

/** The value in a path segment, percent-encoded. */
export function pathText(parameter: Writing, value: unknown): string {
  return valueText(parameter, value, (item) => encodeURIComponent(item));
}

/** The value of a header or cookie. */
export function headerText(parameter: Writing, value: unknown): string {
  return valueText(parameter, value, (item) => item);
}

function valueText({ name, style, explode, mediaType }: Writing, value: unknown, escape: (text: string) => string): string {
  if (mediaType !== undefined) return escape(writeJson(value));
  const write = (item: unknown): string => escape(scalarText(item));
  const separator = !explode ? ',' : style === 'label' ? '.' : style === 'matrix' ? ';' : ',';
  const prefix = style === 'label' ? '.' : style === 'matrix' ? ';' : '';
  if (Array.isArray(value)) {
    const items = value.map((item) => (style === 'matrix' && explode ? `${name}=${write(item)}` : write(item))).join(separator);
    return prefix + (style === 'matrix' && !explode ? `${name}=` : '') + items;
  }
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, item]) => `${write(key)}${explode ? '=' : ','}${write(item)}`);
    return prefix + (style === 'matrix' && !explode ? `${name}=` : '') + pairs.join(separator);
  }
  return prefix + (style === 'matrix' ? `${name}=` : '') + write(value);
}

/** A value as the text it is on the wire; nothing for null. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : writeJson(value);
}

function encode(value: string, allowReserved: boolean): string {
  const encoded = encodeURIComponent(value);
  return allowReserved
    ? encoded.replace(/%(?:3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B)/g, (escaped) => decodeURIComponent(escaped))
    : encoded;
}
