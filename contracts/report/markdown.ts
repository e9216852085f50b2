import { cell, code } from './foreign-text.ts';
import type { Language } from '../../operations/index.ts';
import type { CheckResult, Group } from '../result.ts';
import { documentPlace } from './document-file.ts';
import { figuresOf, modulesOf } from './figures.ts';
import { ruleText } from './rule-texts.ts';
import { sentence } from './sentence.ts';
import { BASELINE_STATES, SEVERITIES, SEVERITY_SYMBOLS, SIDES, baselineState, count, percent } from './text.ts';
import { failingFirst, verdictOf } from './verdict.ts';

export interface MarkdownOptions {
  readonly language?: Language;
  /** Root causes listed. Default 20. */
  readonly maxFindings?: number;
}

/** A summary in GitHub's Markdown, for `$GITHUB_STEP_SUMMARY` or a comment: verdict, doubts, figures, root causes, modules. */
export function markdownSummary(result: CheckResult, options: MarkdownOptions = {}): string {
  const { language = 'en', maxFindings = 20 } = options;
  const say = (en: string, zh: string): string => (language === 'zh' ? zh : en);
  const verdict = verdictOf(result);
  const symbol = { passed: '✅', failed: '❌', void: '⚠️' }[verdict.state];
  const figures = figuresOf(result).map(
    ({ title, covered, failing, total }) =>
      `| ${title[language]} | ${count(covered + failing)} / ${count(total)} | ${percent(covered + failing, total) ?? '–'}${total === 0 ? '' : '%'} |`,
  );
  const shown = failingFirst(result.groups).slice(0, maxFindings);
  const rest = result.groups.length - shown.length;
  const modules = modulesOf(result).map(
    ({ title, operations, cells, covered }) =>
      `| ${cell(title)} | ${operations.filter((operation) => operation.exchanges > 0).length} / ${operations.length} | ${percent(covered, cells) ?? '–'}${cells === 0 ? '' : '%'} | ${operations.filter((operation) => operation.failing > 0).length} |`,
  );
  const sections = [
    [`## ${symbol} ${say('Contract check', '契约检查')}: ${verdict.headline[language]}`],
    verdict.doubts.map((doubt) => `> ⚠️ ${cell(doubt[language])}`),
    [`| ${say('covered', '覆盖')} | | |`, '|---|---:|---:|', ...figures],
    shown.length === 0
      ? []
      : [
          `| | ${say('finding', '问题')} | ${say('where', '位置')} | ${say('side', '责任方')} | ${say('times', '次数')} |`,
          '|---|---|---|---|---:|',
          ...shown.map((group) => row(group, result, language)),
          ...(rest > 0 ? ['', say(`${count(rest)} more are in the report.`, `另有 ${count(rest)} 类问题，见完整报告。`)] : []),
        ],
    [
      `| ${say('document', '文档')} | ${say('operations called', '已调用接口')} | ${say('cells covered', '覆盖')} | ${say('failing', '有问题')} |`,
      '|---|---:|---:|---:|',
      ...modules,
    ],
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

function row(group: Group, result: CheckResult, language: Language): string {
  const place = documentPlace(group, result);
  const operation = group.operations[0];
  const finding = group.samples[0]?.finding;
  const called =
    operation === undefined ? `${finding?.method ?? ''} ${finding?.path ?? ''}`.trim() : `${operation.method} ${operation.path}`;
  const state = baselineState(group, result.baseline !== undefined);
  const where = place === undefined ? '' : `<br>${code(`${place.file}${place.line === undefined ? '' : `:${place.line}`}`)}`;
  const more = group.operations.length > 1 ? ` +${group.operations.length - 1}` : '';
  const title = `**${cell(ruleText(group.rule).title[language])}**<br>${cell(sentence(group)[language])}`;
  const label = `${SEVERITY_SYMBOLS[group.severity]} ${SEVERITIES[group.severity][language]}${state === undefined ? '' : `, ${BASELINE_STATES[state][language]}`}`;
  return `| ${label} | ${title} | ${called === '' ? '' : code(called)}${more}${where} | ${SIDES[group.side][language]} | ${count(group.count)} |`;
}
