import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A wish of the user that can't be met: printed without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const DOCUMENT = /\.(?:ya?ml|json)$/i;
/** Files beside the documents that are none: what a module remembers, and bare facts for tests. */
const NOT_A_DOCUMENT = /\.state\.ya?ml$|(?:^|[/\\])inventory\.json$/i;

/**
 * The documents a command works on: the files named, those inside the folders named, or `openapi/*.yaml` of the workspace where nothing is named.
 * @throws UsageError when a path does not exist or nothing is found.
 */
export function findDocuments(paths: readonly string[], workspace: string): string[] {
  if (paths.length === 0) {
    const found = globSync(join(workspace, 'openapi', '*.{yaml,yml,json}'))
      .filter((file) => !NOT_A_DOCUMENT.test(file))
      .sort();
    if (found.length === 0) throw new UsageError(`there is no openapi/*.yaml in ${workspace}; name the documents: hufu mock api.yaml`);
    return found;
  }
  return paths.flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) throw new UsageError(`${path} does not exist`);
    if (!stats.isDirectory()) return [path];
    const inside = globSync(join(path, '**', '*'))
      .filter((file) => DOCUMENT.test(file) && !NOT_A_DOCUMENT.test(file))
      .sort();
    if (inside.length === 0) throw new UsageError(`there is no .yaml or .json document in ${path}`);
    return inside;
  });
}
