import { stat } from 'node:fs/promises';
import { buildRequest } from '../conformance/build-request.ts';
import type { Request } from '../conformance/build-request.ts';
import { send } from '../conformance/send.ts';
import { createSchemas, list, listOperations, members, readDocument } from '../judge/index.ts';
import type { PlainDocument } from '../judge/index.ts';
import type { MockProcess } from '../mock-process.ts';
import { requestBytes } from './cases.ts';
import { FLOOR } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { coldStart, measureLoad, memory } from './measure.ts';
import type { LoadOptions } from './measure.ts';
import { middle } from './report.ts';

export interface DocumentOptions extends LoadOptions {
  readonly rounds: number;
  /** A path of a GET to load, as it stands in the document or filled in. Default: a few are picked that every server answers. */
  readonly path?: string | undefined;
  /** Is told what happens: it takes minutes. */
  readonly tell: (text: string) => void;
}

/** One server with one document of the real world. */
export interface DocumentFigures {
  readonly document: string;
  readonly server: string;
  /** Why there are no figures. */
  readonly refused?: string;
  readonly firstAnswerMs?: number;
  readonly megabytes?: number | undefined;
  /** Different operations that were called once each, and how many were answered with success. */
  readonly called?: number;
  readonly succeeded?: number;
  /** Megabytes after that. */
  readonly megabytesAfter?: number | undefined;
  /** CPU microseconds of a GET, the middle of several operations, and the same for the floor divided by it. */
  readonly cpuMicros?: number | undefined;
  readonly ofFloor?: number | undefined;
}

interface Running extends DocumentFigures {
  readonly process: MockProcess;
  /** What the server puts before the paths of the document: nothing, or the path of its `servers`. */
  readonly prefix: string;
}

const MOST_OPERATIONS = 1_000;
const CANDIDATES = 40;
const LOADED = 5;
const START_LIMIT_MS = 180_000;
const HANG_MS = 3_000;

/** Start, memory and CPU per GET with a document, each server in turn. */
export async function measureDocument(
  file: string,
  contestants: readonly Contestant[],
  options: DocumentOptions,
): Promise<DocumentFigures[]> {
  const document = await readDocument(file);
  const { requests, total } = requestsOf(document);
  const gets = spread(candidates(requests, options.path), CANDIDATES);
  const name = await nameOf(document, total);
  const refused: DocumentFigures[] = [];
  const running: Running[] = [];
  for (const { name: server, template } of contestants) {
    const base = { document: name, server };
    options.tell(`${name}: ${server} starts`);
    try {
      // The document alone: what its module remembers would make the answers of one server others than everybody's.
      const command = { template, doc: file, flags: server.startsWith('hufu') ? '--no-state' : '', limitMs: START_LIMIT_MS };
      const { server: process, ...start } = await coldStart(command, gets[0]?.path ?? '/');
      running.push({ ...base, ...start, process, prefix: await findPrefix(process.port, gets, basePath(document)) });
    } catch (error) {
      refused.push({ ...base, refused: String(error).split('\n', 1)[0]?.slice(0, 200) ?? '' });
    }
  }
  const called = await callAll(running, spread(requests, MOST_OPERATIONS), options);
  const cpu = await measureGets(running, gets, options);
  await Promise.all(running.map(async ({ process }) => process.stop()));
  const figures = running.map(({ process: _process, prefix: _prefix, ...figures }) => ({
    ...figures,
    ...called.get(figures.server),
    ...cpu.get(figures.server),
  }));
  return [...figures, ...refused];
}

/** A request for every operation that the document lets anyone build one for. */
function requestsOf(document: PlainDocument): { requests: Request[]; total: number } {
  const schemas = createSchemas(document, 'request');
  const operations = listOperations(document);
  const built = operations.map((operation) => buildRequest(schemas, operation, 'required'));
  return { requests: built.filter((request) => request.kind === 'request'), total: operations.length };
}

function candidates(requests: readonly Request[], path: string | undefined): Request[] {
  if (path !== undefined) return [{ kind: 'request', method: 'GET', path, headers: { accept: 'application/json' }, body: undefined }];
  return requests.filter(({ method, body }) => method === 'GET' && body === undefined);
}

/** Servers differ in whether the path of `servers` belongs to a request's path; the one that finds more is right. */
async function findPrefix(port: number, gets: readonly Request[], base: string): Promise<string> {
  if (base === '') return '';
  const [bare, full] = [await succeeding(port, gets.slice(0, 10), ''), await succeeding(port, gets.slice(0, 10), base)];
  return full.length > bare.length ? base : '';
}

async function succeeding(port: number, requests: readonly Request[], prefix: string): Promise<Request[]> {
  const found: Request[] = [];
  for (const request of requests) if (await succeeds(port, request, prefix)) found.push(request);
  return found;
}

async function succeeds(port: number, request: Request, prefix: string): Promise<boolean> {
  const sent = await send(port, { ...request, path: prefix + request.path }, HANG_MS);
  return sent.kind === 'answer' && sent.answer.status >= 200 && sent.answer.status < 300;
}

/** Calls every operation once, so that whatever is made for one at its first request is there. */
async function callAll(
  running: readonly Running[],
  requests: readonly Request[],
  { tell }: DocumentOptions,
): Promise<Map<string, Partial<DocumentFigures>>> {
  const found = new Map<string, Partial<DocumentFigures>>();
  for (const { server, process, prefix } of running) {
    if (server === FLOOR) continue;
    tell(`${server}: ${requests.length} operations, each called once`);
    const { length: succeeded } = await succeeding(process.port, requests, prefix);
    found.set(server, { called: requests.length, succeeded, megabytesAfter: await memory(process.pid) });
  }
  return found;
}

/** The same GETs for all: those that every server answers with success. */
async function measureGets(
  running: readonly Running[],
  gets: readonly Request[],
  options: DocumentOptions,
): Promise<Map<string, Partial<DocumentFigures>>> {
  let common = [...gets];
  for (const { process, prefix } of running) common = await succeeding(process.port, common, prefix);
  const chosen = spread(common, LOADED);
  options.tell(`load: ${chosen.map(({ path }) => `GET ${path}`).join(', ')}`);
  const micros = new Map<string, (number | undefined)[]>();
  const ratios = new Map<string, (number | undefined)[]>();
  for (let round = -1; round < options.rounds; round += 1) {
    for (const request of chosen) {
      let floor: number | undefined;
      for (const { server, process, prefix } of running) {
        const { cpuMicros } = await measureLoad(process, requestBytes({ ...request, path: prefix + request.path }), options);
        // The first round only warms up.
        if (round < 0) continue;
        if (server === FLOOR) floor = cpuMicros;
        append(micros, server, cpuMicros);
        append(ratios, server, floor === undefined || cpuMicros === undefined ? undefined : floor / cpuMicros);
      }
    }
  }
  return new Map(
    running.map(({ server }) => [server, { cpuMicros: middle(micros.get(server) ?? []), ofFloor: middle(ratios.get(server) ?? []) }]),
  );
}

function append(lists: Map<string, (number | undefined)[]>, key: string, value: number | undefined): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

/** `GitHub v3 REST API 1.1.4, 4.0 MB, 880 operations`. */
async function nameOf({ file, root }: PlainDocument, operations: number): Promise<string> {
  const { title, version } = members(root['info']);
  const { size } = await stat(file);
  const bytes = size >= 1e6 ? `${(size / 1e6).toFixed(1)} MB` : `${Math.round(size / 1e3)} KB`;
  return `${String(title)} ${String(version)}, ${bytes}, ${operations} operations`;
}

/** The path of the document's first server, without a slash at its end. */
export function basePath({ dialect, root }: PlainDocument): string {
  const given = dialect === '2.0' ? root['basePath'] : members(list(root['servers'])[0])['url'];
  const path = typeof given === 'string' ? given.replace(/^[a-z]+:\/\/[^/]*/i, '') : '';
  return path.includes('{') ? '' : path.replace(/\/+$/, '');
}

/** At most `count`, spread evenly. */
export function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}
