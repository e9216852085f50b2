import type { Envelope } from './envelope.ts';
import type { StateModel } from './model.ts';
import type { NamedError } from './named-error.ts';
import type { OperationModel } from './operation-model.ts';
import type { Outcome } from './outcome.ts';
import { findRow, isLive } from './rows.ts';
import { createScope, scopeAfter } from './scope.ts';
import type { Scope, StateRequest } from './scope.ts';
import { objectAt } from './shape.ts';
import { textOf } from './text.ts';
import type { Row, World } from './world.ts';

/** What the state model answers: a status where it has a say in it, and a body that is still a value. */
export interface StateReply {
  /** `undefined`: the document's own success status. */
  readonly status: number | undefined;
  readonly body: unknown;
  readonly ok: boolean;
  /** The stored row that the body is, and nothing else; it never changes. */
  readonly row?: Row | undefined;
  /** Headers that the operation has a say in. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The name of the error, for the log. */
  readonly error?: string;
  readonly message?: string;
}

/** Thrown inside a transaction, where nobody could look at a result, to take back everything that was done; carries the answer. */
export class Rollback extends Error {
  readonly reply: StateReply;
  constructor(reply: StateReply) {
    super(reply.error ?? 'refused');
    this.reply = reply;
  }
}

const NOTHING_DONE: Outcome = { ok: true };

/**
 * Answers one operation from the world: checks, verb, effects, envelope. A refusal may come after something was changed: whoever holds the transaction takes it back when the reply is not `ok`.
 */
export function answer(model: StateModel, operation: OperationModel, request: StateRequest, world: World): StateReply {
  const { envelope, effects, headers } = operation;
  const scope = scopeOf(model, request, world);
  for (const check of operation.checks) {
    const refusal = check(scope);
    if (refusal !== undefined) return refuse(model, envelope, scope, refusal.error, refusal.message);
  }
  const outcome = operation.verb === undefined ? NOTHING_DONE : operation.verb(scope);
  if (!outcome.ok) return refuse(model, envelope, scope, outcome.error, outcome.message);
  const after = scopeAfter(scope, outcome);
  for (const effect of effects) {
    const refusal = effect(after);
    if (refusal !== undefined) return refuse(model, envelope, scope, refusal.error, refusal.message);
  }
  if (!operation.hasData) return replyOf(operation, envelope.okNoData(after), undefined, after);
  const shown = operation.show === undefined ? outcome.row : operation.show(after);
  after.data = outcome.listed ?? shown;
  after.data = operation.data === undefined ? (outcome.listed ?? outcome.rows ?? shown) : operation.data(after);
  const body = envelope.ok(after);
  if (headers !== undefined) after.data = undefined;
  return replyOf(operation, body, outcome.row, after);
}

function replyOf({ status, headers }: OperationModel, body: unknown, row: Row | undefined, scope: Scope): StateReply {
  const own = headers === undefined ? undefined : textsOf(headers(scope));
  return { ok: true, status, body, row: body === row ? row : undefined, headers: own };
}

function textsOf(headers: unknown): Record<string, string> {
  const made = Object.entries(objectAt(headers)).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(made.map(([name, value]) => [name, textOf(value)]));
}

/** A refusal in the operation's own envelope. */
export function refuse(model: StateModel, envelope: Envelope, scope: Scope, name: string, told?: string): StateReply {
  const known: NamedError = model.errors.get(name) ?? { status: 400, code: name, message: name };
  const error = { name, code: known.code, message: told ?? known.message, status: known.status };
  return {
    ok: false,
    error: name,
    message: error.message,
    status: envelope.errorStatus ?? known.status,
    body: envelope.error({ ...scope, error }),
  };
}

/** The refusal of a request that never reached its operation: invalid, without credentials. `undefined` where the module has no envelope of its own. */
export function refuseRequest(
  model: StateModel,
  operationId: string,
  request: StateRequest,
  world: World,
  name: 'INVALID' | 'UNAUTHORIZED',
  told: string,
  pathIsValid: boolean,
): StateReply {
  const operation = model.operations.get(operationId);
  const scope = scopeOf(model, request, world);
  const envelope = operation?.envelope ?? model.envelope;
  // Whether there is such a resource comes before what is wrong with the message about it.
  const missing = name === 'INVALID' && pathIsValid ? operation?.unaddressed(scope) : undefined;
  if (missing !== undefined) return refuse(model, envelope, scope, missing);
  return refuse(model, envelope, scope, name, told);
}

/** True when the request's bearer token is known to be expired or withdrawn; tokens that nobody issued here pass, so that any text serves a developer. */
export function isDeadToken(model: StateModel, token: string, world: World, collections: StateModel['collections']): boolean {
  const check = model.bearer;
  const collection = check === undefined ? undefined : collections.get(check.collection);
  if (check === undefined || collection === undefined) return false;
  const known = world.get(collection.name, token);
  if (known === undefined) return false;
  // Deleted, but kept by its collection: withdrawn.
  if (!isLive(collection, known)) return true;
  const scope = scopeOf(model, NO_REQUEST, world);
  const ends = scope.clock.read(findRow(scope, collection, token)?.[check.expires]);
  return ends !== undefined && ends <= scope.now;
}

const NO_REQUEST: StateRequest = { method: '', url: '', path: {}, query: {}, header: {}, cookie: {}, body: undefined };

export function scopeOf(model: StateModel, request: StateRequest, world: World): Scope {
  return createScope(request, world, model.clock, () => uuid(world));
}

/** A UUID (version 4 form) that depends on nothing but how many the session has made: the same session gives the same ones. */
function uuid(world: World): string {
  // Loaded with the first UUID: few models make any.
  const hex = process.getBuiltinModule('node:crypto').hash('sha256', `hufu ${world.next('uuid', 1)}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
