import { quoted } from './literal.ts';
import { fileName } from './override-text.ts';
import type { FileText } from './override-text.ts';
import type { CollectionInfo, Row } from './rows.ts';

/**
 * The rows of a module as a scenario of its state file: sessions that begin with it begin with them. YAML whose rows are JSON, which is YAML too.
 * @param rows by `module/collection`, as a session has them.
 * @returns `undefined` for a module that remembers nothing.
 */
export function scenarioText(
  document: string,
  name: string,
  collections: readonly CollectionInfo[],
  rows: Readonly<Record<string, readonly Row[]>>,
): FileText | undefined {
  const prefix = `${document}/`;
  const own = collections.filter((collection) => collection.name.startsWith(prefix));
  if (own.length === 0) return undefined;
  const lines = own.flatMap((collection) => {
    const key = quoted(collection.name.slice(prefix.length));
    const held = rows[collection.name] ?? [];
    return held.length === 0 ? [`    ${key}: []`] : [`    ${key}:`, ...held.map((row) => `      - ${seed(row)}`)];
  });
  const module = fileName(document);
  return {
    place: `openapi/${module}.state.yaml`,
    name: `${module}.scenario.yaml`,
    text: `scenarios:\n  ${quoted(name)}:\n${lines.join('\n')}\n`,
  };
}

/** In a state file `$`, `{$…}` and a member called `...` are expressions; `$const` says that nothing is one. */
const EXPRESSION = /\$|"\.\.\."/;

function seed(row: Row): string {
  const fields = Object.entries(row);
  const isOperator = fields.some(([name]) => name.startsWith('$') || name === '...') || isRepeat(row);
  if (isOperator) return `{"$const": ${oneLine(row)}}`;
  const members = fields.map(([name, value]) => {
    const text = oneLine(value);
    return `${quoted(name)}: ${EXPRESSION.test(text) ? `{"$const": ${text}}` : text}`;
  });
  return `{${members.join(', ')}}`;
}

/** `{ repeat, row }` makes several rows. */
function isRepeat(row: Row): boolean {
  return Object.keys(row).sort().join() === 'repeat,row';
}

/** JSON without lines; every digit of a long integer stays. What YAML can't hold as it is (YAML 1.2 section 5.1) is escaped. */
function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : quoted(value ?? null);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, member]) => `${quoted(name)}: ${oneLine(member)}`)
    .join(', ')}}`;
}
