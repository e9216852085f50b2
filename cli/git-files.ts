import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { UsageError } from './workspace.ts';

const run = promisify(execFile);

/** Documents of a git revision, written to a folder of their own. */
export interface GitFiles {
  /** The file or folder that was asked for. */
  readonly path: string;
  /** The folder that stands for the top of the repository. */
  readonly root: string;
  /** `git:v1:` */
  readonly prefix: string;
  /** Deletes what was written. */
  readonly remove: () => void;
}

const MAX_FILES = 5_000;
const MAX_BYTES = 256 * 1024 * 1024;
/** `cat-file --batch` writes a line before each blob: its name, its kind and its size. */
const MAX_HEAD = 100;
const TIMEOUT_MS = 60_000;
const DOCUMENT = /\.(?:ya?ml|json)$/i;

/**
 * Takes the YAML and JSON files of a revision out of the repository, so that references between them can be followed. Nothing of the repository is run or
 * changed, no shell takes part.
 * @param asked `git:REV` or `git:REV:path`, the path from the top of the repository; a path that begins with `./` from the working directory.
 * @param beside where the new documents are: the repository is that around them, and theirs is the path where none is given.
 * @throws UsageError when git is missing, or there is no such revision or path.
 */
export async function readGitFiles(asked: string, beside: string, language: Language): Promise<GitFiles> {
  const refuse = (english: string, chinese: string): UsageError => new UsageError(say(language, english, chinese));
  const [, revision = '', given] = /^git:([^:]*)(?::(.*))?$/s.exec(asked) ?? [];
  if (revision === '' || revision.startsWith('-'))
    throw refuse(
      `${asked}: name a revision, such as git:main or git:v1.2:openapi`,
      `${asked}：请写明版本，例如 git:main 或 git:v1.2:openapi`,
    );
  const folder = existsSync(beside) ? (statSync(beside).isDirectory() ? beside : dirname(beside)) : '.';
  const git = async (parameters: readonly string[], input = '', maxBuffer = 64 * 1024 * 1024): Promise<Buffer> => {
    try {
      const running = run('git', ['-C', folder, ...parameters], {
        encoding: 'buffer',
        maxBuffer,
        timeout: TIMEOUT_MS,
        windowsHide: true,
      });
      // It may end before it has read everything, and says itself why.
      running.child.stdin?.on('error', () => undefined).end(input);
      return (await running).stdout;
    } catch (error) {
      throw gitFailure(error, asked, refuse);
    }
  };
  const top = realpathSync((await git(['rev-parse', '--show-toplevel'])).toString('utf8').replace(/\r?\n$/, ''));
  const commit = (await git(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])).toString('utf8').trim();
  const path = pathInside(given ?? `./${relative(process.cwd(), resolve(beside))}`, top, asked, refuse);

  const files = listed(await git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit]));
  const isAsked = ({ name }: Listed): boolean => path === '' || name === path || name.startsWith(`${path}/`);
  if (!files.some(isAsked)) throw refuse(`${asked}: the revision ${revision} has no ${path}`, `${asked}：版本 ${revision} 中没有 ${path}`);
  const near = isFile(files, path) ? dirname(path) : path;
  const isTop = near === '' || near === '.';
  const wanted = within(files, ({ name }) => isTop || name.startsWith(`${near}/`));
  if (wanted === undefined)
    throw refuse(
      `${asked}: more than ${MAX_FILES} files or ${MAX_BYTES / 1024 / 1024} MB of YAML and JSON; name the folder of the documents`,
      `${asked}：YAML 与 JSON 超过 ${MAX_FILES} 个文件或 ${MAX_BYTES / 1024 / 1024} MB；请写明文档所在的文件夹`,
    );

  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hufu-diff-')));
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  try {
    // All at once: a process for each takes longer than everything else.
    const blobs = await git(['cat-file', '--batch'], wanted.map(({ id }) => `${id}\n`).join(''), MAX_BYTES + wanted.length * MAX_HEAD);
    let at = 0;
    for (const { name, bytes } of wanted) {
      const start = blobs.indexOf('\n', at) + 1;
      const head = blobs.toString('latin1', at, start - 1);
      if (!head.endsWith(` blob ${bytes}`)) throw refuse(`${asked}: git says: ${head}`, `${asked}：git 报告：${head}`);
      at = start + bytes + 1;
      const target = resolve(root, name);
      if (!target.startsWith(root + sep)) continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, blobs.subarray(start, start + bytes));
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { path: join(root, path), root, prefix: `git:${revision}:`, remove };
}

interface Listed {
  readonly name: string;
  readonly id: string;
  readonly bytes: number;
}

/** Ordinary files of `git ls-tree -r -l -z` with the ending of a document; links and submodules lead elsewhere. */
function listed(output: Buffer): Listed[] {
  return output
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, id, bytes, name] = /^100\d{3} blob ([\da-f]+) +(\d+)\t(.+)$/s.exec(line) ?? [];
      return id === undefined || name === undefined || !DOCUMENT.test(name) ? [] : [{ name, id, bytes: Number(bytes) }];
    });
}

function isFile(files: readonly Listed[], path: string): boolean {
  return files.some(({ name }) => name === path);
}

/** All files, for references that lead out of the folder; those of the folder alone where all are too many; `undefined` where even they are. */
function within(files: readonly Listed[], isNear: (file: Listed) => boolean): readonly Listed[] | undefined {
  const fits = (list: readonly Listed[]): boolean =>
    list.length <= MAX_FILES && list.reduce((sum, { bytes }) => sum + bytes, 0) <= MAX_BYTES;
  if (fits(files)) return files;
  const near = files.filter(isNear);
  return fits(near) ? near : undefined;
}

type Refuse = (english: string, chinese: string) => UsageError;

/** The path from the top of the repository, with forward slashes; `''` for all of it. */
function pathInside(given: string, top: string, asked: string, refuse: Refuse): string {
  const isFromHere = given === '.' || given.startsWith('./') || given.startsWith('../');
  const absolute = isFromHere ? realFolder(resolve(given)) : resolve(top, given);
  const path = relative(top, absolute).replaceAll('\\', '/');
  if (path === '..' || path.startsWith('../') || resolve(top, path) !== absolute)
    throw refuse(`${asked}: ${given} is outside of the repository ${top}`, `${asked}：${given} 不在仓库 ${top} 中`);
  return path;
}

/** The path with the links of its folder followed, as git names the top of a repository. */
function realFolder(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return existsSync(dirname(path)) ? join(realpathSync(dirname(path)), path.slice(dirname(path).length + 1)) : path;
}

function gitFailure(error: unknown, asked: string, refuse: Refuse): UsageError {
  const { code, killed, stderr } = error as { code?: unknown; killed?: unknown; stderr?: unknown };
  if (code === 'ENOENT') return refuse(`${asked}: git is not installed, or not in PATH`, `${asked}：未安装 git，或不在 PATH 中`);
  if (killed === true)
    return refuse(`${asked}: git took longer than ${TIMEOUT_MS / 1000} s`, `${asked}：git 运行超过 ${TIMEOUT_MS / 1000} 秒`);
  const said = Buffer.isBuffer(stderr) ? stderr.toString('utf8').trim().split('\n')[0] : '';
  return refuse(`${asked}: git says: ${said ?? ''}`, `${asked}：git 报告：${said ?? ''}`);
}
