import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outcomeOf } from '../../contracts/outcome.ts';
import { createOperationTable, loadDocument, parseJson, readSource, validateRequest } from '../../operations/index.ts';
import type { OperationTable, RequestMessage } from '../../operations/index.ts';
import { compileStateFiles } from '../index.ts';
import type { StateFile } from '../index.ts';
import { createJudge } from './judge.ts';
import type { Contradiction, JudgeOptions, Observation } from './observation.ts';
import type { Row } from '../world.ts';

export const OPENAPI = join(import.meta.dirname, '../../openapi');

/** An exchange of the mock by the clock of its session; `forget`: the world was changed by other ways than requests. */
export type Watched =
  | 'forget'
  | {
      readonly request: RequestMessage;
      readonly reply: {
        readonly status: number;
        readonly headers: Observation['response'] extends infer R ? (R extends { headers: infer H } ? H : never) : never;
        readonly body: Buffer | undefined;
      };
      readonly startedAt: number | undefined;
      readonly endedAt: number | undefined;
    };

export interface Workspace {
  readonly files: readonly StateFile[];
  readonly table: OperationTable;
}

/** The documents and the state files of the repository. */
export async function loadWorkspace(): Promise<Workspace> {
  const names = (await readdir(OPENAPI))
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.state.yaml'))
    .map((name) => name.slice(0, -5));
  const table = createOperationTable(await Promise.all(names.map((name) => loadDocument(join(OPENAPI, `${name}.yaml`), {}))));
  const files = await Promise.all(
    names.map(async (module): Promise<StateFile> => {
      const source = await readSource(join(OPENAPI, `${module}.state.yaml`));
      return { module, source: { ...source, path: `${module}.state.yaml` }, given: source.value as Row };
    }),
  );
  compileStateFiles(files, (module) => new Set(table.routes.filter((route) => route.document.name === module).map(({ id }) => id)));
  return { files, table };
}

/** What the checker makes of an exchange; `undefined`: it means no operation. */
export async function observationOf(
  table: OperationTable,
  watched: Exclude<Watched, 'forget'>,
  index: number,
): Promise<Observation | undefined> {
  const { request, reply, startedAt, endedAt } = watched;
  const found = table.find(request.method, request.path);
  // What somebody asked for by `Prefer` is an example, not an answer.
  if (found.kind !== 'operation' || request.headers['prefer'] !== undefined || /[?&]?__/.test(request.query)) return undefined;
  const judged = await validateRequest(found.operation, request, found.values);
  const query = { ...Object.fromEntries(Array.from(new URLSearchParams(request.query)).toReversed()), ...judged.query };
  const type = String(reply.headers['content-type'] ?? '');
  const isJson = /[/+]json/.test(type);
  const body = isJson && reply.body !== undefined && reply.body.length > 0 ? parseJson(reply.body.toString()) : undefined;
  const outcome = outcomeOf(reply.status, body);
  return {
    index,
    operation: found.operation,
    method: request.method,
    request: {
      path: judged.path,
      query,
      header: { ...request.headers, ...judged.header },
      cookie: judged.cookie,
      body: judged.body,
      files: judged.files,
      token: /^bearer +(\S+)/i.exec(String(request.headers['authorization'] ?? ''))?.[1],
    },
    response: { status: reply.status, headers: reply.headers, body, bytes: reply.body },
    accepted: outcome === 'unknown' ? undefined : outcome === 'accepted',
    valid: judged.unauthorized === undefined && !judged.violations.some(({ severity }) => severity === 'error'),
    startedAt,
    endedAt,
  };
}

/** Every contradiction of a sequence, each with the exchange it was found in. */
export async function judgeAll(
  { files, table }: Workspace,
  sequence: readonly Watched[],
  options: JudgeOptions = {},
): Promise<{ readonly found: Contradiction; readonly at: string }[]> {
  const judge = createJudge(files, options);
  const found: { found: Contradiction; at: string }[] = [];
  for (const [index, watched] of sequence.entries()) {
    if (watched === 'forget') {
      judge.forget();
      continue;
    }
    const observation = await observationOf(table, watched, index);
    if (observation === undefined) continue;
    for (const one of judge.observe(observation)) found.push({ found: one, at: describe(watched, index) });
  }
  return found;
}

export function describe({ request, reply }: Exclude<Watched, 'forget'>, index: number): string {
  return `${index} ${request.method} ${request.path}?${request.query} ${request.body?.toString().slice(0, 300) ?? ''} -> ${reply.status} ${reply.body?.toString().slice(0, 600) ?? ''}`;
}

/** Whether an exchange may have changed something: all but GET do, in these APIs, where they are not known to be lists or refused. */
export function changes(watched: Watched): boolean {
  if (watched === 'forget') return true;
  const { request, reply } = watched;
  return request.method !== 'GET' && !/\/(?:list|findBy\w+|getFriendsJobList)\b/.test(request.path) && reply.status < 400;
}
