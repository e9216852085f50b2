import { computed, signal } from '@preact/signals';
import { ask, ControlError, send, sessionPath, tokenWanted } from './control.ts';
import { entries } from './journal.ts';
import type { ServedOperation } from './exchange.ts';

export interface Clock {
  readonly now: string;
  readonly milliseconds: number;
  readonly frozen: boolean;
}

export interface FaultRule {
  readonly id?: string;
  readonly match?: { readonly operationId?: string; readonly document?: string; readonly path?: string; readonly session?: string };
  readonly probability?: number;
  readonly times?: number;
  readonly latency?: Readonly<Record<string, unknown>>;
  readonly errorRate?: number;
  readonly status?: number;
  readonly reset?: boolean;
  readonly truncate?: number;
  readonly rateLimit?: { readonly requests: number; readonly windowMs: number };
  readonly taken?: number;
}

export interface ForcedRule {
  readonly document: string;
  readonly operationId: string;
  readonly status?: number;
  readonly example?: string;
  readonly times?: number;
  readonly taken?: number;
}

/** The session that state, clock and forced answers are shown of. */
export const session = signal('default');
export const sessions = signal<readonly string[]>(['default']);
export const operations = signal<readonly ServedOperation[]>([]);
export const scenarios = signal<readonly string[]>([]);
/** Read at `readAt`, real time; `undefined`: the mock remembers nothing. */
export const clock = signal<(Clock & { readonly readAt: number }) | undefined>(undefined);
export const faults = signal<readonly FaultRule[]>([]);
export const forced = signal<readonly ForcedRule[]>([]);
/** The mock serves pages of its documents. */
export const hasDocs = signal(false);
/** False: started without state. */
export const remembers = signal(true);
/** What went wrong last with something that was asked for. */
export const failure = signal('');

export const activeFaults = computed(() => faults.value.filter(({ times, taken = 0 }) => times === undefined || taken < times));
export const activeForced = computed(() => forced.value.filter(({ times, taken = 0 }) => times === undefined || taken < times));

/** Sessions that the mock knows, and those of the exchanges shown. */
export const sessionNames = computed(() => {
  const met = new Set(entries.value.map((entry) => entry.session));
  return [...new Set(['default', session.value, ...sessions.value, ...[...met].filter((name) => SESSION_NAME.test(name))])];
});

/** What a client sends as a name may be none. */
const SESSION_NAME = /^[A-Za-z0-9_.-]{1,64}$/;

/** What does not change while the mock runs, or seldom. */
export async function readServing(): Promise<void> {
  await told(async () => {
    operations.value = await ask<ServedOperation[]>('operations');
    hasDocs.value = (await ask<{ docs: boolean }>('health')).docs;
    scenarios.value = await orNothing(ask<string[]>('scenarios'), []);
  }, false);
}

/** What others may change too: asked for again every few seconds while somebody looks. */
export async function readSession(): Promise<void> {
  if (tokenWanted.value !== 'no') return;
  const name = session.value;
  await told(async () => {
    const [known, reading, rules, answers] = await Promise.all([
      orNothing(ask<{ name: string }[]>('sessions'), []),
      orNothing(ask<Clock | undefined>(sessionPath(name, 'clock')), undefined),
      ask<FaultRule[]>('faults'),
      ask<ForcedRule[]>(sessionPath(name, 'forced')),
    ]);
    if (name !== session.value) return;
    sessions.value = known.map((one) => one.name);
    clock.value = reading === undefined ? undefined : { ...reading, readAt: Date.now() };
    remembers.value = reading !== undefined;
    faults.value = rules;
    forced.value = answers;
  }, false);
}

export async function chooseSession(name: string): Promise<void> {
  session.value = name;
  await readSession();
}

export type ClockCommand =
  | { readonly advance: string }
  | { readonly freeze: string | true }
  | { readonly resume: true }
  | { readonly shift: number };

export async function setClock(command: ClockCommand): Promise<void> {
  await told(async () => {
    const reading = await ask<Clock>(sessionPath(session.value, 'clock'), { method: 'POST', body: command });
    clock.value = { ...reading, readAt: Date.now() };
  });
}

/** @returns whether the mock took them. */
export async function setFaults(rules: readonly FaultRule[]): Promise<boolean> {
  return await told(async () => {
    faults.value = await ask<FaultRule[]>('faults', { method: 'PUT', body: rules });
  });
}

/** @returns whether the mock took them. */
export async function setForced(rules: readonly ForcedRule[]): Promise<boolean> {
  return await told(async () => {
    forced.value = await ask<ForcedRule[]>(sessionPath(session.value, 'forced'), { method: 'PUT', body: rules });
  });
}

/** Adds a rule to those of a session, in place of one for the same operation; that session is the chosen one from then on. @throws ControlError */
export async function forceAnswer(name: string, rule: ForcedRule): Promise<void> {
  const path = sessionPath(name, 'forced');
  const others = (await ask<ForcedRule[]>(path)).filter((one) => one.document !== rule.document || one.operationId !== rule.operationId);
  await ask(path, { method: 'PUT', body: [...others, rule] });
  await chooseSession(name);
}

export async function resetSession(scenario: string): Promise<boolean> {
  return await told(async () => {
    await send(sessionPath(session.value, 'reset'), { method: 'POST', body: { scenario } });
    await readSession();
  });
}

/**
 * Does something; what the mock refuses is told where it is seen.
 * @param asked somebody asked for it: what was refused before is settled when it is done.
 * @returns whether it was done.
 */
export async function told(work: () => Promise<void>, asked = true): Promise<boolean> {
  try {
    await work();
    if (asked) failure.value = '';
    return true;
  } catch (error) {
    // That the mock is away is told by the connection.
    if (error instanceof ControlError && error.status !== 401) failure.value = error.message;
    return false;
  }
}

/** Without state there is nothing to ask for. */
async function orNothing<T>(asked: Promise<T>, nothing: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ControlError && error.code === 'STATE_OFF') return nothing;
    throw error;
  }
}
