import {
  after,
  answer,
  changeRow,
  deleteRow,
  findRow,
  insertRow,
  isDeadToken,
  liveRows,
  refuse,
  refuseRequest,
  Rollback,
  scopeOf,
} from '../state/index.ts';
import type {
  Eventually,
  OperationModel,
  Row,
  Scope,
  SeedScenarios,
  Session,
  Sessions,
  StateModel,
  StateReply,
  StateRequest,
  World,
} from '../state/index.ts';
import { makeGivenAnswer, NO_HEADERS } from './given-answer.ts';
import type { Given } from './given-answer.ts';
import { sessionName } from './session-name.ts';
import { successStatus } from './negotiate.ts';
import { OverrideError } from './override-host.ts';
import type { OverrideHost } from './override-host.ts';
import type { StateCall } from './override-messages.ts';
import { problem } from './problem.ts';
import { refuseWithStatus } from './refusals.ts';
import type { Received } from './refusals.ts';
import type { Reply } from './reply.ts';

/** What the mock remembers: the state models of its documents, the sessions, the overrides. */
export interface Behaviour {
  /** By the document's name. */
  readonly models: Map<string, StateModel>;
  /** The rows that sessions begin with, by scenario. */
  readonly bases: SeedScenarios;
  readonly sessions: Sessions;
  readonly overrides: OverrideHost;
}

/** @throws StateError when the name is none. */
function sessionOf(behaviour: Behaviour, { request }: Received): Session {
  return behaviour.sessions.get(sessionName(request));
}

/** Answers by override, else by state model; `undefined` where neither knows the operation: the document's examples answer then. */
export function behave(behaviour: Behaviour, received: Received): Eventually<Reply | undefined> {
  const { operation } = received;
  const file = behaviour.overrides.fileOf(operation.document.name, operation.id);
  return file instanceof Promise ? file.then((found) => behaveBy(behaviour, received, found)) : behaveBy(behaviour, received, file);
}

function behaveBy(behaviour: Behaviour, received: Received, override: string | undefined): Eventually<Reply | undefined> {
  const { operation } = received;
  const model = behaviour.models.get(operation.document.name);
  if (override !== undefined) return runOverride(behaviour, received, model, override);
  const known = model?.operations.get(operation.id);
  return model === undefined || known === undefined ? undefined : fromState(behaviour, received, model, known);
}

function fromState(behaviour: Behaviour, received: Received, model: StateModel, known: OperationModel): Eventually<Reply> {
  const request = stateRequest(received);
  const made = sessionOf(behaviour, received).transact((world) => answer(model, known, request, world), isTaken);
  return made instanceof Promise ? made.then((reply) => fromModel(received, reply, model)) : fromModel(received, made, model);
}

/** A refused operation leaves nothing behind. */
function isTaken({ ok }: StateReply): boolean {
  return ok;
}

function fromModel(received: Received, reply: StateReply, model: StateModel): Reply {
  return given(received, reply, makerOf(model), model.mend);
}

/** One for each model: the journal keeps it with each answer. */
const makers = new WeakMap<StateModel, Given['by']>();

function makerOf(model: StateModel): Given['by'] {
  const known = makers.get(model);
  if (known !== undefined) return known;
  const made: Given['by'] = { kind: 'state', module: model.module };
  makers.set(model, made);
  return made;
}

/** Runs the code for an operation inside one transaction: its changes stay when it replies. */
async function runOverride(
  behaviour: Behaviour,
  received: Received,
  model: StateModel | undefined,
  file: string,
): Promise<Reply | undefined> {
  const { operation } = received;
  const request = stateRequest(received);
  const known = model?.operations.get(operation.id);
  const module = operation.document.name;
  try {
    return await sessionOf(behaviour, received).transact(async (world) => {
      const scope = model === undefined ? undefined : scopeOf(model, request, world);
      const reply = await behaviour.overrides.run(
        {
          file,
          operationId: operation.id,
          request: { ...request.plain(), files: received.judged.files ?? new Map() },
          now: world.now(),
          offset: model?.offset ?? 0,
        },
        (call) => callState(behaviour, module, request, world, call),
      );
      if (reply === undefined) {
        if (model === undefined || known === undefined) return undefined;
        const own = answer(model, known, request, world);
        if (!own.ok) throw new Rollback(own);
        return fromModel(received, own, model);
      }
      if (reply.error !== undefined && model !== undefined && scope !== undefined) {
        throw new Rollback(refuse(model, known?.envelope ?? model.envelope, scope, reply.error.name, reply.error.message));
      }
      return makeGivenAnswer(received, { status: reply.status, body: reply.body, headers: reply.headers, by: { kind: 'override', file } });
    });
  } catch (error) {
    if (error instanceof Rollback) return given(received, error.reply, { kind: 'override', file });
    if (error instanceof OverrideError) return problem('OVERRIDE_FAILED', error.message);
    throw error;
  }
}

/** One state call of an override, on the collection as its state file describes it. */
function callState(behaviour: Behaviour, module: string, request: StateRequest, world: World, call: StateCall): unknown {
  const name = call.collection.includes('/') ? call.collection : `${module}/${call.collection}`;
  const model = behaviour.models.get(name.slice(0, name.indexOf('/')));
  const collection = model?.collections.get(name);
  if (model === undefined || collection === undefined) throw new Error(`there is no collection "${call.collection}"`);
  const scope: Scope = scopeOf(model, request, world);
  const key = call.key ?? '';
  switch (call.method) {
    case 'get':
      return findRow(scope, collection, key);
    case 'list':
      return Array.from(liveRows(scope, collection), ([, row]) => row);
    case 'insert':
      return insertRow(scope, collection, call.row as Row).row;
    case 'update': {
      const before = findRow(scope, collection, key);
      return before === undefined ? undefined : changeRow(scope, collection, key, before, call.row as Row);
    }
    case 'remove': {
      const row = findRow(scope, collection, key);
      if (row === undefined) return false;
      deleteRow(scope, collection, key, row);
      return true;
    }
  }
}

/** A refusal in the module's own envelope, for requests that are refused before they reach their operation. */
export function refuseByModel(
  behaviour: Behaviour,
  received: Received,
  name: 'INVALID' | 'UNAUTHORIZED',
  told: () => string,
): Eventually<Reply | undefined> {
  const { operation } = received;
  const model = behaviour.models.get(operation.document.name);
  if (model === undefined || !model.operations.has(operation.id)) return undefined;
  const pathIsValid = !received.judged.violations.some((violation) => violation.part === 'path' && violation.severity === 'error');
  const made = sessionOf(behaviour, received).transact((world) =>
    refuseRequest(model, operation.id, stateRequest(received), world, name, told(), pathIsValid),
  );
  return after(made, (reply) => {
    // A module without an envelope for errors has nothing of its own to say; a row that is not there goes before what is wrong with the message.
    if (hasNoErrorBody(reply) && reply.error === name) return undefined;
    return fromModel(received, reply, model);
  });
}

/** Whether the request carries a bearer token that was issued here and has ended. */
export function hasDeadToken(behaviour: Behaviour, received: Received): Eventually<boolean> {
  const { operation, request } = received;
  const model = behaviour.models.get(operation.document.name);
  if (model?.bearer === undefined || operation.security.length === 0) return false;
  const token = /^bearer +(\S+)/i.exec(String(request.headers['authorization'] ?? ''))?.[1];
  if (token === undefined) return false;
  const { bearer } = model;
  const owner = behaviour.models.get(bearer.collection.slice(0, bearer.collection.indexOf('/')));
  if (owner === undefined) return false;
  return sessionOf(behaviour, received).transact((world) => isDeadToken(model, token, world, owner.collections));
}

function given(received: Received, reply: StateReply, by: Given['by'], mend = false): Reply {
  if (hasNoErrorBody(reply)) return { ...refuseWithStatus(received, reply.status ?? 400, reply.message ?? ''), by };
  const status = reply.status ?? successStatus(received.operation);
  // Read again and again, written once.
  const row = received.operation.method === 'GET' ? reply.row : undefined;
  return makeGivenAnswer(received, { status, body: reply.body, headers: reply.headers ?? NO_HEADERS, by, row, mend });
}

function hasNoErrorBody({ ok, body }: StateReply): boolean {
  return !ok && (body === null || body === undefined);
}

function stateRequest(received: Received): SeenRequest {
  return new SeenRequest(received);
}

/** A request as the state model sees it. What few models refer to is made when one does. */
class SeenRequest implements StateRequest {
  readonly #received: Received;
  #query: StateRequest['query'] | undefined;
  #header: StateRequest['header'] | undefined;

  constructor(received: Received) {
    this.#received = received;
  }

  get method(): string {
    return this.#received.request.method;
  }

  get url(): string {
    const { path, query } = this.#received.request;
    return query === '' ? path : `${path}?${query}`;
  }

  get path(): StateRequest['path'] {
    return this.#received.judged.path;
  }

  get query(): StateRequest['query'] {
    return (this.#query ??= queryOf(this.#received.request, this.#received.judged));
  }

  get header(): StateRequest['header'] {
    return (this.#header ??= headersOf(this.#received.request, this.#received.judged));
  }

  get cookie(): StateRequest['cookie'] {
    return this.#received.judged.cookie;
  }

  get body(): unknown {
    return this.#received.judged.body;
  }

  /** All of it as plain data, which can be sent to another thread. */
  plain(): StateRequest {
    const { method, url, path, query, header, cookie, body } = this;
    return { method, url, path, query, header, cookie, body };
  }
}

/** Declared headers by their decoded values, all others as text: a runtime expression may name any header (OpenAPI 3.1 section 4.8.20.4). */
function headersOf({ headers }: Received['request'], { header }: Received['judged']): StateRequest['header'] {
  const declared = Object.keys(header);
  if (declared.length === 0) return headers;
  const decoded = new Set(declared.map((name) => name.toLowerCase()));
  return { ...header, ...Object.fromEntries(Object.entries(headers).filter(([name]) => !decoded.has(name))) };
}

/** Likewise for the query: credentials (`apiKey` in the query) are not declared as parameters. Of several values of one name the first counts. */
function queryOf({ query: text }: Received['request'], { query }: Received['judged']): StateRequest['query'] {
  if (text === '' || isDeclared(text, query)) return query;
  return { ...Object.fromEntries(Array.from(new URLSearchParams(text)).toReversed()), ...query };
}

/** Whether every name of a query is that of a parameter which was read: nearly always, and found sooner than by taking the query apart. */
function isDeclared(text: string, query: StateRequest['query']): boolean {
  for (let start = 0; start <= text.length;) {
    const next = text.indexOf('&', start);
    const end = next < 0 ? text.length : next;
    const equals = text.indexOf('=', start);
    const name = text.slice(start, equals < 0 || equals > end ? end : equals);
    // One that is written with escapes stands for another.
    if (!Object.hasOwn(query, name) || name.includes('%') || name.includes('+')) return false;
    start = end + 1;
  }
  return true;
}
