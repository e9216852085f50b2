import { StateError } from '../../state/index.ts';
import { writeJson } from '../../operations/index.ts';
import type { Reply } from '../reply.ts';

/** What the control API refuses, by code: status and title. */
const REFUSALS = {
  INVALID_REQUEST: { status: 400, title: 'The request breaks the control document' },
  INVALID_NAME: { status: 400, title: 'The name can not be used' },
  INVALID_ROWS: { status: 400, title: 'The rows can not be used' },
  INVALID_TIME: { status: 400, title: 'The time can not be used' },
  UNKNOWN_COLLECTION: { status: 400, title: 'There is no such collection' },
  UNKNOWN_SCENARIO: { status: 400, title: 'There is no such scenario' },
  UNAUTHORIZED: { status: 401, title: 'The control token is missing or wrong' },
  FORBIDDEN_ADDRESS: { status: 403, title: 'The control API answers this machine only' },
  FORBIDDEN_HOST: { status: 403, title: 'The control API answers loopback names only' },
  FORBIDDEN_ORIGIN: { status: 403, title: 'The control API answers no foreign web page' },
  NOT_FOUND: { status: 404, title: 'No such control path' },
  UNKNOWN_SESSION: { status: 404, title: 'There is no such session' },
  UNKNOWN_OPERATION: { status: 404, title: 'There is no such operation' },
  UNKNOWN_ENTRY: { status: 404, title: 'The journal has no such entry' },
  UNKNOWN_SNAPSHOT: { status: 404, title: 'There is no such snapshot' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The control path has no such method' },
  STATE_OFF: { status: 409, title: 'The mock remembers nothing' },
  JOURNAL_OFF: { status: 409, title: 'The mock keeps no journal' },
  SNAPSHOTS_FULL: { status: 409, title: 'The session has as many snapshots as it may' },
  INVALID_CONTENT_TYPE: { status: 415, title: 'The control API reads JSON only' },
  FAILED: { status: 500, title: 'The control API failed' },
  STORE_FAILED: { status: 500, title: 'The state can not be stored' },
  BUSY: { status: 503, title: 'Too much is going on' },
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A control request that is not done; becomes problem details (RFC 9457). */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly more: { readonly extra?: Readonly<Record<string, unknown>>; readonly headers?: Readonly<Record<string, string>> };

  /** @param more further members and headers of the answer. */
  constructor(code: RefusalCode, detail: string, more: Refusal['more'] = {}) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.more = more;
  }
}

/** What was thrown as an answer; anything but a refusal or a state error is a defect. */
export function replyOf(error: unknown): Reply {
  const refusal = refusalOf(error);
  const { status, title } = REFUSALS[refusal.code];
  const body = writeJson({ type: `urn:hufu:error:${refusal.code}`, title, status, detail: refusal.message, ...refusal.more.extra });
  return { status, headers: { 'content-type': 'application/problem+json', ...refusal.more.headers }, body: Buffer.from(body) };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StateError) return new Refusal(codeOf(error), error.message);
  return new Refusal('FAILED', `The control API failed on this request: ${error instanceof Error ? error.message : String(error)}.`);
}

function codeOf({ code }: StateError): RefusalCode {
  switch (code) {
    case 'session-name':
    case 'snapshot-name':
      return 'INVALID_NAME';
    case 'rows-invalid':
    case 'counter-range':
      return 'INVALID_ROWS';
    case 'clock-range':
      return 'INVALID_TIME';
    case 'scenario-unknown':
      return 'UNKNOWN_SCENARIO';
    case 'snapshot-unknown':
      return 'UNKNOWN_SNAPSHOT';
    case 'snapshots-full':
      return 'SNAPSHOTS_FULL';
    case 'sessions-busy':
    case 'state-full':
    case 'time-limit':
    case 'transaction-over':
      return 'BUSY';
    case 'store-unreadable':
    case 'store-foreign':
    case 'store-version':
    case 'store-locked':
    case 'store-failed':
      return 'STORE_FAILED';
  }
}
