import { differenceOf } from '../difference.ts';
import type { ExpectedStamp, KnownRow } from '../knowledge.ts';
import { isOver, mayLearn, tell } from '../trial.ts';
import type { Trial } from '../trial.ts';
import { nameOf } from './update-lost.ts';

/** So far may the clocks of a server and a recorder be apart. */
const APART_MS = 5_000;
/** Stamps may count whole seconds only. */
const GRAIN_MS = 2_000;

/** The moment of a write, as the server notes it, is in another zone or unit than the state file says, or was not noted at all. */
export function judgeStamp(trial: Trial, row: KnownRow, field: string, actual: unknown, pointer: string): void {
  const stamp = row.stamps.get(field);
  if (stamp === undefined || trial.shared || !mayLearn(trial, row)) return;
  if (stamp.by !== trial.observation.index && !isOver(trial, stamp.to)) return;
  row.stamps.delete(field);
  const { clock } = trial.eyes;
  const moment = clock.read(actual);
  if (moment === undefined) return;
  if (isNear(moment, stamp)) {
    trial.clocks.agreed += 1;
    return;
  }
  const why = isStale(trial, stamp, actual)
    ? 'was not moved on by the request that changed the row'
    : misreading(moment, actual, stamp, zoneOf(trial));
  if (why === undefined) {
    trial.clocks.disagreed += 1;
    return;
  }
  const by = stamp.stale === undefined ? [stamp.by] : [stamp.stale.by, stamp.by];
  tell(trial, {
    rule: 'stamp-wrong',
    message: `${field} of ${nameOf(row)} ${why}`,
    pointer,
    document: row.collection.address,
    because: by,
    actual,
    member: field,
  });
}

function isNear(moment: number, { from, to }: ExpectedStamp): boolean {
  return moment >= from - APART_MS && moment <= to + APART_MS;
}

/** The stamp of before: where the server's clock is known to go like the recorder's, and enough time has passed in between. */
function isStale({ clocks, eyes }: Trial, { stale, from }: ExpectedStamp, actual: unknown): boolean {
  if (stale === undefined || clocks.agreed === 0 || clocks.disagreed > 0) return false;
  const before = eyes.clock.read(stale.value);
  return before !== undefined && before > 0 && from - before > GRAIN_MS && differenceOf(stale.value, actual, eyes) === undefined;
}

/** Mistakes that a stamp tells by itself: they take it from far away exactly to the moment of the write. */
function misreading(moment: number, actual: unknown, stamp: ExpectedStamp, zone: number): string | undefined {
  if (typeof actual === 'number') {
    if (isNear(actual * 1000, stamp)) return 'counts seconds, not milliseconds';
    return isNear(actual / 1000, stamp) ? 'counts microseconds, not milliseconds' : undefined;
  }
  if (zone === 0) return undefined;
  if (isNear(moment + zone, stamp)) return 'is written in UTC, not in the time zone of the state file';
  return isNear(moment - zone, stamp) ? 'has the time zone of the state file added twice' : undefined;
}

/** The zone of texts without one, milliseconds east of UTC. */
function zoneOf({ eyes: { clock } }: Trial): number {
  return -(clock.read('1970-01-01 00:00:00') ?? 0);
}
