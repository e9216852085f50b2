import { createRequire } from 'node:module';
import type * as Busboys from '@fastify/busboy';
import { malformed } from '../parameters/index.ts';
import type { MalformedBody } from './decoded-body.ts';

/** One part of a multipart/form-data body (RFC 7578), bytes untouched. */
export interface FormPart {
  readonly name: string;
  readonly fileName: string | undefined;
  /** Lower-cased, without parameters; `text/plain` where the part names none. */
  readonly contentType: string;
  readonly content: Buffer;
  /** Names in lower case, as they stand in the part. */
  readonly headers: PartFields;
}

/** The header fields of a part; of a name that is given twice the last one. */
export type PartFields = NodeJS.Dict<string>;

export interface MultipartLimits {
  /** Parts in one body. Default 1000. */
  readonly parts: number;
  /** Bytes of the header block of one part. Default 16 KiB. */
  readonly headerSize: number;
  /** Bytes of a part that is not a file. Default 1 MiB; files are limited by the size of the body. */
  readonly fieldSize: number;
}

export const DEFAULT_LIMITS: MultipartLimits = { parts: 1000, headerSize: 16 * 1024, fieldSize: 1024 * 1024 };

/** The parser works in memory and answers within a few turns of the event loop; if it ever did not, this ends the wait. */
const PATIENCE_MS = 5000;

/** RFC 2046 section 5.1.1: 1 to 70 of these characters, no space at the end. */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

/**
 * Cuts a multipart/form-data body into its parts. A body that is cut short or breaks a limit is `malformed`. One without any carriage return was written by hand, or by a recorder that keeps lines: its
 * line ends are taken for those that RFC 2046 asks for.
 */
export async function readParts(
  given: Buffer,
  boundary: string | undefined,
  limits: MultipartLimits,
): Promise<{ readonly kind: 'parts'; readonly parts: readonly FormPart[] } | MalformedBody> {
  const cut = cutParts(given, boundary, limits, 'multipart/form-data');
  if (cut.kind === 'malformed') return cut;
  if (cut.parts.length === 0) return { kind: 'parts', parts: [] };
  const parts = await parse(cut.body, cut.boundary);
  if (typeof parts === 'string') return malformed(`must be multipart/form-data: ${parts}`);
  // The parser leaves out parts that it cannot name.
  if (parts.length !== cut.parts.length) return malformed('must give every part a "Content-Disposition: form-data" header with a name');
  return { kind: 'parts', parts: parts.map((part, index) => ({ ...part, headers: cut.parts[index]?.headers ?? {} })) };
}

/** A part between two boundaries, without a look at what its headers say. */
interface CutPart {
  readonly headers: PartFields;
  readonly content: Buffer;
}

type CutBody =
  | { readonly kind: 'cut'; readonly body: Buffer; readonly boundary: string; readonly parts: readonly CutPart[] }
  | MalformedBody;

/**
 * Cuts any multipart body at its boundaries (RFC 2046 section 5.1.1).
 * @param what messages call it.
 */
export function cutParts(given: Buffer, boundary: string | undefined, limits: MultipartLimits, what = 'multipart'): CutBody {
  if (boundary === undefined || boundary === '') return malformed(`must be ${what} with a boundary in its Content-Type`);
  if (!BOUNDARY.test(boundary)) return malformed(`must be ${what} with a boundary of at most 70 plain characters (RFC 2046 section 5.1.1)`);
  const body = hasBareLines(given, boundary) ? Buffer.from(given.toString('latin1').replaceAll('\n', '\r\n'), 'latin1') : given;
  const outline = outlineOf(body, boundary, limits, what);
  return outline.kind === 'malformed' ? outline : { kind: 'cut', body, boundary, parts: outline.parts };
}

function hasBareLines(body: Buffer, boundary: string): boolean {
  return body.subarray(0, boundary.length + 3).toString('latin1') === `--${boundary}\n` && !body.includes('\r');
}

/** Reads the headers of the parts and checks what the parser would pass over in silence: the end of the body and the size of headers. */
function outlineOf(
  body: Buffer,
  boundary: string,
  limits: MultipartLimits,
  what: string,
): { readonly kind: 'outline'; readonly parts: readonly CutPart[] } | MalformedBody {
  const delimiter = Buffer.from(`--${boundary}`);
  const inner = Buffer.from(`\r\n--${boundary}`);
  let at = body.subarray(0, delimiter.length).equals(delimiter) ? 0 : body.indexOf(inner) + 2;
  if (at === 1) return malformed(`must be ${what}, but its boundary does not occur in it`);
  const parts: CutPart[] = [];
  while (body.subarray(at + delimiter.length, at + delimiter.length + 2).toString('latin1') !== '--') {
    const count = parts.length + 1;
    if (count > limits.parts) return malformed(`must have at most ${limits.parts} parts`);
    const headerEnd = body.indexOf('\r\n\r\n', at + delimiter.length);
    const next = body.indexOf(inner, at + delimiter.length);
    if (next === -1) return malformed('must be complete: the closing boundary is missing');
    if (headerEnd === -1 || headerEnd > next) return malformed(`must have an empty line after the headers of part ${count}`);
    if (headerEnd - at - delimiter.length > limits.headerSize)
      return malformed(`must have at most ${limits.headerSize} bytes of headers in part ${count}`);
    const headers = fieldsOf(body.toString('latin1', at + delimiter.length, headerEnd));
    parts.push({ headers, content: body.subarray(headerEnd + 4, Math.max(next, headerEnd + 4)) });
    at = next + 2;
  }
  return { kind: 'outline', parts };
}

/** `Name: value` lines; one that begins with a blank goes on with the line before. */
function fieldsOf(text: string): PartFields {
  const fields: PartFields = {};
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && name !== '__proto__') fields[name] = line.slice(colon + 1).trim();
  }
  return fields;
}

const load = createRequire(import.meta.url);

type ParsedPart = Omit<FormPart, 'headers'>;

/** A string says why the body cannot be read. */
function parse(body: Buffer, boundary: string): Promise<readonly ParsedPart[] | string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('the parser does not come to an end'), PATIENCE_MS);
    const finish = (result: readonly ParsedPart[] | string): void => {
      clearTimeout(timer);
      resolve(result);
    };
    const fail = (error: unknown): void => finish(error instanceof Error ? error.message : 'it cannot be parsed');

    try {
      const parts: ParsedPart[] = [];
      const headers = { 'content-type': `multipart/form-data; boundary="${boundary}"` };
      // Loaded with the first form.
      const { Busboy } = load('@fastify/busboy') as typeof Busboys;
      // Every part is taken as a file: fields would come as text already, in a charset of the parser's choice.
      const parser = new Busboy({ headers, isPartAFile: () => true, preservePath: true });
      parser.on('file', (name: string | undefined, stream, fileName: string | undefined, _encoding, contentType) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', fail);
        stream.on('end', () => {
          if (name !== undefined) parts.push({ name, fileName, contentType: contentType.toLowerCase(), content: Buffer.concat(chunks) });
        });
      });
      parser.on('error', fail);
      parser.on('finish', () => finish(parts));
      parser.end(body);
    } catch (error) {
      fail(error);
    }
  });
}
