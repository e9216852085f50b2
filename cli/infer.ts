import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { stateFilePath } from '../state/index.ts';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Document, Language } from '../operations/index.ts';
import { inferState } from '../state/infer.ts';
import type { Inferred, InferredResource } from '../state/index.ts';
import { shown } from './files.ts';
import { inferredFile } from './inferred-file.ts';
import { say } from './language.ts';
import { loadingOf, refRootOption, remoteRefsOption } from './loading.ts';
import type { LoadingFlags } from './loading.ts';
import { paint, printable } from './paint.ts';
import { findDocuments, UsageError } from './workspace.ts';

interface InferFlags extends LoadingFlags {
  readonly out?: string;
  readonly force: boolean;
}

interface Target {
  readonly document: Document;
  readonly inferred: Inferred;
  /** `undefined`: it is printed. */
  readonly path: string | undefined;
}

/** `hufu infer`: what an API remembers, read from its document, as a state file to begin with. Exit code 1 when no document has anything to remember. */
export function inferCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  return new Command('infer')
    .summary(t('write a state file inferred from a document', '由文档推断并生成状态文件'))
    .description(
      t(
        'Infers what an API remembers from paths such as /things and /things/{id} and writes it beside the document as <document>.state.yaml, the same that "hufu mock --stateful" goes by. Without documents: openapi/*.yaml of the workspace.',
        '根据 /things、/things/{id} 这样的路径推断接口的状态，写入文档旁的 <文档名>.state.yaml；与 hufu mock --stateful 的行为一致。不写文档时，取工作区的 openapi/*.yaml。',
      ),
    )
    .argument('[documents...]', t('OpenAPI files or folders', 'OpenAPI 文件或文件夹'))
    .option('-o, --out <file>', t('where to write, - prints; default: beside the document', '输出文件，- 表示打印到终端；默认写在文档旁'))
    .option('--force', t('write over a state file that is there', '覆盖已有的状态文件'), false)
    .addOption(refRootOption(language))
    .addOption(remoteRefsOption(language))
    .addHelpText('after', `\n${t('Examples', '示例')}:\n  hufu infer api.yaml\n  hufu infer api.yaml -o -\n  hufu infer openapi --force`)
    .action(async (paths: string[], flags: InferFlags) => runInfer(paths, flags, language));
}

async function runInfer(paths: readonly string[], flags: InferFlags, language: Language): Promise<void> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const files = findDocuments(paths, process.cwd(), language);
  const { out } = flags;
  if (out !== undefined && files.length > 1)
    throw new UsageError(
      t(
        `${files.length} documents do not fit into one file; name one document, or leave -o away`,
        `${files.length} 份文档不能写入同一个文件；请只写一份文档，或去掉 -o`,
      ),
    );
  const loading = loadingOf(flags);
  const documents = await Promise.all(files.map((file) => loadDocument(file, loading)));
  const targets = documents.flatMap((document): Target[] => {
    const table = createOperationTable([document]);
    const inferred = inferState(table, table.routes);
    // What is printed goes to the pipe alone.
    const tell = out === '-' ? console.error : console.log;
    tell(report(document, inferred, language));
    return inferred === undefined ? [] : [{ document, inferred, path: out === '-' ? undefined : (out ?? stateFilePath(document)) }];
  });
  if (!flags.force) refuseExisting(targets, language);
  for (const { document, inferred, path } of targets) write(path, inferredFile(basename(document.path), inferred, language), language);
  if (targets.length === 0) process.exitCode = 1;
}

/** Nothing is written when one file would be written over. */
function refuseExisting(targets: readonly Target[], language: Language): void {
  const [there] = targets.flatMap(({ path }) => (path !== undefined && existsSync(path) ? [path] : []));
  if (there !== undefined)
    throw new UsageError(
      say(language, `${shown(there)} is there already; --force writes over it`, `${shown(there)} 已存在；使用 --force 覆盖`),
    );
}

function write(path: string | undefined, text: string, language: Language): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(say(language, `${shown(path)} can not be written: ${reason}`, `无法写入 ${shown(path)}：${reason}`));
  }
  console.log(`${say(language, 'wrote', '已生成')} ${shown(path)}`);
}

/** What was understood of a document: a line for each resource. */
function report(document: Document, inferred: Inferred | undefined, language: Language): string {
  const name = printable(document.name);
  if (inferred === undefined) {
    const nothing = say(language, 'no path is shaped like a resource that can be created and read', '没有可新建、可读取的资源路径');
    return paint('yellow', `${name}: ${nothing}`, process.stdout);
  }
  return [`${name}:`, ...inferred.resources.map((resource) => `  ${printable(line(resource, language))}`)].join('\n');
}

function line({ path, key, operations }: InferredResource, language: Language): string {
  const verbs = [...new Set(operations.map(({ verb }) => verb))].join(' ');
  const field = key.hidden ? say(language, 'key not shown', '键不显示') : say(language, `key ${key.field}`, `键 ${key.field}`);
  return `${path} (${field}): ${verbs}`;
}
