import type { Checker } from '../checker.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { createTarget } from '../proxy/target.ts';
import { createBindings } from './bindings.ts';
import type { Bindings } from './bindings.ts';
import { compareAnswers } from './compare.ts';
import type { ContractMarks } from './contract-marks.ts';
import { isOwnKey, makesRows } from './own-keys.ts';
import type { Plan, Planned } from './planned.ts';
import { createPlayer } from './player.ts';
import { findingOf, guard, playerOptions, saidBy } from './replay.ts';
import type { ReplayOptions } from './replay.ts';
import { responseValues } from './response-values.ts';
import { schedule } from './schedule.ts';
import type { Unsteady } from './unsteady.ts';

export interface CompareOptions extends Omit<ReplayOptions, 'onJudged' | 'elapse' | 'onAside'> {
  /** Base URL of the mock. */
  readonly mock: string;
  /** Told of every exchange that both answered: the target's, with the differences as findings. */
  readonly onJudged?: (judged: Judged, planned: Planned) => void | Promise<void>;
}

export interface CompareCounts {
  readonly chosen: number;
  /** Answered by both. */
  readonly compared: number;
  readonly same: number;
  readonly different: number;
  /** Not answered by one of them, or without the value they need there. */
  readonly aside: number;
  readonly stopped: boolean;
}

/** What is known of both sides in one recording. */
interface World {
  readonly bindings: Bindings;
  readonly own: Set<string>;
}

/**
 * Sends the chosen exchanges to the mock and to a target, each with the values that it made itself, and compares the two answers. The findings are the differences alone: `hufu replay`
 * judges a target by the documents.
 * @throws ReplayError and TypeError as `replay` does, for either address.
 */
export async function compareTargets(
  plan: Plan,
  chosen: ReadonlySet<number>,
  checker: Checker,
  marks: ContractMarks,
  unsteady: Unsteady,
  options: CompareOptions,
): Promise<CompareCounts> {
  const { signal = new AbortController().signal, now = Date.now, concurrency = 1, onJudged, onProgress, insecure = false } = options;
  const sides = [createTarget(options.mock, { insecure }), createTarget(options.target, { insecure })] as const;
  for (const { url } of sides) guard(plan, chosen, url, options.write ?? false);
  const settings = playerOptions(options, checker, signal, now);
  const [mock, target] = [createPlayer(plan, chosen, sides[0], settings), createPlayer(plan, chosen, sides[1], settings)];
  const worlds = new Map<string, World>();
  const counts = { chosen: chosen.size, compared: 0, same: 0, different: 0, aside: 0 };
  let last: Promise<void> = Promise.resolve();
  let done = 0;

  async function work(number: number): Promise<void> {
    const planned = plan.exchanges[number];
    if (planned === undefined || !chosen.has(number)) return;
    const [one, other] = await Promise.all([mock.play(planned), target.play(planned)]);
    if (signal.aborted) return;
    done += 1;
    onProgress?.(done, chosen.size);
    // A row that each side had before, found at the same place of a list: nothing says that they were in the same state.
    const isIncomparable = planned.subject === 'foreign' && planned.links.some(({ rule }) => rule === 'state-key');
    if (one.kind === 'aside' || other.kind === 'aside' || (isIncomparable && one.kind === 'answered' && other.kind === 'answered')) {
      counts.aside += 1;
      return;
    }
    const [left, right] = [await checker.check(one.exchange), await checker.check(other.exchange)];
    let findings: Finding[];
    if (one.kind === 'unanswered' || other.kind === 'unanswered') {
      counts.aside += 1;
      const reason = one.kind === 'unanswered' ? one.reason : other.kind === 'unanswered' ? other.reason : '';
      findings = [findingOf(right, { rule: 'replay-unanswered', side: 'server', severity: 'error', message: reason, code: 'unanswered' })];
    } else {
      const { file } = planned.judged.exchange.place;
      const world = worlds.get(file) ?? { bindings: createBindings(), own: new Set<string>() };
      worlds.set(file, world);
      for (const [index, { site, text }] of one.edits.entries()) {
        world.bindings.bind(text, other.edits[index]?.text ?? text);
        if (plan.ownKeys.get(file)?.has(site.text) === true) world.own.add(text);
      }
      const said = saidBy(left);
      if (makesRows(left, marks) && left.exchange.response !== undefined)
        for (const given of responseValues(left.exchange.response, settings.find))
          if (!said.has(given.text) && isOwnKey(left.operation, given.place, marks)) world.own.add(given.text);
      const differences = compareAnswers(left, right, {
        names: ['the mock', 'the target'],
        marks,
        ...world,
        subject: planned.subject,
        unsteady: (right.operation === undefined ? undefined : unsteady.get(right.operation)) ?? new Set(),
        said,
        isFromClient: (text) => plan.isFromClient(file, text),
        isTimeBound: false,
        isMasked: false,
        ignoresWording: true,
      });
      counts.compared += 1;
      counts[differences.length === 0 ? 'same' : 'different'] += 1;
      // The two halves either fit or they do not.
      findings = differences.map((difference) => findingOf(right, { ...difference, severity: 'error' }));
    }
    if (onJudged !== undefined) await (last = last.then(() => onJudged({ ...right, findings }, planned)));
  }

  try {
    await schedule(plan.chains, concurrency, work, signal);
    await last;
  } finally {
    for (const side of sides) side.close();
  }
  return { ...counts, stopped: signal.aborted };
}
