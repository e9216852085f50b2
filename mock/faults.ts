import { deriveSeed, randomFrom } from '../operations/index.ts';
import type { Random } from '../operations/index.ts';
import { latencyOf, MAX_LATENCY_MS } from './faults/latency.ts';
import type { Latency } from './faults/latency.ts';

/** Which requests a rule is about: all that are named must fit; nothing named fits every request. */
export interface FaultMatch {
  readonly operationId?: string;
  /** A document's name. */
  readonly document?: string;
  /** What the request's path begins with, as it is sent. */
  readonly path?: string;
  readonly session?: string;
}

/**
 * What goes wrong on purpose. Errors, refusals by rate and resets come in place of the operation: nothing of it is done. Latency and truncation
 * happen to its answer: what it did stays done.
 */
export interface FaultRule {
  /** Default: `fault-` and its number. */
  readonly id?: string;
  readonly match?: FaultMatch;
  /** How many of the matching requests it looks at, 0 to 1. Default 1. */
  readonly probability?: number;
  /** How often it takes effect in all; default: without end. */
  readonly times?: number;
  /** What chances are drawn from; the same seed and the same requests of a session meet the same faults. Default `1`. */
  readonly seed?: string | number;
  readonly latency?: Latency;
  /** How many requests are answered with `status`, 0 to 1. Default: all when a status is given, else none. */
  readonly errorRate?: number;
  /** 400 to 599. Default 503. */
  readonly status?: number;
  /** The connection ends with a reset instead of an answer. */
  readonly reset?: boolean;
  /** The connection ends after so many bytes of the body; at least the last byte is missing. */
  readonly truncate?: number;
  /** 429 for what comes beyond so many requests of a session within a window of real time. */
  readonly rateLimit?: { readonly requests: number; readonly windowMs: number };
}

export interface FaultStatus {
  readonly id: string;
  readonly rule: FaultRule;
  /** How often it has taken effect. */
  readonly taken: number;
}

export interface FaultSubject {
  readonly operationId: string | undefined;
  readonly document: string | undefined;
  readonly path: string;
  readonly session: string;
}

/** What happens to one request. */
export interface Fault {
  /** The rules that took effect. */
  readonly ids: readonly string[];
  readonly latencyMs: number;
  readonly outcome: Outcome;
  /** Bytes of the body that are sent; `undefined`: all. */
  readonly truncate: number | undefined;
}

export type Outcome =
  | { readonly kind: 'answer' }
  | { readonly kind: 'error'; readonly status: number }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'reset' };

export interface Faults {
  /** False where there is no rule: nothing else is asked then. */
  readonly active: boolean;
  readonly list: () => readonly FaultStatus[];
  /** Replaces all rules; counts and chances begin anew. */
  readonly set: (rules: readonly FaultRule[]) => void;
  /** Draws what happens to a request; `undefined`: nothing. Every call counts as a request. */
  readonly draw: (subject: FaultSubject) => Fault | undefined;
}

/** Sessions whose chances and windows a rule remembers; beyond that, those met first begin anew. */
const MAX_SESSIONS = 1_000;
const DEFAULT_ERROR_STATUS = 503;

interface LiveRule {
  readonly id: string;
  readonly rule: FaultRule;
  readonly sessions: Map<string, SessionChances>;
  taken: number;
}

/** Sessions are worlds of their own: tests that run side by side do not change each other's luck. */
interface SessionChances {
  readonly random: Random;
  windowStart: number;
  requests: number;
}

/** @param now real time in milliseconds, for the windows of rate limits. */
export function createFaults(now: () => number = Date.now): Faults {
  let live: readonly LiveRule[] = [];

  return {
    get active() {
      return live.length > 0;
    },
    list: () => live.map(({ id, rule, taken }) => ({ id, rule, taken })),
    set(rules) {
      live = rules.map((rule, index) => ({ id: rule.id ?? `fault-${index + 1}`, rule, sessions: new Map(), taken: 0 }));
    },
    draw(subject) {
      const effects = live.flatMap((one) => {
        const effect = isAbout(one.rule.match, subject) ? effectOf(one, subject.session, now()) : undefined;
        return effect === undefined ? [] : [{ id: one.id, ...effect }];
      });
      if (effects.length === 0) return undefined;
      const latencyMs = effects.reduce((total, effect) => total + effect.latencyMs, 0);
      return {
        ids: effects.map((effect) => effect.id),
        latencyMs: Math.min(latencyMs, MAX_LATENCY_MS),
        outcome: effects.find((effect) => effect.outcome.kind !== 'answer')?.outcome ?? { kind: 'answer' },
        truncate: effects.find((effect) => effect.truncate !== undefined)?.truncate,
      };
    },
  };
}

function isAbout(match: FaultMatch | undefined, subject: FaultSubject): boolean {
  if (match === undefined) return true;
  if (match.operationId !== undefined && match.operationId !== subject.operationId) return false;
  if (match.document !== undefined && match.document !== subject.document) return false;
  if (match.path !== undefined && !subject.path.startsWith(match.path)) return false;
  return match.session === undefined || match.session === subject.session;
}

/** One rule on one request that it is about. */
function effectOf(live: LiveRule, session: string, time: number): Omit<Fault, 'ids'> | undefined {
  const { rule } = live;
  if (rule.times !== undefined && live.taken >= rule.times) return undefined;
  const chances = chancesOf(live, session, time);
  // Always as many numbers, used or not: what one request meets does not shift the luck of the next.
  const [chosen, failing, first, second] = [chances.random.next(), chances.random.next(), chances.random.next(), chances.random.next()];
  if (chosen >= (rule.probability ?? 1)) return undefined;

  const outcome = outcomeOf(rule, chances, failing, time);
  const latencyMs = rule.latency === undefined ? 0 : latencyOf(rule.latency, first, second);
  if (outcome.kind === 'answer' && latencyMs === 0 && rule.truncate === undefined) return undefined;
  live.taken += 1;
  return { latencyMs, outcome, truncate: rule.truncate };
}

function outcomeOf(rule: FaultRule, chances: SessionChances, failing: number, time: number): Outcome {
  if (rule.rateLimit !== undefined) {
    const { requests, windowMs } = rule.rateLimit;
    if (time - chances.windowStart >= windowMs) {
      chances.windowStart = time;
      chances.requests = 0;
    }
    chances.requests += 1;
    if (chances.requests > requests) {
      return { kind: 'limited', retryAfterSeconds: Math.max(1, Math.ceil((chances.windowStart + windowMs - time) / 1000)) };
    }
  }
  if (rule.reset === true) return { kind: 'reset' };
  const errorRate = rule.errorRate ?? (rule.status === undefined ? 0 : 1);
  return failing < errorRate ? { kind: 'error', status: rule.status ?? DEFAULT_ERROR_STATUS } : { kind: 'answer' };
}

function chancesOf({ rule, sessions }: LiveRule, session: string, time: number): SessionChances {
  const known = sessions.get(session);
  if (known !== undefined) return known;
  const [oldest] = sessions.keys();
  if (oldest !== undefined && sessions.size >= MAX_SESSIONS) sessions.delete(oldest);
  const seed = deriveSeed(deriveSeed(0, String(rule.seed ?? '1')), session);
  const fresh: SessionChances = { random: randomFrom(seed), windowStart: time, requests: 0 };
  sessions.set(session, fresh);
  return fresh;
}
