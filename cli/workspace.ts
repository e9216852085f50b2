import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceDocuments } from '../operations/index.ts';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';

/** A wish of the user that can't be met: printed without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const DOCUMENT = /\.(?:ya?ml|json)$/i;
/** Files beside the documents that are none: what a module remembers, and bare facts for tests. */
const NOT_A_DOCUMENT = /\.state\.ya?ml$|(?:^|[/\\])inventory\.json$/i;

/**
 * The documents a command works on: the files named, those inside the folders named, or `openapi/*.yaml` of the workspace where nothing is named.
 * @param takesAddresses documents may be http(s) addresses too. Default false.
 * @throws UsageError when a path does not exist or nothing is found.
 */
export function findDocuments(paths: readonly string[], workspace: string, language: Language, takesAddresses = false): string[] {
  const refuse = (english: string, chinese: string): UsageError => new UsageError(say(language, english, chinese));
  if (paths.length === 0) {
    const found = workspaceDocuments(workspace);
    if (found.length === 0) {
      throw refuse(
        `there is no openapi/*.yaml in ${workspace}; name the documents, such as api.yaml; --help shows how`,
        `${workspace} 下没有 openapi/*.yaml；请写明文档，例如 api.yaml；用法见 --help`,
      );
    }
    return found;
  }
  return paths.flatMap((path) => {
    if (/^https?:\/\//i.test(path)) {
      if (takesAddresses) return [path];
      throw refuse(`${path} is an address; save what is there as a file and name that`, `${path} 是网址；请先保存为文件，再指定该文件`);
    }
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) throw refuse(`${path} does not exist; check the path`, `${path} 不存在，请检查路径`);
    if (!stats.isDirectory()) return [path];
    const inside = globSync('**/*', { cwd: path, exclude: ['**/node_modules/**'] })
      .map((file) => join(path, file))
      .filter((file) => DOCUMENT.test(file) && !NOT_A_DOCUMENT.test(file) && saysOpenApi(file))
      .sort();
    if (inside.length === 0)
      throw refuse(`there is no OpenAPI document (.yaml, .yml or .json) in ${path}`, `${path} 中没有 OpenAPI 文档（.yaml、.yml 或 .json）`);
    return inside;
  });
}

/** In a folder there are parts of documents beside documents; only what names its version at the top is one. */
function saysOpenApi(file: string): boolean {
  return statSync(file).isFile() && /(?:^|[{,])\s*["']?(?:openapi|swagger)["']?\s*:/m.test(readFileSync(file, 'utf8'));
}
