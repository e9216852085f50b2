import type { FaultRule } from '../faults.ts';
import type { Reply } from '../reply.ts';
import { json, NO_CONTENT } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';

/** The rules, each with how often it took effect. */
export function listFaults({ driven }: ControlCall): Reply {
  return json(driven.faults.list().map(({ id, rule, taken }) => ({ ...rule, id, taken })));
}

/** Replaces all rules. What may stand in a rule, the control document says; only what it can't say is checked here. */
export function setFaults(call: ControlCall): Reply {
  const given = call.judged.body as readonly (FaultRule & { readonly taken?: number })[];
  // What was read may be sent back: the count is the server's own.
  const rules = given.map(({ taken: _taken, ...rule }, index) => ({ ...rule, id: rule.id ?? `fault-${index + 1}` }));
  const ids = new Set<string>();
  for (const [index, { id, latency }] of rules.entries()) {
    if (ids.has(id)) throw new Refusal('INVALID_REQUEST', `Two rules have the id "${id}".`);
    ids.add(id);
    if (latency !== undefined && 'uniform' in latency && latency.uniform.min > latency.uniform.max) {
      throw new Refusal('INVALID_REQUEST', `Rule ${index}: the uniform latency has a min above its max.`);
    }
  }
  call.driven.faults.set(rules);
  return listFaults(call);
}

export function clearFaults({ driven }: ControlCall): Reply {
  driven.faults.set([]);
  return NO_CONTENT;
}
