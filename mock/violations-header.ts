import type { Violation } from '../operations/index.ts';
import { writeJson } from '../operations/index.ts';
import { violationEntry } from './problem.ts';

/** Longer header values are refused by clients and proxies. */
const MAX_LENGTH = 8_000;

/**
 * The `sl-violations` header: a JSON array of what is wrong, safe for any text. Characters outside printable ASCII are written as `\uXXXX`, which JSON reads back;
 * a header is latin1 at best (RFC 9110 section 5.5). What does not fit is left out, whole entries at a time, with a last entry that says so.
 */
export function violationsHeader(violations: readonly Violation[]): string {
  const entries: string[] = [];
  let length = 2;
  for (const violation of violations) {
    const text = toAscii(writeJson(violationEntry(violation)));
    if (length + text.length + 1 > MAX_LENGTH - 120) {
      entries.push(`{"severity":"Warning","code":"cut","message":"${violations.length - entries.length} more violations"}`);
      break;
    }
    entries.push(text);
    length += text.length + 1;
  }
  return `[${entries.join(',')}]`;
}

/** JSON text in printable ASCII only. */
export function toAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
