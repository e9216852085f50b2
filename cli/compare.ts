import { Command } from 'commander';
import {
  compareTargets,
  contractMarks,
  createChecker,
  createDocumentPlaces,
  createPlan,
  createTally,
  isLoopback,
  loadRemembered,
  missingFor,
  readExchanges,
  readSecrets,
  select,
  toResult,
  unsteadyPlaces,
  writesOf,
} from '../contracts/index.ts';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Language } from '../operations/index.ts';
import { originOf } from './base-url.ts';
import { formatOfFile } from './check-report.ts';
import type { Format } from './check-report.ts';
import { say } from './language.ts';
import { paint, printable } from './paint.ts';
import { credentialLines } from './plan-text.ts';
import { createProgressBar } from './progress.ts';
import { perSecond } from './option-values.ts';
import { headersOf, output, stopOnSignal } from './replay-output.ts';
import { sharedOptions } from './shared-options.ts';
import { quoted } from './shell-word.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface CompareFlags {
  readonly mock: string;
  readonly target: string;
  readonly document?: readonly string[];
  readonly write: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly concurrency: number;
  readonly rate?: number;
  readonly timeout: number;
  readonly secrets?: string;
  readonly format: Format;
  readonly report: readonly string[];
  readonly maxFindings: number;
  readonly insecure: boolean;
  readonly header: readonly string[];
  readonly quiet: boolean;
}

/** What an operation's answers came to. */
interface Row {
  readonly name: string;
  same: number;
  different: number;
}

/** `hufu compare`: do mock and backend answer alike? Exit code 0: yes; 1: no; 2: it could not be told. */
export function compareCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const shared = sharedOptions(language);
  return new Command('compare')
    .summary(t('send recorded traffic to the mock and to a backend and compare them', '把录制的流量同时发给 mock 与真实后端并比较'))
    .description(
      t(
        'Sends the same recorded requests to the mock and to a backend, each with the values that it made itself, and tells where their answers differ. Exits with 1 when they do, with 2 when it could not be told.',
        '把同样的录制请求分别发给 mock 与真实后端，各用其自己生成的值，并说明应答在哪里不同。有不同时退出码为 1，无法比较时为 2。',
      ),
    )
    .argument('<recordings...>', t('recorded traffic', '录制文件'))
    .requiredOption('-m, --mock <url>', t('base URL of the mock', 'mock 的基础地址'))
    .requiredOption('-t, --target <url>', t('base URL of the backend', '后端的基础地址'))
    .addOption(shared.document)
    .addOption(shared.write)
    .addOption(shared.only)
    .addOption(shared.skip)
    .addOption(shared.concurrency)
    .option('--rate <number/s>', t('requests a second to each, at most', '对每一方每秒最多请求数'), perSecond(language))
    .addOption(shared.timeout)
    .addOption(shared.secrets)
    .addOption(shared.format)
    .addOption(shared.report)
    .addOption(shared.maxFindings)
    .option('--insecure', t('take any certificate', '接受任何证书'), false)
    .addOption(shared.header)
    .addOption(shared.noProgress)
    .addHelpText(
      'after',
      `
${t('Examples', '示例')}:
  hufu compare contracts/recordings/*.har --mock http://localhost:4010 --target http://localhost:8080
  hufu compare traffic.har -m http://localhost:4010 -t http://localhost:8080 --report compare.html`,
    )
    .action(async (files: string[], flags: CompareFlags) => runCompare(files, flags, language));
}

async function runCompare(files: readonly string[], flags: CompareFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  for (const file of flags.report) formatOfFile(file, language);
  const headers = headersOf(flags.header, language);
  const servers = [originOf(flags.mock, language), originOf(flags.target, language)];
  const documents = await Promise.all(findDocuments(flags.document ?? [], process.cwd(), language).map((file) => loadDocument(file)));
  const table = createOperationTable(documents, { remarks: true });
  const remembered = await loadRemembered(table);
  const marks = contractMarks(table, remembered);
  const read = await readExchanges(files, createChecker(table));
  const plan = createPlan(read.recorded, table, marks, { secrets: readSecrets(flags.secrets, process.env) });
  const chosen = select(plan.exchanges, { only: flags.only, skip: flags.skip });
  const missing = missingFor(plan, chosen);
  if (missing.length > 0) {
    console.error(credentialLines({ ...plan, missing }, language).join('\n'));
    throw new UsageError(t('nothing was sent: give these credentials first', '没有发送任何请求：请先给出这些凭证'));
  }
  const remote = [flags.mock, flags.target].find((url) => !isLoopback(url));
  if (remote !== undefined && !flags.write && writesOf(plan.exchanges, chosen).length > 0)
    throw new UsageError(
      t(
        `${remote} is not this machine and would be changed; say --write if that is what you want`,
        `${remote} 不是本机且会被改动；确需如此请加上 --write`,
      ),
    );

  const places = createDocumentPlaces(documents);
  const tally = createTally(table, remembered, places.placeOf);
  for (const flaw of read.flaws) tally.addFlaw(flaw);
  for (const reason of read.asides) tally.addAside(reason);
  for (const { number, aside } of plan.exchanges) if (!chosen.has(number)) tally.addAside(aside ?? 'not-chosen');
  const rows = new Map<string, Row>();
  const bar = createProgressBar(language);
  const counts = await compareTargets(plan, chosen, createChecker(table, { servers }), marks, unsteadyPlaces(read.recorded, marks), {
    mock: flags.mock,
    target: flags.target,
    write: flags.write,
    concurrency: flags.concurrency,
    timeout: flags.timeout,
    insecure: flags.insecure,
    headers,
    signal: stopOnSignal(),
    ...(flags.rate === undefined ? {} : { rate: flags.rate }),
    onJudged(judged) {
      tally.add(judged);
      const { operation, exchange, findings } = judged;
      const name = operation === undefined ? `${exchange.request.method} ${exchange.request.path}` : operation.id;
      const row = rows.get(name) ?? { name, same: 0, different: 0 };
      row[findings.length === 0 ? 'same' : 'different'] += 1;
      rows.set(name, row);
    },
    ...(flags.quiet
      ? {}
      : { onProgress: (done: number, total: number) => bar.show(done, total, t(`${done} of ${total}`, `${done} / ${total}`)) }),
  }).finally(() => bar.clear());

  const result = toResult(documents, table, read.recordings, tally);
  const lines = [...rows.values()].map(({ name, same, different }) =>
    different === 0
      ? `  ${paint('green', '✓')} ${printable(name)}: ${t(`${same} the same`, `${same} 条相同`)}`
      : `  ${paint('red', '✗')} ${printable(name)}: ${t(`${different} different, ${same} the same`, `${different} 条不同，${same} 条相同`)}`,
  );
  const { compared, same, different, aside, stopped } = counts;
  const figures = [
    t(
      `mock and target compared: ${same} of ${compared} the same, ${different} different, ${aside} not compared`,
      `比较 mock 与目标：${compared} 条中 ${same} 条相同，${different} 条不同，${aside} 条未比较`,
    ),
    ...lines,
    ...(stopped ? [t('stopped before the end', '提前终止')] : []),
  ];
  const command = ['hufu compare', ...files.map(quoted), `--mock ${quoted(flags.mock)}`, `--target ${quoted(flags.target)}`].join(' ');
  output(result, places, figures, { ...flags, failOn: 'warning' }, command, language);
  process.exitCode = different > 0 || result.groups.length > 0 ? 1 : compared === 0 ? 2 : 0;
}
