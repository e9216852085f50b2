import { compareCounts } from './compare-strings.ts';
import type { Conjunction } from './conjunction.ts';
import { NARROWED, WIDENED } from './difference.ts';
import type { TellDifference } from './difference.ts';
import type { ArrayForm } from './structure-form.ts';

/** What compares the schemas one step further in. */
export type Descend = (step: string, old: Conjunction, next: Conjunction) => void;

/** Items and their number (JSON Schema 2020-12 section 10.3.1, validation section 6.4). */
export function compareArrays(old: ArrayForm, next: ArrayForm, tell: TellDifference, descend: Descend): void {
  compareCounts('item-count-changed', ['number of items', '元素个数'], [old.minItems, old.maxItems], [next.minItems, next.maxItems], tell);
  if (old.unique !== next.unique)
    tell({
      rule: 'unique-items-changed',
      effect: next.unique ? NARROWED : WIDENED,
      text: next.unique
        ? { en: 'items have to be different now', zh: '元素不允许重复' }
        : { en: 'items may be alike now', zh: '元素允许重复' },
    });
  for (let index = 0; index < Math.max(old.prefix.length, next.prefix.length); index += 1)
    descend(`/${index}`, old.prefix[index] ?? old.items, next.prefix[index] ?? next.items);
  descend('/*', old.items, next.items);
}
