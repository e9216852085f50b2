import { after } from '../../state/index.ts';
import type { Eventually, Session } from '../../state/index.ts';
import type { Reply } from '../reply.ts';
import { json, sessionOf } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { readDuration, readMoment } from './time-text.ts';

type Clock = Session['clock'];
type Reading = Awaited<ReturnType<Clock['read']>>;

/** Exactly one of these. */
interface ClockCommand {
  /** `true`: at what it shows. */
  readonly freeze?: true | string | number;
  readonly advance?: string | number;
  readonly shift?: string | number;
  readonly resume?: true;
}

export function readClock(call: ControlCall): Eventually<Reply> {
  return after(sessionOf(call).clock.read(), shownReading);
}

export function setClock(call: ControlCall): Eventually<Reply> {
  const { clock } = sessionOf(call);
  return after(obey(clock, call.judged.body as ClockCommand), shownReading);
}

function obey(clock: Clock, { freeze, advance, shift }: ClockCommand): Eventually<Reading> {
  if (freeze !== undefined) return freeze === true ? clock.freeze() : clock.freeze(readMoment(freeze));
  if (advance !== undefined) return clock.advance(readDuration(advance));
  if (shift !== undefined) return clock.shift(readDuration(shift));
  return clock.resume();
}

/** `offset`: how far a running clock is ahead of real time. */
function shownReading({ now, setting }: Reading): Reply {
  const moment = { now: new Date(now).toISOString(), milliseconds: now };
  return json(setting.kind === 'frozen' ? { ...moment, frozen: true } : { ...moment, frozen: false, offset: setting.offset });
}
