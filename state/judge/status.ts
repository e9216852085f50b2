import { textOf } from '../text.ts';
import { evaluate } from './evaluate.ts';
import { hasHole } from './hole.ts';
import type { KnownRow } from './knowledge.ts';
import type { MachinePlan } from './plan.ts';
import type { Trial } from './trial.ts';

/** A server's clock may differ from the recorder's by so much. */
const CLOCK_MARGIN_MS = 5_000;

/** Whether a status may have become another one by itself: a machine that time moves may be moved along any declared transition. */
export function mayBe({ transitions }: MachinePlan, from: unknown, to: unknown): boolean {
  const wanted = textOf(to);
  const seen = new Set([textOf(from)]);
  for (const status of seen) {
    if (status === wanted) return true;
    for (const next of transitions.get(status) ?? []) seen.add(next);
  }
  return false;
}

/** Before a row is looked at: what time may have changed since it was last seen is not known any more. */
export function loosen(trial: Trial, row: KnownRow): void {
  const { machine, updateStamps } = row.collection;
  if (machine === undefined || machine.timed.length === 0 || row.isLoose) return;
  const status = row.fields.get(machine.field);
  if (status !== undefined && status.by !== trial.observation.index && staysFor(trial, row, machine, textOf(status.value))) return;
  if (status?.by === trial.observation.index) return;
  row.isLoose = status !== undefined;
  for (const field of [...machine.timedFields, ...updateStamps.keys()]) {
    row.fields.delete(field);
    row.stamps.delete(field);
  }
}

/** Whether no timed transition can have happened by the end of this exchange. */
function staysFor(trial: Trial, row: KnownRow, machine: MachinePlan, status: string): boolean {
  for (const { from, at } of machine.timed) {
    if (!from.has(status)) continue;
    const moment = dueAt(trial, row, at);
    if (moment === 'never') continue;
    if (
      moment === undefined ||
      trial.clocks.disagreed > 0 ||
      trial.ended === Number.NEGATIVE_INFINITY ||
      moment <= trial.ended + CLOCK_MARGIN_MS
    )
      return false;
  }
  return true;
}

/** When a timed transition is due; `undefined`: nobody knows. */
export function dueAt(trial: Trial, row: KnownRow, at: unknown): number | 'never' | undefined {
  const value = evaluate(at, { trial, row, before: row });
  if (hasHole(value)) return undefined;
  if (value === undefined || value === null) return 'never';
  return trial.eyes.clock.read(value) ?? 'never';
}
