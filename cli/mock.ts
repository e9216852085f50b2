import { Command, InvalidArgumentError } from 'commander';
import { createMock, DEFAULT_BODY_LIMIT, loadDocuments, startServer, watchDocuments } from '../mock/index.ts';
import type { MockOptions } from '../mock/index.ts';
import { createOperationTable } from '../operations/index.ts';
import type { Language } from '../operations/index.ts';
import { banner } from './banner.ts';
import { say } from './language.ts';
import { paint } from './paint.ts';
import { logLine } from './request-log.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface MockFlags {
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
  readonly refRoot?: string;
  readonly allowRemoteRefs: boolean;
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
      t('OpenAPI files or folders (2.0, 3.0, 3.1; JSON or YAML)', 'OpenAPI 文件或文件夹（2.0、3.0、3.1；JSON 或 YAML）'),
    )
    .option('-p, --port <port>', t('port; 0 takes a free one', '端口；0 表示任选空闲端口'), wholeNumber(0, 65_535), 4010)
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
    .option('--body-limit <bytes>', t('largest request body', '请求体大小上限（字节）'), wholeNumber(1, 1024 ** 3), DEFAULT_BODY_LIMIT)
    .option('--ref-root <folder>', t('folder that $ref may not leave', '$ref 不得越出的文件夹'))
    .option('--allow-remote-refs', t('fetch $ref to http(s) addresses', '允许 $ref 指向 http(s) 地址'), false)
    .addHelpText(
      'after',
      `
${t('Examples', '示例')}:
  hufu mock                              ${t('the documents of the workspace', '工作区的全部文档')}
  hufu mock api.yaml -p 8080
  hufu mock users.yaml orders.json --dynamic --seed 7
  curl -H 'Prefer: code=404' localhost:4010/pets/1
  curl 'localhost:4010/pets/1?__example=cat'`,
    )
    .action(async (paths: string[], flags: MockFlags) => runMock(paths, flags, language));
}

async function runMock(paths: readonly string[], flags: MockFlags, language: Language): Promise<void> {
  const files = findDocuments(paths, process.cwd());
  const loading = { allowRemote: flags.allowRemoteRefs, ...(flags.refRoot === undefined ? {} : { root: flags.refRoot }) };
  const documents = await loadDocuments(files, loading);
  const options: MockOptions = {
    dynamic: flags.dynamic,
    seed: flags.seed,
    errors: flags.errors,
    cors: flags.cors,
    ignoreExamples: flags.ignoreExamples,
  };
  let mock = createMock(createOperationTable(documents), options);

  const server = await startServer({
    mock: () => mock,
    port: flags.port,
    host: flags.host,
    bodyLimit: flags.bodyLimit,
    ...(flags.quiet
      ? {}
      : { onHandled: (request, handled, milliseconds) => console.log(logLine(request, handled, milliseconds, language)) }),
  }).catch((error: unknown) => {
    throw listenFailure(error, flags);
  });

  const live = flags.watch
    ? watchDocuments(documents, loading, (event) => {
        if (event.kind === 'broken') {
          console.error(
            paint(
              'red',
              say(
                language,
                `${event.error.message}\nthe last good version goes on being served`,
                `${event.error.message}\n继续使用上一个可用版本`,
              ),
              process.stderr,
            ),
          );
          return;
        }
        mock = createMock(event.table, options);
        console.log(paint('dim', say(language, `reloaded: ${event.file}`, `已重新加载：${event.file}`)));
      })
    : undefined;

  if (flags.quiet) console.log(server.url);
  else console.log(banner(mock.table, server.url, language));

  const stop = (): void => {
    Promise.all([server.close(), live?.close()]).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function listenFailure(error: unknown, flags: MockFlags): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new UsageError(`port ${flags.port} is taken; choose another with -p, or -p 0 for a free one`);
  if (code === 'EACCES') return new UsageError(`port ${flags.port} may not be used by this user; choose one above 1023 with -p`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new UsageError(`${flags.host} is no address of this machine; see --host`);
  return error;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}`);
    return number;
  };
}
