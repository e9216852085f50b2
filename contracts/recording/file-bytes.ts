import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { constants, createGunzip } from 'node:zlib';
import { RecordingError } from './recording-error.ts';

/** Large enough that reading costs nothing beside parsing; of larger ones twice as much waits for the garbage collector: the bytes, and what the entries of a chunk say. */
const CHUNK = 128 * 1024;

/** Counts while a file is read. */
export interface Progress {
  read: number;
  size: number;
}

/** A file is near: going by another thread takes longer than reading it. After so many chunks whoever else waits has a turn. */
const CHUNKS_AT_ONCE = 64;

/**
 * The bytes of a file in chunks, read one at a time as they are asked for. All chunks lie in the same memory: each is good until the next one is asked for.
 * @throws RecordingError for a file that is missing, a directory, or not readable.
 */
export async function* fileBytes(file: string, progress: Progress): AsyncGenerator<Buffer> {
  const handle = await opened(file);
  try {
    const size = await sizeOf(handle, file);
    progress.size = size ?? 0;
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    for (let count = 1; ; count += 1) {
      // A pipe may have nothing to give for long.
      const read = size === undefined ? (await handle.read(buffer, 0, CHUNK, null)).bytesRead : readSync(handle.fd, buffer, 0, CHUNK, null);
      if (read === 0) return;
      progress.read += read;
      yield buffer.subarray(0, read);
      if (count % CHUNKS_AT_ONCE === 0) await setImmediate();
    }
  } catch (error) {
    throw error instanceof RecordingError ? error : refusal(file, error);
  } finally {
    await handle.close();
  }
}

async function opened(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    throw refusal(file, error);
  }
}

/** `undefined` for what is no ordinary file. */
async function sizeOf(handle: FileHandle, file: string): Promise<number | undefined> {
  const stat = await handle.stat();
  if (stat.isDirectory()) throw new RecordingError(file, 'is a directory: name the files in it');
  return stat.isFile() ? stat.size : undefined;
}

function refusal(file: string, error: unknown): RecordingError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist',
    EACCES: 'may not be read: permission denied',
    EISDIR: 'is a directory: name the files in it',
  };
  return new RecordingError(file, reasons[code] ?? `can't be read: ${error instanceof Error ? error.message : String(error)}`, undefined, {
    cause: error,
  });
}

/** The compressed data was broken; what was unpacked before has been given. */
export class BrokenCompression extends Error {
  override readonly name = 'BrokenCompression';
}

/**
 * Takes gzip (RFC 1952) off where the bytes begin with its mark, and gives all others as they are: each chunk is good until the next one is asked for. Memory stays bounded however much it unpacks to. Data
 * that was cut gives what is there.
 * @throws BrokenCompression after the last chunk that could be unpacked.
 */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first = await headOf(iterator);
    if (first === undefined) return;
    if (first[0] === 0x1f && first[1] === 0x8b) {
      yield* gunzipped(first, iterator);
      return;
    }
    yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield asBuffer(next.value);
  } finally {
    await iterator.return?.();
  }
}

/** At least two bytes, where there are as many. */
async function headOf(iterator: AsyncIterator<Uint8Array>): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  for (let size = 0; size < 2;) {
    const next = await iterator.next();
    if (next.done === true) break;
    parts.push(size === 0 && next.value.length >= 2 ? asBuffer(next.value) : Buffer.from(next.value));
    size += next.value.length;
  }
  return parts.length <= 1 ? parts[0] : Buffer.concat(parts);
}

/** A little at a time: it may unpack to a thousand times as much. */
const PACKED_CHUNK = 16 * 1024;

async function* gunzipped(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024, finishFlush: constants.Z_SYNC_FLUSH });
  const queue: Buffer[] = [];
  gunzip.on('data', (chunk: Buffer) => queue.push(chunk));
  // Not thrown where it happens: what was unpacked before is given first.
  const failed = new Promise<Error>((resolve) => gunzip.on('error', resolve));
  const written = (chunk: Uint8Array): Promise<undefined> => new Promise((resolve) => gunzip.write(chunk, () => resolve(undefined)));
  const ended = (): Promise<undefined> => new Promise((resolve) => gunzip.once('end', () => resolve(undefined)).end());
  try {
    for (let chunk: Uint8Array = first; ;) {
      for (let at = 0; at < chunk.length; at += PACKED_CHUNK) {
        const failure = await Promise.race([failed, written(chunk.subarray(at, at + PACKED_CHUNK))]);
        yield* queue.splice(0);
        if (gunzip.errored !== null) throw new BrokenCompression('', { cause: failure ?? gunzip.errored });
      }
      const next = await rest.next();
      if (next.done === true) break;
      chunk = next.value;
    }
    const failure = await Promise.race([failed, ended()]);
    yield* queue.splice(0);
    if (failure !== undefined) throw new BrokenCompression('', { cause: failure });
  } finally {
    gunzip.destroy();
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
