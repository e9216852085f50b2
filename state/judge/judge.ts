import type { StateFile } from '../model.ts';
import { judgeBearer, whoOf } from './bearer.ts';
import { judgeChecks } from './checks.ts';
import { applyEffects } from './effects.ts';
import { isWrapped } from './envelope.ts';
import { matchAnswer } from './answer.ts';
import type { Place } from './evaluate.ts';
import { createKnowledge } from './knowledge.ts';
import { createListings } from './listings.ts';
import type { Listings } from './listings.ts';
import type { Contradiction, Judge, JudgeOptions, Observation } from './observation.ts';
import { planStateFiles } from './plan.ts';
import { judgeRefusal } from './refusal.ts';
import type { Claim, Clocks, Trial } from './trial.ts';
import { forgetTouched } from './unknown-outcome.ts';
import { judgeTransition, judgeUpdate, judgeUpsert } from './verbs/change.ts';
import type { Changed } from './verbs/change.ts';
import { judgeCreate } from './verbs/create.ts';
import { judgeDelete } from './verbs/delete.ts';
import { judgeGet } from './verbs/get.ts';
import { judgeList } from './verbs/list.ts';
import { judgeToken } from './verbs/token.ts';

/** Enough for the rows that a recording has in its hands; what goes beyond is forgotten, and not judged. */
const MAX_ROWS = 5_000;
const MAX_LISTINGS = 100;

/**
 * A judge that runs state models along exchanges, in the order of their coming. It begins with knowing nothing, learns from what the exchanges show and from what accepted requests changed, and
 * speaks only where an exchange contradicts what was learned, or itself. Seeds count for nothing: a real backend has rows of its own.
 *
 * @param files state files that have been compiled without a flaw (`compileStateFiles`).
 */
export function createJudge(files: readonly StateFile[], options: JudgeOptions = {}): Judge {
  const plans = planStateFiles(files);
  const knowledge = createKnowledge(options.maxRows ?? MAX_ROWS);
  const listings = createListings(options.maxListings ?? MAX_LISTINGS);
  const claims = new Map<string, Claim[]>();
  const clocks: Clocks = { agreed: 0, disagreed: 0 };
  const masked = options.masked ?? ((value: string) => value.includes('hufu-masked-'));

  function observe(observation: Observation): Contradiction[] {
    const { operation, request } = observation;
    const plan = plans.operation(operation.document.name, operation.id);
    // A HEAD has no body to learn from, and changes nothing.
    if (plan === undefined || (observation.method ?? operation.method).toUpperCase() === 'HEAD') return [];
    const trial: Trial = {
      observation,
      request,
      plan,
      knowledge,
      eyes: { clock: plan.clock, masked },
      shared: options.shared === true,
      isSensitive: (member) => options.sensitive?.(operation, member) === true,
      who: whoOf(plan, request, knowledge),
      started: observation.startedAt ?? Number.POSITIVE_INFINITY,
      ended: observation.endedAt ?? observation.startedAt ?? Number.NEGATIVE_INFINITY,
      clocks,
      claims,
      because: new Set(),
      found: [],
    };
    try {
      judge(trial, listings);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // A value nested deeper than the stack: nobody knows how far it was read, so nothing is known any more.
      forget();
      return [];
    }
    return trial.found;
  }

  function forget(): void {
    knowledge.clear();
    listings.clear();
    claims.clear();
    clocks.agreed = 0;
    clocks.disagreed = 0;
  }

  return {
    observe,
    forget,
    size: () => ({ rows: knowledge.rows(), listings: listings.size() }),
  };
}

/** One exchange from top to bottom. */
function judge(trial: Trial, listings: Listings): void {
  const { response, accepted } = trial.observation;
  const place: Place = { trial };
  if (response === undefined || response.status >= 500 || accepted === undefined) return forgetTouched(trial, place);
  judgeBearer(trial);
  // A redirection, or "not modified": there is nothing to learn from.
  if (accepted && response.status >= 300) return forgetTouched(trial, place);
  if (!isWrapped(trial)) return forgetTouched(trial, place);
  if (!accepted) return judgeRefusal(trial, place);
  judgeChecks(trial, place);
  const changed = judgeVerb(trial, place, listings);
  if (changed !== undefined) applyEffects(trial, { ...place, ...changed });
}

/** @returns the rows that effects are about; `undefined`: there are no effects left to do. */
function judgeVerb(trial: Trial, place: Place, listings: Listings): Changed | undefined {
  const { verb, target } = trial.plan;
  if (verb === 'token') {
    judgeToken(trial, place);
    return { row: undefined, before: undefined };
  }
  if (target === undefined) {
    matchAnswer(place);
    return { row: undefined, before: undefined };
  }
  switch (verb) {
    case 'get':
      judgeGet(trial, target, place);
      return { row: undefined, before: undefined };
    case 'list':
      judgeList(trial, target, place, listings);
      return { row: undefined, before: undefined };
    case 'create':
      judgeCreate(trial, target, place, (row) => applyEffects(trial, { ...place, row }));
      return undefined;
    case 'upsert':
      return judgeUpsert(trial, target, place);
    case 'update':
      return judgeUpdate(trial, target, place);
    case 'transition':
      return judgeTransition(trial, target, place);
    case 'delete':
      return judgeDelete(trial, target, place);
    default:
      return { row: undefined, before: undefined };
  }
}
