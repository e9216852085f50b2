import type { Level } from '../change.ts';
import type { Conjunction } from './conjunction.ts';
import { CHANGED, NARROWED, WIDENED } from './difference.ts';
import type { Effect, TellDifference } from './difference.ts';
import type { Forms } from './forms.ts';
import { impliedTypes } from './projection.ts';
import { TYPES } from './value.ts';
import type { TypeName } from './value.ts';

/** Alternatives of numbers that are looked at for whether they are whole. */
const MAX_ALTERNATIVES = 50;

/** Types and null. @returns the types that both schemas allow, to be compared further. */
export function compareTypes(
  old: Conjunction,
  next: Conjunction,
  forms: { old: Forms; next: Forms },
  tell: TellDifference,
): readonly TypeName[] {
  const [before, after] = [forms.old.types(old), forms.next.types(next)];
  const common = before.filter((type) => after.includes(type));
  const gone = before.filter((type) => !after.includes(type));
  const come = after.filter((type) => !before.includes(type));
  // Lists of values are compared as such.
  const areListed = forms.old.form(old, 'number')?.values !== undefined || forms.next.form(next, 'number')?.values !== undefined;
  const [wasInteger, isIntegerNow] = [isInteger(old, forms.old), isInteger(next, forms.next)];
  const isWider = common.includes('number') && !areListed && wasInteger && !isIntegerNow;
  const isNarrower = common.includes('number') && !areListed && !wasInteger && isIntegerNow;
  const [words, wordsNow] = [namesOf(old, before, forms.old), namesOf(next, after, forms.next)];
  if (gone.length === 1 && come.length === 0 && gone[0] === 'null' && !isWider && !isNarrower) {
    tell({
      rule: 'nullable-removed',
      effect: NARROWED,
      text: { en: 'null is no longer allowed', zh: '不再允许 null' },
      before: words,
      after: wordsNow,
    });
    return common;
  }
  if (come.length === 1 && gone.length === 0 && come[0] === 'null' && !isWider && !isNarrower) {
    tell({ rule: 'nullable-added', effect: WIDENED, text: { en: 'null is allowed now', zh: '允许 null' }, before: words, after: wordsNow });
    return common;
  }
  const narrowed = gone.length > 0 || isNarrower;
  const widened = come.length > 0 || isWider;
  if (!narrowed && !widened) return common;
  const effect = narrowed && widened ? CHANGED : narrowed ? NARROWED : WIDENED;
  tell({
    rule: 'type-changed',
    effect: isWrittenOut(old, before, next, after) ? soften(effect) : effect,
    text: {
      en: `the type was ${words.join(' | ')}, it is ${wordsNow.join(' | ')}`,
      zh: `类型由 ${words.join(' | ')} 变为 ${wordsNow.join(' | ')}`,
    },
    before: words,
    after: wordsNow,
  });
  return common;
}

/** Whether all numbers are whole; alternatives that lead to themselves say nothing. */
function isInteger(schema: Conjunction, forms: Forms, seen: Set<Conjunction> = new Set()): boolean {
  if (seen.size >= MAX_ALTERNATIVES || seen.has(schema)) return false;
  seen.add(schema);
  const form = forms.form(schema, 'number');
  if (form?.values !== undefined) return [...form.values.values()].every((value) => typeof value === 'bigint' || Number.isInteger(value));
  if (form?.number === undefined) return false;
  if (form.number.integer) return true;
  return form.choices.some(({ branches }) => branches.every((branch) => isInteger(branch, forms, seen)));
}

function namesOf(schema: Conjunction, types: readonly TypeName[], forms: Forms): string[] {
  if (types.length === TYPES.length && !isInteger(schema, forms)) return ['any'];
  return types.map((type) => (type === 'number' && isInteger(schema, forms) ? 'integer' : type));
}

/** One side lacks `type`, but all that it says is about the types that the other side names: most likely nothing else was ever meant. */
function isWrittenOut(old: Conjunction, before: readonly TypeName[], next: Conjunction, after: readonly TypeName[]): boolean {
  const isMeant = (schema: Conjunction, types: readonly TypeName[], other: readonly TypeName[]): boolean => {
    const implied = impliedTypes(schema);
    return types.length === TYPES.length && implied.size > 0 && [...implied].every((type) => other.includes(type));
  };
  return isMeant(old, before, after) || isMeant(next, after, before);
}

function soften({ request, response }: Effect): Effect {
  const less = (level: Level | undefined): Level => (level === 'breaking' ? 'warning' : 'compatible');
  return { request: less(request), response: less(response) };
}
