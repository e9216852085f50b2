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

/**
 * Writes items as the unnamed parts of a multipart body (RFC 2046 section 5.1).
 * @param boundary that no text of a part holds.
 * @param typeAt the documented media type of a part, by its place; a list's first that is no range counts. Where there is none an object or a list is JSON, anything else plain text (OpenAPI 3.2, Encoding Object).
 */
export function writeParts(items: readonly unknown[], boundary: string, typeAt: (index: number) => unknown): string {
  const parts = items.map((item, index) => {
    const given = typeAt(index);
    const documented = typeof given === 'string' ? given.split(',').find((text) => !text.includes('*')) : undefined;
    const type = documented?.trim() ?? (typeof item === 'object' && item !== null ? 'application/json' : 'text/plain; charset=utf-8');
    const text = typeof item === 'string' && !/[/+]json\b/i.test(type) ? item : writeJson(item);
    return `--${boundary}\r\nContent-Type: ${type.replace(/[\r\n]/g, ' ')}\r\n\r\n${text}\r\n`;
  });
  return `${parts.join('')}--${boundary}--\r\n`;
}
