/**
 * Prism's test cases: one text file holds a title, a document, a server command, a curl command and the expected answer,
 * each under a line `====name====`. The format is described in the README of Prism's `test-harness`.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** `exact`: the text of the body counts; `loose`: its shape; `keys`: its top-level names. */
export type Grade = 'exact' | 'loose' | 'keys';

export interface Case {
  /** Path below the case folder, with forward slashes. */
  readonly file: string;
  readonly title: string;
  readonly document: string;
  /** Flags of the server command as the case writes them: without the mode, the port and the document. */
  readonly flags: readonly string[];
  /** The shell line that asks; it names port 4010. */
  readonly command: string;
  readonly grade: Grade;
  /** The expected answer: status line, headers, blank line, body. */
  readonly expected: string;
}

const HEADING = /^====([a-zA-Z-]+)====\r?\n/gm;
const GRADES: Readonly<Record<string, Grade>> = { expect: 'exact', 'expect-loose': 'loose', 'expect-keysOnly': 'keys' };

/** Reads one case; `undefined` when the text is none, or when it plays something other than a mock of an OpenAPI document. */
export function parseCase(file: string, text: string): Case | undefined {
  const sections = sectionsOf(text);
  const server = (sections.get('server') ?? '').trim().split(/\s+/);
  const document = sections.get('spec') ?? '';
  const command = (sections.get('command') ?? '').trim();
  const heading = Object.keys(GRADES).find((name) => sections.has(name));
  if (heading === undefined || command === '' || server[0] !== 'mock') return undefined;
  if (!/^\s*["']?(swagger|openapi)["']?\s*:/m.test(document)) return undefined;
  return {
    file,
    title: (sections.get('test') ?? '').trim(),
    document,
    flags: flagsOf(server.slice(1)),
    command,
    grade: GRADES[heading] ?? 'exact',
    expected: sections.get(heading) ?? '',
  };
}

/** Every case below a folder, by file name. */
export async function loadCases(folder: string): Promise<Case[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.txt')).sort();
  const cases: Case[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const found = parseCase(relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8'));
    if (found !== undefined) cases.push(found);
  }
  return cases;
}

function sectionsOf(text: string): Map<string, string> {
  const sections = new Map<string, string>();
  const headings = [...text.matchAll(HEADING)];
  headings.forEach((heading, index) => {
    const name = heading[1] ?? '';
    const end = headings[index + 1]?.index ?? text.length;
    if (!sections.has(name)) sections.set(name, text.slice(heading.index + heading[0].length, end));
  });
  return sections;
}

function flagsOf(words: readonly string[]): string[] {
  const flags: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '-p') index += 1;
    else if (word !== '${document}') flags.push(word);
  }
  return flags;
}
