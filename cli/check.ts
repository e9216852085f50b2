import { existsSync } from 'node:fs';
import { Command } from 'commander';
import {
  applyBaseline,
  BASELINE_FILE,
  checkRecordings,
  createCoverage,
  failing,
  loadBaseline,
  markdownSummary,
  parseCoverage,
  terminalReport,
  updateBaseline,
} from '../contracts/checking.ts';
import type { Baseline, CheckedRecordings, CheckResult, DocumentPlaces } from '../contracts/checking.ts';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Document, Language } from '../operations/index.ts';
import { formatOfFile, renderReport } from './check-report.ts';
import type { Format } from './check-report.ts';
import { append, read, write } from './files.ts';
import { say } from './language.ts';
import { loadingOf, refRootOption, remoteRefsOption } from './loading.ts';
import type { LoadingFlags } from './loading.ts';
import { collect, day, origin, percent, wholeNumber } from './option-values.ts';
import { paint } from './paint.ts';
import { createProgressBar } from './progress.ts';
import { sharedOptions } from './shared-options.ts';
import { quoted } from './shell-word.ts';
import { isShortRun, withoutLastCompiler } from './short-run.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface CheckFlags extends LoadingFlags {
  readonly document?: readonly string[];
  readonly format: Format;
  readonly output?: string;
  readonly report: readonly string[];
  readonly failOn: 'error' | 'warning';
  readonly minCoverage?: number;
  readonly coverageFrom: readonly string[];
  /** A file, `false` for none, absent for the usual one where it exists. */
  readonly baseline?: string | false;
  readonly updateBaseline: boolean;
  readonly reason?: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly server: readonly string[];
  readonly shared: boolean;
  readonly threads?: number;
  readonly maxFindings: number;
  readonly maxEntry?: number;
  readonly quiet: boolean;
}

/** `hufu check`: does recorded traffic keep to the documents? Exit code 0: yes; 1: no; 2: it could not be checked. */
export function checkCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const shared = sharedOptions(language);
  return new Command('check')
    .summary(t('judge recorded traffic by the documents', '用文档检查录制的流量'))
    .description(
      t(
        'Judges recorded traffic by the documents: what breaks them, whose fault it is, and what was not covered. Reads HAR 1.2, NDJSON and journals of the mock, packed with gzip or not; - is standard input. Exits with 1 when there is an error, with 2 when nothing could be checked.',
        '用文档检查录制的流量：哪里不符合、是谁的问题、哪些没有覆盖到。可读 HAR 1.2、NDJSON 和 mock 的请求记录（可为 gzip）；- 表示标准输入。有错误时退出码为 1，无法检查时为 2。',
      ),
    )
    .argument('<recordings...>', t('recorded traffic', '录制文件'))
    .addOption(shared.document)
    .addOption(shared.format)
    .option('-o, --output <file>', t('write it to a file instead', '写入文件，不打印'))
    .addOption(shared.report)
    .addOption(shared.failOn)
    .option('--min-coverage <percent>', t('fail when less of the documents is covered', '覆盖率低于该百分比时失败'), percent(language))
    .option('--coverage-from <file>', t('add the coverage of an earlier JSON report', '合并以前的 JSON 报告中的覆盖情况'), collect, [])
    .addOption(shared.baseline)
    .addOption(shared.noBaseline)
    .option('--update-baseline', t('write what is found now into the baseline', '把当前的问题写入已知问题清单'), false)
    .option('--reason <text>', t('why new entries of the baseline are accepted', '新增条目被接受的原因'))
    .option('--owner <name>', t('who looks after new entries', '新增条目的负责人'))
    .option('--expires <date>', t('when new entries fail again: yyyy-mm-dd', '新增条目的到期日：yyyy-mm-dd'), day(language))
    .option(
      '--server <url>',
      t('an origin that belongs to the API though no document names it', '属于该 API、但文档没有写明的源'),
      (value: string, before: readonly string[]) => collect(origin(language)(value), before),
      [],
    )
    .option(
      '--shared',
      t(
        'others write to the same backend meanwhile: judge only what nobody else could have changed',
        '同一后端还有其他写入方：只判断他人无法改变的事实',
      ),
      false,
    )
    .option(
      '--threads <number>',
      t('default: one for each core where recordings are large', '线程数；默认在录制文件较大时每核一个'),
      wholeNumber(language),
    )
    .addOption(shared.maxFindings)
    .option(
      '--max-entry <bytes>',
      t('larger entries of a recording are not read; default 64 MiB', '超过该大小的录制条目不读取；默认 64 MiB'),
      wholeNumber(language),
    )
    .addOption(shared.noProgress)
    .addOption(refRootOption(language))
    .addOption(remoteRefsOption(language))
    .addHelpText(
      'after',
      `
${t('Examples', '示例')}:
  hufu check traffic.har
  hufu check contracts/recordings/*.har --report report.html --report junit.xml
  hufu check traffic.har -d api.yaml --format json -o result.json
  hufu check traffic.har --update-baseline --reason "fixed in the next release" --expires 2027-03-31
  kubectl logs gateway | hufu check -`,
    )
    .action(async (recordings: string[], flags: CheckFlags) => runCheck(recordings, flags, language));
}

async function runCheck(recordings: readonly string[], flags: CheckFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  // Told before anything takes time.
  const reports = flags.report.map((file) => ({ file, format: formatOfFile(file, language) }));
  const reason = reasonOf(flags, language);
  const files = findDocuments(flags.document ?? [], process.cwd(), language);
  const load = loadingOf(flags);
  const documents = await Promise.all(files.map((file) => loadDocument(file, load)));
  const known = await baselineOf(flags, language);

  const bar = createProgressBar(language);
  const check = async (): Promise<CheckedRecordings> =>
    checkRecordings(documents, recordings, {
      servers: flags.server,
      shared: flags.shared,
      load,
      ...(flags.threads === undefined ? {} : { threads: flags.threads }),
      ...(flags.maxEntry === undefined ? {} : { maxEntryBytes: flags.maxEntry }),
      ...(flags.quiet
        ? {}
        : { onProgress: ({ read, size, exchanges }) => bar.show(read, size, t(`${exchanges} exchanges`, `${exchanges} 次交换`)) }),
    });
  const { result: checked, places } = await (isShortRun(recordings) ? withoutLastCompiler(check) : check()).finally(() => bar.clear());
  const covered = withCoverage(checked, flags.coverageFrom, documents, language);
  const today = new Date().toISOString().slice(0, 10);
  const result = known === undefined ? covered : applyBaseline(covered, known, today);

  for (const { file, format } of reports)
    write(file, renderReport(format, result, { language, places, command: commandOf(recordings, flags) }), language);
  print(result, places, recordings, flags, language);
  writeStepSummary(result, language);
  if (reason !== undefined) writeBaseline(result, known, flags, reason, today, language);
  process.exitCode = exitCode(result, flags, language);
}

/** 2 where nothing was judged: that is no pass. */
function exitCode(result: CheckResult, flags: CheckFlags, language: Language): number {
  if (result.exchanges.judged === 0 && failing(result.groups).length === 0) return 2;
  const isBelow = flags.minCoverage !== undefined && shareOf(result) < flags.minCoverage;
  if (isBelow) {
    const told = `${shareOf(result).toFixed(1)} %`;
    console.error(
      paint(
        'red',
        say(
          language,
          `coverage is ${told}, below the ${flags.minCoverage} % asked for`,
          `覆盖率为 ${told}，低于要求的 ${flags.minCoverage} %`,
        ),
        process.stderr,
      ),
    );
  }
  const isWorse =
    flags.failOn === 'warning' && result.groups.some(({ severity, baseline }) => severity === 'warning' && baseline !== 'known');
  // What was just written down as known fails nothing.
  const wrong = flags.updateBaseline ? [] : failing(result.groups);
  return wrong.length > 0 || (isWorse && !flags.updateBaseline) || isBelow ? 1 : 0;
}

function shareOf({ coverage }: CheckResult): number {
  return coverage.cells === 0 ? 100 : (coverage.covered / coverage.cells) * 100;
}

async function baselineOf(flags: CheckFlags, language: Language): Promise<Baseline | undefined> {
  if (flags.baseline === false) return undefined;
  const file = flags.baseline ?? BASELINE_FILE;
  if (existsSync(file)) return loadBaseline(file);
  if (flags.baseline !== undefined && !flags.updateBaseline)
    throw new UsageError(
      say(language, `${file} does not exist; --update-baseline writes it`, `${file} 不存在；可用 --update-baseline 生成`),
    );
  return undefined;
}

/** Why findings are accepted; `undefined` where no baseline is to be written. */
function reasonOf({ updateBaseline: isWanted, baseline, reason = '' }: CheckFlags, language: Language): string | undefined {
  if (!isWanted) return undefined;
  if (baseline === false)
    throw new UsageError(
      say(
        language,
        '--update-baseline writes what --no-baseline leaves aside, with the reasons that stand there; leave out one of them',
        '--update-baseline 会覆盖 --no-baseline 所忽略的清单及其中的原因；请只用其中之一',
      ),
    );
  if (reason.trim() !== '') return reason;
  throw new UsageError(
    say(
      language,
      'say why the findings are accepted: --update-baseline --reason "..."',
      '请说明接受这些问题的原因：--update-baseline --reason "…"',
    ),
  );
}

function writeBaseline(
  result: CheckResult,
  known: Baseline | undefined,
  { owner, expires, baseline }: CheckFlags,
  reason: string,
  today: string,
  language: Language,
): void {
  const file = typeof baseline === 'string' ? baseline : BASELINE_FILE;
  const made = updateBaseline(result, known ?? file, {
    today,
    reason,
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
  });
  write(file, made.text, language);
  console.error(say(language, `${file}: ${made.entries.length} known findings`, `${file}：${made.entries.length} 条已知问题`));
}

function withCoverage(result: CheckResult, files: readonly string[], documents: readonly Document[], language: Language): CheckResult {
  if (files.length === 0) return result;
  const coverage = createCoverage(createOperationTable(documents));
  coverage.merge(result.coverage);
  for (const file of files) coverage.merge(parseCoverage(read(file, language), file));
  return { ...result, coverage: coverage.result() };
}

function print(result: CheckResult, places: DocumentPlaces, recordings: readonly string[], flags: CheckFlags, language: Language): void {
  const options = { language, places, command: commandOf(recordings, flags) };
  if (flags.output !== undefined) {
    write(flags.output, renderReport(flags.format, result, options), language);
    return;
  }
  if (flags.format !== 'terminal') {
    process.stdout.write(renderReport(flags.format, result, options));
    return;
  }
  process.stdout.write(
    terminalReport(result, {
      language,
      paint: (style, text) => paint(style, text),
      columns: process.stdout.columns ?? 120,
      maxFindings: flags.maxFindings,
      nextStep: `${commandOf(recordings, flags)} --report report.html`,
    }),
  );
}

/** GitHub shows what is written there on the page of the run. */
function writeStepSummary(result: CheckResult, language: Language): void {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  append(file, markdownSummary(result, { language }), language);
}

function commandOf(recordings: readonly string[], flags: CheckFlags): string {
  return ['hufu check', ...recordings.map(quoted), ...(flags.document ?? []).map((file) => `-d ${quoted(file)}`)].join(' ');
}
