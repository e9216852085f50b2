import { Agent, request as send } from 'node:http';
import { isJson, parseJson, parseMediaType, writeJson } from '../../operations/index.ts';

/** What a step of a flow sends beside method and path. */
export interface Sending {
  readonly query?: Readonly<Record<string, string | number | bigint | undefined>> | undefined;
  /** An access token. */
  readonly token?: string | undefined;
  /** The whole header, where it is no bearer token. */
  readonly authorization?: string;
  readonly json?: unknown;
  /** A body as it is; with its media type. */
  readonly text?: string;
  readonly form?: Form;
  readonly contentType?: string;
}

/** The parts of a multipart body in their order. */
export type Form = readonly (FieldPart | FilePart)[];

export interface FieldPart {
  readonly name: string;
  readonly value: string;
}

export interface FilePart {
  readonly name: string;
  readonly fileName: string;
  readonly content: Uint8Array | string;
}

export interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
  /** JSON, integers beyond 2^53 as `bigint`; `undefined` for everything else. */
  readonly value: unknown;
}

export type Send = (method: string, path: string, sending?: Sending) => Promise<Answer>;

/** Multipart bodies are to be the same bytes in every run; no file of a flow holds it. */
const BOUNDARY = 'hufu-recording-boundary';

/**
 * A plain HTTP client that sends the same bytes in every run.
 * @param url where to connect to.
 * @param host what the Host header says: answers may repeat it.
 */
export function createSend(url: string, host: string): Send & { readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(url);

  const call: Send = async (method, path, sending = {}) => {
    const body = bodyOf(sending);
    const authorization = sending.token === undefined ? sending.authorization : `Bearer ${sending.token}`;
    const headers = {
      host,
      accept: '*/*',
      'user-agent': 'hufu-recordings',
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': body.type, 'content-length': String(body.bytes.length) }),
    };
    return await new Promise<Answer>((resolve, reject) => {
      const request = send({ agent, hostname, port, method, path: `${path}${queryText(sending.query)}`, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(pieces);
          resolve({ status: response.statusCode ?? 0, bytes, value: valueOf(response.headers['content-type'], bytes) });
        });
      });
      request.on('error', reject);
      request.end(body?.bytes);
    });
  };
  return Object.assign(call, { close: () => agent.destroy() });
}

function queryText(query: Sending['query'] = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.append(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
}

function bodyOf({ json, text, form, contentType }: Sending): { type: string; bytes: Buffer } | undefined {
  if (form !== undefined) return { type: `multipart/form-data; boundary=${BOUNDARY}`, bytes: formBytes(form) };
  if (text !== undefined) return { type: contentType ?? 'application/json', bytes: Buffer.from(text) };
  if (json !== undefined) return { type: contentType ?? 'application/json', bytes: Buffer.from(writeJson(json)) };
  return undefined;
}

/** RFC 7578; names as browsers write them: UTF-8, quotes and line breaks percent-encoded. */
function formBytes(form: Form): Buffer {
  const escape = (name: string): string => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const parts = form.flatMap((part) => {
    const isFile = 'fileName' in part;
    const disposition = `form-data; name="${escape(part.name)}"${isFile ? `; filename="${escape(part.fileName)}"` : ''}`;
    const type = isFile ? '\r\nContent-Type: application/octet-stream' : '';
    const content = isFile ? part.content : part.value;
    return [`--${BOUNDARY}\r\nContent-Disposition: ${disposition}${type}\r\n\r\n`, content, '\r\n'];
  });
  return Buffer.concat([...parts, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece)));
}

function valueOf(contentType: string | undefined, bytes: Buffer): unknown {
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType);
  if (bytes.length === 0 || mediaType === undefined || !isJson(mediaType)) return undefined;
  return parseJson(bytes.toString());
}

/** A value inside of a body; `undefined` where the way there ends. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, step) => {
    if (typeof found !== 'object' || found === null) return undefined;
    return Object.entries(found).find(([name]) => name === String(step))?.[1];
  }, value);
}

/** An id that the server has made. @throws Error when there is none: a flow must not go on with a made-up one. */
export function idAt(answer: Answer, ...path: readonly (string | number)[]): number | bigint {
  const found = at(answer.value, ...path);
  if (typeof found === 'number' || typeof found === 'bigint') return found;
  throw new Error(`the answer has no id at ${path.join('/')}: ${answer.status} ${answer.bytes.toString().slice(0, 300)}`);
}

/** A text that the server has made. @throws Error when there is none. */
export function textAt(answer: Answer, ...path: readonly (string | number)[]): string {
  const found = at(answer.value, ...path);
  if (typeof found === 'string') return found;
  throw new Error(`the answer has no text at ${path.join('/')}: ${answer.status} ${answer.bytes.toString().slice(0, 300)}`);
}

export function listAt(answer: Answer, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(answer.value, ...path);
  return Array.isArray(found) ? found : [];
}
