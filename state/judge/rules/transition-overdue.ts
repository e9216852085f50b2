import { textOf } from '../../text.ts';
import type { KnownRow } from '../knowledge.ts';
import { dueAt } from '../status.ts';
import { isUsable, tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** Clocks differ, and answers take their time. */
const MARGIN_MS = 3_000;
/** Servers that look for what is due once in a while get so much time for it: until then it is worth a question only. */
const PATIENCE_MS = 120_000;

/** A row still stands where time should have moved it on from long ago. @param shown the row as the answer shows it. */
export function transitionOverdue(trial: Trial, row: KnownRow, shown: KnownRow): void {
  const { machine } = row.collection;
  const actual = machine === undefined ? undefined : shown.fields.get(machine.field)?.value;
  if (machine === undefined || actual === undefined || trial.started === Number.POSITIVE_INFINITY || trial.clocks.disagreed > 0) return;
  for (const { from, at, to, pointer } of machine.timed) {
    if (!from.has(textOf(actual))) continue;
    trial.because.clear();
    const moment = dueAt(trial, row, at);
    if (typeof moment !== 'number' || moment + MARGIN_MS > trial.started) continue;
    if ([...trial.because].some((by) => !isUsable(trial, { by, until: Number.NEGATIVE_INFINITY }))) continue;
    tell(trial, {
      rule: 'transition-overdue',
      message: `${nameOf(row)} is still ${textOf(actual)}; it should have become ${to} ${Math.round((trial.started - moment) / 1000)} seconds ago`,
      document: pointer,
      because: trial.because,
      expected: to,
      actual,
      doubt: machine.doubt,
      ...(moment + PATIENCE_MS > trial.started ? { severity: 'warning' as const } : {}),
    });
    return;
  }
}
