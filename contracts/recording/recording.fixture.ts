import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll } from 'vitest';
import type { Exchange, Gap } from '../exchange.ts';
import { harEntry } from './har-entry.ts';
import type { HarFile } from './har-entry.ts';
import { readRecording } from './read-recording.ts';
import type { ReadOptions, RecordingItem } from './recording.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own, gone after the tests of the file. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hufu-recording-'));
  folders.push(path);
  return path;
}

export function fileOf(content: string | Uint8Array, name = 'traffic.har'): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

export async function itemsOf(file: string, options: ReadOptions = {}): Promise<RecordingItem[]> {
  return Array.fromAsync(readRecording(file, options));
}

/** Reads bytes as if they were a file, in chunks of a size. */
export async function itemsIn(content: string | Uint8Array, chunkSize = 7, options: ReadOptions = {}): Promise<RecordingItem[]> {
  return itemsOf('traffic.har', { ...options, input: chunksOf(Buffer.from(content), chunkSize) });
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

export function exchangesOf(items: readonly RecordingItem[]): Exchange[] {
  return items.flatMap((item) => (item.kind === 'exchange' ? [item.exchange] : []));
}

/** `exchange`, `aside websocket`, or the message of a flaw. */
export function briefly(items: readonly RecordingItem[]): string[] {
  return items.map((item) => (item.kind === 'exchange' ? 'exchange' : item.kind === 'aside' ? `aside ${item.reason}` : item.message));
}

export function har(...entries: readonly unknown[]): string {
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
}

/** A plain entry with other members laid over it. */
export function entry(request: object = {}, response: object = {}, rest: object = {}): object {
  return {
    startedDateTime: '2024-06-10T06:13:20.000Z',
    time: 12,
    request: { method: 'GET', url: 'http://localhost:8080/things', headers: [{ name: 'Accept', value: '*/*' }], ...request },
    response: {
      status: 200,
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      content: { size: 2, mimeType: 'application/json', text: '{}' },
      ...response,
    },
    ...rest,
  };
}

export const HAR_FILE: HarFile = { chrome: false, wholeHeaders: false, sanitized: true, attachments: () => undefined };
export const PLACE = { file: 'traffic.har', index: 3 };

export function field(name: string, value: string): object {
  return { name, value };
}

/** An entry that is an exchange. @throws where it is none. */
export function readEntry(given: unknown, file: Partial<HarFile> = {}): Exchange {
  const item = harEntry(given, PLACE, { ...HAR_FILE, ...file });
  if (item.kind !== 'exchange') throw new Error(`no exchange: ${JSON.stringify(item)}`);
  return item.exchange;
}

export function gapsOf({ gaps }: Exchange): string[] {
  return gaps.map(({ of, code, perhaps }) => `${of} ${code}${perhaps === true && of !== 'part-headers' ? ' (perhaps)' : ''}`);
}

const name = fc.stringMatching(/^[a-z][a-z\d-]{0,12}$/).filter((text) => text !== 'set-cookie');
const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
const headers = fc
  .record(
    {
      fields: fc.dictionary(name, fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 3 })), { maxKeys: 5 }),
      cookies: fc.array(value, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['fields'] },
  )
  .map(({ fields, cookies }) => ({ ...fields, ...(cookies === undefined ? {} : { 'set-cookie': cookies }) }));
const body = fc.option(
  fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    fc.bigInt().map((id) => Buffer.from(`{"id":${id}}`)),
  ),
  { nil: undefined },
);
const gap = fc.record<Gap>({
  of: fc.constantFrom('request-body', 'response-body', 'request-headers', 'response-headers', 'part-headers', 'credentials', 'entry'),
  code: fc.constantFrom('missing', 'truncated', 'undecodable', 'stripped', 'invalid'),
  message: fc.string(),
});

/** Any exchange: bodies of any bytes, repeated fields, targets that are no paths, unknown times, no response. */
export const anyExchange: fc.Arbitrary<Omit<Exchange, 'place'>> = fc.record({
  origin: fc.constantFrom(undefined, 'http://localhost:8080', 'https://api.example.com', 'http://[::1]:3000'),
  request: fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'OPTIONS', 'PURGE'),
    path: fc.oneof(
      fc.webPath().map((path) => `/${path}`),
      fc.constantFrom('*', '', '/a b', '/\u4efb\u52a1', '/a#b', '/a?b', '//x/y', 'http://x/y'),
    ),
    query: fc.oneof(fc.webQueryParameters(), fc.constantFrom('', 'a=1&a=2', 'a=#', 'q=\u4efb\u52a1', '?')),
    headers,
    body,
  }),
  response: fc.option(fc.record({ status: fc.integer({ min: 100, max: 999 }), headers, body }), { nil: undefined }),
  startedAt: fc.oneof(
    fc.constant(undefined),
    fc.integer({ min: 0, max: 4e12 }),
    fc.double({ min: 0, max: 4e12, noNaN: true }).map((time) => time + 0),
  ),
  milliseconds: fc.oneof(
    fc.constant(undefined),
    fc.nat(),
    fc.double({ min: 0, max: 1e6, noNaN: true }).map((time) => time + 0),
  ),
  gaps: fc.array(gap, { maxLength: 2 }),
});
