import type { StateError } from '../state/index.ts';
import type { ProblemCode } from './problem.ts';

/** Whose fault it is that the state refuses a request: a full disk is none of the client's (RFC 9110 sections 15.5 and 15.6). */
export function stateProblem({ code }: StateError): ProblemCode {
  switch (code) {
    case 'state-full':
      return 'STATE_FULL';
    case 'sessions-busy':
    case 'time-limit':
      return 'STATE_BUSY';
    case 'store-unreadable':
    case 'store-foreign':
    case 'store-version':
    case 'store-locked':
    case 'store-failed':
      return 'STORE_FAILED';
    case 'session-name':
    case 'scenario-unknown':
    case 'snapshot-name':
    case 'snapshot-unknown':
    case 'snapshots-full':
    case 'transaction-over':
    case 'counter-range':
    case 'clock-range':
    case 'rows-invalid':
      return 'STATE_REFUSED';
  }
}
