import { Option } from 'commander';
import { BASELINE_FILE } from '../contracts/checking.ts';
import type { Language } from '../operations/index.ts';
import { FORMATS } from './check-report.ts';
import { say } from './language.ts';
import { collect, wholeNumber } from './option-values.ts';

type SharedOption =
  | 'document'
  | 'format'
  | 'report'
  | 'failOn'
  | 'baseline'
  | 'noBaseline'
  | 'maxFindings'
  | 'write'
  | 'only'
  | 'skip'
  | 'concurrency'
  | 'timeout'
  | 'secrets'
  | 'header'
  | 'noProgress';

/** Options that several commands take, each with one text, one form and one default. */
export function sharedOptions(language: Language): Readonly<Record<SharedOption, Option>> {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const several = (option: Option): Option => option.argParser(collect).default([]);
  return {
    // Without a default: absent means the documents of the workspace.
    document: new Option(
      '-d, --document <file>',
      t(
        'OpenAPI file or folder, several times if need be; default: openapi/*.yaml of the workspace',
        'OpenAPI 文件或文件夹，可多次使用；默认取工作区的 openapi/*.yaml',
      ),
    ).argParser(collect),
    format: new Option('-f, --format <format>', t('of what is printed', '输出格式')).choices([...FORMATS]).default('terminal'),
    report: several(
      new Option(
        '--report <file>',
        t(
          'a further report, by its ending: .html, .json, .sarif, .xml (JUnit), .md; several times if need be',
          '另存一份报告，格式由扩展名决定：.html、.json、.sarif、.xml（JUnit）、.md；可多次使用',
        ),
      ),
    ),
    failOn: new Option('--fail-on <severity>', t('the least that fails', '导致失败的最低级别'))
      .choices(['error', 'warning'])
      .default('error'),
    baseline: new Option(
      '--baseline <file>',
      t(`known findings; default ${BASELINE_FILE} where it exists`, `已知问题清单；默认 ${BASELINE_FILE}（若存在）`),
    ),
    noBaseline: new Option('--no-baseline', t('know nothing', '不使用已知问题清单')),
    maxFindings: new Option('--max-findings <number>', t('root causes printed', '打印的问题类数'))
      .argParser(wholeNumber(language))
      .default(20),
    write: new Option('--write', t('yes, change things on a target that is not this machine', '确认可以改动非本机的目标')).default(false),
    only: several(new Option('--only <name>', t('only this document or operation, and what it needs', '只发送该文档或接口及其所需的请求'))),
    skip: several(new Option('--skip <name>', t('not this document or operation', '不发送该文档或接口'))),
    concurrency: new Option(
      '-c, --concurrency <number>',
      t('chains at once; 1 keeps the recorded order', '同时进行的链数；1 表示保持录制顺序'),
    )
      .argParser(wholeNumber(language, 1, 256))
      .default(1),
    timeout: new Option('--timeout <ms>', t('for one answer', '单个应答的时限（毫秒）'))
      .argParser(wholeNumber(language, 1, 86_400_000))
      .default(30_000),
    secrets: new Option('--secrets <file>', t('YAML or JSON file with credentials', '存放凭证的 YAML 或 JSON 文件')),
    header: several(new Option('--header <line>', t("'Name: value', sent with every request", "随每个请求发送的 'Name: value'"))),
    noProgress: new Option('-q, --quiet', t('no progress', '不显示进度')).default(false),
  };
}
