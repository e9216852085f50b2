import { isJson, parseMediaType } from '../../operations/index.ts';
import type { MediaType } from '../../operations/index.ts';
import type { Checker } from '../checker.ts';
import type { Exchange } from '../exchange.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { isPseudonym } from '../redact/pseudonym.ts';
import { createTarget } from '../proxy/target.ts';
import { createBindings } from './bindings.ts';
import type { Bindings } from './bindings.ts';
import { compareAnswers } from './compare.ts';
import type { Difference } from './compare.ts';
import type { ContractMarks } from './contract-marks.ts';
import { createTurns } from './deliver.ts';
import { missingFor } from './planned.ts';
import type { Plan, Planned } from './planned.ts';
import { createPlayer } from './player.ts';
import type { PlayerOptions } from './player.ts';
import { ReplayError } from './replay-error.ts';
import { standIn } from './plan-credentials.ts';
import { requestSites } from './request-sites.ts';
import { pathFinder } from './response-values.ts';
import { schedule } from './schedule.ts';
import { isTimeBound } from './time-bound.ts';
import type { Unsteady } from './unsteady.ts';
import { isLoopback, writesOf } from './write-guard.ts';

export interface ReplayOptions {
  /** Base URL. */
  readonly target: string;
  /** Allows requests that change something on a target that is not this machine. Default false. */
  readonly write?: boolean;
  /** Chains at once; default 1, which keeps the recorded order of all. */
  readonly concurrency?: number;
  /** Requests that begin in a second, at most. Default: no limit. */
  readonly rate?: number;
  /** For one answer, in milliseconds. Default 30,000. */
  readonly timeout?: number;
  /** Default 2. */
  readonly retries?: number;
  /** Takes any certificate. Default false. */
  readonly insecure?: boolean;
  /** Sent with every request instead of its own; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the replay early: what was done counts. */
  readonly signal?: AbortSignal;
  /** Lets the time pass that passed between two recorded exchanges, in milliseconds; only where `concurrency` is 1. Default: none passes. */
  readonly elapse?: (milliseconds: number) => Promise<void>;
  /** The clock of new exchanges. Default: the machine's. */
  readonly now?: () => number;
  /** Told of every new exchange when it was judged and compared, one after the other. */
  readonly onJudged?: (judged: Judged, planned: Planned) => void | Promise<void>;
  /** Told of every exchange that was not sent after all. */
  readonly onAside?: (reason: string, planned: Planned, on?: Planned) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ReplayCounts {
  /** Chosen to be sent. */
  readonly chosen: number;
  readonly answered: number;
  readonly unanswered: number;
  /** Answered as they were recorded. */
  readonly same: number;
  readonly different: number;
  /** Answered, but not compared: time passed in the recording that did not pass now. */
  readonly timeBound: number;
  /** Left aside because what they take a value from gave none. */
  readonly dependent: number;
  /** Tokens that were asked for anew. */
  readonly renewed: number;
  readonly stopped: boolean;
}

const JSON_TYPE: MediaType = { type: 'application', subtype: 'json', parameters: new Map() };
const DEFAULT_TIMEOUT = 30_000;
const BODY_LIMIT = 64 * 1024 * 1024;
/** Shorter pauses in a recording are those of the network. */
const SHORTEST_PAUSE = 500;

/**
 * Sends the chosen exchanges of a plan to a target, judges every new answer by the documents and compares it with the recorded one.
 * @throws ReplayError where credentials are missing, or a target that is not this machine would be changed without `write`; TypeError where the target is no URL.
 */
export async function replay(
  plan: Plan,
  chosen: ReadonlySet<number>,
  checker: Checker,
  marks: ContractMarks,
  unsteady: Unsteady,
  options: ReplayOptions,
): Promise<ReplayCounts> {
  const target = createTarget(options.target, { insecure: options.insecure ?? false });
  const { signal = new AbortController().signal, now = Date.now, concurrency = 1, onJudged, onAside, onProgress, elapse } = options;
  guard(plan, chosen, target.url, options.write ?? false);
  const player = createPlayer(plan, chosen, target, playerOptions(options, checker, signal, now));
  const worlds = new Map<string, Bindings>();
  const counts = { chosen: chosen.size, answered: 0, unanswered: 0, same: 0, different: 0, timeBound: 0, dependent: 0 };
  let last: Promise<void> = Promise.resolve();
  let done = 0;
  let before: Exchange | undefined;

  async function work(number: number): Promise<void> {
    const planned = plan.exchanges[number];
    if (planned === undefined || !chosen.has(number)) return;
    if (elapse !== undefined && concurrency === 1) await pause(planned.judged.exchange);
    const played = await player.play(planned);
    if (signal.aborted && played.kind !== 'answered') return;
    done += 1;
    onProgress?.(done, chosen.size);
    if (played.kind === 'aside') {
      counts.dependent += 1;
      onAside?.('depends', planned, plan.exchanges[played.on]);
      return;
    }
    const { file } = planned.judged.exchange.place;
    const bindings = worlds.get(file) ?? createBindings();
    worlds.set(file, bindings);
    const judged = await checker.check(played.exchange);
    let findings: readonly Finding[];
    if (played.kind === 'unanswered') {
      counts.unanswered += 1;
      findings = [unanswered(judged, played.reason)];
    } else {
      counts.answered += 1;
      for (const { site, text } of played.edits) bindings.bind(site.text, text);
      const timed = isTimeBound(planned, judged, plan, player, marks);
      const differences = compareAnswers(planned.judged, judged, {
        names: ['recorded', 'answered'],
        marks,
        bindings,
        own: plan.ownKeys.get(file) ?? new Set(),
        subject: planned.subject,
        unsteady: (judged.operation === undefined ? undefined : unsteady.get(judged.operation)) ?? new Set(),
        said: saidBy(planned.judged),
        isFromClient: (text) => plan.isFromClient(file, text),
        isTimeBound: timed,
        isMasked: holdsStandIn(planned),
        ignoresWording: false,
      });
      counts[timed ? 'timeBound' : differences.length === 0 ? 'same' : 'different'] += 1;
      findings = differences.map((difference) => findingOf(judged, difference));
    }
    const whole = { ...judged, findings: [...judged.findings, ...findings] };
    if (onJudged !== undefined) await (last = last.then(() => onJudged(whole, planned)));
  }

  async function pause(exchange: Exchange): Promise<void> {
    const gap = before?.place.file === exchange.place.file ? (exchange.startedAt ?? 0) - (before.startedAt ?? 0) : 0;
    before = exchange;
    if (exchange.startedAt !== undefined && gap >= SHORTEST_PAUSE) await elapse?.(gap);
  }

  try {
    await schedule(plan.chains, concurrency, work, signal);
    await last;
  } finally {
    target.close();
  }
  return { ...counts, renewed: player.renewed(), stopped: signal.aborted };
}

/** @throws ReplayError for what must be said before anything is sent. */
export function guard(plan: Plan, chosen: ReadonlySet<number>, url: string, write: boolean): void {
  const missing = missingFor(plan, chosen);
  if (missing.length > 0)
    throw new ReplayError(
      `credentials are missing that the recording hides: ${missing.map(({ what, environment }) => `${what} (${environment[0] ?? ''})`).join('; ')}`,
    );
  const writes = writesOf(plan.exchanges, chosen);
  if (writes.length > 0 && !write && !isLoopback(url))
    throw new ReplayError(
      `${url} is not this machine, and would be changed by ${writes.slice(0, 5).join(', ')}${writes.length > 5 ? ', ...' : ''}`,
    );
}

export function playerOptions(
  options: Omit<ReplayOptions, 'target'>,
  checker: Checker,
  signal: AbortSignal,
  now: () => number,
): PlayerOptions {
  return {
    timeout: options.timeout ?? DEFAULT_TIMEOUT,
    bodyLimit: BODY_LIMIT,
    retries: options.retries ?? 2,
    headers: options.headers ?? {},
    signal,
    now,
    turn: createTurns(options.rate, signal),
    find: pathFinder(checker.table),
  };
}

/** Whether something stands in a request for masked data that nobody gave. */
function holdsStandIn({ judged, given }: Planned): boolean {
  if (given.some(({ site, text }) => isPseudonym(site.text) && text === standIn(judged, site))) return true;
  // In files and free text there is no place to put anything else.
  const { headers, body } = judged.exchange.request;
  return body?.includes('hufu-masked-') === true && !isJson(parseMediaType(String(headers['content-type'] ?? '')) ?? JSON_TYPE);
}

/** Every value that a request says. */
export function saidBy({ exchange, operation }: Judged): ReadonlySet<string> {
  return new Set(requestSites(exchange.request, operation).map(({ text }) => text));
}

export function findingOf(
  judged: Judged,
  difference: Difference | Pick<Finding, 'rule' | 'side' | 'severity' | 'message' | 'code'>,
): Finding {
  const { exchange, operation } = judged;
  return {
    ...difference,
    exchange: exchange.place,
    method: exchange.request.method,
    path: exchange.request.path,
    ...(exchange.response === undefined ? {} : { status: exchange.response.status }),
    ...(operation === undefined
      ? {}
      : { operation: { document: operation.document.name, id: operation.id, method: operation.method, path: operation.path } }),
  };
}

function unanswered(judged: Judged, reason: string): Finding {
  return findingOf(judged, { rule: 'replay-unanswered', side: 'server', severity: 'error', message: reason, code: 'unanswered' });
}
