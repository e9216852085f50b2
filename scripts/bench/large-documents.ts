import type { Request } from '../conformance/build-request.ts';
import { send } from '../conformance/send.ts';
import { readDocument } from '../judge/index.ts';
import type { MockCommand, MockProcess } from '../mock-process.ts';
import { requestBytes } from './cases.ts';
import { FLOOR } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { basePath, candidates, nameOf, requestsOf, servable, spread } from './document-requests.ts';
import { coldStart, measureLoad, memory } from './measure.ts';
import type { ColdStart, LoadOptions } from './measure.ts';
import { middle } from './report.ts';

export interface DocumentOptions extends LoadOptions {
  readonly rounds: number;
  /** A path of a GET to load, as it stands in the document or filled in. Default: a few are picked that every server answers. */
  readonly path?: string | undefined;
  /** A folder for what is only needed meanwhile. */
  readonly folder: string;
  /** Is told what happens: it takes minutes. */
  readonly tell: (text: string) => void;
}

/** One server with one document of the real world. */
export interface DocumentFigures {
  readonly document: string;
  /** Empty, or what a reader must know of the document. */
  readonly note: string;
  readonly server: string;
  /** Why figures are missing. */
  readonly refused?: string;
  readonly firstAnswerMs?: number;
  readonly megabytes?: number | undefined;
  /** Different operations that were called once each, and how many were answered with success. */
  readonly called?: number;
  readonly succeeded?: number;
  /** Megabytes after that. */
  readonly megabytesAfter?: number | undefined;
  /** CPU microseconds of a GET (of another operation where there is none), the middle of several, and the same for the floor divided by it. */
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
/** Requests that tell what a server puts before its paths. */
const PROBES = 10;
const START_LIMIT_MS = 180_000;
/** GETs of which the first to be answered counts as the first answer: one alone may be more than a server can do. */
const STARTS = 3;
const HANG_MS = 3_000;
/** A server that leaves so many requests after each other unanswered is given up. */
const MOST_HANGS = 3;

/** Start, memory and CPU per GET with a document, each server in turn. */
export async function measureDocument(
  file: string,
  contestants: readonly Contestant[],
  options: DocumentOptions,
): Promise<DocumentFigures[]> {
  const document = await readDocument(file);
  const doc = await servable(file, document, options.folder);
  const { requests, total } = requestsOf(document);
  const gets = spread(candidates(requests, options.path), CANDIDATES);
  const name = await nameOf(document, total);
  const note = doc === file ? '' : 'served as a copy without `$ref`s to the network in its examples: the others can not serve it with them';
  const refused: DocumentFigures[] = [];
  const running: Running[] = [];
  for (const { name: server, template } of contestants) {
    const base = { document: name, note, server };
    options.tell(`${name}: ${server} starts`);
    try {
      // The document alone: what its module remembers would make the answers of one server others than everybody's.
      const command = { template, doc, flags: server.startsWith('hufu') ? '--no-state' : '', limitMs: START_LIMIT_MS };
      const { server: process, ...start } = await startWith(command, spread(gets, STARTS));
      running.push({ ...base, ...start, process, prefix: await findPrefix(process.port, spread(requests, PROBES), basePath(document)) });
    } catch (error) {
      refused.push({ ...base, refused: reasonOf(error) });
    }
  }
  const called = await callAll(running, spread(requests, MOST_OPERATIONS), options);
  const alive = running.filter(({ server }) => called.get(server)?.refused === undefined);
  const cpu = await measureGets(alive, gets, options);
  await Promise.all(running.map(async ({ process }) => process.stop()));
  const figures = running.map(({ process: _process, prefix: _prefix, ...figures }) => ({
    ...figures,
    ...called.get(figures.server),
    ...cpu.get(figures.server),
  }));
  return [...figures, ...refused];
}

/** Starts a server with the first of a few requests that it answers. @throws Error as `coldStart` does */
async function startWith(command: MockCommand, gets: readonly Request[]): Promise<ColdStart> {
  const [first, ...rest] = gets;
  try {
    return await coldStart(command, first?.path ?? '/');
  } catch (error) {
    if (rest.length === 0 || !String(error).includes('no answer')) throw error;
    return startWith(command, rest);
  }
}

/** `node cli/main.js mock ...: ended with code 1`, without the command. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return `it does not start: ${line.replace(/^.*\{.*?: (?=ended|did not)/, '')}`;
}

/** Servers differ in whether the path of `servers` belongs to a request's path; the one that finds more is right. */
async function findPrefix(port: number, probes: readonly Request[], base: string): Promise<string> {
  if (base === '') return '';
  const [bare, full] = [await succeeding(port, probes, ''), await succeeding(port, probes, base)];
  return (full?.length ?? 0) > (bare?.length ?? 0) ? base : '';
}

/** The requests that are answered with success; `undefined` when the server stops answering. */
async function succeeding(port: number, requests: readonly Request[], prefix: string): Promise<Request[] | undefined> {
  const found: Request[] = [];
  let hangs = 0;
  for (const request of requests) {
    const sent = await send(port, { ...request, path: prefix + request.path }, HANG_MS);
    hangs = sent.kind === 'answer' ? 0 : hangs + 1;
    if (hangs === MOST_HANGS) return undefined;
    if (sent.kind === 'answer' && sent.answer.status >= 200 && sent.answer.status < 300) found.push(request);
  }
  return found;
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
    const succeeded = await succeeding(process.port, requests, prefix);
    if (succeeded === undefined) found.set(server, { refused: 'it stops answering when every operation is called once' });
    else found.set(server, { called: requests.length, succeeded: succeeded.length, megabytesAfter: await memory(process.pid) });
  }
  return found;
}

/** The same GETs for all: those that every server answers with success. */
async function measureGets(
  running: readonly Running[],
  gets: readonly Request[],
  options: DocumentOptions,
): Promise<Map<string, Partial<DocumentFigures>>> {
  const answered = new Map<string, readonly Request[]>();
  for (const { server, process, prefix } of running) answered.set(server, (await succeeding(process.port, gets, prefix)) ?? []);
  // One that answers nothing of it does not take the figures from the others.
  const taking = running.filter(({ server }) => (answered.get(server) ?? []).length > 0);
  const common = gets.filter((request) => taking.every(({ server }) => answered.get(server)?.includes(request)));
  const chosen = spread(common, LOADED);
  options.tell(`load: ${chosen.map(({ method, path }) => `${method} ${path}`).join(', ')}`);
  const micros = new Map<string, (number | undefined)[]>();
  const ratios = new Map<string, (number | undefined)[]>();
  for (let round = -1; round < options.rounds; round += 1) {
    for (const request of chosen) {
      let floor: number | undefined;
      for (const { server, process, prefix } of taking) {
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
    running.map(({ server }): [string, Partial<DocumentFigures>] => {
      if (!taking.some((other) => other.server === server)) return [server, { refused: 'it answers none of them with success' }];
      return [server, { cpuMicros: middle(micros.get(server) ?? []), ofFloor: middle(ratios.get(server) ?? []) }];
    }),
  );
}

function append(lists: Map<string, (number | undefined)[]>, key: string, value: number | undefined): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}
