import { compareFormats } from './compare-numbers.ts';
import { CHANGED, effectOf, NARROWED, WIDENED } from './difference.ts';
import type { TellDifference } from './difference.ts';
import type { StringForm } from './scalar-form.ts';

/** Lengths, patterns and formats of texts (JSON Schema 2020-12 validation sections 6.3 and 7). */
export function compareStrings(old: StringForm, next: StringForm, tell: TellDifference): void {
  compareCounts('length-changed', ['length', '长度'], [old.minLength, old.maxLength], [next.minLength, next.maxLength], tell);
  const gone = [...old.patterns].filter((pattern) => !next.patterns.has(pattern)).sort();
  const come = [...next.patterns].filter((pattern) => !old.patterns.has(pattern)).sort();
  if (gone.length > 0 || come.length > 0) {
    const list = (patterns: readonly string[]): string => patterns.join('  ').slice(0, 120) || '–';
    tell({
      rule: 'pattern-changed',
      effect: gone.length === 0 ? NARROWED : come.length === 0 ? WIDENED : CHANGED,
      text: { en: `the pattern was ${list(gone)}, it is ${list(come)}`, zh: `正则由 ${list(gone)} 变为 ${list(come)}` },
      before: gone,
      after: come,
    });
  }
  compareFormats(old.formats, next.formats, tell);
}

type Range = readonly [least: number, most: number];

/** The least and the most of a count: characters, items, properties. */
export function compareCounts(
  rule: string,
  [name, nameZh]: readonly [string, string],
  old: Range,
  next: Range,
  tell: TellDifference,
): void {
  for (const [index, word, wordZh] of [
    [0, 'minimum', '最小'],
    [1, 'maximum', '最大'],
  ] as const) {
    const [before, after] = [old[index], next[index]];
    if (before === after) continue;
    const widened = index === 0 ? before - after : after - before;
    const show = (value: number): string => (value === Infinity || (index === 0 && value === 0) ? '–' : String(value));
    tell({
      rule,
      effect: effectOf(widened),
      text: {
        en: `the ${word} ${name} was ${show(before)}, it is ${show(after)}`,
        zh: `${wordZh}${nameZh}由 ${show(before)} 变为 ${show(after)}`,
      },
      ...(before === Infinity ? {} : { before }),
      ...(after === Infinity ? {} : { after }),
    });
  }
}
