import { checkAnswer, createJudge } from './answers.ts';
import type { CheckedAnswer } from './answers.ts';
import { CASES, casesDocument, FIRST_PATH } from './cases.ts';
import { FLOOR } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { measureLatency } from './latency.ts';
import type { Latency } from './latency.ts';
import { coldStart, measureLoad, memory } from './measure.ts';
import type { LoadMeasure, LoadOptions } from './measure.ts';
import type { MockProcess } from '../mock-process.ts';
import { middle } from './report.ts';

export interface RequestOptions extends LoadOptions {
  readonly rounds: number;
  /** Path of the cases' document. */
  readonly doc: string;
  /** Further placeholders of commands. */
  readonly values: Readonly<Record<string, string>>;
  /** Is told what happens: it takes minutes. */
  readonly tell: (text: string) => void;
}

/** One server at one case. Figures are medians of the rounds; `undefined` where they can't be had or do not count. */
export interface RequestFigures {
  readonly server: string;
  readonly case: string;
  readonly note: string;
  readonly perSecond?: number | undefined;
  /** CPU time of the server for a request, microseconds. */
  readonly cpuMicros?: number | undefined;
  /** CPU time of the floor in the same round, divided by its own: 1 is the floor, 0.5 costs twice as much. */
  readonly ofFloor?: number | undefined;
  /** At half of the requests a second that it managed at most, milliseconds. */
  readonly latency?: Latency | undefined;
}

export interface RequestResults {
  readonly figures: readonly RequestFigures[];
  /** Megabytes after all of it, by server. */
  readonly memory: Readonly<Record<string, number | undefined>>;
}

interface Running {
  readonly name: string;
  readonly server: MockProcess;
  /** By case. */
  readonly checked: ReadonlyMap<string, CheckedAnswer>;
}

interface Round extends LoadMeasure {
  readonly server: string;
  readonly case: string;
  readonly round: number;
}

/** Every case against every server, in turn, round by round, so that what the machine does hits all alike. */
export async function measureRequests(contestants: readonly Contestant[], options: RequestOptions): Promise<RequestResults> {
  const running = await startAll(contestants, options);
  options.tell('requests: warming up');
  // All alike: until the engine has compiled what is hot, a case costs half as much again; that takes some 100,000 requests.
  for (const { server, checked } of running)
    for (const { name, bytes } of CASES)
      if (checked.get(name)?.counts === true) await measureLoad(server, bytes, { ...options, milliseconds: options.milliseconds * 2 });

  const rounds: Round[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    options.tell(`requests: round ${round + 1}`);
    for (const { name, bytes } of CASES) {
      for (const { name: server, server: target, checked } of running) {
        if (checked.get(name)?.counts === true) rounds.push({ server, case: name, round, ...(await measureLoad(target, bytes, options)) });
      }
    }
  }
  options.tell('requests: latency');
  const figures: RequestFigures[] = [];
  for (const { name, server, checked } of running) figures.push(...(await figuresOf(name, server, checked, rounds, options)));
  const sizes = await Promise.all(running.map(async ({ name, server }) => [name, await memory(server.pid)] as const));
  await Promise.all(running.map(async ({ server }) => server.stop()));
  return { figures, memory: Object.fromEntries(sizes) };
}

/** One that does not start is told and left out; the others go on. */
async function startAll(contestants: readonly Contestant[], { doc, values, tell }: RequestOptions): Promise<Running[]> {
  const judge = createJudge(casesDocument());
  const running: Running[] = [];
  for (const { name, template, fixed } of contestants) {
    const start = await coldStart({ template, doc, values }, FIRST_PATH).catch((error: unknown) => tell(`left out: ${String(error)}`));
    if (start === undefined) continue;
    const { server } = start;
    const checked = new Map<string, CheckedAnswer>();
    for (const test of CASES) checked.set(test.name, await checkAnswer(server.port, test, fixed ? undefined : judge));
    running.push({ name, server, checked });
  }
  return running;
}

async function figuresOf(
  name: string,
  server: MockProcess,
  checked: Running['checked'],
  rounds: readonly Round[],
  options: RequestOptions,
): Promise<RequestFigures[]> {
  const figures: RequestFigures[] = [];
  for (const test of CASES) {
    const { counts, note } = checked.get(test.name) ?? { counts: false, note: 'not asked' };
    const own = rounds.filter((item) => item.server === name && item.case === test.name);
    const strange = own.find(({ statuses, broken }) => broken > 0 || Object.keys(statuses).length > 1);
    const perSecond = middle(own.map((item) => item.perSecond));
    const half = perSecond === undefined ? 0 : perSecond / 2;
    const timed = counts && test.timed && half >= 1;
    figures.push({
      server: name,
      case: test.name,
      note: strange === undefined ? note : `under load: ${JSON.stringify(strange.statuses)}, ${strange.broken} connections broke`,
      perSecond,
      cpuMicros: middle(own.map((item) => item.cpuMicros)),
      ofFloor: middle(own.map((item) => ofFloor(item, rounds))),
      latency: timed ? await measureLatency(server, test.bytes, { ...options, perSecond: half }) : undefined,
    });
  }
  return figures;
}

/** The floor was measured in the same round, a moment before. */
function ofFloor({ cpuMicros, case: name, round }: Round, rounds: readonly Round[]): number | undefined {
  const floor = rounds.find((item) => item.server === FLOOR && item.case === name && item.round === round);
  return floor?.cpuMicros === undefined || cpuMicros === undefined ? undefined : floor.cpuMicros / cpuMicros;
}
