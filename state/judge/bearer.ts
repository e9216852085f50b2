import type { ObservedRequest } from './observation.ts';
import type { Account, Knowledge, KnownRow } from './knowledge.ts';
import type { OperationPlan } from './plan.ts';
import { expiredTokenAccepted } from './rules/expired-token-accepted.ts';
import { liveTokenRefused } from './rules/live-token-refused.ts';
import { isOver } from './trial.ts';
import type { Trial } from './trial.ts';

/** Whose credentials a request carries: the account that its token was issued for, or the token itself. */
export function whoOf({ bearer }: OperationPlan, { token }: ObservedRequest, knowledge: Knowledge): string {
  if (token === undefined) return '';
  const row = bearer === undefined ? undefined : knowledge.find(bearer.collection, token);
  return row?.account ?? `token ${token}`;
}

/** The token of a request that its operation asks for: one that has ended is not accepted, one that lives is not refused. */
export function judgeBearer(trial: Trial): void {
  const { plan, request, observation, knowledge } = trial;
  if (plan.bearer === undefined || request.token === undefined || observation.operation.security.length === 0) return;
  const row = knowledge.find(plan.bearer.collection, request.token);
  if (row?.presence === undefined || !isOver(trial, row.presence.until)) return;
  const { doubt } = plan.bearer;
  if (observation.accepted === true) {
    const why = isEnded(trial, row) ? 'had expired' : row.presence.is === 'absent' ? 'had been withdrawn' : undefined;
    if (why !== undefined)
      expiredTokenAccepted(trial, { by: row.presence.by, why, doubt, isLate: why !== 'had expired' || isEnded(trial, row, LEEWAY_MS) });
  } else if (!trial.shared && observation.response?.status === 401 && row.presence.is === 'present' && isLive(trial, row)) {
    // RFC 6749 section 6 leaves it open whether a renewal ends the access tokens of before.
    const { renewed = -1, reused } = account(trial, row);
    const isOpen = reused !== undefined || renewed > row.presence.by;
    liveTokenRefused(trial, { by: [row.presence.by], doubt, what: 'the access token', isOpen });
  }
}

/** Ends are counted in whole seconds. */
const SECOND_MS = 1_000;
/** Servers that share their tokens let them live so much longer, for the sake of each other's clocks. */
const LEEWAY_MS = 60_000;

function isEnded({ started, clocks }: Trial, { ends }: KnownRow, leeway = SECOND_MS): boolean {
  // A server whose clock goes in its own way ends its tokens in its own way.
  return clocks.disagreed === 0 && ends !== undefined && Number.isFinite(started) && started >= ends[1] + leeway;
}

export function account({ knowledge }: Trial, row: KnownRow): Account {
  return row.account === undefined ? {} : knowledge.account(row.account);
}

/** Surely not ended yet: without times nobody knows. */
export function isLive({ ended, clocks }: Trial, { ends }: KnownRow): boolean {
  return clocks.disagreed === 0 && ends !== undefined && Number.isFinite(ended) && ended <= ends[0] - SECOND_MS;
}
