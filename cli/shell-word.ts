/** A word of a command as a POSIX shell reads it: in single quotes nothing is special but the quote itself (section 2.2.2). */
export function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
