/** Writes the site into a folder that any web server, or none, can serve. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { record } from '../../operations/index.ts';
import type { DocsSite } from './create-docs-site.ts';

/** Names what was written, so that the next run can remove pages that are no more, and nothing else. */
const MANIFEST = 'hufu-docs.json';

export interface WrittenSite {
  readonly files: number;
  readonly bytes: number;
  /** Files of an earlier run that the site no longer has. */
  readonly removed: number;
}

/** @throws Error of the file system when the folder can't be written. */
export function writeDocsSite(site: DocsSite, folder: string): WrittenSite {
  const old = manifestOf(folder);
  let bytes = 0;
  for (const path of site.paths) {
    const file = site.get(path);
    if (file === undefined) continue;
    const target = join(folder, ...path.split('/'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.body);
    bytes += Buffer.byteLength(file.body);
  }
  const gone = old.filter((path) => !site.paths.includes(path) && isInside(folder, path));
  for (const path of gone) rmSync(join(folder, path), { force: true });
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify({ files: site.paths }, null, 1)}\n`);
  return { files: site.paths.length, bytes, removed: gone.length };
}

function manifestOf(folder: string): string[] {
  try {
    const { files } = record(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
    return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
  } catch {
    // No earlier run, or a file that is not ours.
    return [];
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(folder, path));
  return way !== '' && !way.startsWith('..') && resolve(folder, path) !== way;
}
