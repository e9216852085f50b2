import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeJson } from '../../operations/index.ts';
import type { JudgedRequest } from '../../operations/index.ts';
import type { Eventually, Session } from '../../state/index.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Faults } from '../faults.ts';
import type { Forced } from '../forced.ts';
import type { Mock } from '../handle-request.ts';
import type { Journal } from '../journal.ts';
import type { Reply } from '../reply.ts';
import { Refusal } from './refusal.ts';

/** What the control API drives. */
export interface Driven {
  /** The mock that answers now. */
  readonly mock: () => Mock;
  readonly faults: Faults;
  readonly forced: Forced;
  /** `undefined`: nobody keeps the exchanges. */
  readonly journal: Journal | undefined;
  /** Whether there are pages of the documents beside them. */
  readonly docs: boolean;
  /** The answers that go on as long as somebody listens. */
  readonly streams: Set<ServerResponse>;
}

/** A control request that keeps to the control document. */
export interface ControlCall {
  readonly driven: Driven;
  readonly judged: JudgedRequest;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Does one operation of the control document. `undefined`: it writes the response itself. @throws Refusal, StateError */
export type ControlOperation = (call: ControlCall) => Eventually<Reply | undefined>;

export const NO_CONTENT: Reply = { status: 204, headers: {}, body: undefined };

/** JSON, every digit of a `bigint` included. */
export function json(value: unknown): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(writeJson(value)) };
}

/** @throws Refusal `STATE_OFF` */
export function behaviourOf({ driven }: ControlCall): Behaviour {
  const { behaviour } = driven.mock();
  if (behaviour === undefined)
    throw new Refusal('STATE_OFF', 'The mock was started without state: there are no sessions, and nothing is remembered.');
  return behaviour;
}

/** The session that the path names; it begins now if it was never used. @throws StateError `session-name` */
export function sessionOf(call: ControlCall): Session {
  return behaviourOf(call).sessions.get(pathText(call, 'name'));
}

/** A parameter of the path. */
export function pathText({ judged }: ControlCall, name: string): string {
  return String(judged.path[name]);
}

/** A parameter of the query; `undefined` when it was not sent. */
export function queryText({ judged }: ControlCall, name: string): string | undefined {
  const value = judged.query[name];
  return typeof value === 'string' || value === undefined ? value : writeJson(value);
}
