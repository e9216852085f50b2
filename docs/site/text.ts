/**
 * Texts in the two languages of the site. Every text is CommonMark; what comes from a document is split by the conventions that bilingual documents
 * follow: `中文 · English` in one line, or Chinese paragraphs followed by their English counterparts.
 */
import type { Language } from '../../operations/index.ts';

export interface Text {
  readonly zh: string;
  readonly en: string;
}

export const EMPTY: Text = { zh: '', en: '' };

/** A text of the site's own. */
export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** A text that is the same in both languages. */
export function same(value: string): Text {
  return { zh: value, en: value };
}

/** Both languages put through one function. */
export function both(make: (language: Language) => string): Text {
  return { zh: make('zh'), en: make('en') };
}

/** Several texts as an enumeration. */
export function list(texts: readonly Text[], zh = '、', en = ', '): Text {
  return { zh: texts.map((item) => item.zh).join(zh), en: texts.map((item) => item.en).join(en) };
}

/** A CommonMark code span that holds any text (CommonMark 0.31 section 6.1). */
export function code(value: string): string {
  const flat = value.replace(/\s*\n\s*/g, ' ');
  if (flat.trim() === '') return flat === '' ? '`""`' : `\`"${flat}"\``;
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** One line such as `中文 · English`, in whichever order; a line that is not written so stands for both languages. */
export function splitLine(source: string): Text {
  const parts = source.trim().split(/\s+·\s+/);
  for (let cut = 1; cut < parts.length; cut += 1) {
    const [left, right] = [parts.slice(0, cut).join(' · '), parts.slice(cut).join(' · ')];
    const [before, after] = [sideOf(left, right), sideOf(right, left)];
    if (before === 'zh' && after === 'en') return { zh: left, en: right };
    if (before === 'en' && after === 'zh') return { zh: right, en: left };
  }
  return same(source.trim());
}

/**
 * A description of one or several paragraphs. Where runs of Chinese and of English paragraphs take turns, each language gets its own; a text in which they do
 * not is shown whole in both languages, so that nothing is lost.
 */
export function splitText(source: unknown): Text {
  if (typeof source !== 'string' || source.trim() === '') return EMPTY;
  const paragraphs = source
    .trim()
    .split(/\n[ \t]*\n/)
    .filter((paragraph) => paragraph.trim() !== '');
  if (paragraphs.length === 1) return splitLine(source);
  const pieces = paragraphs.map((paragraph) => ({ paragraph, split: splitLine(paragraph), language: languageOf(paragraph) }));
  const turns: Language[] = [];
  for (const { split, language } of pieces) {
    if (split.zh === split.en && language !== undefined && turns.at(-1) !== language) turns.push(language);
  }
  if (turns.length % 2 === 1) return same(source.trim());
  const isRule = (paragraph: string): boolean => /^(?:-{3,}|\*{3,}|_{3,})$/.test(paragraph.trim());
  const of = (wanted: Language): string =>
    pieces
      .flatMap(({ paragraph, split, language }) => {
        if (split.zh !== split.en) return [split[wanted]];
        // A line between the two languages would stand at the end of one of them.
        if (language === undefined) return isRule(paragraph) ? [] : [paragraph];
        return language === wanted ? [paragraph] : [];
      })
      .join('\n\n');
  return both(of);
}

/** The language of one half of a line. Beside a half without any Chinese, the other one is Chinese however many names it holds. */
function sideOf(half: string, other: string): Language | undefined {
  const [own, others] = [count(prose(half), HAN), count(prose(other), HAN)];
  if (own > 0 && others === 0 && languageOf(other) === 'en') return 'zh';
  return languageOf(half);
}

const HAN = /\p{Script=Han}/gu;

function prose(source: string): string {
  return source.replace(/`[^`]*`/g, ' ').replace(/https?:\S+/g, ' ');
}

/** The language a text is written in, by its letters outside of code; `undefined` where there are none. */
export function languageOf(source: string): Language | undefined {
  const han = count(prose(source), HAN);
  const latin = count(prose(source), /\p{Script=Latin}/gu);
  if (han === 0 && latin === 0) return undefined;
  // A Chinese word is about two characters, an English one five letters.
  return han * 3 >= latin ? 'zh' : 'en';
}

function count(source: string, pattern: RegExp): number {
  return source.match(pattern)?.length ?? 0;
}
