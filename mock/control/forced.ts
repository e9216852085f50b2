import { findResponse } from '../../operations/index.ts';
import type { ForcedRule } from '../forced.ts';
import { successStatus } from '../negotiate.ts';
import type { Reply } from '../reply.ts';
import { json, NO_CONTENT, pathText } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';
import { operationOf } from './serving.ts';

/** The rules of a session, each with how many answers it has given. */
export function listForced(call: ControlCall): Reply {
  return json(call.driven.forced.list(pathText(call, 'name')).map(({ rule, taken }) => ({ ...rule, taken })));
}

/** Replaces the rules of a session. What a document does not describe can't be forced: a fault may be what is wanted then. */
export function setForced(call: ControlCall): Reply {
  const given = call.judged.body as readonly (ForcedRule & { readonly taken?: number })[];
  const rules = given.map(({ taken: _taken, ...rule }) => rule);
  const names = new Set<string>();
  for (const rule of rules) {
    const name = `${rule.document} ${rule.operationId}`;
    if (names.has(name)) throw new Refusal('INVALID_REQUEST', `Two rules are about ${rule.operationId} of ${rule.document}.`);
    names.add(name);
    checkRule(call, rule);
  }
  if (!call.driven.forced.set(pathText(call, 'name'), rules)) {
    throw new Refusal('INVALID_REQUEST', 'Answers are forced in a thousand sessions already; clear some of them first.');
  }
  return listForced(call);
}

export function clearForced(call: ControlCall): Reply {
  call.driven.forced.set(pathText(call, 'name'), []);
  return NO_CONTENT;
}

function checkRule(call: ControlCall, { document, operationId, status, example }: ForcedRule): void {
  const operation = operationOf(call, document, operationId, 'INVALID_REQUEST');
  const wanted = status ?? successStatus(operation);
  const response = findResponse(operation, wanted);
  if (response === undefined) {
    const documented = operation.responses.map((one) => one.status).join(', ') || 'none';
    throw new Refusal('INVALID_REQUEST', `${operationId} has no response ${wanted} to force. Documented: ${documented}.`);
  }
  const names = new Set(response.contents.flatMap((content) => content.examples.map(({ name }) => name)));
  if (example !== undefined && !names.has(example)) {
    const known = [...names].join(', ') || 'none';
    throw new Refusal(
      'INVALID_REQUEST',
      `The response ${response.status} of ${operationId} has no example "${example}". Examples: ${known}.`,
    );
  }
}
