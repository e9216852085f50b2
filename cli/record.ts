import { Command, Option } from 'commander';
import {
  createChecker,
  createDocumentPlaces,
  createRedactor,
  createTally,
  loadOracle,
  loadRemembered,
  startProxy,
} from '../contracts/index.ts';
import type { Checker, Exchange, Judged, Oracle, Proxy, RecordingWriter, Redactor, Tally } from '../contracts/index.ts';
import { createOperationTable, loadDocument, workspaceDocuments } from '../operations/index.ts';
import type { Document, Language } from '../operations/index.ts';
import { keepRunning } from './keep-running.ts';
import { say } from './language.ts';
import { listenFailure } from './listen-failure.ts';
import { loadingOf, refRootOption, remoteRefsOption } from './loading.ts';
import type { LoadingFlags } from './loading.ts';
import { formatByEnding, openRecording, refuseExisting } from './new-recording.ts';
import type { RecordingFormat } from './new-recording.ts';
import { wholeNumber } from './option-values.ts';
import { paint, printable } from './paint.ts';
import { exchangeLines, summaryLines } from './record-log.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface RecordFlags extends LoadingFlags {
  readonly target: string;
  readonly out?: string;
  readonly format?: RecordingFormat;
  readonly force: boolean;
  readonly port: number;
  readonly host: string;
  readonly check: boolean;
  readonly redact: boolean;
  readonly yesRecordSecrets: boolean;
  readonly shared: boolean;
  readonly insecure: boolean;
  readonly keepHost: boolean;
  readonly rewriteLocation: boolean;
  readonly bodyLimit: number;
  readonly timeout: number;
  readonly fail: boolean;
  readonly quiet: boolean;
}

/** `hufu record`: a proxy before a backend that judges what passes and keeps it without its secrets. */
export function recordCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const whole = (least: number, most: number): ((text: string) => number) => wholeNumber(language, least, most);
  return new Command('record')
    .summary(t('record traffic to a backend, checked and without secrets', '录制发往后端的流量：实时检查，去除机密'))
    .description(
      t(
        'Listens on a port and passes everything on to the target, bytes untouched. Each exchange is checked against the documents and appended to a recording, its secrets replaced by pseudonyms: equal secrets have equal pseudonyms. Without documents: openapi/*.yaml of the workspace, if there are any. Ctrl-C ends it.',
        '监听一个端口，把所有请求原样转发到目标后端。每次请求按文档实时检查并写入录制文件，其中的机密替换为假名：相同的机密得到相同的假名。不写文档时，取工作区的 openapi/*.yaml（如有）。按 Ctrl-C 结束。',
      ),
    )
    .argument('[documents...]', t('OpenAPI files or folders', 'OpenAPI 文件或文件夹'))
    .requiredOption('-t, --target <url>', t('base URL of the backend', '后端的基础地址'))
    .option('-o, --out <file>', t('recording; default recording-<time>.har', '录制文件；默认 recording-<时间>.har'))
    .addOption(
      new Option('--format <format>', t('form of the recording; default by its ending', '录制格式；默认由扩展名决定')).choices([
        'har',
        'ndjson',
      ]),
    )
    .option('--force', t('overwrite the recording if it is there', '录制文件已存在时覆盖'), false)
    .option('-p, --port <port>', t('port; 0 takes a free one', '端口；0 表示任选空闲端口'), whole(0, 65_535), 4020)
    .option(
      '-H, --host <host>',
      t('address to listen on; 0.0.0.0 lets other machines in', '监听地址；0.0.0.0 允许其他机器访问'),
      '127.0.0.1',
    )
    .option('--no-check', t('record only', '只录制，不检查'))
    .option('--no-redact', t('keep secrets; needs --yes-record-secrets', '保留机密；须同时给出 --yes-record-secrets'))
    .option('--yes-record-secrets', t('yes, passwords and tokens may go to the file', '确认密码与令牌可写入文件'), false)
    .option(
      '--shared',
      t(
        'others write to the same backend meanwhile: judge only what nobody else could have changed',
        '同一后端还有其他写入方：只判断他人无法改变的事实',
      ),
      false,
    )
    .option('--insecure', t('take any certificate of the target', '接受目标的任何证书'), false)
    .option('--keep-host', t('send the client’s Host on to the target', '向目标转发客户端的 Host'), false)
    .option('--rewrite-location', t('turn redirects to the target into redirects to the proxy', '把指向目标的重定向改为指向代理'), false)
    .option(
      '--body-limit <bytes>',
      t('larger bodies pass, but are not recorded', '更大的消息体照常转发，但不录制（字节）'),
      whole(0, 1024 ** 3),
      10 * 1024 * 1024,
    )
    .option('--timeout <seconds>', t('how long the target may take to begin its answer', '目标开始应答的时限（秒）'), whole(1, 86_400), 120)
    .option('--fail', t('end with code 1 when errors were found', '发现错误时以代码 1 退出'), false)
    .option('-q, --quiet', t('no line per exchange', '不逐条打印'), false)
    .addOption(refRootOption(language))
    .addOption(remoteRefsOption(language))
    .addHelpText(
      'after',
      `
${t('Examples', '示例')}:
  hufu record --target http://localhost:8080
  hufu record -t https://stage.example.com api.yaml -o contracts/recordings/api.har -p 8000
  hufu record -t http://localhost:8080 --no-check -o all.ndjson`,
    )
    .action(async (paths: string[], flags: RecordFlags) => runRecord(paths, flags, language));
}

async function runRecord(paths: readonly string[], flags: RecordFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  if (!flags.redact && !flags.yesRecordSecrets) {
    throw new UsageError(
      t(
        '--no-redact writes passwords and tokens to the file as they are; say --yes-record-secrets if that is what you want',
        '--no-redact 会把密码与令牌原样写入文件；确需如此请加上 --yes-record-secrets',
      ),
    );
  }
  const { file, format } = recordingOf(flags, language);
  const files = paths.length === 0 && workspaceDocuments(process.cwd()).length === 0 ? [] : findDocuments(paths, process.cwd(), language);
  const loading = loadingOf(flags);
  const documents = await Promise.all(files.map((one) => loadDocument(one, loading)));
  const table = createOperationTable(documents);
  const redactor = createRedactor(table, { bodyLimit: flags.bodyLimit });
  const checking = flags.check && documents.length > 0 ? await startChecking(documents, flags) : undefined;

  // The file is made when the port is had; what comes in between waits for it.
  const writer = Promise.withResolvers<RecordingWriter>();
  const session = createSession({ redactor, checking, writer: writer.promise, redact: flags.redact, quiet: flags.quiet, language });
  const proxy = await listen(flags, file, session.add, language);
  try {
    writer.resolve(await openRecording(file, format));
  } catch (error) {
    await proxy.close();
    throw error;
  }
  keepRunning();

  if (documents.length === 0)
    warn(
      t(
        'there are no documents: nothing is checked, and secrets are known by their names and looks alone',
        '没有文档：不作检查，仅凭名称与形态识别机密',
      ),
    );
  if (!flags.redact) warn(t(`secrets are written to ${printable(file)} as they are`, `机密将原样写入 ${printable(file)}`));
  console.log(
    t(
      `recording ${proxy.url} -> ${printable(flags.target)} in ${printable(file)}; Ctrl-C ends it`,
      `正在录制 ${proxy.url} -> ${printable(flags.target)}，写入 ${printable(file)}；按 Ctrl-C 结束`,
    ),
  );

  let ending = false;
  const stop = (): void => {
    // Somebody who asks twice does not want to wait.
    if (ending) process.exit(130);
    ending = true;
    void proxy
      .close()
      .then(session.close)
      .then(({ recorded, lost }) => {
        console.log(summaryLines(printable(file), recorded, checking?.tally, language));
        const found = checking?.tally.result().groups.some(({ severity }) => severity === 'error') ?? false;
        process.exit(lost > 0 ? 2 : flags.fail && found ? 1 : 0);
      })
      .catch((error: unknown) => {
        console.error(paint('red', `hufu: ${printable(error instanceof Error ? error.message : String(error))}`, process.stderr));
        process.exit(2);
      });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

interface Checking {
  readonly checker: Checker;
  readonly oracle: Oracle;
  readonly tally: Tally;
}

async function startChecking(documents: readonly Document[], { target, shared }: RecordFlags): Promise<Checking> {
  const origin = URL.parse(target)?.origin;
  const checker = createChecker(documents, origin === undefined ? {} : { servers: [origin] });
  const tally = createTally(checker.table, await loadRemembered(checker.table), createDocumentPlaces(documents).placeOf);
  return { checker, oracle: await loadOracle(checker.table, { shared }), tally };
}

interface SessionOptions {
  readonly redactor: Redactor;
  readonly checking: Checking | undefined;
  readonly writer: Promise<RecordingWriter>;
  readonly redact: boolean;
  readonly quiet: boolean;
  readonly language: Language;
}

interface Session {
  readonly add: (exchange: Exchange) => void;
  readonly close: () => Promise<{ readonly recorded: number; readonly lost: number }>;
}

/** One exchange after the other: checked as it was, redacted, printed, written. */
function createSession({ redactor, checking, writer, redact, quiet, language }: SessionOptions): Session {
  let last: Promise<void> = Promise.resolve();
  let recorded = 0;
  let lost = 0;

  async function take(exchange: Exchange): Promise<void> {
    const judged: Judged | undefined = checking === undefined ? undefined : checking.oracle.judge(await checking.checker.check(exchange));
    if (judged !== undefined) checking?.tally.add(judged);
    const masked = redactor.redact(exchange);
    if (!quiet) console.log(exchangeLines(masked, judged, redactor, language));
    await (await writer).append(redact ? masked : exchange);
    recorded += 1;
  }

  return {
    add(exchange) {
      last = last
        .then(() => take(exchange))
        .catch((error: unknown) => {
          lost += 1;
          warn(
            say(language, 'an exchange was not recorded', '有一条请求未能录制') +
              `: ${error instanceof Error ? error.message : String(error)}`,
          );
        });
    },
    async close() {
      await last;
      await (await writer).close();
      return { recorded, lost };
    },
  };
}

/** @throws UsageError for an ending that says no format, and for a file that is there already. */
function recordingOf(flags: RecordFlags, language: Language): { readonly file: string; readonly format: RecordingFormat } {
  const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const file = flags.out ?? `recording-${stamp}.${flags.format ?? 'har'}`;
  const format = flags.format ?? formatByEnding(file);
  if (format === undefined)
    throw new UsageError(
      say(
        language,
        `the ending of ${file} says no format; add --format har or --format ndjson`,
        `无法由 ${file} 的扩展名判断格式；请加 --format har 或 --format ndjson`,
      ),
    );
  if (!flags.force) refuseExisting(file, language);
  return { file, format };
}

/** @throws UsageError when the target is none or the address can't be had. */
async function listen(flags: RecordFlags, file: string, onExchange: (exchange: Exchange) => void, language: Language): Promise<Proxy> {
  const { target, port, host, bodyLimit, insecure, keepHost, rewriteLocation } = flags;
  try {
    return await startProxy({
      target,
      port,
      host,
      onExchange,
      name: file,
      bodyLimit,
      answerTimeout: flags.timeout * 1_000,
      insecure,
      keepHost,
      rewriteLocation,
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw listenFailure(error, flags, language);
  }
}

function warn(notice: string): void {
  console.error(paint('yellow', `! ${printable(notice)}`, process.stderr));
}
