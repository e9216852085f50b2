import type { Command } from 'commander';
import { optionText } from './option-text.ts';

/** What commander itself writes, which it has in English only. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

const ERRORS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option (.*)$/m, '错误：没有选项 $1'],
  [/^error: unknown command (.*)$/m, '错误：没有命令 $1'],
  [/^error: missing required argument (.*)$/m, '错误：缺少参数 $1'],
  [/^error: required option (.*) not specified$/m, '错误：必须给出选项 $1'],
  [/^error: option (.*) argument missing$/m, '错误：选项 $1 缺少取值'],
  [/^error: option (.*) argument (.*) is invalid\. (.*)$/m, '错误：选项 $1 的取值 $2 无效：$3'],
  [/Allowed choices are (.*)\.$/m, '可选 $1。'],
  [/^error: too many arguments.*$/m, '错误：参数过多'],
  [/^\(Did you mean one of (.*)\?\)$/m, '（您要的是其中之一吗：$1？）'],
  [/^\(Did you mean (.*)\?\)$/m, '（您要的是 $1 吗？）'],
];

/** Makes a command and those that inherit its settings speak Chinese where commander's own words appear. */
export function speakChinese(program: Command): void {
  program
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [command]', '显示某个命令的帮助')
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      optionDescription: (option) => optionText(option, 'zh'),
    })
    .configureOutput({
      outputError: (text, write) => write(ERRORS.reduce((said, [english, chinese]) => said.replace(english, chinese), text)),
    });
}
