import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadDocument } from '../operations/index.ts';
import type { Document, Language } from '../operations/index.ts';
import { typesFile } from '../types/index.ts';
import { read, shown, write as writeFile } from './files.ts';
import { say } from './language.ts';
import { loadingOf, refRootOption, remoteRefsOption } from './loading.ts';
import type { LoadingFlags } from './loading.ts';
import { paint } from './paint.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface TypesFlags extends LoadingFlags {
  readonly out: string;
  readonly check: boolean;
}

/** A module and the path where it belongs. */
interface Target {
  readonly path: string;
  readonly text: string;
}

const DEFAULT_FOLDER = 'mock/overrides/types';

/** `hufu types`: TypeScript types of the documents, for overrides. Exit code 1 when `--check` finds a file that would change. */
export function typesCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  return new Command('types')
    .summary(t('write TypeScript types for overrides', '为覆盖代码生成 TypeScript 类型'))
    .description(
      t(
        'Writes one TypeScript file per document: path, query, header, cookie, body and replies of every operation. Without documents: openapi/*.yaml of the workspace.',
        '为每份文档生成一个 TypeScript 文件：每个接口的 path、query、header、cookie、body 和 replies。不写文档时，取工作区的 openapi/*.yaml。',
      ),
    )
    .argument('[documents...]', t('OpenAPI files or folders', 'OpenAPI 文件或文件夹'))
    .option(
      '-o, --out <folder|file>',
      t('where to write; a name with .ts at the end is a file, - prints', '输出位置；以 .ts 结尾表示文件，- 表示打印到终端'),
      DEFAULT_FOLDER,
    )
    .option('--check', t('write nothing; exit with 1 when a file would change', '不写文件；有文件需要更新时退出码为 1'), false)
    .addOption(refRootOption(language))
    .addOption(remoteRefsOption(language))
    .addHelpText('after', `\n${t('Examples', '示例')}:\n  hufu types\n  hufu types api.yaml -o src/api.ts\n  hufu types --check`)
    .action(async (paths: string[], flags: TypesFlags) => runTypes(paths, flags, language));
}

async function runTypes(paths: readonly string[], flags: TypesFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const workspace = process.cwd();
  const files = findDocuments(paths, workspace, language);
  const isSingle = flags.out === '-' || flags.out.endsWith('.ts');
  if (isSingle && files.length > 1) {
    throw new UsageError(
      t(
        `${files.length} documents do not fit into one file; name one document, or a folder: -o ${DEFAULT_FOLDER}`,
        `${files.length} 份文档不能写入同一个文件；请只写一份文档，或指定文件夹：-o ${DEFAULT_FOLDER}`,
      ),
    );
  }
  if (flags.out === '-' && flags.check)
    throw new UsageError(t('--check needs files; leave -o - out', '--check 需要与文件比较；请去掉 -o -'));

  const loading = loadingOf(flags);
  const documents = await Promise.all(files.map((file) => loadDocument(file, loading)));
  refuseSameName(documents, language);

  if (flags.out === '-') {
    for (const document of documents) process.stdout.write(typesFile(document, workspace).text);
    return;
  }
  const targets = documents.map((document): Target => {
    const { name, text } = typesFile(document, workspace);
    return { path: isSingle ? flags.out : join(flags.out, name), text };
  });
  const outdated = targets.filter(({ path, text }) => textOf(path, language) !== text);
  if (flags.check) check(targets, outdated, language);
  else write(targets, outdated, language);
}

/** Two documents of one name would be written over each other. */
function refuseSameName(documents: readonly Document[], language: Language): void {
  for (const [name, [first, second]] of Map.groupBy(documents, (document) => document.name)) {
    if (first === undefined || second === undefined) continue;
    throw new UsageError(
      say(
        language,
        `${shown(first.path)} and ${shown(second.path)} would both be written to ${name}.ts; write them one at a time, each with its own -o`,
        `${shown(first.path)} 与 ${shown(second.path)} 都会写入 ${name}.ts；请分别生成，并各自指定 -o`,
      ),
    );
  }
}

function check(targets: readonly Target[], outdated: readonly Target[], language: Language): void {
  for (const { path } of outdated) {
    const text = say(
      language,
      `${shown(path)} is not what the document gives; run hufu types`,
      `${shown(path)} 与文档不一致；请运行 hufu types`,
    );
    console.error(paint('red', text, process.stderr));
  }
  if (outdated.length > 0) process.exitCode = 1;
  else console.log(say(language, `${targets.length} files are up to date`, `${targets.length} 个文件均为最新`));
}

/** Files that would not change are left alone, so that no watcher wakes up for nothing. */
function write(targets: readonly Target[], outdated: readonly Target[], language: Language): void {
  for (const { path, text } of outdated) {
    writeFile(path, text, language);
    console.log(`${say(language, 'wrote', '已生成')} ${shown(path)}`);
  }
  const same = targets.length - outdated.length;
  if (same > 0) console.log(paint('dim', say(language, `${same} files are up to date`, `${same} 个文件已是最新`)));
}

/** The text that stands there now, whatever line ends a checkout gave it; `undefined` where there is no file. */
function textOf(path: string, language: Language): string | undefined {
  return existsSync(path) ? read(path, language).replaceAll('\r\n', '\n') : undefined;
}
