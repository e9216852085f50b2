import { readdirSync, statSync } from 'node:fs';

/** Where the code that finds flaws in state files lies, seen from here. */
const FOLDERS = ['./', './operators/', './verbs/'];
const POINTERS = '../operations/pointer.ts';

let stamp: string | undefined;

/**
 * What tells the code that judges state files from every other state of it, an edited one included: what one found good another may not. By the size of its files and when the system last
 * changed them, which no package manager sets and nobody can set back.
 */
export function rulesStamp(): string {
  stamp ??= [process.version, stampOf(POINTERS), ...FOLDERS.flatMap(stampsIn)].join('\n');
  return stamp;
}

function stampsIn(folder: string): string[] {
  return readdirSync(new URL(folder, import.meta.url))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => stampOf(folder + name));
}

function stampOf(file: string): string {
  const { size, ctimeMs } = statSync(new URL(file, import.meta.url));
  return `${file} ${size} ${ctimeMs}`;
}
