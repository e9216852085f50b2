/** PERFORMANCE.md: its tables stand between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` and are written by the commands that measure them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../../PERFORMANCE.md');

/** Writes sections of PERFORMANCE.md anew. @throws Error where it has no such section */
export async function writeSections(sections: Readonly<Record<string, string>>): Promise<void> {
  let page = await readFile(FILE, 'utf8');
  for (const [name, text] of Object.entries(sections)) page = replaceSection(page, name, text);
  await writeFile(FILE, page);
}

/** The page with other text between the markers of a section. @throws Error where it has no such section */
export function replaceSection(page: string, name: string, text: string): string {
  const [opening, closing] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const start = page.indexOf(opening);
  const end = page.indexOf(closing, start);
  if (start < 0 || end < 0) throw new Error(`PERFORMANCE.md has no section between ${opening} and ${closing}`);
  return `${page.slice(0, start + opening.length)}\n\n${text.trim()}\n\n${page.slice(end)}`;
}

export type Cell = string | undefined;

/** A Markdown table that can be read as it is: the first column to the left, the others to the right; `–` where there is nothing. */
export function markdownTable(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const cells = [head, ...rows].map((row) => head.map((_, column) => (row[column] ?? '–').replaceAll('|', String.raw`\|`)));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

/** Footnotes of a table: each text has one mark, however often it is used. */
export function createNotes(): { readonly mark: (text: string) => string; readonly lines: () => string } {
  const texts: string[] = [];
  return {
    mark: (text) => {
      if (text === '') return '';
      if (!texts.includes(text)) texts.push(text);
      return ` ${superscript(texts.indexOf(text) + 1)}`;
    },
    lines: () => texts.map((text, index) => `${superscript(index + 1)} ${text}`).join(' · '),
  };
}

/** Three figures that count, with thousands apart: 0.012, 1.23, 123, 12,346. */
export function written(value: number | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(value >= 0.1 ? 3 : 2)));
}

function superscript(number: number): string {
  return String(number).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)));
}
