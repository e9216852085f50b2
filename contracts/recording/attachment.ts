import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Gives the bytes of a file that lies beside the recording; `undefined` where there is none. */
export type Attachments = (name: string) => Buffer | undefined;

/**
 * Playwright can keep bodies in files beside the HAR (`recordHar: { content: 'attach' }`), named by the SHA-1 of their content. A recording comes from anywhere: no other name is opened,
 * none outside of its folder, and nothing but ordinary files.
 */
const NAME = /^(?:resources\/)?[\da-f]{40}(?:\.[\w-]{1,20})?$/i;

/** @param limit the largest file in bytes; larger ones count as not there. */
export function attachmentsBeside(file: string, limit: number): Attachments {
  const folder = dirname(file);
  return (name) => {
    if (!NAME.test(name)) return undefined;
    try {
      const path = realpathSync(join(folder, name));
      if (!path.startsWith(join(realpathSync(folder), sep))) return undefined;
      return readFile(path, limit);
    } catch {
      return undefined;
    }
  };
}

function readFile(path: string, limit: number): Buffer | undefined {
  // Not blocking: who puts a pipe there does not hold up the reader.
  const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile() || stat.size > limit) return undefined;
    const bytes = Buffer.alloc(stat.size);
    return readSync(handle, bytes, 0, stat.size, 0) === stat.size ? bytes : undefined;
  } finally {
    closeSync(handle);
  }
}
