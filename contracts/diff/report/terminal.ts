import type { Language } from '../../../operations/index.ts';
import { fit, printable, wrap } from '../../report/index.ts';
import type { ReportStyle } from '../../report/index.ts';
import { LEVELS } from '../change.ts';
import type { Level } from '../change.ts';
import type { DiffResult, PlacedChange } from '../result.ts';
import { LEVEL_TEXTS } from '../rule-texts.ts';
import { headline, levelName, operationText, SYMBOLS } from './words.ts';

export interface DiffTerminalOptions {
  readonly language?: Language;
  /** Default: no colour. */
  readonly paint?: (style: ReportStyle, text: string) => string;
  /** Columns of the terminal. Default 100. */
  readonly columns?: number;
  /** Changes shown; the rest is counted. Default 100. */
  readonly maxChanges?: number;
}

const COLOURS = { breaking: 'red', warning: 'yellow', compatible: 'cyan' } as const;

/** The result for people at a terminal: by document and operation, the worst first, then what it comes to. */
export function diffTerminal(result: DiffResult, options: DiffTerminalOptions = {}): string {
  const { language = 'en', paint = (_style, text) => text, columns = 100, maxChanges = 100 } = options;
  const room = Math.max(40, columns);
  const say = (en: string, zh: string): string => (language === 'zh' ? zh : en);
  const shown = [...result.changes].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)).slice(0, maxChanges);
  const left = result.changes.length - shown.length;
  const lines: string[] = [];
  for (const [document, changes] of Map.groupBy(shown, (change) => change.document)) {
    lines.push(paint('bold', printable(document)));
    for (const [operation, list] of Map.groupBy(changes, (change) => operationText(change, language) ?? say('the document', '整个文档'))) {
      lines.push(`  ${fit(printable(operation), room - 2)}`);
      for (const change of list) lines.push(...changeLines(change));
    }
    lines.push('');
  }
  if (left > 0)
    lines.push(paint('dim', say(`${left} more changes; --max-changes shows more`, `另有 ${left} 处变化；用 --max-changes 显示更多`)), '');
  const worst = LEVELS.find((level) => result.counts[level] > 0);
  lines.push(paint(worst === undefined ? 'green' : COLOURS[worst], paint('bold', headline(result)[language])));
  if (worst !== undefined && worst !== 'compatible')
    lines.push(...wrap(LEVEL_TEXTS[worst].advice[language], room).map((line) => paint('dim', line)));
  return `${lines.join('\n')}\n`;

  function changeLines(change: PlacedChange): string[] {
    const { level, pointer, oldPlace, newPlace, rule, id } = change;
    const mark = paint(colourOf(level), `${SYMBOLS[level]} ${levelName(change, language)}`);
    const text = wrap(printable(say(change.message, change.messageZh)), room - 6);
    const place = [oldPlace, newPlace].flatMap((one) => (one === undefined ? [] : [`${one.file}:${one.line}`])).join(' -> ');
    return [
      `    ${mark}${pointer === '' ? '' : `  ${fit(printable(pointer), room - 16)}`}`,
      ...text.map((line) => `      ${line}`),
      `      ${paint('dim', fit(printable(`${place === '' ? '' : `${place}  `}${rule} ${id}`), room - 6))}`,
    ];
  }
}

function colourOf(level: Level): ReportStyle {
  return COLOURS[level];
}
