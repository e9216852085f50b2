import { existsSync } from 'node:fs';
import { childPointer, readSource, record, validateRequest, valueAt, writeJson } from '../../operations/index.ts';
import type { JudgedRequest, Operation } from '../../operations/index.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Mock } from '../handle-request.ts';
import type { JournalEntry } from '../journal.ts';
import { stateFilePath } from '../../state/index.ts';
import { nearestRoutes } from './nearest.ts';
import { placeIn, placeOf, shownPath } from './place.ts';

/**
 * Why an exchange was answered as it was: the operation and its place in the document, or the operations that are nearest; what security asked for;
 * the session's scenario as it is now; what the answer was made of. Worked out when it is asked for: a request pays nothing for it.
 */
export async function explain(entry: JournalEntry, mock: Mock): Promise<Record<string, unknown>> {
  const { operation, step, forced, reply, request } = entry;
  const judged = operation === undefined ? undefined : await judge(mock, operation, entry);
  const scenario = await scenarioOf(mock.behaviour, entry.session);
  return {
    step,
    ...(operation === undefined ? { nearest: nearest(mock, request.method, request.path) } : { operation: shownOperation(operation) }),
    ...(operation === undefined ? {} : { security: shownSecurity(operation, step, judged) }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(forced === undefined ? {} : { forced }),
    ...(operation === undefined || reply.by === undefined ? {} : { answer: await shownAnswer(operation, reply.by, judged) }),
  };
}

/** What the request says once more: its values by parameter, and what was missing. Its raw path values come from the table as it is now. */
async function judge(mock: Mock, operation: Operation, { request }: JournalEntry): Promise<JudgedRequest | undefined> {
  const found = mock.table.find(request.method, request.path);
  return found.kind === 'operation' && found.operation === operation ? await validateRequest(operation, request, found.values) : undefined;
}

function nearest(mock: Mock, method: string, path: string): Record<string, unknown>[] {
  return nearestRoutes(mock.table.routes, method, path).map(({ route, path: spelling, differs }) => ({
    document: route.document.name,
    operationId: route.id,
    method: route.method,
    path: spelling,
    place: placeIn(route.node.source, route.node.pointer),
    differs,
  }));
}

function shownOperation({ document, id, method, path, route }: Operation): Record<string, unknown> {
  const { summary } = record(route.node.value);
  return {
    document: document.name,
    operationId: id,
    method,
    path,
    ...(typeof summary === 'string' ? { summary } : {}),
    place: placeIn(route.node.source, route.node.pointer),
  };
}

/** `requires`: alternatives, each the names of schemes that go together. */
function shownSecurity({ security }: Operation, step: JournalEntry['step'], judged: JudgedRequest | undefined): Record<string, unknown> {
  const requires = security.map((alternative) => alternative.map((scheme) => scheme.name));
  if (step !== 'security') return { requires, outcome: requires.length === 0 ? 'open' : 'passed' };
  const message = judged?.unauthorized?.message ?? 'carries a token that has expired or was withdrawn';
  return { requires, outcome: 'refused', message };
}

/** `undefined` where nothing is remembered, or the session is gone. */
async function scenarioOf(behaviour: Behaviour | undefined, session: string): Promise<string | undefined> {
  if (behaviour === undefined) return undefined;
  const known = (await behaviour.sessions.list()).some(({ name }) => name === session);
  return known ? await behaviour.sessions.get(session).scenario() : undefined;
}

async function shownAnswer(
  operation: Operation,
  by: NonNullable<JournalEntry['reply']['by']>,
  judged: JudgedRequest | undefined,
): Promise<Record<string, unknown>> {
  switch (by.kind) {
    case 'override':
      return { kind: by.kind, place: { file: shownPath(by.file) } };
    case 'state':
      return { kind: by.kind, module: by.module, ...(await stateEntry(operation, judged)) };
    case 'example':
      return { kind: by.kind, name: by.name, ...placed(operation, by.address) };
    case 'generated':
      return { kind: by.kind, seed: by.seed, dynamic: by.dynamic, ...placed(operation, by.address) };
    case 'forward':
      return { kind: by.kind, url: by.url };
    case 'empty':
      return { kind: by.kind };
  }
}

function placed(operation: Operation, address: string): Record<string, unknown> {
  const place = placeOf(operation.document, address);
  return place === undefined ? {} : { place };
}

/** What the state file says of the operation: verb, collection and the key of the row that the request names. Nothing for an inferred one. */
async function stateEntry(operation: Operation, judged: JudgedRequest | undefined): Promise<Record<string, unknown>> {
  const path = stateFilePath(operation.document);
  if (!existsSync(path)) return { inferred: true };
  const source = await readSource(path).catch(() => undefined);
  const given = record(record(record(source?.value)['operations'])[operation.id]);
  if (source === undefined || Object.keys(given).length === 0) return {};
  const key = keyText(given['key'], judged);
  const { do: verb, in: collection } = given;
  return {
    ...(typeof verb === 'string' ? { verb } : {}),
    ...(typeof collection === 'string' ? { collection } : {}),
    ...(key === undefined ? {} : { key }),
    place: placeIn(source, childPointer('/operations', operation.id)),
  };
}

/** The key where it is a value of the request's path, query or body alone. */
function keyText(expression: unknown, judged: JudgedRequest | undefined): string | undefined {
  const match = /^\$request\.(?:(path|query)\.([\w-]+)|body#(\/.*))$/.exec(String(expression));
  if (match === null || judged === undefined) return undefined;
  const [, part, name = '', pointer = ''] = match;
  const value = part === 'path' ? judged.path[name] : part === 'query' ? judged.query[name] : valueAt(judged.body, pointer);
  if (value === undefined || value === null) return undefined;
  return (typeof value === 'string' ? value : writeJson(value)).slice(0, 200);
}
