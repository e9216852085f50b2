import { message } from '../operations/index.ts';
import type { Exchange, Finding, Judged, Redactor, Severity, Tally } from '../contracts/index.ts';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { paint, paintMethod, printable, readable } from './paint.ts';

const MAX_TARGET = 500;
const MAX_FINDINGS = 10;
const MARKS = { error: ['red', '✗'], warning: ['yellow', '!'], notice: ['dim', 'ℹ'] } as const;

/**
 * One line an exchange, then one for each finding.
 * @param recorded the exchange as it goes to the file: nothing else is printed of it.
 * @param judged `undefined` when nothing is checked.
 */
export function exchangeLines(recorded: Exchange, judged: Judged | undefined, redactor: Redactor, language: Language): string {
  const { request, response, milliseconds } = recorded;
  const target = cut(printable(readable(request.path) + (request.query === '' ? '' : `?${readable(request.query)}`)));
  const status = response === undefined ? say(language, 'no answer', '无应答') : String(response.status);
  const style = response === undefined || response.status >= 500 ? 'red' : response.status >= 400 ? 'yellow' : 'green';
  const lines = [
    `${paintMethod(printable(request.method))} ${target} ${paint(style, status)} ${paint('dim', `${(milliseconds ?? 0).toFixed(1)} ms`)} ${verdict(judged, language)}`.trimEnd(),
  ];
  for (const gap of recorded.gaps) lines.push(`  ${paint('yellow', '!')} ${cut(printable(gap.message))}`);
  if (judged === undefined) return lines.join('\n');
  for (const finding of judged.findings.slice(0, MAX_FINDINGS))
    lines.push(`  ${findingLine(finding, judged.exchange, recorded, redactor, language)}`);
  const more = judged.findings.length - MAX_FINDINGS;
  if (more > 0) lines.push(`  … ${more}`);
  return lines.join('\n');
}

function verdict(judged: Judged | undefined, language: Language): string {
  if (judged === undefined) return '';
  if (judged.skipped !== undefined) return paint('dim', say(language, `not judged (${judged.skipped})`, `未检查（${judged.skipped}）`));
  const errors = judged.findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return paint('red', `✗ ${errors}`);
  return judged.findings.length > 0 ? paint('yellow', `! ${judged.findings.length}`) : paint('green', '✓');
}

/**
 * One finding of an exchange; nothing in it is a secret.
 * @param recorded the exchange as it goes to a file.
 */
export function findingLine(finding: Finding, original: Exchange, recorded: Exchange, redactor: Redactor, language: Language): string {
  const [style, mark] = MARKS[finding.severity];
  const where = [finding.in, finding.part, finding.name, finding.pointer].filter((word) => word !== undefined && word !== '').join(' ');
  // A sentence may quote the path, and nothing in it may be a secret.
  const sentence = redactor.redactText(localised(finding, language).replaceAll(original.request.path, recorded.request.path));
  const text = cut(printable(`${where === '' ? '' : `${redactor.redactText(where)}: `}${sentence}`));
  return `${paint(style, mark)} ${text} ${paint('dim', `${finding.rule} (${finding.side})`)}`;
}

/** Only a sentence of a schema has a translation by its code. */
function localised(finding: Finding, language: Language): string {
  const { code, expected, property, name } = finding;
  if (language === 'en' || code === undefined) return finding.message;
  const facts = { expected, name: property ?? name };
  const translated = message(code, facts, language);
  return message(code, facts, 'en') === finding.message && !translated.startsWith('breaks "') ? translated : finding.message;
}

/** What the session came to: exchanges, findings by rule, coverage. */
export function summaryLines(file: string, recorded: number, tally: Tally | undefined, language: Language): string {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const lines = [t(`${recorded} exchange${recorded === 1 ? '' : 's'} recorded in ${file}`, `已录制 ${recorded} 条请求，保存在 ${file}`)];
  if (tally === undefined) return lines.join('\n');
  const { exchanges, groups, coverage } = tally.result();
  const { total, judged, clean } = exchanges;
  lines.push(
    t(`${judged} of ${total} judged, ${clean} of them without an error`, `${total} 条中检查了 ${judged} 条，其中 ${clean} 条没有错误`),
  );
  const byRule = new Map<string, { severity: Severity; count: number }>();
  for (const { rule, severity, count } of groups) {
    const known = byRule.get(`${rule} ${severity}`);
    byRule.set(`${rule} ${severity}`, { severity, count: (known?.count ?? 0) + count });
  }
  for (const [key, { severity, count }] of byRule) {
    const [style, mark] = MARKS[severity];
    lines.push(`  ${paint(style, mark)} ${key.slice(0, key.lastIndexOf(' '))} ×${count}`);
  }
  const percent = coverage.cells === 0 ? 0 : Math.floor((100 * coverage.covered) / coverage.cells);
  lines.push(
    t(
      `coverage: ${percent} % (${coverage.covered} of ${coverage.cells} things that the documents describe)`,
      `覆盖率：${percent} %（文档描述的 ${coverage.cells} 项中已覆盖 ${coverage.covered} 项）`,
    ),
  );
  return lines.join('\n');
}

function cut(text: string): string {
  return text.length > MAX_TARGET ? `${text.slice(0, MAX_TARGET)}…` : text;
}
