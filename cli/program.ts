import { readFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { flushYaml, keepYamlIn } from '../operations/index.ts';
import type { Language } from '../operations/index.ts';
import { speakChinese } from './chinese-help.ts';
import { languageOf, say } from './language.ts';
import { optionText } from './option-text.ts';
import { paint, printableLines } from './paint.ts';

/** Exit codes: 0 done, 1 something was found wrong, 2 it could not be done. */
const COULD_NOT = 2;

/** Errors that say themselves what happened, where, and what to do: printed without a stack. */
const PLAIN_ERRORS = new Set([
  'UsageError',
  'DocumentError',
  'StateFileError',
  'StateError',
  'RecordingError',
  'BaselineError',
  'CoverageFileError',
  'ReplayError',
  'SecretsError',
]);

/** Each command is loaded when it is asked for: none waits for what another needs. */
const COMMANDS: Readonly<Record<string, (language: Language) => Promise<Command>>> = {
  mock: async (language) => (await import('./mock.ts')).mockCommand(language),
  check: async (language) => (await import('./check.ts')).checkCommand(language),
  record: async (language) => (await import('./record.ts')).recordCommand(language),
  replay: async (language) => (await import('./replay.ts')).replayCommand(language),
  compare: async (language) => (await import('./compare.ts')).compareCommand(language),
  diff: async (language) => (await import('./diff.ts')).diffCommand(language),
  lint: async (language) => (await import('./lint.ts')).lintCommand(language),
  types: async (language) => (await import('./types.ts')).typesCommand(language),
  infer: async (language) => (await import('./infer.ts')).inferCommand(language),
  docs: async (language) => {
    const [{ docsCommand }, { changelog, diffDocuments }] = await Promise.all([import('./docs.ts'), import('../contracts/index.ts')]);
    return docsCommand(language, (previous, documents) => changelog(diffDocuments(previous, documents)));
  },
};

// Whoever reads the output may have seen enough: `hufu check ... | head -1`. What serves goes on, and listens for itself.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (process.stdout.listenerCount('error') > 1) return;
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Beside the code, whose folder is as trustworthy.
const code = getCompileCacheDir();
if (code !== undefined) keepYamlIn(join(dirname(code), 'yaml'));

const language = languageOf(process.env);
const t = (english: string, chinese: string): string => say(language, english, chinese);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('hufu')
  .description(t('Mock server and contract-testing kit, driven by OpenAPI documents', '以 OpenAPI 文档驱动的 mock 服务与契约测试工具'))
  .version(version, '-V, --version', t('print the version', '显示版本号'))
  .showSuggestionAfterError(true)
  .showHelpAfterError(t('(see --help)', '（用法见 --help）'))
  .addHelpText(
    'after',
    `\n${t('Examples', '示例')}:\n  hufu mock\n  hufu mock api.yaml -p 8080 --dynamic\n  hufu check traffic.har --report report.html\n  hufu lint`,
  )
  .configureHelp({ optionDescription: (option) => optionText(option, language) })
  // Bad usage is thrown, so that it ends with code 2 like everything else that could not be done.
  .exitOverride();
if (language === 'zh') speakChinese(program);
const asked = process.argv[2];
const wanted = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
for (const load of wanted === undefined ? Object.values(COMMANDS) : [wanted])
  program.addCommand((await load(language)).copyInheritedSettings(program));

try {
  await program.parseAsync();
  // A server does so by itself once it has answered somebody.
  if (asked !== 'mock') flushYaml();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : COULD_NOT;
  } else if (error instanceof Error && PLAIN_ERRORS.has(error.name)) {
    console.error(paint('red', `hufu: ${printableLines(error.message)}`, process.stderr));
    process.exitCode = COULD_NOT;
  } else {
    console.error(error);
    process.exitCode = COULD_NOT;
  }
}
