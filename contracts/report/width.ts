/** Characters that take two columns of a terminal: East Asian Wide and Fullwidth (Unicode Annex 11), and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text takes. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** At most so many columns, the last one `…` where something is left out. */
export function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return `${beginning(text, columns - 1)}…`;
}

/** As many characters as fit into so many columns. */
function beginning(text: string, columns: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += widthOf(character);
    if (used > columns) break;
    kept += character;
  }
  return kept;
}

/** Filled up with spaces to so many columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Lines of at most so many columns, broken at spaces and between Chinese characters; a word longer than a line is cut. */
export function wrap(text: string, columns: number): string[] {
  const pieces =
    text.match(/\s+|[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60][，。；：、！？）」』]*|[^\s\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60]+/gu) ??
    [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && width(line) + width(piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    let rest = line === '' ? piece.trimStart() : piece;
    while (width(rest) > columns) {
      const head = beginning(rest, columns);
      if (head === '') break;
      lines.push(line + head);
      line = '';
      rest = rest.slice(head.length);
    }
    line += rest;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

function widthOf(character: string): number {
  return WIDE.test(character) ? 2 : NONE.test(character) ? 0 : 1;
}
