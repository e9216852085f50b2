import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import {
  applyBaseline,
  BASELINE_FILE,
  contractMarks,
  createChecker,
  createDocumentPlaces,
  createPlan,
  createRedactor,
  createTally,
  isLoopback,
  loadBaseline,
  loadRemembered,
  missingFor,
  readExchanges,
  readSecrets,
  replay,
  select,
  toResult,
  unsteadyPlaces,
  writesOf,
  loadOracle,
} from '../contracts/index.ts';
import type { CheckResult, Plan, RecordingWriter, ReplayCounts } from '../contracts/index.ts';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Language } from '../operations/index.ts';
import { originOf } from './base-url.ts';
import { formatOfFile } from './check-report.ts';
import type { Format } from './check-report.ts';
import { say } from './language.ts';
import { formatByEnding, openRecording, refuseExisting } from './new-recording.ts';
import { printable } from './paint.ts';
import { credentialLines, planJson, planText } from './plan-text.ts';
import { createProgressBar } from './progress.ts';
import { collect, perSecond, wholeNumber } from './option-values.ts';
import { exitCodeOf, headersOf, output, stopOnSignal } from './replay-output.ts';
import { sharedOptions } from './shared-options.ts';
import { quoted } from './shell-word.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface ReplayFlags {
  readonly target: string;
  readonly document?: readonly string[];
  readonly dryRun: boolean;
  readonly write: boolean;
  readonly includeOrigin: readonly string[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly concurrency: number;
  readonly rate?: number;
  readonly timeout: number;
  readonly retries: number;
  readonly secrets?: string;
  readonly fresh?: string;
  readonly clock: 'as-recorded' | 'shift';
  readonly pace: 'none' | 'recorded';
  readonly out?: string;
  readonly force: boolean;
  readonly format: Format;
  readonly report: readonly string[];
  readonly failOn: 'error' | 'warning';
  readonly baseline?: string | false;
  readonly maxFindings: number;
  readonly exclusive: boolean;
  readonly insecure: boolean;
  readonly header: readonly string[];
  readonly quiet: boolean;
}

/** `hufu replay`: does a real backend do what was recorded, and keep to the documents? Exit code 0: yes; 1: no; 2: it could not be replayed. */
export function replayCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const shared = sharedOptions(language);
  return new Command('replay')
    .summary(t('send recorded traffic to a backend and judge its answers', '把录制的流量发给真实后端并检查应答'))
    .description(
      t(
        'Sends recorded requests to a backend. Values that the server makes (tokens, ids, cookies) are taken from its own new answers. Every answer is judged by the documents and compared with the recorded one. Credentials that a recording hides come from the environment (HUFU_SECRET_...) or a secrets file. Exits with 1 when there is an error, with 2 when nothing could be replayed.',
        '把录制的请求发给真实后端。由服务端生成的值（令牌、编号、Cookie）取自它的新应答。每个应答都按文档检查，并与录制的应答比较。录制中隐去的凭证取自环境变量（HUFU_SECRET_…）或机密文件。有错误时退出码为 1，无法重放时为 2。',
      ),
    )
    .argument('<recordings...>', t('recorded traffic', '录制文件'))
    .requiredOption('-t, --target <url>', t('base URL of the backend', '后端的基础地址'))
    .addOption(shared.document)
    .option('--dry-run', t('send nothing; print the plan', '不发送，只打印计划'), false)
    .addOption(shared.write)
    .option('--include-origin <url>', t('send undocumented requests to this origin, too', '该源的未收录请求也发送'), collect, [])
    .addOption(shared.only)
    .addOption(shared.skip)
    .addOption(shared.concurrency)
    .option('--rate <number/s>', t('requests a second, at most', '每秒最多请求数'), perSecond(language))
    .addOption(shared.timeout)
    .option(
      '--retries <number>',
      t('how often a request that failed is sent again', '失败请求的重试次数'),
      wholeNumber(language, 0, 100),
      2,
    )
    .addOption(shared.secrets)
    .option('--fresh <name>', t('put -name behind unique keys that clients chose', '在客户端自定的唯一键后加上 -name'))
    .addOption(
      new Option(
        '--clock <mode>',
        t('shift moves dates of requests by the days since the recording', 'shift 按录制至今的天数平移请求中的日期'),
      )
        .choices(['as-recorded', 'shift'])
        .default('as-recorded'),
    )
    .addOption(
      new Option('--pace <mode>', t('recorded waits as long between requests as the client did', 'recorded 表示请求间隔与录制时相同'))
        .choices(['none', 'recorded'])
        .default('none'),
    )
    .option('-o, --out <file>', t('new recording (.har or .ndjson), without secrets', '新的录制文件（.har 或 .ndjson），不含机密'))
    .option('--force', t('overwrite the new recording if it is there', '新录制文件已存在时覆盖'), false)
    .addOption(shared.format)
    .addOption(shared.report)
    .addOption(shared.failOn)
    .addOption(shared.baseline)
    .addOption(shared.noBaseline)
    .addOption(shared.maxFindings)
    .option(
      '--exclusive',
      t('nobody else writes to the target meanwhile: judge all that the sequence shows', '期间没有其他写入方：判断序列所能证明的一切'),
      false,
    )
    .option('--insecure', t('take any certificate of the target', '接受目标的任何证书'), false)
    .addOption(shared.header)
    .addOption(shared.noProgress)
    .addHelpText(
      'after',
      `
${t('Examples', '示例')}:
  hufu replay contracts/recordings/*.har --target http://localhost:8080 --dry-run
  hufu replay traffic.har --target http://localhost:8080 --report report.html
  HUFU_SECRET_PASSWORD=... hufu replay traffic.har --target https://stage.example.com --write
  hufu replay traffic.har -t http://localhost:8080 --only auth --secrets secrets.yaml -o new.har`,
    )
    .action(async (files: string[], flags: ReplayFlags) => runReplay(files, flags, language));
}

async function runReplay(files: readonly string[], flags: ReplayFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  // Told before anything takes time.
  for (const file of flags.report) formatOfFile(file, language);
  const headers = headersOf(flags.header, language);
  if (flags.pace === 'recorded' && flags.concurrency > 1)
    throw new UsageError(
      t('--pace recorded keeps the recorded order; leave out --concurrency', '--pace recorded 须保持录制顺序；请去掉 --concurrency'),
    );
  const origin = originOf(flags.target, language);
  const documents = await Promise.all(findDocuments(flags.document ?? [], process.cwd(), language).map((file) => loadDocument(file)));
  const table = createOperationTable(documents, { remarks: true });
  const remembered = await loadRemembered(table);
  const marks = contractMarks(table, remembered);

  const read = await readExchanges(files, createChecker(table));
  const { recorded } = read;
  const plan = createPlan(recorded, table, marks, {
    secrets: readSecrets(flags.secrets, process.env),
    includeOrigins: flags.includeOrigin,
    ...(flags.fresh === undefined ? {} : { fresh: flags.fresh }),
    ...(flags.clock === 'shift' ? { shiftTo: Date.now() } : {}),
  });
  const chosen = select(plan.exchanges, { only: flags.only, skip: flags.skip });
  if (flags.dryRun) {
    process.stdout.write(flags.format === 'json' ? planJson(plan, chosen, flags.target) : planText(plan, chosen, flags.target, language));
    return;
  }
  if (chosen.size === 0)
    throw new UsageError(t('no recorded exchange is left to send; --dry-run says why', '没有可发送的请求；--dry-run 会说明原因'));
  refuse(plan, chosen, flags, language);

  const places = createDocumentPlaces(documents);
  const tally = createTally(table, remembered, places.placeOf);
  for (const flaw of read.flaws) tally.addFlaw(flaw);
  for (const reason of read.asides) tally.addAside(reason);
  for (const { number, aside } of plan.exchanges) if (!chosen.has(number)) tally.addAside(aside ?? 'not-chosen');
  const redactor = createRedactor(table);
  // Others may replay against the same target at the same time.
  const oracle = await loadOracle(table, { shared: !flags.exclusive });
  const writer = await newRecording(flags, language);
  const bar = createProgressBar(language);
  const signal = stopOnSignal();
  const counts = await replay(plan, chosen, createChecker(table, { servers: [origin] }), marks, unsteadyPlaces(recorded, marks), {
    target: flags.target,
    write: flags.write,
    concurrency: flags.concurrency,
    timeout: flags.timeout,
    retries: flags.retries,
    insecure: flags.insecure,
    headers,
    signal,
    ...(flags.rate === undefined ? {} : { rate: flags.rate }),
    ...(flags.pace === 'recorded' ? { elapse: (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined) } : {}),
    onJudged: async (judged) => {
      tally.add(oracle.judge(judged));
      await writer?.append(redactor.redact(judged.exchange));
    },
    onAside: (reason) => tally.addAside(reason),
    ...(flags.quiet
      ? {}
      : { onProgress: (done: number, total: number) => bar.show(done, total, t(`${done} of ${total}`, `${done} / ${total}`)) }),
  }).finally(() => bar.clear());
  await writer?.close();
  const found = toResult(documents, table, read.recordings, tally);
  const result = await withBaseline(found, flags, language);
  output(result, places, figures(counts, flags, language), flags, commandOf(files, flags), language);
  process.exitCode = counts.answered === 0 && exitCodeOf(result, flags.failOn) === 0 ? 2 : exitCodeOf(result, flags.failOn);
}

/** What must be said before anything is sent. */
function refuse(plan: Plan, chosen: ReadonlySet<number>, { target, write }: ReplayFlags, language: Language): void {
  const missing = missingFor(plan, chosen);
  if (missing.length > 0) {
    console.error(credentialLines({ ...plan, missing }, language).join('\n'));
    throw new UsageError(say(language, 'nothing was sent: give these credentials first', '没有发送任何请求：请先给出这些凭证'));
  }
  const writes = writesOf(plan.exchanges, chosen);
  if (writes.length > 0 && !write && !isLoopback(target)) {
    const names = writes.slice(0, 5).map(printable).join(', ');
    throw new UsageError(
      say(
        language,
        `${target} is not this machine, and ${writes.length} operations would change it (${names}); say --write if that is what you want`,
        `${target} 不是本机，而有 ${writes.length} 个接口会改动它（${names}）；确需如此请加上 --write`,
      ),
    );
  }
}

async function newRecording({ out, force }: ReplayFlags, language: Language): Promise<RecordingWriter | undefined> {
  if (out === undefined) return undefined;
  const format = formatByEnding(out);
  if (format === undefined)
    throw new UsageError(
      say(language, `the ending of ${out} says no format; use .har or .ndjson`, `无法由 ${out} 的扩展名判断格式；请用 .har 或 .ndjson`),
    );
  if (!force) refuseExisting(out, language);
  return openRecording(out, format);
}

async function withBaseline(result: CheckResult, { baseline }: ReplayFlags, language: Language): Promise<CheckResult> {
  if (baseline === false) return result;
  const file = baseline ?? BASELINE_FILE;
  if (!existsSync(file)) {
    if (baseline === undefined) return result;
    throw new UsageError(
      say(
        language,
        `${file} does not exist; hufu check --update-baseline writes one`,
        `${file} 不存在；可用 hufu check --update-baseline 生成`,
      ),
    );
  }
  return applyBaseline(result, await loadBaseline(file), new Date().toISOString().slice(0, 10));
}

/** What the comparison with the recording came to. */
function figures(counts: ReplayCounts, { out }: ReplayFlags, language: Language): string[] {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const { chosen, answered, unanswered, same, different, timeBound, dependent, renewed, stopped } = counts;
  const lines = [
    t(`replayed: ${answered} of ${chosen} answered, ${unanswered} not`, `重放：${chosen} 条中 ${answered} 条有应答，${unanswered} 条没有`),
    t(`compared with the recording: ${same} the same, ${different} different`, `与录制比较：${same} 条相同，${different} 条不同`),
  ];
  if (timeBound > 0)
    lines.push(
      t(
        `not compared: ${timeBound}, whose answers hang on time that has not passed now; see --pace recorded`,
        `未比较：${timeBound} 条，其应答取决于本次没有流逝的时间；见 --pace recorded`,
      ),
    );
  if (dependent > 0)
    lines.push(t(`left aside: ${dependent}, which depend on values that never came`, `未发送：${dependent} 条，所依赖的值没有出现`));
  if (renewed > 0) lines.push(t(`tokens renewed: ${renewed}`, `更新令牌：${renewed} 次`));
  if (out !== undefined) lines.push(t(`recorded in ${printable(out)}`, `已录制到 ${printable(out)}`));
  if (stopped) lines.push(t('stopped before the end', '提前终止'));
  return lines;
}

function commandOf(files: readonly string[], { target, document = [] }: ReplayFlags): string {
  return ['hufu replay', ...files.map(quoted), `--target ${quoted(target)}`, ...document.map((file) => `-d ${quoted(file)}`)].join(' ');
}
