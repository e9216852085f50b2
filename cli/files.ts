import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { printable } from './paint.ts';
import { UsageError } from './workspace.ts';

/** Writes a file, and the folder it stands in. @throws UsageError */
export function write(file: string, text: string, language: Language): void {
  attempt(file, language, () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  });
}

/** @throws UsageError */
export function read(file: string, language: Language): string {
  return attempt(file, language, () => readFileSync(file, 'utf8'));
}

/** @throws UsageError */
export function append(file: string, text: string, language: Language): void {
  attempt(file, language, () => appendFileSync(file, text));
}

/** Does something with a file or a folder; why it can't be done is told without a stack. @throws UsageError */
export function attempt<T>(file: string, language: Language, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = error instanceof Error ? error.message : String(error);
    const [english, chinese] = FILE_ERRORS[code] ?? [reason, reason];
    const told = say(language, `${shown(file)} can not be used: ${english}`, `无法使用 ${shown(file)}：${chinese}`);
    throw new UsageError(told, { cause: error });
  }
}

const FILE_ERRORS: Readonly<Record<string, readonly [english: string, chinese: string]>> = {
  ENOENT: ['it does not exist; check the path', '不存在，请检查路径'],
  EISDIR: ['it is a folder; name a file', '是文件夹，请指定文件'],
  ENOTDIR: ['a part of the path is a file', '路径中有一部分是文件'],
  EACCES: ['permission denied', '没有权限'],
  ENOSPC: ['there is no space left', '磁盘空间不足'],
};

/** A path as it is seen from the working directory. */
export function shown(path: string): string {
  return printable(relative(process.cwd(), path) || path);
}
