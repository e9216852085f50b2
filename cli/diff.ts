import { Command, Option } from 'commander';
import { diffGithub, diffHtml, diffJson, diffJunit, diffMarkdown, diffSarif, diffTerminal, diffVersions } from '../contracts/index.ts';
import type { DiffResult, Version } from '../contracts/index.ts';
import { listRoutes, loadDocument } from '../operations/index.ts';
import type { Language } from '../operations/index.ts';
import { loadStateFile } from '../state/index.ts';
import { formatOfFile } from './check-report.ts';
import type { Format } from './check-report.ts';
import { write } from './files.ts';
import { readGitFiles } from './git-files.ts';
import { say } from './language.ts';
import { loadingOf, refRootOption, remoteRefsOption } from './loading.ts';
import type { LoadingFlags } from './loading.ts';
import { wholeNumber } from './option-values.ts';
import { paint } from './paint.ts';
import { sharedOptions } from './shared-options.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface DiffFlags extends LoadingFlags {
  readonly format: Format;
  readonly output?: string;
  readonly report: readonly string[];
  readonly failOn: 'breaking' | 'warning';
  readonly maxChanges: number;
}

/** `hufu diff`: what does a change of documents break? Exit code 0: nothing; 1: something; 2: it could not be compared. */
export function diffCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const shared = sharedOptions(language);
  return new Command('diff')
    .summary(t('tell what a change of documents breaks', '比较两个版本的文档，找出不兼容的变化'))
    .description(
      t(
        'Compares two versions of documents and of the state files beside them, and tells what each change means for clients. Swagger 2.0, OpenAPI 3.0 and 3.1 may be mixed. Exits with 1 when something breaks, with 2 when nothing could be compared.',
        '比较文档及其状态文件的两个版本，说明每处变化对调用方意味着什么。Swagger 2.0、OpenAPI 3.0 与 3.1 可以混用。有不兼容的变化时退出码为 1，无法比较时为 2。',
      ),
    )
    .argument(
      '<old>',
      t(
        'OpenAPI file or folder; git:REV or git:REV:path takes it from a git revision',
        'OpenAPI 文件或文件夹；git:版本 或 git:版本:路径 取自 git 版本',
      ),
    )
    .argument('<new>', t('OpenAPI file or folder', 'OpenAPI 文件或文件夹'))
    .addOption(shared.format)
    .option('-o, --output <file>', t('write it to a file instead', '写入文件，不打印'))
    .addOption(shared.report)
    .addOption(
      new Option('--fail-on <level>', t('the least that exits with 1', '导致退出码 1 的最低级别'))
        .choices(['breaking', 'warning'])
        .default('breaking'),
    )
    .option('--max-changes <number>', t('changes printed', '打印的变化数'), wholeNumber(language), 100)
    .addOption(refRootOption(language))
    .addOption(remoteRefsOption(language))
    .addHelpText(
      'after',
      `
${t('Examples', '示例')}:
  hufu diff old.yaml new.yaml
  hufu diff released/ openapi/ --report diff.html --fail-on warning
  hufu diff git:main openapi
  hufu diff git:v1.2:openapi/tie.yaml openapi/tie.yaml --format json`,
    )
    .action(async (old: string, next: string, flags: DiffFlags) => runDiff(old, next, flags, language));
}

async function runDiff(old: string, next: string, flags: DiffFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  // Told before anything takes time.
  const reports = flags.report.map((file) => ({ file, format: formatOfFile(file, language) }));
  if (next.startsWith('git:'))
    throw new UsageError(
      t('only the old version can be of a git revision: hufu diff git:REV PATH', '只有旧版可以取自 git 版本：hufu diff git:版本 路径'),
    );
  const after = await readVersion(next, flags, language);
  const before = await readOld(old, next, flags, language);
  const result = diffVersions(before, after);
  if (![...before.documents, ...after.documents].some((document) => listRoutes(document).length > 0))
    throw new UsageError(t(`neither ${old} nor ${next} describes an operation`, `${old} 与 ${next} 都没有描述任何接口`));

  for (const { file, format } of reports) write(file, render(format, result, flags, language, false), language);
  const isFile = flags.output !== undefined;
  const text = render(flags.format, result, flags, language, !isFile);
  if (flags.output === undefined) process.stdout.write(text);
  else write(flags.output, text, language);
  const { breaking, warning } = result.counts;
  process.exitCode = breaking > 0 || (flags.failOn === 'warning' && warning > 0) ? 1 : 0;
}

async function readOld(old: string, next: string, flags: DiffFlags, language: Language): Promise<Version> {
  if (!old.startsWith('git:')) return readVersion(old, flags, language);
  const { path, root, prefix, remove } = await readGitFiles(old, next, language);
  try {
    // Documents hold their text: nothing is read again.
    return { ...(await readVersion(path, { ...flags, refRoot: root }, language)), root, prefix };
  } finally {
    remove();
  }
}

async function readVersion(path: string, flags: LoadingFlags, language: Language): Promise<Version> {
  const load = loadingOf(flags);
  const documents = await Promise.all(findDocuments([path], process.cwd(), language).map((file) => loadDocument(file, load)));
  const stateFiles = await Promise.all(documents.map(async (document) => [document.name, await loadStateFile(document)] as const));
  return { documents, stateFiles: new Map(stateFiles.flatMap(([name, file]) => (file === undefined ? [] : [[name, file] as const]))) };
}

function render(format: Format, result: DiffResult, flags: DiffFlags, language: Language, isScreen: boolean): string {
  switch (format) {
    case 'terminal':
      return diffTerminal(result, {
        language,
        maxChanges: flags.maxChanges,
        ...(isScreen ? { paint, columns: process.stdout.columns ?? 120 } : {}),
      });
    case 'json':
      return diffJson(result);
    case 'junit':
      return diffJunit(result);
    case 'sarif':
      return diffSarif(result);
    case 'github':
      return diffGithub(result);
    case 'markdown':
      return diffMarkdown(result, { language });
    case 'html':
      return diffHtml(result, { language });
  }
}
