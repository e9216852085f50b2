import { CHANGED, effectOf, NARROWED, WIDENED } from './difference.ts';
import type { Effect, TellDifference } from './difference.ts';
import { compareBounds, isMultiple } from './scalar-form.ts';
import type { Bound, NumberForm } from './scalar-form.ts';

/** Bounds, steps and formats of numbers (JSON Schema 2020-12 validation section 6.2). */
export function compareNumbers(old: NumberForm, next: NumberForm, tell: TellDifference): void {
  for (const [name, nameZh, before, after, sign] of [
    ['minimum', '最小值', old.minimum, next.minimum, 1],
    ['maximum', '最大值', old.maximum, next.maximum, -1],
  ] as const) {
    const narrowed = compareBounds(after, before, sign);
    if (narrowed === 0) continue;
    const [was, is] = [boundText(before), boundText(after)];
    tell({
      rule: 'bound-changed',
      effect: effectOf(-narrowed),
      text: { en: `the ${name} was ${was.en}, it is ${is.en}`, zh: `${nameZh}由${was.zh}变为${is.zh}` },
      ...(before === undefined ? {} : { before: before.value }),
      ...(after === undefined ? {} : { after: after.value }),
    });
  }
  compareMultiples(old, next, tell);
  compareFormats(old.formats, next.formats, tell);
}

function boundText(bound: Bound | undefined): { en: string; zh: string } {
  if (bound === undefined) return { en: 'none', zh: '“不限”' };
  const exclusive = bound.exclusive ? { en: ' (exclusive)', zh: '（不含）' } : { en: '', zh: '' };
  return { en: `${bound.value}${exclusive.en}`, zh: ` ${bound.value}${exclusive.zh} ` };
}

function compareMultiples({ multiples: old }: NumberForm, { multiples: next }: NumberForm, tell: TellDifference): void {
  const [before, after] = [[...old].sort((a, b) => a - b), [...next].sort((a, b) => a - b)];
  if (String(before) === String(after)) return;
  const covers = (wide: readonly number[], narrow: readonly number[]): boolean =>
    wide.every((step) => narrow.some((other) => isMultiple(other, step)));
  const effect: Effect = covers(before, after) ? NARROWED : covers(after, before) ? WIDENED : CHANGED;
  const list = (steps: readonly number[]): string => steps.join(', ') || '–';
  tell({
    rule: 'multiple-changed',
    effect,
    text: { en: `multipleOf was ${list(before)}, it is ${list(after)}`, zh: `倍数要求由 ${list(before)} 变为 ${list(after)}` },
    before,
    after,
  });
}

/** Of two formats in a line the earlier one holds fewer values. */
const LADDERS: readonly (readonly string[])[] = [
  ['int8', 'int16', 'int32', 'int64'],
  ['uint8', 'uint16', 'uint32', 'uint64'],
  ['float', 'double', 'decimal'],
];

/** Formats of numbers and texts, encodings included. */
export function compareFormats(old: ReadonlySet<string>, next: ReadonlySet<string>, tell: TellDifference): void {
  const gone = [...old].filter((format) => !next.has(format)).sort();
  const come = [...next].filter((format) => !old.has(format)).sort();
  if (gone.length === 0 && come.length === 0) return;
  const list = (formats: readonly string[]): string => formats.join(', ') || '–';
  tell({
    rule: 'format-changed',
    effect: gone.length === 0 ? NARROWED : come.length === 0 ? WIDENED : effectOfFormats(gone, come),
    text: { en: `the format was ${list(gone)}, it is ${list(come)}`, zh: `格式由 ${list(gone)} 变为 ${list(come)}` },
    before: gone,
    after: come,
  });
}

function effectOfFormats(gone: readonly string[], come: readonly string[]): Effect {
  const [before, after] = [gone[0] ?? '', come[0] ?? ''];
  const ladder = gone.length === 1 && come.length === 1 ? LADDERS.find((one) => one.includes(before) && one.includes(after)) : undefined;
  return ladder === undefined ? CHANGED : effectOf(ladder.indexOf(after) - ladder.indexOf(before));
}
