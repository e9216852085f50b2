import type { MockSession, TestAnswer } from '../../mock/index.ts';
import type { InferredOperation, InferredResource } from '../../state/index.ts';
import { textOf } from '../../state/index.ts';
import { buildRequest } from '../conformance/build-request.ts';
import type { PlainOperation, Schemas } from '../judge/index.ts';
import { changedBody, holds, holdsMember, isObject } from './change.ts';
import type { Values } from './change.ts';

export interface FlowReport {
  readonly path: string;
  /** Why the flow does not hold; empty when it does. */
  readonly failures: readonly string[];
  /** Changes that reading showed afterwards. */
  readonly changes: number;
}

/** What a flow needs of its document. */
export interface Ground {
  readonly session: MockSession;
  readonly schemas: Schemas;
  /** By `METHOD /path`. */
  readonly operations: ReadonlyMap<string, PlainOperation>;
}

/** A flow under way. */
interface Flow extends Ground {
  readonly resource: InferredResource;
  /** Values of the path's parameters in front of the key, the same in every request; made by the first one. */
  readonly parents: string[];
  /** The row as the mock has it, once it is made. */
  row: Values;
  changes: number;
}

/** True when there is enough to make, read and remove. */
export function isWhole({ operations }: InferredResource): boolean {
  const has = (...verbs: readonly string[]): boolean => operations.some(({ verb }) => verbs.includes(verb));
  return has('create', 'upsert') && has('get') && has('delete');
}

/** Create, read back, list, change, remove, look again: as a client would, with requests made from the document. */
export async function runFlow(resource: InferredResource, ground: Ground): Promise<FlowReport> {
  const failures: string[] = [];
  const flow: Flow = { ...ground, resource, parents: [], row: {}, changes: 0 };
  try {
    await walk(flow, failures);
    await ground.session.expectNoViolations();
  } catch (error) {
    failures.push(...(error instanceof Refused ? [error.message] : violationsIn(error)));
  }
  return { path: resource.path, failures, changes: flow.changes };
}

/** The flow can't go on. */
class Refused extends Error {}

async function walk(ground: Flow, failures: string[]): Promise<void> {
  const { resource } = ground;
  const find = (...verbs: readonly string[]): InferredOperation | undefined => resource.operations.find(({ verb }) => verbs.includes(verb));
  const [creating, get, list, remove] = [find('create', 'upsert'), find('get'), find('list'), find('delete')];
  if (creating === undefined || get === undefined || remove === undefined)
    throw new Refused('there is no operation to create, read or delete');

  const own = creating.verb === 'upsert' ? String(resource.key.first) : undefined;
  const made = await call(ground, creating, own);
  expectSuccess('create', made.answer);
  const key = await keyOf(ground, made, own, failures);
  const shown = await call(ground, get, key);
  expectSuccess('read back', shown.answer);
  if (!resource.key.hidden && !holds(shown.answer.body, key)) failures.push(`read back: the answer does not show the key ${key}`);

  if (list !== undefined) {
    const listed = await call(ground, list, undefined);
    expectSuccess('list', listed.answer);
    if (!holds(listed.answer.body, key)) failures.push(`list: does not show ${key}`);
  }
  for (const update of resource.operations.filter(({ verb }) => verb === 'update' || verb === 'replace' || verb === 'upsert')) {
    await change(ground, update, get, key, failures);
  }
  const removed = await call(ground, remove, key);
  expectSuccess('delete', removed.answer);
  const gone = await call(ground, get, key);
  if (gone.answer.status !== 404) failures.push(`after delete: ${gone.answer.status} instead of 404`);
  if (list !== undefined) {
    const listed = await call(ground, list, undefined);
    if (holds(listed.answer.body, key)) failures.push(`after delete: the list still shows ${key}`);
  }
}

/** The key, from where a client has it: the answer, its Location, what it sent. Last the mock's own state, which is a failure. */
async function keyOf(ground: Flow, { answer, body }: Called, own: string | undefined, failures: string[]): Promise<string> {
  const { key, collection } = ground.resource;
  const state = await ground.session.state.read();
  const rows = Object.entries(state).find(([name]) => name.endsWith(`/${collection}`))?.[1] ?? [];
  const made = rows.at(-1)?.[key.field];
  if (made === undefined) throw new Refused('create: nothing was remembered');
  ground.row = rows.at(-1) ?? {};
  const text = textOf(made);
  if (own !== undefined) return own;
  if (holds(answer.body, text) || answer.headers.get('location')?.endsWith(`/${encodeURIComponent(text)}`) === true || holds(body, text))
    return text;
  failures.push('create: no answer tells the key');
  return text;
}

/** One field gets another value; then reading shows it. */
async function change(ground: Flow, update: InferredOperation, get: InferredOperation, key: string, failures: string[]): Promise<void> {
  const before = (await call(ground, get, key)).answer.body;
  const { body } = await call(ground, update, key, false);
  const content = [...(plainOf(ground, update).body?.contents.values() ?? [])][0];
  const allowed = (value: Values): boolean => content === undefined || ground.schemas.judge(content.schema, value).kind === 'valid';
  const changed = changedBody(body, before, allowed, ground.resource.key.field);
  const { answer } = await call(ground, update, key, true, changed?.body);
  expectSuccess(update.verb, answer);
  if (changed === undefined) return;
  const after = (await call(ground, get, key)).answer.body;
  if (holdsMember(after, changed.name, changed.value, 6)) ground.changes += 1;
  else failures.push(`${update.verb}: ${changed.name} is not ${JSON.stringify(changed.value)} afterwards`);
}

interface Called {
  readonly answer: TestAnswer;
  /** What was sent, as a value. */
  readonly body: unknown;
}

/** @param isSent `false`: only the request is made. */
async function call(ground: Flow, operation: InferredOperation, key: string | undefined, isSent = true, body?: Values): Promise<Called> {
  const plain = plainOf(ground, operation);
  const byPath = key !== undefined && /\}\/?$/.test(plain.path);
  const keyed = byPath ? plain.path.replace(/\{[^{}]*\}(\/?)$/, (_, slash: string) => `${encodeURIComponent(key)}${slash}`) : plain.path;
  let place = 0;
  const path = keyed.replace(/\{[^{}]*\}/g, (template) => ground.parents[place++] ?? template);
  // What a list is filtered by is what the row has.
  const parameters = plain.parameters.map((parameter) => {
    const own = operation.filters.includes(String(parameter['name'])) ? ground.row[String(parameter['name'])] : undefined;
    return own === undefined ? parameter : { ...parameter, example: own };
  });
  const needed: PlainOperation = {
    ...plain,
    path,
    parameters,
    body: plain.body === undefined ? undefined : { ...plain.body, required: true },
  };
  const request = buildRequest(ground.schemas, needed, 'required');
  if (request.kind === 'none') throw new Refused(`${operation.verb}: no valid request can be made: ${request.reason}`);
  if (ground.parents.length === 0) ground.parents.push(...parentsIn(plain.path, request.path));
  const made = readBody(request.body, request.headers['content-type'] ?? '');
  const sent = withKey(ground, operation, made, key, byPath);
  if (!isSent) return { answer: NO_ANSWER, body: sent };
  const value = body ?? sent;
  const bytes = value === made ? request.body : writeBody(value as Values, request.headers['content-type'] ?? '');
  const answer = await ground.session.fetch(request.path, {
    method: request.method,
    headers: request.headers,
    ...(bytes === undefined ? {} : { body: bytes }),
  });
  return { answer: { ...answer, body: jsonOf(answer.body) }, body: value };
}

/** JSON under a media type of the document's own. */
function jsonOf(body: unknown): unknown {
  if (typeof body !== 'string' || !/^[[{]/.test(body)) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

/** A key in the body: that of the row, where the path has none; at creation none, where the document lets the server make one. */
function withKey(ground: Flow, operation: InferredOperation, body: unknown, key: string | undefined, byPath: boolean): unknown {
  const { field } = ground.resource.key;
  if (!isObject(body) || !Object.hasOwn(body, field)) return body;
  if (key !== undefined) return byPath ? body : { ...body, [field]: typeof body[field] === 'number' ? Number(key) : key };
  const { [field]: _own, ...without } = body;
  const content = [...(plainOf(ground, operation).body?.contents.values() ?? [])][0];
  return content === undefined || ground.schemas.judge(content.schema, without).kind === 'valid' ? without : body;
}

/** The values that a request has in place of the path's parameters, less the key's. */
function parentsIn(template: string, path: string): string[] {
  const segments = (path.split('?')[0] ?? '').split('/');
  return template
    .split('/')
    .flatMap((part, index) => (part.includes('{') ? [segments[index] ?? ''] : []))
    .slice(0, /\}\/?$/.test(template) ? -1 : undefined);
}

const NO_ANSWER: TestAnswer = { status: 0, headers: new Headers(), body: undefined, bytes: Buffer.alloc(0) };

function plainOf({ operations }: Ground, { method, path }: InferredOperation): PlainOperation {
  const found = operations.get(`${method} ${path}`);
  if (found === undefined) throw new Refused(`${method} ${path} is not in the document`);
  return found;
}

function readBody(bytes: Buffer | undefined, mediaType: string): unknown {
  if (bytes === undefined) return undefined;
  if (/[/+]json/.test(mediaType)) return JSON.parse(bytes.toString()) as unknown;
  return /urlencoded/.test(mediaType) ? Object.fromEntries(new URLSearchParams(bytes.toString())) : undefined;
}

function writeBody(value: Values, mediaType: string): Buffer {
  const form = (): string =>
    new URLSearchParams(Object.entries(value).map(([name, item]) => [name, String(item)] as [string, string])).toString();
  return Buffer.from(/urlencoded/.test(mediaType) ? form() : JSON.stringify(value));
}

function expectSuccess(step: string, { status, body }: TestAnswer): void {
  if (status >= 200 && status < 300) return;
  const detail = typeof body === 'string' ? body : JSON.stringify(body);
  throw new Refused(`${step}: ${status} ${detail.slice(0, 200)}`);
}

/** An error that the document does not describe is told as a problem (RFC 9457): no answer of the document's is broken by that. */
function violationsIn(error: unknown): string[] {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').slice(1);
  return lines.filter((line) => !/-> 404: .*is not documented/.test(line)).map((line) => `breaks the document: ${line.slice(0, 300)}`);
}
