import { createHash } from 'node:crypto';
import { HOLE } from './hole.ts';
import type { ObservedFile } from './observation.ts';

/** Bytes as values: what state files name of the parts of a multipart body and of a body that is no value. A hash is made only when it is asked for. */
export function observedFile(file: ObservedFile | undefined, member: string | undefined): unknown {
  if (file === undefined) return undefined;
  const { fileName, contentType, content } = file;
  return { name: fileName, type: contentType, size: content.length, sha256: member === 'sha256' ? sha256(content) : HOLE };
}

/** The hash in lower case hexadecimal digits (FIPS 180-4). */
export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
