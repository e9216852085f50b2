import { childPointer } from '../../operations/index.ts';
import { OPERATORS } from '../predicate.ts';
import { listAt, objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { judgeFilter } from './fits.ts';
import { followKnown } from './hole.ts';
import { learnField, learnPresence } from './learn.ts';
import { doubtOf } from './plan.ts';
import { lookUp, keyOf, presenceOf, readerOf } from './rows.ts';
import { checkNotEnforced } from './rules/check-not-enforced.ts';
import type { Trial } from './trial.ts';

/** What became of a check, as far as it is known: `false` says that it surely fails. */
export type CheckVerdict = { readonly holds: boolean | undefined; readonly why: string; readonly because: readonly number[] };

/** An accepted request has passed the checks of its operation: one that surely fails was not made, the others teach what they looked at. */
export function judgeChecks(trial: Trial, place: Place): void {
  for (const [index, entry] of listAt(trial.plan.given['checks']).entries()) {
    const check = objectAt(entry);
    const doubt = doubtOf(check);
    if (doubt === true) continue;
    const document = `${trial.plan.address}${childPointer('/checks', index)}`;
    for (const at of placesOf(check, place)) {
      const { holds, why, because } = verdictOf(trial, check, at);
      if (holds === false) checkNotEnforced(trial, { why, because, document, doubt });
      else if (doubt === undefined) teach(trial, check, at);
    }
  }
}

/** A place for each element that a check is about. */
export function placesOf(check: Row, place: Place): readonly Place[] {
  if (check['each'] === undefined) return [place];
  const items = evaluate(check['each'], place);
  return Array.isArray(items) ? items.map((item: unknown, index) => ({ ...place, item, index })) : [];
}

export function verdictOf(trial: Trial, check: Row, place: Place): CheckVerdict {
  trial.because.clear();
  const outcome = check['that'] === undefined ? rowVerdict(trial, check, place) : comparisonVerdict(trial, check, place);
  return { ...outcome, because: [...trial.because] };
}

function comparisonVerdict(trial: Trial, check: Row, place: Place): Omit<CheckVerdict, 'because'> {
  const comparison = Object.fromEntries(Object.entries(check).filter(([key]) => OPERATORS.some((operator) => operator === key)));
  const value = evaluate(check['that'], place);
  if (value === undefined) return { holds: true, why: '' };
  const outcome = judgeFilter(
    { value: comparison },
    (tokens) => followKnown({ value }, tokens),
    (asked) => evaluate(asked, place),
    trial.eyes,
  );
  if (typeof outcome === 'object') return { holds: false, why: 'the values of the request do not fit together' };
  return { holds: outcome, why: '' };
}

function rowVerdict(trial: Trial, check: Row, place: Place): Omit<CheckVerdict, 'because'> {
  const isExists = check['exists'] !== undefined;
  const name = textOf(check[isExists ? 'exists' : 'absent']);
  const target = trial.plan.collection(name);
  if (target === undefined) return { holds: undefined, why: '' };
  const key = check['key'] === undefined ? keyIn(check['where'], target.keyField, place) : keyOf(check['key'], place);
  if (key === undefined) return { holds: undefined, why: '' };
  const row = lookUp(trial, target, key);
  const presence = presenceOf(trial, row);
  const where = judgeFilter(
    check['where'],
    readerOf(trial, row),
    (asked) => evaluate(asked, { ...place, outer: place.row, row }),
    trial.eyes,
  );
  const there =
    typeof where === 'object'
      ? false
      : where === undefined && presence !== 'absent'
        ? undefined
        : presence === undefined
          ? undefined
          : presence === 'present';
  if (there === undefined) return { holds: undefined, why: '' };
  if (row.presence !== undefined && typeof where !== 'object') trial.because.add(row.presence.by);
  const why =
    typeof where === 'object'
      ? `${where.field} of the row of ${name} that it refers to is not what it has to be`
      : presence === 'absent'
        ? `there is no such row of ${name}`
        : `there is such a row of ${name}`;
  return { holds: there === isExists, why };
}

/** The key that a filter asks for plainly. */
function keyIn(where: unknown, keyField: string, place: Place): string | undefined {
  const asked = objectAt(where)[keyField];
  return typeof asked === 'string' || (typeof asked === 'object' && asked !== null && Object.keys(asked)[0]?.startsWith('$') === true)
    ? keyOf(asked, place)
    : undefined;
}

/** The row that an accepted request refers to is there, and is what it has to be. */
function teach(trial: Trial, check: Row, place: Place): void {
  if (check['exists'] === undefined) return;
  const target = trial.plan.collection(check['exists']);
  if (target === undefined) return;
  const key = check['key'] === undefined ? keyIn(check['where'], target.keyField, place) : keyOf(check['key'], place);
  if (key === undefined) return;
  const row = lookUp(trial, target, key);
  if (row.presence?.is !== 'present') learnPresence(trial, row, 'present');
  for (const [field, asked] of Object.entries(objectAt(check['where']))) {
    const isPlain =
      typeof asked === 'string' || (typeof asked === 'object' && asked !== null && Object.keys(asked)[0]?.startsWith('$') === true);
    const value = isPlain && !field.startsWith('$') ? evaluate(asked, { ...place, outer: place.row, row }) : undefined;
    if (typeof value === 'string' && !row.fields.has(field)) learnField(trial, row, field, value);
  }
}
