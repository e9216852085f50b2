import { createHash } from 'node:crypto';

/** A body made again from HAR's `postData.params` (HAR 1.2, section "params"). */
export interface FormBody {
  readonly bytes: Buffer;
  /** The Content-Type that goes with it. */
  readonly contentType: string;
  /** Names of parts whose content was not recorded. */
  readonly lost: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly value: string | undefined;
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
}

/**
 * Makes a form's body from its parameters.
 * @param contentType of the request; a boundary in it is kept.
 * @returns `undefined` where there are no parameters, or the media type is no form.
 */
export function formBody(params: unknown, contentType: string): FormBody | undefined {
  const parameters = parametersOf(params);
  if (parameters.length === 0) return undefined;
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'multipart/form-data') return multipart(parameters, contentType);
  if (type !== '' && !type.endsWith('form-urlencoded')) return undefined;
  const lost = parameters.filter(isLost).map(({ name }) => name);
  const pairs = parameters.map(({ name, value }) => `${encode(name)}=${encode(value ?? '')}`);
  return { bytes: Buffer.from(pairs.join('&')), contentType: type === '' ? 'application/x-www-form-urlencoded' : contentType, lost };
}

/** What Chrome writes for a value that is no text. */
const BINARY = '(binary)';

function isLost({ value, fileName }: Parameter): boolean {
  return value === BINARY || (value === undefined && fileName !== undefined);
}

/** multipart/form-data (RFC 7578). The boundary, where none is given, comes from the content: the same recording gives the same bytes. */
function multipart(parameters: readonly Parameter[], contentType: string): FormBody {
  const given = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const boundary = given?.[1] ?? given?.[2] ?? `hufu-${createHash('sha256').update(JSON.stringify(parameters)).digest('hex').slice(0, 32)}`;
  const parts = parameters.map((parameter) => {
    const file = parameter.fileName === undefined ? '' : `; filename="${quoted(parameter.fileName)}"`;
    const type = parameter.contentType === undefined ? '' : `Content-Type: ${oneLine(parameter.contentType)}\r\n`;
    const value = isLost(parameter) ? '' : (parameter.value ?? '');
    return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(parameter.name)}"${file}\r\n${type}\r\n${value}\r\n`;
  });
  return {
    bytes: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
    contentType: given === null ? `multipart/form-data; boundary=${boundary}` : contentType,
    lost: parameters.filter(isLost).map(({ name }) => name),
  };
}

/** As browsers write names of fields (HTML standard, "multipart form data"). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
}

function parametersOf(params: unknown): Parameter[] {
  if (!Array.isArray(params)) return [];
  return (params as readonly unknown[]).flatMap((param) => {
    if (typeof param !== 'object' || param === null) return [];
    const { name, value, fileName, contentType } = param as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string') return [];
    return [{ name, value: textOf(value), fileName: textOf(fileName), contentType: textOf(contentType) }];
  });
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
