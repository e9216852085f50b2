import { printable } from './foreign-text.ts';
import type { Language } from '../../operations/index.ts';
import { jsonLines, looksLikeJson, markOf } from '../json-text.ts';
import type { JsonLine } from '../json-text.ts';
import type { CheckResult, Group, Sample } from '../result.ts';
import { documentPlace } from './document-file.ts';
import { figuresOf, modulesOf } from './figures.ts';
import { ruleText } from './rule-texts.ts';
import { placeText, sentence, valueText } from './sentence.ts';
import { BASELINE_STATES, SEVERITIES, SEVERITY_SYMBOLS, SIDES, baselineState, count, percent, plural, skippedText } from './text.ts';
import type { Text } from './text.ts';
import { failing, failingFirst, verdictOf } from './verdict.ts';
import { fit, pad, width, wrap } from './width.ts';

/** Styles of `util.styleText` that the report uses. */
export type ReportStyle = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold' | 'inverse';

export interface TerminalOptions {
  readonly language?: Language;
  /** Default: no colour. */
  readonly paint?: (style: ReportStyle, text: string) => string;
  /** Columns of the terminal. Default 100. */
  readonly columns?: number;
  /** Root causes shown; the rest is counted. Default 20. */
  readonly maxFindings?: number;
  /** The command that writes the full report, for the last line. */
  readonly nextStep?: string;
}

const BAR = 20;
const MAX_FIXED = 20;
const COLOURS = { error: 'red', warning: 'yellow', notice: 'cyan' } as const;

/** The result for people at a terminal: the verdict and what it is worth, root causes with the value they are about, coverage, what to do next. */
export function terminalReport(result: CheckResult, options: TerminalOptions = {}): string {
  const { language = 'en', paint = (_style, text) => text, columns = 100, maxFindings = 20, nextStep } = options;
  const page: Page = { language, paint, columns: Math.max(40, columns), say: (en, zh) => (language === 'zh' ? zh : en) };
  const shown = failingFirst(result.groups).slice(0, maxFindings);
  const left = result.groups.length - shown.length;
  const sections = [
    head(result, page),
    ...shown.map((group) => groupLines(group, result, page)),
    left > 0
      ? [
          paint(
            'dim',
            page.say(
              `${count(left)} more root causes; --max-findings shows more`,
              `另有 ${count(left)} 类问题；用 --max-findings 显示更多`,
            ),
          ),
        ]
      : [],
    coverage(result, page),
    baseline(result, page),
    foot(result, page, nextStep),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

interface Page {
  readonly language: Language;
  readonly paint: (style: ReportStyle, text: string) => string;
  readonly columns: number;
  readonly say: (en: string, zh: string) => string;
}

function head(result: CheckResult, { language, paint, say, columns }: Page): string[] {
  const verdict = verdictOf(result);
  const colour = { passed: 'green', failed: 'red', void: 'yellow' } as const;
  const symbol = { passed: '✓', failed: '✕', void: '!' }[verdict.state];
  const doubts = verdict.doubts.flatMap((doubt) =>
    wrap(printable(doubt[language]), columns - 2).map((line, index) => paint('yellow', `${index === 0 ? '! ' : '  '}${line}`)),
  );
  const { total, judged, clean } = result.exchanges;
  const skipped = Object.entries(result.exchanges.skipped).map(
    ([reason, number]) => `${skippedText(printable(reason))[language]} ${count(number)}`,
  );
  const ran = say(
    `${plural(total, 'exchange')}, ${count(judged)} judged, ${count(clean)} without an error`,
    `共 ${count(total)} 次交换，判断 ${count(judged)} 次，其中 ${count(clean)} 次无错误`,
  );
  return [
    ...wrap(`${symbol} ${verdict.headline[language]}`, columns).map((line) => paint(colour[verdict.state], paint('bold', line))),
    ...doubts,
    ...wrap(ran, columns).map((line) => paint('dim', line)),
    ...(skipped.length === 0
      ? []
      : wrap(`${say('left aside: ', '未计入：')}${skipped.join(say(', ', '、'))}`, columns).map((line) => paint('dim', line))),
  ];
}

function groupLines(group: Group, result: CheckResult, page: Page): string[] {
  const { language, paint, say, columns } = page;
  const state = baselineState(group, result.baseline !== undefined);
  const label = [SEVERITIES[group.severity], ...(state === undefined ? [] : [BASELINE_STATES[state]]), SIDES[group.side]]
    .map((one: Text) => one[language])
    .join(' · ');
  const place = documentPlace(group, result);
  const sample = group.samples[0];
  const finding = sample?.finding;
  const operations = group.operations.map((operation) => `${operation.method} ${operation.path}`);
  const called = operations[0] ?? (finding === undefined ? undefined : `${finding.method} ${finding.path}`);
  const more = operations.length > 1 ? say(` and ${operations.length - 1} more`, ` 等 ${operations.length} 个接口`) : '';
  const status = finding?.status === undefined ? '' : ` → ${finding.status}`;
  const facts: [string, string][] = [];
  if (called !== undefined) facts.push([say('operation', '接口'), `${called}${more}${status}`]);
  if (place !== undefined)
    facts.push([
      say('document', '文档'),
      `${place.file}${place.line === undefined ? '' : `:${place.line}`}  ${group.document?.replace(/^.*?#/s, '#') ?? ''}`,
    ]);
  if (sample !== undefined) facts.push([say('exchange', '录制'), `${sample.exchange.place.file} #${sample.exchange.place.index}`]);
  if (finding?.expected !== undefined) facts.push([say('expected', '应为'), valueText(finding.expected)]);
  if (finding?.actual !== undefined) facts.push([say('found', '实为'), valueText(finding.actual)]);
  const title = fit(printable(`${ruleText(group.rule).title[language]} × ${count(group.count)}`), columns - width(label) - 5);
  const where = finding === undefined ? '' : placeText(finding)[language];
  return [
    `${paint(COLOURS[group.severity], `${SEVERITY_SYMBOLS[group.severity]} ${paint('bold', title)}`)}  ${paint('dim', label)}`,
    ...wrap(printable(`${where === '' ? '' : `${where}${say(': ', '：')}`}${sentence(group)[language]}`), columns - 2).map(
      (line) => `  ${line}`,
    ),
    ...facts.map(([name, value]) => `  ${paint('dim', pad(name, 10))}${fit(printable(value), columns - 12)}`),
    ...(sample === undefined ? [] : excerpt(sample, page)),
    `  ${paint('dim', fit(printable(`${group.rule} ${group.id}`), columns - 2))}`,
  ];
}

/** The lines around the value in the body that it stands in. */
function excerpt(sample: Sample, { paint, columns }: Page): string[] {
  const { finding, exchange } = sample;
  if (finding.part !== 'body') return [];
  const body = (finding.in === 'request' ? exchange.request : exchange.response)?.body;
  if (body === undefined || body.binary || !looksLikeJson(body.text)) return [];
  const lines = jsonLines(body.text, markOf(finding));
  const at = lines.findIndex((line) => line.mark !== undefined);
  if (at < 0) return [];
  const from = Math.max(0, at - 3);
  return lines.slice(from, at + 3).map((line) => {
    const isMarked = line.mark !== undefined;
    const text = fit(printable(lineText(line)), columns - 6);
    return `  ${isMarked ? paint('red', `▶ ${text}`) : paint('dim', `│ ${text}`)}`;
  });
}

function lineText({ depth, key, text, mark }: JsonLine): string {
  const indent = '  '.repeat(Math.min(depth, 20));
  return `${indent}${key === undefined ? '' : `${key}: `}${mark === 'missing' ? '—' : text}`;
}

function coverage(result: CheckResult, { language, paint, say, columns }: Page): string[] {
  const modules = modulesOf(result).filter((module) => module.operations.length > 0);
  if (modules.length === 0) return [];
  const nameColumns = Math.min(Math.max(...modules.map((module) => width(module.name)), 8), Math.max(12, columns - BAR - 40));
  const bars = modules.map((module) => {
    const share = percent(module.covered, module.cells) ?? 0;
    const filled = Math.round((share / 100) * BAR);
    const called = module.operations.filter((operation) => operation.exchanges > 0).length;
    const wrong = module.operations.filter((operation) => operation.failing > 0).length;
    const bar = paint(wrong > 0 ? 'yellow' : 'green', '█'.repeat(filled)) + paint('dim', '░'.repeat(BAR - filled));
    const text = say(`${called}/${module.operations.length} operations`, `${called}/${module.operations.length} 个接口`);
    return `  ${pad(fit(printable(module.name), nameColumns), nameColumns)} ${bar} ${String(share).padStart(3)}%  ${text}${wrong > 0 ? paint('red', say(`, ${wrong} failing`, `，${wrong} 个有问题`)) : ''}`;
  });
  const figures = figuresOf(result).map(
    ({ title, covered, failing, total }) => `${title[language]} ${count(covered + failing)}/${count(total)}`,
  );
  return [
    paint('bold', say('Coverage', '覆盖')),
    ...bars,
    ...wrap(figures.join(say(', ', '，')), columns - 2).map((line) => `  ${paint('dim', line)}`),
  ];
}

function baseline(result: CheckResult, { paint, say, columns }: Page): string[] {
  const given = result.baseline;
  if (given === undefined) return [];
  const [fresh, known, expired, fixed] = [given.new, given.known, given.expired, given.fixed.length].map(count);
  const title = say('Baseline', '基线');
  const counts = say(
    `${fresh} new, ${known} known, ${expired} expired, ${fixed} fixed`,
    `新增 ${fresh}，已知 ${known}，已过期 ${expired}，已修复 ${fixed}`,
  );
  const room = columns - width(title) - width(counts) - 3;
  return [
    `${paint('bold', title)} ${fit(printable(given.file), Math.max(8, room))}: ${counts}`,
    ...given.fixed.slice(0, MAX_FIXED).map((entry) => {
      const text = `${say('fixed', '已修复')} ${entry.id} ${entry.rule}: ${entry.message}`;
      return `  ${paint('green', '✓')} ${fit(printable(text), columns - 4)}`;
    }),
  ];
}

function foot(result: CheckResult, { paint, say, columns }: Page, nextStep: string | undefined): string[] {
  const steps = [
    ...(nextStep === undefined ? [] : [say(`full report: ${nextStep}`, `完整报告：${nextStep}`)]),
    ...(failing(result.groups).length > 0
      ? [
          say(
            'accept known findings for a while: --update-baseline --reason TEXT --expires DAY',
            '暂时接受已知问题：--update-baseline --reason 原因 --expires 日期',
          ),
        ]
      : []),
    ...((result.baseline?.fixed.length ?? 0) > 0
      ? [say('remove what is fixed from the baseline: --update-baseline', '从基线中移除已修复的条目：--update-baseline')]
      : []),
  ];
  return steps.flatMap((step) => wrap(`→ ${step}`, columns).map((line) => paint('dim', line)));
}
