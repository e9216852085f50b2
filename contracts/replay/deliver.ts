import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestMessage } from '../../operations/index.ts';
import type { Target } from '../proxy/target.ts';
import { send } from './send.ts';
import type { SendOptions, Sent } from './send.ts';

export interface DeliverOptions extends SendOptions {
  /** How often a request that failed is sent again. */
  readonly retries: number;
  /** Waits for the turn of the next request. */
  readonly turn: () => Promise<void>;
  /** The status that was recorded: who was told to wait then shall be told so now. */
  readonly recorded: number | undefined;
}

/** Methods that may be sent twice (RFC 9110 section 9.2.2), the QUERY of its draft among them. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'QUERY']);
const FAILING = new Set([502, 503, 504]);
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 5_000;
/** A server that asks for more patience is not waited for. */
const LONGEST_RETRY_AFTER = 60_000;

/**
 * Sends a request until it is answered for good: idempotent ones again after a failed connection, 502, 503 or 504, with growing pauses; all again after 429, when the server says so
 * (RFC 6585 section 4, Retry-After: RFC 9110 section 10.2.3).
 */
export async function deliver(target: Target, message: RequestMessage, options: DeliverOptions): Promise<Sent> {
  for (let attempt = 0; ; attempt += 1) {
    await options.turn();
    const sent = await send(target, message, options);
    const pause =
      attempt >= options.retries || options.signal.aborted ? undefined : pauseAfter(sent, message.method, attempt, options.recorded);
    if (pause === undefined) return sent;
    try {
      await sleep(pause, undefined, { signal: options.signal });
    } catch {
      return sent;
    }
  }
}

function pauseAfter(sent: Sent, method: string, attempt: number, recorded: number | undefined): number | undefined {
  const backOff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt);
  if (sent.kind === 'unanswered') return sent.isConnection && IDEMPOTENT.has(method) ? backOff : undefined;
  const { status, headers } = sent.response;
  if (status === recorded) return undefined;
  const asked = retryAfter(headers['retry-after']);
  if (asked !== undefined && asked > LONGEST_RETRY_AFTER) return undefined;
  if (status === 429) return asked ?? backOff;
  return FAILING.has(status) && IDEMPOTENT.has(method) ? (asked ?? backOff) : undefined;
}

/** Seconds or a date, as milliseconds from now. */
function retryAfter(value: string | string[] | undefined): number | undefined {
  const text = (Array.isArray(value) ? value[0] : value)?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - Date.now());
}

/** Lets at most so many requests a second begin, evenly spread; `undefined`: as many as come. */
export function createTurns(perSecond: number | undefined, signal: AbortSignal): () => Promise<void> {
  if (perSecond === undefined) return () => Promise.resolve();
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + 1_000 / perSecond;
    if (at > now) await sleep(at - now, undefined, { signal }).catch(() => undefined);
  };
}
