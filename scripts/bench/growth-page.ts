import type { GrowthFigure, GrowthStart } from './growth-measure.ts';
import { figure } from './report.ts';
import type { Row } from './report.ts';

/** One thing that grew. */
export interface GrowthPart {
  readonly title: string;
  readonly figures: readonly GrowthFigure[];
  /** The size that the first one is compared with. Default: the last. */
  readonly flatTo?: string;
  readonly starts?: readonly GrowthStart[];
  /** What else was measured: names and figures with their units. */
  readonly more?: readonly (readonly [string, string])[];
}

export interface GrowthTable {
  readonly head: Row;
  readonly rows: readonly Row[];
}

const START = '<!-- bench:growth -->';
const END = '<!-- /bench:growth -->';
/** Where a page holds the tables. */
export const GROWTH_PLACE = `${START}\n${END}`;

/** A row for each case, a column for each size: CPU µs a request and, in parentheses, how much of the floor that is. The last column is how much throughput is left at the last size. */
export function growthTables(part: GrowthPart): GrowthTable[] {
  const sizes = [...new Set(part.figures.map(({ size }) => size))];
  const names = [...new Set(part.figures.map((own) => own.case))];
  const at = (name: string, size: string): GrowthFigure | undefined => part.figures.find((own) => own.case === name && own.size === size);
  const rows = names.map((name) => {
    const cells = sizes.map((size) => cell(at(name, size)));
    return [name, ...cells, share(at(name, sizes[0] ?? ''), at(name, part.flatTo ?? sizes.at(-1) ?? ''))];
  });
  const tables: GrowthTable[] = [{ head: [part.title, ...sizes, `${part.flatTo ?? sizes.at(-1)} of ${sizes[0]}`], rows }];
  if (part.starts !== undefined) {
    const row = (name: string, read: (start: GrowthStart) => number | undefined): Row => [
      name,
      ...(part.starts ?? []).map((start) => figure(read(start))),
    ];
    tables.push({
      head: [part.title, ...part.starts.map(({ size }) => size)],
      rows: [
        row('first answer, ms', ({ firstAnswerMs }) => firstAnswerMs),
        row('MB at start', ({ atStart }) => atStart),
        row('MB after all of this', ({ after }) => after),
      ],
    });
  }
  if (part.more !== undefined) tables.push({ head: [part.title, ''], rows: part.more });
  return tables;
}

function cell(own: GrowthFigure | undefined): string | undefined {
  const micros = figure(own?.cpuMicros);
  if (own === undefined || micros === undefined) return undefined;
  const wrong = own.wrong === '' ? '' : ` ! ${own.wrong}`;
  return `${micros} (${figure(own.ofFloor) ?? '-'})${wrong}`;
}

function share(first: GrowthFigure | undefined, last: GrowthFigure | undefined): string | undefined {
  if (first?.cpuMicros === undefined || last?.cpuMicros === undefined) return undefined;
  return `${Math.round((100 * first.cpuMicros) / last.cpuMicros)} %`;
}

/** The tables in Markdown, between the two marks of `PERFORMANCE.md`. @throws Error where the page has no such place. */
export function writeGrowth(page: string, told: readonly string[], parts: readonly GrowthPart[]): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`PERFORMANCE.md has no place for this: ${START} and, below it, ${END}`);
  const text = [...told, ...parts.flatMap(growthTables).map(markdown)].join('\n\n');
  return `${page.slice(0, start + START.length)}\n\n${text}\n\n${page.slice(end)}`;
}

function markdown({ head, rows }: GrowthTable): string {
  const line = (row: Row): string =>
    `| ${row.map((value) => (value === undefined ? '-' : String(value).replaceAll('|', String.raw`\|`))).join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}
