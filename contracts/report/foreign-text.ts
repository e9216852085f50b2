/** Text of strangers (documents, recordings, servers), fit for where reports are read. */

/** For one line of a terminal: control characters, and those that turn the direction of writing, become a dot. */
export function printable(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '·');
}

/** For a cell of a table in GitHub's Markdown: no markup, no end of the cell, no mention of anybody. */
export function cell(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\r\n\u2028\u2029]+/g, ' ')
    .replace(/[&<>"'\\`*_{}[\]()#+!|~@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The same as code. */
export function code(text: string): string {
  return `<code>${cell(text)}</code>`;
}
