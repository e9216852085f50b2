import { differenceOf, isMasked, isNothing } from './difference.ts';
import { followKnown } from './hole.ts';
import type { KnownRow } from './knowledge.ts';
import { learnField } from './learn.ts';
import { mayBe } from './status.ts';
import { derivedValueWrong } from './rules/derived-value-wrong.ts';
import { fileBytesChanged } from './rules/file-bytes-changed.ts';
import { illegalTransition } from './rules/illegal-transition.ts';
import { judgeStamp } from './rules/stamp-wrong.ts';
import { serverFieldTakenFromClient } from './rules/server-field-taken-from-client.ts';
import { transitionMisreported } from './rules/transition-misreported.ts';
import { updateLost } from './rules/update-lost.ts';
import { isSecretPlace, isUsable } from './trial.ts';
import type { Trial } from './trial.ts';

/** A field of a row as an answer shows it. */
export interface ShownField {
  readonly trial: Trial;
  readonly row: KnownRow;
  readonly field: string;
  /** Further into the field's value. */
  readonly rest: readonly string[];
  readonly actual: unknown;
  readonly pointer: string;
  /** Shown as it was before the operation. */
  readonly isBefore: boolean;
}

/** Compares a field that an answer shows with what is known of it, and learns it. */
export function matchField(shown: ShownField): void {
  const { trial, row, field, rest, actual } = shown;
  if (rest.length > 0) {
    compareField(shown);
    return;
  }
  if (actual === undefined) return;
  if (!trial.isSensitive(field)) compareField(shown);
  judgeStamp(trial, row, field, actual, shown.pointer);
  learnField(trial, row, field, actual);
}

function compareField({ trial, row, field, rest, actual, pointer, isBefore }: ShownField): void {
  const { collection } = row;
  const known = row.fields.get(field);
  const isFixed = collection.byteFields.has(field);
  if (known === undefined || !isUsable(isFixed ? { ...trial, shared: false } : trial, known) || !isComparable(row, field, known.written)) {
    serverFieldTakenFromClient(trial, { row, field, actual, pointer });
    return;
  }
  // A field that is left out: whether it has to be there is said by the document.
  if (isNothing(actual) && (actual === undefined || !known.written)) return;
  if (isMasked(actual, trial.eyes)) return;
  const facts = { row, field, pointer, known, expected: followKnown(known.value, rest), actual };
  if (field === collection.machine?.field) {
    if (row.isLoose ? mayBe(collection.machine, known.value, actual) : differenceOf(known.value, actual, trial.eyes) === undefined) return;
    if (isBefore || known.by === trial.observation.index) transitionMisreported(trial, { ...facts, isBefore });
    else illegalTransition(trial, facts);
    return;
  }
  const difference = differenceOf(facts.expected, actual, trial.eyes, pointer);
  if (difference === undefined || isSecretPlace(trial, difference.pointer)) return;
  const told = { ...facts, ...difference };
  if (isFixed) fileBytesChanged(trial, told);
  else if (known.by === trial.observation.index || field === collection.keyField)
    derivedValueWrong(trial, { ...told, template: `$row#/${field}`, because: [known.by] });
  else updateLost(trial, told);
}

/** Fields that nobody but the API's own operations changes: those that they set, the key, the moment of creation. */
function isComparable({ collection }: KnownRow, field: string, written: boolean): boolean {
  if (written || field === collection.keyField || field === collection.machine?.field) return true;
  if (!collection.isOwned || collection.softDelete?.[field] !== undefined) return false;
  const isFixed = collection.createStamps.has(field) && !collection.updateStamps.has(field);
  return (isFixed || collection.written.has(field)) && collection.machine?.timedFields.has(field) !== true;
}
