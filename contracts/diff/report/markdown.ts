import { cell, code } from '../../report/index.ts';
import type { Language } from '../../../operations/index.ts';
import { LEVELS } from '../change.ts';
import type { DiffResult, PlacedChange } from '../result.ts';
import { ruleTitle } from '../rule-texts.ts';
import { headline, levelName, operationText, sentence, SYMBOLS } from './words.ts';

export interface DiffMarkdownOptions {
  readonly language?: Language;
  /** Changes listed. Default 100. */
  readonly maxChanges?: number;
}

/** A summary in GitHub's Markdown, for a comment or `$GITHUB_STEP_SUMMARY`. */
export function diffMarkdown(result: DiffResult, { language = 'en', maxChanges = 100 }: DiffMarkdownOptions = {}): string {
  const say = (en: string, zh: string): string => (language === 'zh' ? zh : en);
  const { breaking, warning } = result.counts;
  const symbol = breaking > 0 ? '❌' : warning > 0 ? '⚠️' : '✅';
  const shown = [...result.changes].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)).slice(0, maxChanges);
  const rest = result.changes.length - shown.length;
  const lines = [`## ${symbol} ${say('Changes of the API', 'API 变化')}: ${headline(result)[language]}`];
  if (shown.length > 0)
    lines.push(
      '',
      `| | ${say('change', '变化')} | ${say('where', '位置')} |`,
      '|---|---|---|',
      ...shown.map((change) => row(change, language)),
      ...(rest > 0 ? ['', say(`${rest} more are in the report.`, `另有 ${rest} 处，见完整报告。`)] : []),
    );
  return `${lines.join('\n')}\n`;
}

function row(change: PlacedChange, language: Language): string {
  const place = change.newPlace ?? change.oldPlace;
  const operation = operationText(change, language);
  const where = [operation ?? change.document, ...(place === undefined ? [] : [`${place.file}:${place.line}`])].map(code).join('<br>');
  const text = `**${cell(ruleTitle(change.rule)[language])}**<br>${cell(sentence(change, language))}`;
  return `| ${SYMBOLS[change.level]} ${levelName(change, language)} | ${text} | ${where} |`;
}
