import type { Operation, RequestMessage } from '../operations/index.ts';
import { isPreflight } from './cors.ts';
import type { Mock } from './handle-request.ts';
import type { Preferences } from './preferences.ts';
import { sessionName } from './session-name.ts';

/**
 * An answer that somebody wants of an operation, in one session: as if its clients had sent `Prefer: code=…, example=…`.
 * Requests are checked as ever: one that breaks the document is refused first.
 */
export interface ForcedRule {
  /** A document's name. */
  readonly document: string;
  readonly operationId: string;
  /** Default: that of success. */
  readonly status?: number;
  /** Default: the first one of the status. */
  readonly example?: string;
  /** How many answers; default: until it is cleared. */
  readonly times?: number;
}

export interface ForcedStatus {
  readonly rule: ForcedRule;
  /** How many answers it has given. */
  readonly taken: number;
}

export interface Forced {
  /** False where there is no rule: nothing else is asked then. */
  readonly active: boolean;
  /** The rules of a session, used up ones included. */
  readonly list: (session: string) => readonly ForcedStatus[];
  /** Replaces the rules of a session; counts begin anew. @returns false when too many sessions have rules. */
  readonly set: (session: string, rules: readonly ForcedRule[]) => boolean;
  /** What a request is to be answered with; counts as one answer. `undefined`: as ever. */
  readonly take: (mock: Mock, request: RequestMessage) => Preferences | undefined;
}

const MAX_SESSIONS = 1_000;

interface LiveRule {
  readonly rule: ForcedRule;
  readonly preferences: Preferences;
  taken: number;
}

export function createForced(): Forced {
  const live = new Map<string, readonly LiveRule[]>();
  return {
    get active() {
      return live.size > 0;
    },
    list: (session) => (live.get(session) ?? []).map(({ rule, taken }) => ({ rule, taken })),
    set(session, rules) {
      if (rules.length === 0) live.delete(session);
      else if (live.size >= MAX_SESSIONS && !live.has(session)) return false;
      else
        live.set(
          session,
          rules.map((rule) => ({ rule, preferences: preferencesOf(rule), taken: 0 })),
        );
      return true;
    },
    take(mock, request) {
      const rules = live.get(sessionName(request) ?? 'default');
      if (rules === undefined || (mock.options.cors && isPreflight(request))) return undefined;
      const found = mock.table.find(request.method, request.path);
      if (found.kind !== 'operation') return undefined;
      const rule = rules.find((one) => isAbout(one, found.operation));
      if (rule === undefined) return undefined;
      rule.taken += 1;
      return rule.preferences;
    },
  };
}

function isAbout({ rule, taken }: LiveRule, operation: Operation): boolean {
  return rule.operationId === operation.id && rule.document === operation.document.name && (rule.times === undefined || taken < rule.times);
}

function preferencesOf({ status, example }: ForcedRule): Preferences {
  return { ...(status === undefined ? {} : { code: String(status) }), ...(example === undefined ? {} : { example }) };
}
