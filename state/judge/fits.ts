import { pointerTokens } from '../../operations/index.ts';
import { holds, isGiven, OPERATORS } from '../predicate.ts';
import type { Operator } from '../predicate.ts';
import { objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import { isEmpty, isMasked, isNothing } from './difference.ts';
import type { Eyes } from './difference.ts';
import { hasHole, HOLE } from './hole.ts';

/** Reads a field of the row that is looked at, by tokens; a hole where it is not known. */
export type ReadField = (tokens: readonly string[]) => unknown;
/** Makes what a template asks for. */
export type Ask = (template: unknown) => unknown;

/** A condition of a filter that a row breaks. */
export interface Broken {
  readonly field: string;
  readonly asked: unknown;
  readonly value: unknown;
}

/** Whether a row fits a filter: `undefined` where that is not known. What the request does not give is not asked for. */
export function fits(where: unknown, read: ReadField, ask: Ask, eyes: Eyes): boolean | undefined {
  const outcome = judgeFilter(where, read, ask, eyes);
  return typeof outcome === 'object' ? false : outcome;
}

/** The same, with the first condition that is surely broken in place of `false`. */
export function judgeFilter(where: unknown, read: ReadField, ask: Ask, eyes: Eyes): Broken | true | undefined {
  let isSure = true;
  for (const [field, wanted] of Object.entries(objectAt(where))) {
    const verdict =
      field === '$some'
        ? someVerdict(wanted, ask)
        : field === '$any'
          ? anyVerdict(wanted, read, ask, eyes)
          : fieldVerdict(field, wanted, read, ask, eyes);
    if (typeof verdict === 'object') return verdict;
    if (verdict === undefined) isSure = false;
  }
  return isSure ? true : undefined;
}

type Verdict = Broken | true | undefined;

/** Which rows another collection has is known of few; so it is left open, unless it is not asked. */
function someVerdict(wanted: unknown, ask: Ask): Verdict {
  const { asked } = objectAt(wanted);
  if (!Array.isArray(asked)) return undefined;
  return asked.every((template: unknown) => {
    const value = ask(template);
    return value !== HOLE && !isGiven(value);
  })
    ? true
    : undefined;
}

function anyVerdict(wanted: unknown, read: ReadField, ask: Ask, eyes: Eyes): Verdict {
  const { fields, ...rest } = objectAt(wanted);
  const verdicts = (Array.isArray(fields) ? fields : []).map((field: unknown) => fieldVerdict(textOf(field), rest, read, ask, eyes));
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : verdicts[0];
}

function fieldVerdict(field: string, wanted: unknown, read: ReadField, ask: Ask, eyes: Eyes): Verdict {
  const value = read(field.startsWith('/') ? (pointerTokens(field) ?? [field]) : [field]);
  const operators = operatorsOf(wanted);
  let isSure = true;
  for (const [operator, operand] of operators ?? [['equal', wanted] as const]) {
    const asked = ask(operand);
    if (asked === undefined || (operators !== undefined && asked !== HOLE && !isGiven(asked))) continue;
    const verdict = hasHole(asked) || hasHole(value) ? undefined : surely(operator, value, asked, eyes);
    if (verdict === false) return { field, asked, value };
    if (verdict === undefined) isSure = false;
  }
  return isSure ? true : undefined;
}

/** `undefined`: a value to be equal to. */
function operatorsOf(wanted: unknown): readonly (readonly [Operator, unknown])[] | undefined {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return undefined;
  const entries = Object.entries(wanted);
  if (entries[0]?.[0].startsWith('$') === true) return undefined;
  return entries.filter((entry): entry is [Operator, unknown] => OPERATORS.includes(entry[0] as Operator));
}

/** What an operator says; `undefined` where representation, letter case or a mask may be the reason. */
export function surely(operator: Operator, value: unknown, asked: unknown, eyes: Eyes): boolean | undefined {
  if (isMasked(value, eyes) || isMasked(asked, eyes)) return maskedVerdict(operator, value, asked, eyes);
  const says = holds(operator, (row) => row['value'], asked, eyes)({ value });
  if (operator === 'from' || operator === 'to') return isNothing(value) ? undefined : says;
  if (says || operator === 'not') return says;
  if (isEmpty(value) && isEmpty(asked)) return undefined;
  if (typeof value === 'boolean' || typeof asked === 'boolean') return typeof value === typeof asked ? says : undefined;
  // Other backends compare texts without their case.
  const folded = holds(operator, (row) => row['value'], fold(asked), eyes)({ value: fold(value) });
  return folded ? undefined : says;
}

/** Masks are equal where values are; of anything else they tell nothing. */
function maskedVerdict(operator: Operator, value: unknown, asked: unknown, { masked }: Eyes): boolean | undefined {
  if (operator !== 'equal' && operator !== 'not') return undefined;
  if (typeof value !== 'string' || typeof asked !== 'string' || !masked(value) || !masked(asked)) return undefined;
  return (value === asked) === (operator === 'equal');
}

function fold(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFKC').trim().toLowerCase();
  return Array.isArray(value) ? value.map(fold) : value;
}
