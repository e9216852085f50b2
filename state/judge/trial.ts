import { pointerTokens } from '../../operations/index.ts';
import type { Eyes } from './difference.ts';
import { isMasked } from './difference.ts';
import type { Known, KnownRow, Knowledge } from './knowledge.ts';
import type { Contradiction, Observation, ObservedRequest } from './observation.ts';
import type { Doubt, OperationPlan } from './plan.ts';

/** One exchange being judged. */
export interface Trial {
  readonly observation: Observation;
  readonly request: ObservedRequest;
  readonly plan: OperationPlan;
  readonly knowledge: Knowledge;
  readonly eyes: Eyes;
  /** Others write to the same backend. */
  readonly shared: boolean;
  readonly isSensitive: (member: string) => boolean;
  /** Whose credentials the request carries. */
  readonly who: string;
  /** When it began; `Infinity` where nobody knows: then everything before it has ended. */
  readonly started: number;
  /** When it had ended; `-Infinity` where nobody knows. */
  readonly ended: number;
  /** Whether the server's clock and the recorder's tell the same time, as far as stamps have shown. */
  readonly clocks: Clocks;
  /** Numbers of rows that answers told before anybody had seen the rows, by the collection. */
  readonly claims: Map<string, Claim[]>;
  /** What it was judged by so far. */
  readonly because: Set<number>;
  readonly found: Contradiction[];
}

/** How often the server's stamps and the recorder's clock agreed, and how often not. */
export interface Clocks {
  agreed: number;
  disagreed: number;
}

/** A number of rows that an answer told. */
export interface Claim {
  /** The number as a later exchange knows it; a hole where it does not. */
  readonly value: (later: Trial) => unknown;
  readonly actual: number;
  readonly by: number;
  /** What the collection had gone through when it was told. */
  readonly version: number;
}

/** Clocks of recorders count whole milliseconds: what ends and begins in the same one came one after the other. */
const TICK = 1;
/** Contradictions told of one exchange. */
const MOST = 20;

/** Whether what was taught until a moment was over when this exchange began. */
export function isOver(trial: Trial, until: number): boolean {
  return until < trial.started + TICK;
}

/** Whether a fact may be held against this exchange. */
export function isUsable(trial: Trial, { by, until }: Pick<Known, 'by' | 'until'>): boolean {
  return by === trial.observation.index || (isOver(trial, until) && !trial.shared);
}

/** Whether what this exchange shows of a row may be kept: not while somebody else was changing it. */
export function mayLearn(trial: Trial, row: KnownRow): boolean {
  return isOver(trial, row.writtenUntil);
}

/** A fact that this exchange teaches. */
export function taught(trial: Trial, value: unknown, written: boolean): Known {
  return { value, by: trial.observation.index, until: trial.ended, written };
}

export interface Told {
  readonly rule: string;
  readonly message: string;
  /** Into the response's body; default the whole of it. */
  readonly pointer?: string;
  /** Default: the operation. */
  readonly document?: string;
  readonly because: Iterable<number>;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly doubt?: Doubt;
  /** The field that it is about: one that must not be shown is not. */
  readonly member?: string;
  readonly severity?: 'warning';
}

/** Tells a contradiction, unless the model leaves the place open. */
export function tell(trial: Trial, told: Told): void {
  const doubts = [told.doubt, trial.plan.doubt];
  if (doubts.includes(true) || trial.found.length >= MOST) return;
  const { index } = trial.observation;
  const pointer = told.pointer ?? '';
  if (trial.found.some((one) => one.rule === told.rule && one.pointer === pointer && one.message === told.message)) return;
  const assumed = doubts.flatMap((doubt) => (Array.isArray(doubt) ? (doubt as readonly string[]) : []));
  const isShown = !(told.member !== undefined && trial.isSensitive(told.member)) && !isSecretPlace(trial, pointer);
  const shown = (name: 'expected' | 'actual'): object =>
    isShown && Object.hasOwn(told, name) && isShort(told[name]) && !isMasked(told[name], trial.eyes) ? { [name]: told[name] } : {};
  trial.found.push({
    rule: told.rule,
    message: assumed.length === 0 ? told.message : `${told.message} (assumed: ${assumed.join(', ')})`,
    pointer,
    document: told.document ?? trial.plan.address,
    because: [...new Set(told.because)].filter((by) => by !== index).sort((a, b) => a - b),
    ...shown('expected'),
    ...shown('actual'),
    severity: assumed.length > 0 ? 'warning' : (told.severity ?? 'error'),
  });
}

/** Whether a place in a body lies in a member that must not be compared or shown. */
export function isSecretPlace(trial: Trial, pointer: string): boolean {
  return (pointerTokens(pointer) ?? []).some((token) => trial.isSensitive(token));
}

function isShort(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= 1000;
  return typeof value !== 'object' || value === null || Object.keys(value).length <= 50;
}
