/** What the engine says of text that is no JSON, and where it says so. */
export interface JsonFault {
  /** With line and column where they are known. */
  readonly reason: string;
  /** Of the fault, or of the text's beginning. */
  readonly line: number;
}

/**
 * @param error thrown by `JSON.parse`.
 * @param firstLine the line of the file that the text begins in.
 */
export function jsonFault(error: unknown, text: string, firstLine: number): JsonFault {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message
    .replace(/ in JSON at position.*$/s, '')
    .replace(/, (?:\.\.\.)?".*" is not valid JSON$/s, '')
    .replace(/ JSON input$/, '');
  const position = positionOf(message, text);
  if (position === undefined) return { reason, line: firstLine };
  const lines = text.slice(0, position).split('\n');
  const line = firstLine + lines.length - 1;
  return { reason: `line ${line}, column ${(lines.at(-1)?.length ?? 0) + 1}: ${reason}`, line };
}

/** The engine tells a position, or shows ten characters on both sides of the fault: these tell it where they occur once only. */
function positionOf(message: string, text: string): number | undefined {
  const told = /at position (\d+)/.exec(message)?.[1];
  if (told !== undefined) return Number(told);
  if (message.startsWith('Unexpected end')) return text.length;
  const excerpt = /, \.\.\."(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message)?.[1];
  const at = excerpt === undefined ? -1 : text.indexOf(excerpt);
  return excerpt === undefined || at < 0 || text.includes(excerpt, at + 1) ? undefined : at + 10;
}
