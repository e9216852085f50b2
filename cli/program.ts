import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { DocumentError } from '../operations/index.ts';
import { StateError, StateFileError } from '../state/index.ts';
import { speakChinese } from './chinese-help.ts';
import { languageOf, say } from './language.ts';
import { inferCommand } from './infer.ts';
import { lintCommand } from './lint.ts';
import { mockCommand } from './mock.ts';
import { typesCommand } from './types.ts';
import { paint, printable } from './paint.ts';
import { UsageError } from './workspace.ts';

/** Exit codes: 0 done, 1 something was found wrong, 2 it could not be done. */
const COULD_NOT = 2;

const language = languageOf(process.env);
const t = (english: string, chinese: string): string => say(language, english, chinese);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('hufu')
  .description(t('Mock server and contract-testing kit, driven by OpenAPI documents', '以 OpenAPI 文档驱动的 mock 服务与契约测试工具'))
  .version(version, '-V, --version', t('print the version', '显示版本号'))
  .showSuggestionAfterError(true)
  .showHelpAfterError(t('(see --help)', '（用法见 --help）'))
  .addHelpText('after', `\n${t('Examples', '示例')}:\n  hufu mock\n  hufu mock api.yaml -p 8080 --dynamic\n  hufu lint`)
  // Bad usage is thrown, so that it ends with code 2 like everything else that could not be done.
  .exitOverride();
if (language === 'zh') speakChinese(program);
for (const command of [mockCommand(language), lintCommand(language), typesCommand(language), inferCommand(language)])
  program.addCommand(command.copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : COULD_NOT;
  } else if (
    error instanceof UsageError ||
    error instanceof DocumentError ||
    error instanceof StateFileError ||
    error instanceof StateError
  ) {
    console.error(paint('red', `hufu: ${printable(error.message)}`, process.stderr));
    process.exitCode = COULD_NOT;
  } else {
    console.error(error);
    process.exitCode = COULD_NOT;
  }
}
