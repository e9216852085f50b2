import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { createOperationTable, parseJson } from '../operations/index.ts';
import { createMock, handleRequest, loadDocuments, startServer } from './index.ts';
import { headersOf } from './reply.ts';
import type { Handled, Mock, MockOptions, MockServer, ServerOptions } from './index.ts';

export const PLAIN: MockOptions = { dynamic: false, seed: '1', errors: false, cors: false, ignoreExamples: false };

const folders: string[] = [];
const servers: MockServer[] = [];
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a folder of their own, gone after the tests of the file. @returns the folder. */
export function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-mock-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** A mock of documents given as values or as text. */
export async function mockOf(documents: readonly unknown[], options: Partial<MockOptions> = {}): Promise<Mock> {
  const names = documents.map((_, index) => `document-${index}.json`);
  const folder = folderOf(Object.fromEntries(names.map((name, index) => [name, documents[index]])));
  const loaded = await loadDocuments(
    names.map((name) => join(folder, name)),
    {},
  );
  return createMock(createOperationTable(loaded), { ...PLAIN, ...options });
}

/** An OpenAPI 3.1 document with the given paths. */
export function openapi(paths: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { openapi: '3.1.0', info: { title: 'Test', version: '1' }, paths, ...rest };
}

/** A response with one JSON content. */
export function json(schema: unknown, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { description: 'JSON', content: { 'application/json': { schema, ...more } } };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON, read exactly; `undefined` when it is none. */
  readonly body: unknown;
  /** `sl-violations` as read by a client. */
  readonly violations: readonly { location: string[]; code: string; message: string; severity: string }[];
}

export interface Question {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer | undefined;
}

/** Asks in memory, without a socket. @param line method and target, such as `GET /pets?limit=1`. */
export async function ask(mock: Mock, line: string, { headers = {}, body }: Question = {}): Promise<Answer> {
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const handled: Handled = await handleRequest(mock, { method, path, query, headers: { ...headers }, body: bytes });
  return answerOf(handled.reply.status, headersOf(handled.reply), handled.reply.body ?? Buffer.alloc(0));
}

function answerOf(status: number, headers: Answer['headers'], bytes: Buffer): Answer {
  const text = bytes.toString();
  const violations = headers['sl-violations'];
  return {
    status,
    headers,
    bytes,
    text,
    body: tryJson(text),
    violations: violations === undefined ? [] : (JSON.parse(String(violations)) as Answer['violations']),
  };
}

function tryJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Serves a mock on a free port until the tests of the file are over. */
export async function serve(mock: Mock, options: Partial<ServerOptions> = {}): Promise<MockServer> {
  const server = await startServer({ mock: () => mock, port: 0, ...options });
  servers.push(server);
  return server;
}

/**
 * Sends bytes over a bare socket and gives back everything that came until the other side closed, or until nothing more came for `quietMs`.
 * `hung`: nothing came at all within `limitMs`.
 */
export function exchange(
  port: number,
  bytes: string | Buffer | readonly (string | Buffer)[],
  { quietMs = 400, limitMs = 5_000 } = {},
): Promise<{ text: string; closed: boolean; hung: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    let quiet: NodeJS.Timeout | undefined;
    const finish = (closed: boolean, hung = false): void => {
      clearTimeout(quiet);
      clearTimeout(limit);
      socket.destroy();
      resolve({ text: Buffer.concat(chunks).toString('latin1'), closed, hung });
    };
    const limit = setTimeout(() => finish(false, chunks.length === 0), limitMs);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      clearTimeout(quiet);
      quiet = setTimeout(() => finish(false), quietMs);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => finish(true));
    for (const part of Array.isArray(bytes) ? (bytes as readonly (string | Buffer)[]) : [bytes as string | Buffer]) socket.write(part);
  });
}

/** The bytes of a request, framed with content-length. */
export function framed(line: string, headers: readonly string[] = [], body: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(body);
  const fields = ['Host: x', ...headers, ...(bytes.length > 0 ? [`Content-Length: ${bytes.length}`] : [])];
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}
