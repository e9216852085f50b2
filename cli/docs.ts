import { statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { createDocsSite, DEFAULT_MOCK, readCheckReport, writeDocsSite } from '../docs/index.ts';
import type { Change, Conformances } from '../docs/index.ts';
import { loadDocument } from '../operations/index.ts';
import type { Document, Language } from '../operations/index.ts';
import { attempt, read, shown, write } from './files.ts';
import { say } from './language.ts';
import { loadingOf, refRootOption, remoteRefsOption } from './loading.ts';
import type { LoadingFlags } from './loading.ts';
import { paint } from './paint.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface DocsFlags extends LoadingFlags {
  readonly out: string;
  readonly single?: string;
  readonly report?: string;
  readonly previous?: string;
  readonly mock: string;
  readonly lang?: Language;
  readonly base?: string;
}

/** Compares an earlier version of the documents with this one, for the changelog. */
export type CompareDocuments = (
  previous: readonly Document[],
  documents: readonly Document[],
) => readonly Change[] | Promise<readonly Change[]>;

const DEFAULT_FOLDER = 'dist/docs';

/**
 * `hufu docs`: the partners' site as a folder, or as one file.
 * @param compare makes the changelog; without it there is no `--previous`.
 */
export function docsCommand(language: Language, compare?: CompareDocuments): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const command = new Command('docs')
    .summary(t('write the documentation site for partners', '生成给合作方的接口文档网站'))
    .description(
      t(
        'Writes a site that works on any web server, under any path and from a folder, offline: a page for each operation, search over all documents, samples, try-it against the mock. Without documents: openapi/*.yaml of the workspace.',
        '生成接口文档网站：每个接口一页，跨文档搜索，附请求示例，可对接 mock 在线调试；放在任意 Web 服务器、任意路径或直接打开文件夹都能离线使用。不写文档时，取工作区的 openapi/*.yaml。',
      ),
    )
    .argument('[documents...]', t('OpenAPI files or folders', 'OpenAPI 文件或文件夹'))
    .option('-o, --out <folder>', t('folder to write to', '输出文件夹'), DEFAULT_FOLDER)
    .option('--single <file>', t('write one HTML file instead, without try-it', '改为生成单个 HTML 文件（不含在线调试）'))
    .option(
      '--report <file>',
      t('JSON report of hufu check: shows coverage and conformance', 'hufu check 的 JSON 报告：显示流量覆盖与后端是否符合契约'),
    );
  if (compare !== undefined)
    command.option('--previous <folder>', t('earlier version of the documents, for a changelog', '旧版文档所在的文件夹，用于生成变更记录'));
  return command
    .option('--mock <url>', t('the mock that try-it talks to', '在线调试所连接的 mock 地址'), DEFAULT_MOCK)
    .addOption(
      new Option(
        '--lang <language>',
        t('language of the first page; the other one is a click away', '首页语言，另一种语言可随时切换'),
      ).choices(['zh', 'en']),
    )
    .option('--base <prefix>', t('what stands before the addresses in llms.txt', 'llms.txt 中各地址的前缀'))
    .addOption(refRootOption(language))
    .addOption(remoteRefsOption(language))
    .addHelpText(
      'after',
      `\n${t('Examples', '示例')}:\n  hufu docs\n  hufu docs api.yaml -o public/docs --lang en\n  hufu docs --single partner.html\n  hufu docs --report check.json`,
    )
    .action(async (paths: string[], flags: DocsFlags) => runDocs(paths, flags, language, compare));
}

async function runDocs(paths: readonly string[], flags: DocsFlags, language: Language, compare?: CompareDocuments): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  if (!/^https?:\/\//i.test(flags.mock) || !URL.canParse(flags.mock))
    throw new UsageError(
      t(
        `--mock is an http(s) address such as ${DEFAULT_MOCK}, not ${flags.mock}`,
        `--mock 须为 http(s) 地址，例如 ${DEFAULT_MOCK}，而不是 ${flags.mock}`,
      ),
    );
  const load = async (given: readonly string[]): Promise<Document[]> => {
    return Promise.all(findDocuments(given, process.cwd(), language).map((file) => loadDocument(file, loadingOf(flags))));
  };
  const documents = await load(paths);
  const report = flags.report === undefined ? undefined : readReport(flags.report, language);
  const changes =
    flags.previous === undefined || compare === undefined ? undefined : await compare(await load([flags.previous]), documents);
  const started = performance.now();
  const site = await createDocsSite(documents, {
    mock: flags.mock,
    ...(flags.lang === undefined ? {} : { language: flags.lang }),
    ...(report === undefined ? {} : { report }),
    ...(changes === undefined ? {} : { changes }),
    ...(flags.base === undefined ? {} : { base: flags.base }),
  });
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (flags.single !== undefined) {
    const text = site.single();
    write(flags.single, text, language);
    console.log(`${t('wrote', '已生成')} ${shown(flags.single)} (${size(Buffer.byteLength(text))}, ${seconds()})`);
    return;
  }
  if (statSync(flags.out, { throwIfNoEntry: false })?.isFile() === true)
    throw new UsageError(
      t(
        `${shown(flags.out)} is a file; -o names a folder, --single a file`,
        `${shown(flags.out)} 是文件；-o 须为文件夹，单个文件请用 --single`,
      ),
    );
  const written = attempt(flags.out, language, () => writeDocsSite(site, flags.out));
  const removed = written.removed === 0 ? '' : t(`, ${written.removed} old files removed`, `，清除旧文件 ${written.removed} 个`);
  console.log(
    `${t('wrote', '已生成')} ${shown(flags.out)}: ${t(`${written.files} files`, `${written.files} 个文件`)}, ${size(written.bytes)}, ${seconds()}${removed}`,
  );
  console.log(paint('dim', t(`open ${shown(flags.out)}/index.html`, `用浏览器打开 ${shown(flags.out)}/index.html 即可查看`)));
}

function readReport(file: string, language: Language): Conformances {
  return attempt(file, language, () => readCheckReport(JSON.parse(read(file, language))));
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
