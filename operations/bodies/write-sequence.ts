import { writeJson } from '../json.ts';
import type { SequenceForm } from './sequence.ts';

/** Writes the items of a sequential media type one after another (OpenAPI 3.2, Sequential Media Types). */
export function writeSequence(items: readonly unknown[], form: Exclude<SequenceForm, 'parts'>): string {
  if (form === 'events') return items.map(writeEvent).join('');
  return items.map((item) => `${form === 'records' ? '\u001e' : ''}${writeJson(item)}\n`).join('');
}

/** One event of the HTML standard, section 9.2.5; what no field can hold is left out, and a value that is no text is written as JSON. */
function writeEvent(event: unknown): string {
  const fields = typeof event === 'object' && event !== null && !Array.isArray(event) ? Object.entries(event) : [['data', event] as const];
  let text = '';
  for (const [name, value] of fields as readonly (readonly [string, unknown])[]) {
    if (value === undefined || !FIELDS.has(name)) continue;
    const written = typeof value === 'string' ? value : writeJson(value);
    for (const line of name === 'data' ? written.split(/\r\n|\n|\r/) : [written.replace(/[\r\n\0]/g, ' ')]) text += `${name}: ${line}\n`;
  }
  return `${text}\n`;
}

const FIELDS = new Set(['event', 'data', 'id', 'retry']);

/** The boundary between the parts that {@link writeParts} writes; no text of a part holds it. */
export interface WrittenParts {
  readonly boundary: string;
  readonly text: string;
}

/**
 * Writes items as the unnamed parts of a multipart body (RFC 2046 section 5.1).
 * @param typeAt the documented media type of a part, by its place; where there is none an object or a list is JSON, anything else plain text (OpenAPI 3.2, Encoding Object).
 */
export function writeParts(items: readonly unknown[], typeAt: (index: number) => string | undefined): WrittenParts {
  const parts = items.map((item, index) => {
    const isText = typeof item === 'string';
    const type = typeAt(index) ?? (typeof item === 'object' && item !== null ? 'application/json' : 'text/plain; charset=utf-8');
    return `Content-Type: ${type}\r\n\r\n${isText && !/\bjson\b/i.test(type) ? item : writeJson(item)}\r\n`;
  });
  let boundary = 'hufu-part';
  for (let count = 1; parts.some((part) => part.includes(`--${boundary}`)); count += 1) boundary = `hufu-part-${count}`;
  return { boundary, text: `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n` };
}
