import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Document } from './document.ts';

/**
 * Files of a document that were not written in UTF-8, as JSON and YAML ask for (RFC 8259 section 8.1, YAML 1.2 section 5.2), for instance in GBK or Latin-1: what
 * could not be read stands as U+FFFD in every title and description. Whoever serves the document would else look for the mistake in the mock.
 */
export function filesNotInUtf8({ sources }: Document): { readonly file: string; readonly line: number; readonly message: string }[] {
  return [...sources.values()].flatMap(({ path, label = basename(path), text }) => {
    const first = text.indexOf('\ufffd');
    if (first < 0 || isWrittenSo(path)) return [];
    const line = text.slice(0, first).split('\n').length;
    return [{ file: label, line, message: `is not written in UTF-8: line ${line} can't be read; save the file as UTF-8` }];
  });
}

/** Somebody may well have written U+FFFD; and what came over the network was decoded there. */
function isWrittenSo(path: string): boolean {
  if (/^https?:/i.test(path)) return true;
  try {
    const bytes = readFileSync(path);
    return isUtf8(bytes) || bytes.subarray(0, 2).equals(UTF16_LE) || bytes.subarray(0, 2).equals(UTF16_BE);
  } catch {
    // It went away meanwhile.
    return true;
  }
}

const UTF16_LE = Buffer.from([0xff, 0xfe]);
const UTF16_BE = Buffer.from([0xfe, 0xff]);
