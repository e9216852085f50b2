import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

/**
 * What YAML was read as is kept between runs, like compiled code: reading the documents of a workspace is a third of a start. It is kept behind the text itself, so a
 * changed file is another one; only what was read without a complaint is kept, so errors and their places are always found anew. In the engine's own form, which
 * knows `bigint` and what aliases share, and is read ten times as fast as JSON with long digits.
 *
 * A file is found by a mere checksum: to compare the text that stands in it says more than any hash, and costs less than loading one.
 */

/** Stands before the text: another reader, or another reading, finds nothing of this one. */
export const READER = 'js-yaml 5.5.0, 3';
/** The same for what was found good: a file of such a text holds nothing but that. */
const JUDGES = `good, 1, values by ${READER}`;

/** Bytes: below, reading is as quick as looking it up; above, a document is no longer small enough to be had twice. */
const LEAST = 2_000;
const MOST = 8 * 1024 * 1024;
/** What the folder holds at most; the oldest go first. */
const MOST_FILES = 200;
const MOST_BYTES = 64 * 1024 * 1024;

/** Bytes of the length of the text, which stands before it. */
const LENGTH = 4;

interface Noted {
  /** Who made the value of the text, and the text. */
  readonly head: Buffer;
  readonly value: unknown;
}

let folder: string | undefined;
/** `undefined`: nothing more is noted. */
let fresh: Noted[] | undefined = [];

/** From now on YAML is looked up in a folder before it is read. What lies there is believed, so nothing is kept where somebody else could have put it. */
export function keepYamlIn(where: string): void {
  folder = isOwn(where) ? where : undefined;
}

/** Whether only this user can write to a folder, or where there is none yet, to the one that it would be made in. */
function isOwn(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return dirname(path) !== path && isOwn(dirname(path));
  return process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
}

/** The value of a text that an earlier run read; `undefined` where there is none. */
export function keptYaml(text: string): unknown {
  return folder !== undefined && isWorthIt(text) ? keptBehind(folder, headOf(READER, text)) : undefined;
}

/** Whether an earlier run found nothing wrong with something. @param what all that the answer depends on, those who gave it included. */
export function isKnownGood(what: () => string): boolean {
  return folder !== undefined && keptBehind(folder, headOf(JUDGES, what())) === true;
}

function keptBehind(where: string, head: Buffer): unknown {
  try {
    const bytes = readFileSync(join(where, nameOf(head)));
    const end = LENGTH + bytes.readUInt32LE();
    return head.equals(bytes.subarray(LENGTH, end)) ? deserialize(bytes.subarray(end)) : undefined;
  } catch {
    // Not there, not whole, or of a later engine.
    return undefined;
  }
}

/** Notes what a text was read as, to be written by {@link flushYaml}. */
export function noteYaml(text: string, value: unknown): void {
  if (folder !== undefined && isWorthIt(text)) fresh?.push({ head: headOf(READER, text), value });
}

/** Notes that nothing is wrong with something, see {@link isKnownGood}. */
export function noteGood(what: () => string): void {
  if (folder !== undefined) fresh?.push({ head: headOf(JUDGES, what()), value: true });
}

/** Writes what was noted, once: what a server reads later, since somebody is editing it, is not worth keeping. Where nothing can be written, nothing is kept. */
export function flushYaml(): void {
  const noted = fresh ?? [];
  fresh = undefined;
  if (folder === undefined || noted.length === 0) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { head, value } of noted) write(join(folder, nameOf(head)), head, value);
    sweep(folder);
  } catch {
    // Without a cache the next start takes as long as this one.
  }
}

function write(file: string, head: Buffer, value: unknown): void {
  const bytes = serialize(value);
  if (head.length > 4 * MOST || bytes.length > MOST) return;
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32LE(head.length);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([length, head, bytes]), { mode: 0o600 });
  renameSync(draft, file);
}

function sweep(where: string): void {
  const files = readdirSync(where).map((name) => {
    const { mtimeMs, size } = statSync(join(where, name));
    return { name, mtimeMs, size };
  });
  let bytes = 0;
  for (const [index, { name, size }] of files.sort((a, b) => b.mtimeMs - a.mtimeMs).entries()) {
    bytes += size;
    if (index >= MOST_FILES || bytes > MOST_BYTES) rmSync(join(where, name), { force: true });
  }
}

/** JSON is read quickly as it is. */
function isWorthIt(text: string): boolean {
  return text.length >= LEAST && text.length <= MOST && !/^\s*[[{]/.test(text);
}

function headOf(by: string, text: string): Buffer {
  return Buffer.from(`${by}\n${text}`);
}

function nameOf(head: Buffer): string {
  return `${crc32(head).toString(16)}-${head.length}.v8`;
}
