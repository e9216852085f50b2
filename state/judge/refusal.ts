import { listAt, objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import type { NamedError } from '../named-error.ts';
import type { Row } from '../world.ts';
import { placesOf, verdictOf } from './checks.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { judgeFilter } from './fits.ts';
import { hasHole } from './hole.ts';
import { learnPresence } from './learn.ts';
import { pathTo } from './template-shape.ts';
import { keyOf, lookUp, presenceOf, readerOf } from './rows.ts';
import { account, isLive } from './bearer.ts';
import { createdRowMissing } from './rules/created-row-missing.ts';
import { liveTokenRefused } from './rules/live-token-refused.ts';
import { validRequestRefused } from './rules/valid-request-refused.ts';
import { followKnown } from './hole.ts';
import { isUsable } from './trial.ts';
import type { Trial } from './trial.ts';

/** Why an operation may refuse by one of its errors, and whether that is surely not the case. */
interface Reason {
  readonly error: string;
  /** `true`: surely no reason. */
  readonly isRefuted: boolean;
  readonly because: readonly number[];
  /** Told when every reason is refuted. */
  readonly tell: (because: readonly number[]) => void;
  /** What is learned when this is the only reason that is left. */
  readonly teach?: () => void;
}

/** A refused request changed nothing. If what is known refutes every reason that its error can have, it was refused wrongly; if only one reason is left, that one is learned. */
export function judgeRefusal(trial: Trial, place: Place): void {
  const candidates = errorsTold(trial);
  if (candidates === undefined) return;
  if (isRefusedForItsForm(trial, candidates)) {
    validRequestRefused(trial, { error: 'INVALID', because: [], isOpen: true });
    return;
  }
  const reasons = reasonsOf(trial, place).filter(({ error }) => candidates.has(error));
  const named = new Set(reasons.map(({ error }) => error));
  // An error that no part of the operation explains may have any reason.
  if ([...candidates].some((error) => !named.has(error)) || reasons.length === 0) return;
  const open = reasons.filter(({ isRefuted }) => !isRefuted);
  const [only] = open;
  if (only === undefined) reasons.findLast(({ because }) => because.length > 0)?.tell(reasons.flatMap(({ because }) => because));
  else if (open.length === 1 && reasons.length === 1) only.teach?.();
}

/** The errors that an answer may mean, by its code and status; `undefined` where it tells none of them. */
function errorsTold(trial: Trial): ReadonlySet<string> | undefined {
  const { plan, observation } = trial;
  const { response } = observation;
  if (response === undefined) return undefined;
  const [code, message] = [toldAs(trial, '$error.code'), toldAs(trial, '$error.message')];
  // The status 401 has the reasons of the gateway as well.
  const errors = [...plan.errors].filter(([name]) => name !== 'UNAUTHORIZED' || response.status === 401);
  const byCode = errors.filter(([, error]) => code !== undefined && code !== null && textOf(code) === error.code);
  const hasStatus = ([, error]: readonly [string, NamedError]): boolean =>
    textOf(plan.envelope.errorStatus, String(error.status)) === String(response.status);
  const exact = byCode.filter(hasStatus);
  // Codes are words that a backend may write in its own way; a status of its own tells as much.
  const byStatus = plan.envelope.errorStatus === undefined ? errors.filter(hasStatus) : [];
  const told = exact.length > 0 ? exact : byCode.length > 0 ? byCode : byStatus;
  if (told.length === 0) return undefined;
  const byMessage = told.filter(([, error]) => error.message === message);
  const names = new Set((byMessage.length > 0 ? byMessage : told).map(([name]) => name));
  // A request that keeps to its document is not refused for its form.
  if (observation.valid === true && names.size > 1) names.delete('INVALID');
  return names;
}

/** What an answer holds where the envelope of errors has a variable. */
function toldAs({ plan, observation }: Trial, variable: string): unknown {
  const path = pathTo(plan.envelope.error, variable);
  return path === undefined ? undefined : followKnown(observation.response?.body, path);
}

/** Whether the only error that an answer can mean is that the request breaks its document, which it does not: the state file knows no other reason for that answer. */
function isRefusedForItsForm(trial: Trial, candidates: ReadonlySet<string>): boolean {
  const { plan, observation } = trial;
  if (observation.valid !== true || candidates.size !== 1 || !candidates.has('INVALID')) return false;
  // A word that the state file does not know may stand for anything.
  if (textOf(toldAs(trial, '$error.code')) !== plan.errors.get('INVALID')?.code) return false;
  return !listAt(plan.given['checks']).some((check) => textOf(objectAt(check)['otherwise'], 'INVALID') === 'INVALID');
}

function reasonsOf(trial: Trial, place: Place): Reason[] {
  const { plan } = trial;
  const reasons: Reason[] = listAt(plan.given['checks']).flatMap((entry) => checkReasons(trial, objectAt(entry), place));
  if (plan.verb === 'token') reasons.push(...grantReasons(trial, place));
  else reasons.push(...rowReasons(trial, place));
  return reasons;
}

function checkReasons(trial: Trial, check: Row, place: Place): Reason[] {
  const error = textOf(check['otherwise'], 'INVALID');
  return placesOf(check, place).map((at) => {
    const { holds, because } = verdictOf(trial, check, at);
    return { error, isRefuted: holds === true, because, tell: (all) => validRequestRefused(trial, { error, because: all }) };
  });
}

/** The row that the operation is about: it may not be there, or not in a state for this. */
function rowReasons(trial: Trial, place: Place): Reason[] {
  const { given, target, verb } = trial.plan;
  if (target === undefined || !['get', 'update', 'delete', 'transition', 'upsert'].includes(verb)) return [];
  const missing = textOf(given['otherwise'], 'NOT_FOUND');
  const unfit =
    given['illegal'] === undefined && (verb === 'update' || verb === 'delete') ? missing : textOf(given['illegal'], 'ILLEGAL_STATE');
  const key = given['key'] === undefined ? undefined : keyOf(given['key'], place);
  const unknown = (error: string): Reason => ({ error, isRefuted: false, because: [], tell: () => undefined });
  // Without a key an upsert makes a row: none has to be there.
  const isNew = verb === 'upsert' && key === undefined && !hasHole(evaluate(given['key'], place));
  if (isNew) return [{ error: missing, isRefuted: true, because: [], tell: () => undefined }, unknown(unfit), unknown('CONFLICT')];
  if (key === undefined) return [unknown(missing), unknown(unfit)];
  const row = lookUp(trial, target, key);
  const isThere = presenceOf(trial, row) === 'present';
  const by = row.presence === undefined ? [] : [row.presence.by];
  trial.because.clear();
  const fit =
    given['where'] === undefined
      ? true
      : judgeFilter(given['where'], readerOf(trial, row), (asked) => evaluate(asked, { ...place, row }), trial.eyes);
  const teach = (): void => {
    if (given['where'] === undefined) learnPresence(trial, row, 'absent');
  };
  const reasons: Reason[] = [
    {
      error: missing,
      isRefuted: isThere && (verb !== 'get' || fit === true),
      because: by,
      tell: () => {
        createdRowMissing(trial, row);
        row.presence = undefined;
      },
      ...(given['missing'] === undefined || given['missing'] === 'error' ? { teach } : {}),
    },
  ];
  if (verb !== 'get' && (given['where'] !== undefined || target.machine !== undefined)) {
    const isAllowed = fit === true && verb !== 'upsert' && mayMove(trial, place, key);
    const because = [...trial.because];
    reasons.push({
      error: unfit,
      isRefuted: isAllowed,
      because,
      tell: (all) => validRequestRefused(trial, { error: unfit, because: all }),
    });
  }
  if (verb === 'upsert' || verb === 'update') reasons.push(unknown('CONFLICT'));
  return reasons;
}

/** Whether the status of a row surely allows a transition, or no status is in question. */
function mayMove(trial: Trial, place: Place, key: string): boolean {
  const { given, target, verb } = trial.plan;
  if (target?.machine === undefined) return true;
  if (verb === 'delete') return true;
  if (verb !== 'transition') return false;
  const row = lookUp(trial, target, key);
  const { machine } = target;
  const known = row.fields.get(machine.field);
  if (known === undefined || row.isLoose || !isUsable(trial, known)) return false;
  trial.because.add(known.by);
  const status = textOf(known.value);
  const ways = Array.isArray(given['to']) ? given['to'].map((way: unknown) => objectAt(way)) : [{ from: given['from'], to: given['to'] }];
  return ways.some(({ from, to }) => {
    if (from !== undefined) return listAt(from).some((one) => textOf(one) === status);
    const next = evaluate(to, { ...place, row });
    return !hasHole(next) && machine.transitions.get(status)?.includes(textOf(next)) === true;
  });
}

/** What proves a grant: the account, or a token that lives. */
function grantReasons(trial: Trial, place: Place): Reason[] {
  const { given } = trial.plan;
  const name = evaluate(given['grant'], place);
  const grant = objectAt(hasHole(name) ? undefined : objectAt(given['grants'])[textOf(name)]);
  const target = trial.plan.collection(grant['spend'] ?? grant['find']);
  const error = textOf(grant['otherwise'], 'UNAUTHORIZED');
  const key = target === undefined ? undefined : keyOf(grant['key'] ?? objectAt(grant['where'])[target.keyField] ?? '$absent', place);
  if (target === undefined || key === undefined) return [{ error, isRefuted: false, because: [], tell: () => undefined }];
  const row = lookUp(trial, target, key);
  trial.because.clear();
  const fit = judgeFilter(grant['where'], readerOf(trial, row), (asked) => evaluate(asked, place), trial.eyes);
  const isThere = row.presence?.is === 'present' && isUsable(trial, row.presence);
  if (grant['spend'] !== undefined && row.account !== undefined && typeof fit === 'object')
    trial.knowledge.account(row.account).reused = trial.observation.index;
  const by = row.presence === undefined ? [] : [row.presence.by];
  // A token that nobody said an end of may have ended; of a refresh token the access token's life is a lower bound.
  const lives = grant['spend'] === undefined || isLive(trial, row);
  const tellIt = (all: readonly number[]): void =>
    grant['spend'] === undefined
      ? validRequestRefused(trial, { error, because: all })
      : // A server may end all tokens of an account of which one was shown twice (RFC 9700 section 4.14.2).
        liveTokenRefused(trial, { by: all, doubt: undefined, what: 'the refresh token', isOpen: account(trial, row).reused !== undefined });
  // The other grants were not asked for.
  const others = Object.values(objectAt(given['grants'])).flatMap((other) =>
    other === grant ? [] : [textOf(objectAt(other)['otherwise'], 'UNAUTHORIZED')],
  );
  const idle = others
    .filter((other) => other !== error)
    .map((other): Reason => ({ error: other, isRefuted: true, because: [], tell: () => undefined }));
  return [...idle, { error, isRefuted: isThere && fit === true && lives, because: [...by, ...trial.because], tell: tellIt }];
}
