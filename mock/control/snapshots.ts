import { after } from '../../state/index.ts';
import type { Eventually } from '../../state/index.ts';
import type { Reply } from '../reply.ts';
import { json, NO_CONTENT, pathText, sessionOf } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';

/** Names, oldest first. */
export function listSnapshots(call: ControlCall): Eventually<Reply> {
  return after(sessionOf(call).snapshots.list(), json);
}

/** Keeps the session's rows, counters, scenario and clock under a name, in place of what had that name. */
export function saveSnapshot(call: ControlCall): Eventually<Reply> {
  return after(sessionOf(call).snapshots.save(pathText(call, 'snapshot')), () => NO_CONTENT);
}

export function restoreSnapshot(call: ControlCall): Eventually<Reply> {
  return after(sessionOf(call).snapshots.restore(pathText(call, 'snapshot')), () => NO_CONTENT);
}

export function removeSnapshot(call: ControlCall): Eventually<Reply> {
  const name = pathText(call, 'snapshot');
  return after(sessionOf(call).snapshots.remove(name), (removed) => {
    if (!removed) throw new Refusal('UNKNOWN_SNAPSHOT', `The session "${pathText(call, 'name')}" has no snapshot "${name}".`);
    return NO_CONTENT;
  });
}
