export type Row = readonly (string | number | undefined)[];

/** A plain table: the first column to the left, figures to the right. */
export function table(head: Row, rows: readonly Row[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === undefined ? '-' : String(cell))));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  return lines.join('\n');
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[(sorted.length - 1) >> 1];
}

/** The median of what is there. */
export function middle(values: readonly (number | undefined)[]): number | undefined {
  return median(values.filter((value) => value !== undefined));
}

/** Three figures that count: 0.0123, 1.23, 12.3, 123, 12346. */
export function figure(value: number | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
