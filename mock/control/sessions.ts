import { after } from '../../state/index.ts';
import type { Eventually } from '../../state/index.ts';
import type { Reply } from '../reply.ts';
import { behaviourOf, json, NO_CONTENT, pathText, sessionOf } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';

export function listSessions(call: ControlCall): Eventually<Reply> {
  return after(behaviourOf(call).sessions.list(), (sessions) =>
    json(sessions.map(({ name, usedAt, busy }) => ({ name, usedAt: new Date(usedAt).toISOString(), busy }))),
  );
}

export function removeSession(call: ControlCall): Eventually<Reply> {
  const name = pathText(call, 'name');
  return after(behaviourOf(call).sessions.remove(name), (removed) => {
    if (!removed) throw new Refusal('UNKNOWN_SESSION', `There is no session "${name}": it was never used, or was removed.`);
    return NO_CONTENT;
  });
}

/** Starts a session anew, from the scenario it is on or another. */
export function resetSession(call: ControlCall): Eventually<Reply> {
  const body = call.judged.body as { readonly scenario?: string } | undefined;
  return after(sessionOf(call).reset(body?.scenario), () => NO_CONTENT);
}

export function listScenarios(call: ControlCall): Reply {
  return json(behaviourOf(call).sessions.scenarios());
}
