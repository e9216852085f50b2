import type { Violation } from '../operations/index.ts';
import { locationOf, severityOf, subjectOf } from './problem.ts';

/** Longer header values are refused by clients and proxies. */
const MAX_LENGTH = 8_000;

/**
 * The `sl-violations` header: a JSON array of what is wrong, safe for any text. Characters outside printable ASCII are written as `\uXXXX`, which JSON reads back;
 * a header is latin1 at best (RFC 9110 section 5.5). What does not fit is left out, whole entries at a time, with a last entry that says so.
 */
export function violationsHeader(violations: readonly Violation[]): string {
  let text = '[';
  let told = 0;
  for (const violation of violations) {
    const entry = entryOf(violation);
    if (text.length + entry.length + 3 > MAX_LENGTH - 120) {
      text += `${told === 0 ? '' : ','}{"severity":"Warning","code":"cut","message":"${violations.length - told} more violations"}`;
      break;
    }
    text += told === 0 ? entry : `,${entry}`;
    told += 1;
  }
  return `${text}]`;
}

interface Told extends Pick<Violation, 'side' | 'part' | 'pointer' | 'code' | 'severity' | 'message'> {
  readonly name: string | undefined;
  readonly text: string;
}

/** The latest entry about each place of the documents: the same slip is made again and again, whatever the value was. */
const latest = new Map<string, Told>();
const MAX_LATEST = 1_000;
const MAX_LATEST_LENGTH = 1_000;

function entryOf(violation: Violation): string {
  const { side, part, name, pointer, code, severity, message, document } = violation;
  const known = latest.get(document);
  const isSame =
    known !== undefined &&
    known.message === message &&
    known.pointer === pointer &&
    known.name === name &&
    known.part === part &&
    known.side === side &&
    known.code === code &&
    known.severity === severity;
  if (isSame) return known.text;
  const text = entryText(violation);
  if (text.length > MAX_LATEST_LENGTH) return text;
  if (latest.size >= MAX_LATEST) latest.clear();
  // In one piece: what is put together of pieces is put together again by each reader.
  latest.set(document, { side, part, name, pointer, code, severity, message, text: Buffer.from(text, 'latin1').toString('latin1') });
  return text;
}

/** The JSON of `violationEntry`, written at once: to look an object over takes the engine longer than to write these five members. */
function entryText(violation: Violation): string {
  const severity = severityOf(violation);
  const message = `${escaped(subjectOf(violation))} ${escaped(violation.message)}`;
  let location = '';
  for (const step of locationOf(violation)) location += location === '' ? `"${escaped(step)}"` : `,"${escaped(step)}"`;
  return `{"location":[${location}],"severity":"${severity}","code":"${escaped(violation.code)}","message":"${message}","document":"${escaped(violation.document)}"}`;
}

/** A text as it stands between the quotes of a JSON string of printable ASCII. */
function escaped(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return toAscii(JSON.stringify(text)).slice(1, -1);
  }
  return text;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** JSON text in printable ASCII only. */
export function toAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
