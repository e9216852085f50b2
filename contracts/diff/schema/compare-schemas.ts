import type { SchemaObject } from '../../../operations/index.ts';
import { compareAnnotations } from './compare-annotations.ts';
import { compareArrays } from './compare-arrays.ts';
import type { Descend } from './compare-arrays.ts';
import { compareChoices, compareLifted } from './compare-choices.ts';
import type { Alternatives } from './compare-choices.ts';
import { compareNumbers } from './compare-numbers.ts';
import { compareObjects } from './compare-objects.ts';
import type { View } from './compare-objects.ts';
import { compareStrings } from './compare-strings.ts';
import { compareTypes } from './compare-types.ts';
import { compareValues } from './compare-values.ts';
import type { Conjunction } from './conjunction.ts';
import { CHANGED, NARROWED, WIDENED } from './difference.ts';
import type { Difference, TellDifference } from './difference.ts';
import type { Form, Forms } from './forms.ts';
import type { TypeName } from './value.ts';

/** Two schemas of the same place, what differs at this place, and the places inside of it. Schemas that hold themselves make circles. */
export interface Comparison {
  readonly old: Conjunction;
  readonly next: Conjunction;
  readonly differences: readonly Difference[];
  readonly inside: readonly (readonly [step: string, comparison: Comparison])[];
}

export interface SchemaComparer {
  /** Compares two schemas and everything inside of them; each pair once, however often it is met. */
  readonly compare: (old: unknown, next: unknown, view: View) => Comparison;
  /** Whether the comparison, or one inside of it, has a difference. */
  readonly differs: (comparison: Comparison) => boolean;
  /** More pairs were met than are compared. */
  readonly isCut: () => boolean;
}

interface Open {
  readonly old: Conjunction;
  readonly next: Conjunction;
  readonly differences: Difference[];
  readonly inside: [string, Open][];
  /** Those that have this one inside. */
  readonly around: Open[];
  differs: boolean;
}

/** Pairs that are compared of two documents: far more than any document has, and few enough to end soon. */
const MAX_PAIRS = 1_000_000;

export function createSchemaComparer(forms: { readonly old: Forms; readonly next: Forms }): SchemaComparer {
  const known = new Map<string, Open>();
  const pending: [Open, View][] = [];
  let isCut = false;

  function compare(old: unknown, next: unknown, view: View): Comparison {
    const root = pairOf(forms.old.reader.conjunction([old ?? true]), forms.next.reader.conjunction([next ?? true]), view);
    for (let job = pending.pop(); job !== undefined; job = pending.pop()) comparePair(job[0], job[1]);
    return root;
  }

  function pairOf(old: Conjunction, next: Conjunction, view: View): Open {
    const key = `${old.id} ${next.id} ${view}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made: Open = { old, next, differences: [], inside: [], around: [], differs: false };
    known.set(key, made);
    if (known.size <= MAX_PAIRS) pending.push([made, view]);
    else isCut = true;
    return made;
  }

  function comparePair(pair: Open, view: View): void {
    const { old, next } = pair;
    if (old.parts.length === 0 && next.parts.length === 0 && old.never === next.never) return;
    const tell: TellDifference = (difference) => {
      // Types of one schema often have the same to say.
      if (
        pair.differences.some(
          ({ rule, text, step }) => rule === difference.rule && text.en === difference.text.en && step === difference.step,
        )
      )
        return;
      pair.differences.push(difference);
      mark(pair);
    };
    const descend: Descend = (step, before, after) => {
      const inner = pairOf(before, after, view);
      if (inner === pair || pair.inside.some(([at, one]) => one === inner && at === step)) return;
      pair.inside.push([step, inner]);
      inner.around.push(pair);
      if (inner.differs) mark(pair);
    };
    if (old.never !== next.never) {
      tell(
        next.never
          ? { rule: 'type-changed', effect: NARROWED, text: { en: 'no value is allowed any more', zh: '不再允许任何值' } }
          : { rule: 'type-changed', effect: WIDENED, text: { en: 'values are allowed now', zh: '开始允许取值' } },
      );
      return;
    }
    compareAnnotations(old, next, tell);
    for (const type of compareTypes(old, next, forms, tell)) {
      const [before, after] = [forms.old.form(old, type), forms.next.form(next, type)];
      if (before !== undefined && after !== undefined) compareForms(type, before, after, view, tell, descend);
    }
  }

  function compareForms(type: TypeName, old: Form, next: Form, view: View, tell: TellDifference, descend: Descend): void {
    if (type === 'null') return;
    if (isLifted(type, old, next, view)) {
      compareLifted(lifted(old, type, forms.old), lifted(next, type, forms.next), view, forms, tell, descend);
      return;
    }
    compareChoices(old.choices, next.choices, forms, tell, descend);
    compareConditions(old.conditions, next.conditions, tell);
    compareBase(type, old, next, view, tell, descend);
  }

  /**
   * Where one side has alternatives and the other a single schema, that one is an alternative too; unless what surrounds the alternatives is the
   * same on both sides, so that they only add a condition.
   */
  function isLifted(type: TypeName, old: Form, next: Form, view: View): boolean {
    if (old.choices.length > 0 === next.choices.length > 0 || old.values !== undefined || next.values !== undefined) return false;
    let count = 0;
    compareBase(
      type,
      old,
      next,
      view,
      () => (count += 1),
      () => undefined,
    );
    return count > 0;
  }

  return { compare, differs: (comparison) => (comparison as Open).differs, isCut: () => isCut };
}

/** A difference of something inside is one of everything around it. */
function mark(pair: Open): void {
  const pending = [pair];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.differs) continue;
    next.differs = true;
    pending.push(...next.around);
  }
}

/** The schema with each branch of its first choice, for one type only; where there is no choice, the schema alone. */
function alternatives(form: Form, type: TypeName, { reader }: Forms): readonly Conjunction[] {
  const [first] = form.choices;
  const held = new Set(form.choices.slice(1).map(({ at, kind }) => `${form.parts.indexOf(at)} ${kind}`));
  // Choices that were decided are among the parts already.
  const base = form.parts.map((part, index) =>
    reader.without(
      part,
      ['anyOf', 'oneOf'].filter((kind) => !held.has(`${index} ${kind}`)),
    ),
  );
  const parts = [...base, ONLY[type]];
  return first === undefined
    ? [reader.conjunction(parts)]
    : first.branches.map((branch) => reader.conjunction([...branch.parts, ...parts]));
}

function lifted(form: Form, type: TypeName, forms: Forms): Alternatives {
  return { kind: form.choices[0]?.kind ?? 'anyOf', branches: alternatives(form, type, forms) };
}

const ONLY: Readonly<Record<TypeName, SchemaObject>> = {
  object: { type: 'object' },
  array: { type: 'array' },
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  null: { type: 'null' },
};

function compareBase(type: TypeName, old: Form, next: Form, view: View, tell: TellDifference, descend: Descend): void {
  compareValues(type, old, next, tell);
  if (old.number !== undefined && next.number !== undefined) compareNumbers(old.number, next.number, tell);
  if (old.string !== undefined && next.string !== undefined) compareStrings(old.string, next.string, tell);
  if (old.array !== undefined && next.array !== undefined) compareArrays(old.array, next.array, tell, descend);
  if (old.object !== undefined && next.object !== undefined) compareObjects(old.object, next.object, view, tell, descend);
}

/** `not`, `if`, `contains` and the like: how far they let values through is not weighed, only that they came, went or changed. */
function compareConditions(old: readonly string[], next: readonly string[], tell: TellDifference): void {
  const gone = old.filter((one) => !next.includes(one)).length;
  const come = next.filter((one) => !old.includes(one)).length;
  if (gone === 0 && come === 0) return;
  tell(
    gone === 0
      ? {
          rule: 'condition-changed',
          effect: NARROWED,
          text: { en: 'a condition (not, if, contains ...) is new', zh: '新增条件（not、if、contains 等）' },
        }
      : come === 0
        ? {
            rule: 'condition-changed',
            effect: WIDENED,
            text: { en: 'a condition (not, if, contains ...) is gone', zh: '取消条件（not、if、contains 等）' },
          }
        : {
            rule: 'condition-changed',
            effect: CHANGED,
            text: { en: 'a condition (not, if, contains ...) changed', zh: '条件（not、if、contains 等）有变化' },
          },
  );
}
