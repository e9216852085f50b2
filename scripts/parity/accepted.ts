/** The case files a Markdown table lists in its first column, in backticks: what differs from Prism on purpose. */
export function acceptedCases(markdown: string): Set<string> {
  const rows = markdown.matchAll(/^\|\s*`([^`\n]+\.txt)`\s*\|/gm);
  return new Set([...rows].flatMap((row) => (row[1] === undefined ? [] : [row[1].trim()])));
}
