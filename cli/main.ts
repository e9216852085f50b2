#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { DocumentError } from '../operations/index.ts';
import { languageOf, say } from './language.ts';
import { lintCommand } from './lint.ts';
import { mockCommand } from './mock.ts';
import { paint } from './paint.ts';
import { UsageError } from './workspace.ts';

/** Exit codes: 0 done, 1 something was found wrong, 2 it could not be done. */
const COULD_NOT = 2;

const language = languageOf(process.env);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('hufu')
  .description(
    say(language, 'Mock server and contract-testing kit, driven by OpenAPI documents', '以 OpenAPI 文档驱动的 mock 服务与契约测试工具'),
  )
  .version(version)
  .showSuggestionAfterError(true)
  .showHelpAfterError(say(language, '(see --help)', '（用法见 --help）'))
  .addHelpText('after', `\n${say(language, 'Examples', '示例')}:\n  hufu mock\n  hufu mock api.yaml -p 8080 --dynamic\n  hufu lint`);
for (const command of [mockCommand(language), lintCommand(language)]) program.addCommand(inherit(command));

/** Bad usage ends with code 2, as everything else that could not be done. */
function inherit(command: Command): Command {
  return command.copyInheritedSettings(program).exitOverride();
}

try {
  await program.exitOverride().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : COULD_NOT;
  } else if (error instanceof UsageError || error instanceof DocumentError) {
    console.error(paint('red', `hufu: ${error.message}`, process.stderr));
    process.exitCode = COULD_NOT;
  } else {
    throw error;
  }
}
