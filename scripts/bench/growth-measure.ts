import type { MockProcess } from '../mock-process.ts';
import { coldStart, measureLoad, memory } from './measure.ts';
import { median } from './report.ts';

/** How long and how often is measured. */
export interface GrowthSettings {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly connections: number;
  /** Requests before the first one that counts, of each case: what is hot is compiled by then. */
  readonly warmUp: number;
  /** Milliseconds; what is slow is warm after fewer requests. */
  readonly longestWarmUp: number;
}

export interface GrowthCase {
  readonly name: string;
  /** One request, or several in turn (`inTurn`). */
  readonly requests: string;
  /** How many different ones. Each is asked often enough before the first one that counts. */
  readonly different?: number;
  /** Done before each measurement. */
  readonly prepare?: () => Promise<void>;
}

/** One size of what grows, and the server that has grown so far. Every size has the same cases in the same order. */
export interface GrowthSize {
  readonly size: string;
  readonly server: MockProcess;
  readonly cases: readonly GrowthCase[];
}

/** What a case costs at one size: medians. */
export interface GrowthFigure {
  readonly case: string;
  readonly size: string;
  readonly cpuMicros: number | undefined;
  /** CPU of bare `node:http` for the same requests, measured next to it, divided by the CPU of this. */
  readonly ofFloor: number | undefined;
  readonly perSecond: number | undefined;
  /** Statuses other than 2xx, and connections that broke; empty when all is well. */
  readonly wrong: string;
}

/** A schema's validator is compiled well after so many calls. */
const WARM_EACH = 50;
/** Many different ones are compiled at their first request, which takes as long as it takes; but not for ever. */
const LONGEST_FIRST_REQUESTS = 30_000;

/** Measures each case at every size in turn, with the floor beside it, so that noise hits all alike. */
export async function measureGrowth(floor: MockProcess, sizes: readonly GrowthSize[], settings: GrowthSettings): Promise<GrowthFigure[]> {
  const load = { milliseconds: settings.milliseconds, connections: settings.connections, pipeline: 1 };
  const names = sizes[0]?.cases.map(({ name }) => name) ?? [];
  for (const { server, cases } of sizes) for (const one of cases) await warmUpAll(server, one, settings);
  for (const one of sizes[0]?.cases ?? []) await warmUp(floor, one.requests, settings.warmUp, settings);

  const found: GrowthFigure[] = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const [index, name] of names.entries()) {
      const requests = sizes.at(-1)?.cases[index]?.requests ?? '';
      const bare = await measureLoad(floor, requests, load);
      for (const { size, server, cases } of sizes) {
        const one = cases[index];
        if (one?.name !== name) throw new Error(`${size} has no case "${name}" at the same place`);
        await one.prepare?.();
        const { cpuMicros, perSecond, statuses, broken } = await measureLoad(server, one.requests, load);
        const ofFloor = cpuMicros === undefined || bare.cpuMicros === undefined ? undefined : bare.cpuMicros / cpuMicros;
        found.push({ case: name, size, cpuMicros, ofFloor, perSecond, wrong: wrongIn(statuses, broken) });
      }
    }
  }
  return names.flatMap((name) => sizes.map(({ size }) => middle(found, name, size)));
}

/** Asks each of different requests often enough, then until the server is as warm as for any other case. */
async function warmUpAll(server: MockProcess, { requests, different = 1 }: GrowthCase, settings: GrowthSettings): Promise<void> {
  if (different > 1) await warmUp(server, requests, different * WARM_EACH, { ...settings, longestWarmUp: LONGEST_FIRST_REQUESTS });
  await warmUp(server, requests, settings.warmUp, settings);
}

/** Asks until a number of requests was answered, but not for ever: each time twice as long, since every load begins with the same ones of many. */
export async function warmUp(server: MockProcess, requests: string, wanted: number, settings: GrowthSettings): Promise<void> {
  let answered = 0;
  for (let milliseconds = 500; answered < wanted && milliseconds <= settings.longestWarmUp; milliseconds *= 2) {
    const result = await measureLoad(server, requests, { milliseconds, connections: settings.connections, pipeline: 1 });
    answered += result.requests;
  }
}

export interface GrowthStart {
  readonly size: string;
  readonly firstAnswerMs: number | undefined;
  /** Megabytes after the first answer. */
  readonly atStart: number | undefined;
  /** Megabytes after all that was measured. */
  readonly after: number | undefined;
}

export interface Started extends Omit<GrowthStart, 'after'> {
  readonly server: MockProcess;
}

/** Starts a server several times and keeps the last one. @param path of the first request */
export async function startGrown(size: string, command: Parameters<typeof coldStart>[0], path: string, times: number): Promise<Started> {
  const starts = [await coldStart(command, path)];
  while (starts.length < times) {
    await starts.at(-1)?.server.stop();
    starts.push(await coldStart(command, path));
  }
  const server = starts[starts.length - 1]?.server;
  if (server === undefined) throw new Error('nothing was started');
  const atStart = median(starts.flatMap(({ megabytes }) => megabytes ?? []));
  return { size, server, firstAnswerMs: median(starts.map(({ firstAnswerMs }) => firstAnswerMs)), atStart };
}

/** Stops a server. @returns what it took until then. */
export async function endGrown({ server, size, firstAnswerMs, atStart }: Started): Promise<GrowthStart> {
  const after = await memory(server.pid);
  await server.stop();
  return { size, firstAnswerMs, atStart, after };
}

function middle(found: readonly GrowthFigure[], name: string, size: string): GrowthFigure {
  const own = found.filter((figure) => figure.case === name && figure.size === size);
  return {
    case: name,
    size,
    cpuMicros: median(own.flatMap(({ cpuMicros }) => cpuMicros ?? [])),
    ofFloor: median(own.flatMap(({ ofFloor }) => ofFloor ?? [])),
    perSecond: median(own.flatMap(({ perSecond }) => perSecond ?? [])),
    wrong: own.find(({ wrong }) => wrong !== '')?.wrong ?? '',
  };
}

function wrongIn(statuses: Readonly<Record<string, number>>, broken: number): string {
  const others = Object.entries(statuses).filter(([status]) => !status.startsWith('2'));
  const told = others.map(([status, count]) => `${count} x ${status}`);
  if (Object.keys(statuses).length === 0) told.push('no answer');
  if (broken > 0) told.push(`${broken} connections broke`);
  return told.join(', ');
}
