import type { JudgedRequest, JudgedResponse, Operation } from '../operations/index.ts';
import type { Exchange } from './exchange.ts';
import type { Finding } from './finding.ts';

/** An exchange with everything the checker made of it. */
export interface Judged {
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
  /** Absent: the exchange means no operation, or was left aside. */
  readonly operation: Operation | undefined;
  /** Decoded values of the request; absent where there is no operation. */
  readonly request: JudgedRequest | undefined;
  readonly response: JudgedResponse | undefined;
  /**
   * What became of the request: taken, or refused. By the status, and by the envelope where failures come with a status of success;
   * `unknown` where there was no response or nobody can tell.
   */
  readonly outcome: Outcome;
  /**
   * Set where the findings hold only if requests to this origin are calls of the documented APIs at all: no document names it. Whoever sees the whole
   * recording can tell: they are if some exchange with it means an operation.
   */
  readonly doubt?: string;
  /** Why it was left aside: `preflight`, `options`, `asset`, `other-host`, `websocket`, `not-http`. */
  readonly skipped: string | undefined;
}

export type Outcome = 'accepted' | 'refused' | 'unknown';
