import { writeJson } from '../operations/index.ts';

/**
 * A list as `text/csv` (RFC 4180): objects as rows under a line of their names, lists as rows, anything else as rows of one field.
 * @returns `undefined` for a value that is no list and no object: it is a text already, or none.
 */
export function writeCsv(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const rows: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = [...new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))];
  const lines = rows.map((row) => {
    if (Array.isArray(row)) return row;
    return isRecord(row) ? names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined)) : [row];
  });
  return (names.length === 0 ? lines : [names, ...lines]).map((line) => `${line.map(fieldOf).join(',')}\r\n`).join('');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : writeJson(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
