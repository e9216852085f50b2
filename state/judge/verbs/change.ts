import { matchAnswer } from '../answer.ts';
import { evaluate } from '../evaluate.ts';
import type { Place } from '../evaluate.ts';
import { judgeFilter } from '../fits.ts';
import { hasHole } from '../hole.ts';
import type { KnownRow } from '../knowledge.ts';
import { copyOf } from '../knowledge.ts';
import { noteChange } from '../learn.ts';
import type { CollectionPlan } from '../plan.ts';
import { keyOf, lookUp, presenceOf, readerOf } from '../rows.ts';
import { checkNotEnforced } from '../rules/check-not-enforced.ts';
import { illegalTransition } from '../rules/illegal-transition.ts';
import { listAt, objectAt } from '../../shape.ts';
import { textOf } from '../../text.ts';
import { isUsable } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { changeKnown, fieldsMade } from '../write-row.ts';
import type { MadeFields } from '../write-row.ts';
import { addOne } from './create.ts';

/** The rows that an operation changed, as they were and as they are. */
export interface Changed {
  readonly before: KnownRow | undefined;
  readonly row: KnownRow | undefined;
}

/** An accepted update. */
export function judgeUpdate(trial: Trial, target: CollectionPlan, place: Place): Changed {
  const { given } = trial.plan;
  const key = keyOf(given['key'], place);
  if (key === undefined) return unknownTarget(trial, target);
  const row = addressed(trial, target, key, place);
  const before = copyOf(row);
  const made = fieldsMade(given['set'] ?? '$request.body', { ...place, row, before, keepsAbsent: true });
  return change(trial, row, before, made, place);
}

/** An accepted upsert: a change where the request gives a key, else a row more. */
export function judgeUpsert(trial: Trial, target: CollectionPlan, place: Place): Changed {
  const { given } = trial.plan;
  const key = keyOf(given['key'], place);
  const set = given['set'] ?? '$request.body';
  const asked = evaluate(given['key'], place);
  if (key === undefined) {
    if (hasHole(asked)) return unknownTarget(trial, target);
    return { before: undefined, row: addOne(trial, target, fieldsMade(set, place), place) };
  }
  const isThere = given['missing'] === 'error' || presenceOf(trial, lookUp(trial, target, key)) === 'present';
  const row = isThere ? addressed(trial, target, key, place) : lookUp(trial, target, key);
  const before = copyOf(row);
  const made = fieldsMade(set, { ...place, row, before, keepsAbsent: true });
  if (!isThere) row.fields.clear();
  return change(trial, row, before, made, place);
}

/** An accepted transition. */
export function judgeTransition(trial: Trial, target: CollectionPlan, place: Place): Changed {
  const { given } = trial.plan;
  const key = keyOf(given['key'], place);
  const { machine } = target;
  if (key === undefined || machine === undefined) return unknownTarget(trial, target);
  const row = addressed(trial, target, key, place);
  const before = copyOf(row);
  const inner = { ...place, row, before };
  const ways = Array.isArray(given['to'])
    ? given['to'].map((way: unknown) => ({
        from: listAt(objectAt(way)['from']).map((status) => textOf(status)),
        to: evaluate(objectAt(way)['to'], inner),
      }))
    : [
        {
          from: given['from'] === undefined ? undefined : listAt(given['from']).map((status) => textOf(status)),
          to: evaluate(given['to'], inner),
        },
      ];
  const known = row.fields.get(machine.field);
  const status = known === undefined || row.isLoose || !isUsable(trial, known) ? undefined : textOf(known.value);
  const open = ways.filter(({ from, to }) => status === undefined || (from ?? sources(machine.transitions, textOf(to))).includes(status));
  if (known !== undefined && open.length === 0)
    illegalTransition(trial, { row, pointer: '', known, actual: ways.map(({ to }) => String(to)).join(' or ') });
  // Where it now stands is known if all ways that are open to it lead there.
  const leads = new Set((open.length === 0 ? ways : open).map(({ to }) => (hasHole(to) ? undefined : textOf(to))));
  const [to] = leads;
  const made = fieldsMade(given['set'] ?? {}, { ...inner, keepsAbsent: true });
  const fields = { ...made.fields, ...(leads.size === 1 && to !== undefined ? { [machine.field]: to } : {}) };
  if (leads.size !== 1 || to === undefined) row.fields.delete(machine.field);
  const allowed = new Set(ways.flatMap(({ from, to: next }) => from ?? sources(machine.transitions, textOf(next))));
  const changed = change(trial, row, before, { ...made, fields }, place);
  reportedBefore(trial, changed, allowed);
  return changed;
}

/** The statuses that may become another one. */
function sources(transitions: ReadonlyMap<string, readonly string[]>, to: string): string[] {
  if (transitions.size === 0) return [];
  return [...transitions].filter(([, next]) => next.includes(to)).map(([from]) => from);
}

/** An answer that itself tells a status from which there is no way. */
function reportedBefore(trial: Trial, { before }: Changed, allowed: ReadonlySet<string>): void {
  const machine = before?.collection.machine;
  const told = machine === undefined ? undefined : before?.fields.get(machine.field);
  if (
    before === undefined ||
    told === undefined ||
    told.by !== trial.observation.index ||
    allowed.size === 0 ||
    allowed.has(textOf(told.value))
  )
    return;
  if (trial.found.some(({ rule }) => rule === 'transition-misreported' || rule === 'illegal-transition')) return;
  illegalTransition(trial, { row: before, pointer: '', known: told, actual: 'changed' });
}

/** The row that an accepted request was about: it is there, and fits what the operation asks of it. */
export function addressed(trial: Trial, target: CollectionPlan, key: string, place: Place): KnownRow {
  const row = lookUp(trial, target, key);
  const { where } = trial.plan.given;
  if (presenceOf(trial, row) === 'absent') {
    const by = row.presence === undefined ? [] : [row.presence.by];
    checkNotEnforced(trial, { why: `there is no row of the key that it names in ${target.name}`, because: by });
  }
  if (where !== undefined) {
    trial.because.clear();
    const outcome = judgeFilter(
      where,
      (tokens) => readerOf(trial, row)(tokens),
      (asked) => evaluate(asked, { ...place, row }),
      trial.eyes,
    );
    if (typeof outcome === 'object')
      checkNotEnforced(trial, { why: `${outcome.field} of the row does not allow it`, because: trial.because });
  }
  return row;
}

function change(trial: Trial, row: KnownRow, before: KnownRow, made: MadeFields, place: Place): Changed {
  judgeMove(trial, row, made);
  changeKnown(trial, row, made, trial.plan.given);
  // Its own write is over when its answer is read.
  const own = row.writtenUntil;
  row.writtenUntil = before.writtenUntil;
  matchAnswer({ ...place, row, before });
  row.writtenUntil = own;
  return { before, row };
}

/** A status that an update sets has to follow a declared transition. */
function judgeMove(trial: Trial, row: KnownRow, made: MadeFields): void {
  const { machine } = row.collection;
  if (machine === undefined || trial.plan.verb === 'transition' || machine.transitions.size === 0) return;
  const [known, next] = [row.fields.get(machine.field), made.fields[machine.field]];
  if (known === undefined || row.isLoose || !isUsable(trial, known) || next === undefined || hasHole(next)) return;
  const from = textOf(known.value);
  if (from === textOf(next) || machine.transitions.get(from)?.includes(textOf(next)) === true) return;
  illegalTransition(trial, { row, pointer: '', known, actual: next });
}

/** Nobody knows which row was changed: nothing is known of any. */
function unknownTarget(trial: Trial, target: CollectionPlan): Changed {
  trial.knowledge.forgetCollection(target);
  noteChange(trial, target);
  return { before: undefined, row: undefined };
}
