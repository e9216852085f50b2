import { flushCompileCache } from 'node:module';
import { Command } from 'commander';
import { createJournal, createMock, DEFAULT_BODY_LIMIT, isControlToken, loadBehaviour, loadDocuments, startServer } from '../mock/index.ts';
import type { Behaviour, BehaviourOptions, MockOptions } from '../mock/index.ts';
import type { ForwardRule } from '../contracts/index.ts';
import { createOperationTable, flushYaml } from '../operations/index.ts';
import type { Document, Language, OperationTable } from '../operations/index.ts';
import { banner } from './banner.ts';
import type { MixedMode } from './forward.ts';
import { keepRunning } from './keep-running.ts';
import { say } from './language.ts';
import { loadingOf, refRootOption, remoteRefsOption } from './loading.ts';
import type { LoadingFlags } from './loading.ts';
import { listenFailure } from './listen-failure.ts';
import { putOffMarking } from './late-marking.ts';
import { docsPages } from './mock-pages.ts';
import { overrideNotices, problemNotices, startNotices, warn } from './notices.ts';
import { forwardRule, wholeNumber } from './option-values.ts';
import { printable } from './paint.ts';
import { createRequestLog } from './request-log.ts';
import { watchMock } from './watch-mock.ts';
import { findDocuments, UsageError } from './workspace.ts';

/** Who starts a server asks it something at once: what serves no request waits for so long. */
const BACKGROUND_AFTER_MS = 300;

interface MockFlags extends LoadingFlags {
  readonly port: number;
  readonly host: string;
  readonly dynamic: boolean;
  readonly seed: string;
  readonly cors: boolean;
  readonly errors: boolean;
  readonly ignoreExamples: boolean;
  readonly watch: boolean;
  readonly quiet: boolean;
  readonly bodyLimit: number;
  /** A file to keep sessions in; `false`: nothing is remembered; `true`: in memory. */
  readonly state: string | boolean;
  readonly stateful: boolean;
  readonly journal: boolean;
  readonly controlToken?: string;
  readonly forward: readonly ForwardRule[];
  readonly forwardFallback: boolean;
  readonly forwardRecord?: string;
  readonly insecure: boolean;
}

/** `hufu mock`: serves documents. */
export function mockCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  return new Command('mock')
    .summary(t('serve documents as a mock server', '按文档启动 mock 服务'))
    .description(
      t(
        'Serves every operation of the documents on one port. Without documents: openapi/*.yaml of the workspace.',
        '在一个端口上提供文档中的全部接口。不写文档时，取工作区的 openapi/*.yaml。',
      ),
    )
    .argument(
      '[documents...]',
      t('OpenAPI files, folders or addresses (2.0, 3.0, 3.1; JSON or YAML)', 'OpenAPI 文件、文件夹或网址（2.0、3.0、3.1；JSON 或 YAML）'),
    )
    .option('-p, --port <port>', t('port; 0 takes a free one', '端口；0 表示任选空闲端口'), wholeNumber(language, 0, 65_535), 4010)
    .option(
      '-H, --host <host>',
      t('address to listen on; 0.0.0.0 lets other machines in', '监听地址；0.0.0.0 允许其他机器访问'),
      '127.0.0.1',
    )
    .option('-d, --dynamic', t('generate values although there are examples', '即使有示例也生成随机数据'), false)
    .option('--seed <seed>', t('what generated values are drawn from', '生成数据所用的种子'), '1')
    .option('--no-cors', t('send no CORS headers', '不发送 CORS 响应头'))
    .option('--errors', t('answer 500 instead of something that breaks the document', '应答不符合文档时返回 500'), false)
    .option('--ignore-examples', t('leave the examples of the documents aside', '忽略文档中的示例'), false)
    .option('--no-watch', t('do not reload when a file changes', '文件变更时不重新加载'))
    .option('-q, --quiet', t('no route list, no line per request', '不打印路由表和请求日志'), false)
    .option(
      '--body-limit <bytes>',
      t('largest request body', '请求体大小上限（字节）'),
      wholeNumber(language, 1, 1024 ** 3),
      DEFAULT_BODY_LIMIT,
    )
    .option('--state <file>', t('keep what is remembered in this file', '把状态保存到该文件'))
    .option('--stateful', t('infer what documents without a state file remember', '没有状态文件的文档，按路径推断其状态'), false)
    .option('--no-state', t('remember nothing: answer from the documents alone', '不保存任何状态，只按文档应答'))
    .option('--no-journal', t('do not keep the last exchanges for /__hufu/journal', '不保留最近的请求记录（/__hufu/journal）'))
    .option(
      '--control-token <token>',
      t('let whoever has this token use /__hufu, from other machines too', '持此令牌者可使用 /__hufu，包括其他机器'),
    )
    .option(
      '--forward <rule>',
      t(
        'answered by a real backend: tie=http://localhost:8080, tie.saveTie=URL or "*=URL"; several times if need be',
        '交给真实后端应答：tie=http://localhost:8080、tie.saveTie=URL 或 "*=URL"；可多次使用',
      ),
      forwardRule(language),
      [],
    )
    .option('--forward-fallback', t('answer for a backend that is down', '后端不可用时由 mock 应答'), false)
    .option(
      '--forward-record <file>',
      t('record what is forwarded, without secrets: .har or .ndjson', '录制转发的请求（去除机密）：.har 或 .ndjson'),
    )
    .option('--insecure', t('take any certificate of a backend', '接受后端的任何证书'), false)
    .addOption(refRootOption(language))
    .addOption(remoteRefsOption(language))
    .addHelpText(
      'after',
      `
${t('Examples', '示例')}:
  hufu mock                              ${t('the documents of the workspace', '工作区的全部文档')}
  hufu mock api.yaml -p 8080
  hufu mock https://example.com/openapi.json
  hufu mock users.yaml orders.json --dynamic --seed 7
  curl -H 'Prefer: code=404' localhost:4010/pets/1
  curl 'localhost:4010/pets/1?__example=cat'`,
    )
    .action(async (paths: string[], flags: MockFlags) => runMock(paths, flags, language));
}

async function runMock(paths: readonly string[], flags: MockFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const controlToken = controlTokenOf(flags, language);
  const allowMarking = putOffMarking();
  const files = findDocuments(paths, process.cwd(), language, true);
  const loading = loadingOf(flags);
  const readAt = Date.now();
  const documents = await loadDocuments(files, loading);
  const options: MockOptions = {
    dynamic: flags.dynamic,
    seed: flags.seed,
    errors: flags.errors,
    cors: flags.cors,
    ignoreExamples: flags.ignoreExamples,
  };
  const store = typeof flags.state === 'string' ? { sessions: await keptIn(flags.state) } : {};
  const table = createOperationTable(documents);
  const remembering = flags.state === false ? undefined : { ...store, stateful: flags.stateful };
  const inferred: string[] = [];
  const tell = (document: Document, told: readonly string[]): void => void inferred.push(...told.map((line) => `${document.name} ${line}`));
  const behaviour = remembering === undefined ? undefined : await loadBehaviour(table, { ...remembering, onInferred: tell });
  let mock = createMock(table, options, behaviour);
  const serve = (current: OperationTable, remembered: Behaviour | undefined): void => {
    mock = createMock(current, options, remembered);
  };

  const log = flags.quiet ? undefined : createRequestLog((text) => process.stdout.write(text), language);
  const mixed = await mixedMode(flags, table, language);
  const server = await startServer({
    mock: () => mock,
    ...(mixed === undefined ? {} : { forwarding: mixed }),
    pages: docsPages(() => mock.table),
    port: flags.port,
    host: flags.host,
    bodyLimit: flags.bodyLimit,
    ...(flags.journal ? { journal: createJournal() } : {}),
    ...(controlToken === undefined ? {} : { control: { token: controlToken } }),
    ...(log === undefined ? {} : { onHandled: log.add }),
  }).catch((error: unknown) => {
    throw listenFailure(error, flags, language);
  });
  keepRunning();

  if (flags.quiet) console.log(server.url);
  else console.log(banner(mock.table, server.url, language));
  if (!flags.quiet && inferred.length > 0)
    console.log(`${t('inferred', '推断的状态')}:\n${inferred.map((line) => `  ${printable(line)}`).join('\n')}`);
  warn(startNotices(mock.table, language));
  let watcher: ReturnType<typeof watchMock> | undefined;
  const background = setTimeout(() => {
    if (flags.watch) watcher = watchMock({ documents, loading, readAt, remembering, mock: () => mock, serve, language });
    allowMarking();
    void import('./young-generation.ts').then(({ boundYoungGeneration }) => boundYoungGeneration());
    void problemNotices(mock.table, language, () => mock.table === table).then(warn, () => undefined);
    void overrideNotices(mock.behaviour).then(warn);
    // Kept now, so that a server that is killed some day has not started in vain.
    flushCompileCache();
    flushYaml();
  }, BACKGROUND_AFTER_MS).unref();

  const stop = (): void => {
    log?.flush();
    clearTimeout(background);
    // Where that was too soon; compiled code Node keeps by itself when it ends.
    flushYaml();
    Promise.all([watcher?.close(), server.close().then(() => Promise.all([closeBehaviour(mock.behaviour), mixed?.close()]))]).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** @throws UsageError for a token that no header can hold. */
function controlTokenOf({ controlToken }: MockFlags, language: Language): string | undefined {
  // One on the command line is seen by everybody on the machine; the environment is the better place.
  const token = controlToken ?? (process.env['HUFU_CONTROL_TOKEN'] || undefined);
  if (token === undefined || isControlToken(token)) return token;
  const name = controlToken === undefined ? 'HUFU_CONTROL_TOKEN' : '--control-token';
  throw new UsageError(
    say(language, `${name} must be visible ASCII characters, at least one`, `${name} 只能由可见的 ASCII 字符组成，且不能为空`),
  );
}

/** Loaded only where sessions are kept in a file: nobody else waits for a database. */
async function keptIn(file: string): Promise<NonNullable<BehaviourOptions['sessions']>> {
  const { createSqliteStore } = await import('../state/store-sqlite.ts');
  return { store: createSqliteStore(file) };
}

/** Loaded only where something is forwarded: nobody else waits for the checker. */
async function mixedMode(flags: MockFlags, table: OperationTable, language: Language): Promise<MixedMode | undefined> {
  if (flags.forward.length === 0) return undefined;
  const { createMixedMode } = await import('./forward.ts');
  return createMixedMode({
    rules: flags.forward,
    table,
    fallback: flags.forwardFallback,
    insecure: flags.insecure,
    bodyLimit: flags.bodyLimit,
    ...(flags.forwardRecord === undefined ? {} : { record: flags.forwardRecord }),
    language,
  });
}

/** What was acknowledged is on disk already; this only lets go of the file and the thread. */
async function closeBehaviour(behaviour: Behaviour | undefined): Promise<void> {
  await behaviour?.overrides.close();
  await behaviour?.sessions.close();
}
